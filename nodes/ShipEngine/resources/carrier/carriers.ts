import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Transport } from '../../api/transport';
import type { RequestOptions } from '../../input/onBehalfOf';
import { parameterOf } from '../../input/parameters';
import { isCarrierId } from '../../values/identifiers';

/** A carrier as the API tells of it (OpenAPI document, `carrier`). */
export const parseCarrier = (answer: IDataObject): IDataObject | undefined =>
	isCarrierId(answer.carrier_id) ? answer : undefined;

/**
 * A carrier (documented: `GET /v1/carriers/{carrier_id}`).
 *
 * @param failed - what did not work where this does not
 */
export async function getCarrier(
	api: Transport,
	carrierId: string,
	options: RequestOptions,
	failed: string,
): Promise<IDataObject> {
	return await api.send({
		kind: 'read',
		method: 'GET',
		path: `/v1/carriers/${carrierId}`,
		parse: parseCarrier,
		words: { failed },
		carrierId,
		...options,
	});
}

/** What people look at first, by the API's names. */
const SIMPLE = [
	'carrier_id',
	'nickname',
	'account_number',
	'balance',
	'connection_status',
	'primary',
	'disabled_by_billing_plan',
];

/** Leaves out services, packages and options, which are many. */
export const SIMPLIFY: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** Gives a carrier as the items of a step have it: simplified, where the step is set so. */
export function carrierItem(
	context: IExecuteFunctions,
	itemIndex: number,
): (carrier: IDataObject) => IDataObject {
	if (parameterOf(context, SIMPLIFY.name, itemIndex) !== true) return (carrier) => carrier;
	return (carrier) =>
		Object.fromEntries(
			SIMPLE.filter((key) => carrier[key] !== undefined && carrier[key] !== null).map((key) => [
				key,
				carrier[key],
			]),
		);
}
