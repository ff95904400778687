import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { Failure, asFailure, nodeError } from './failure';
import { isCarrierId, subAccountId } from './identifiers';
import { type ApiRequest, Transport } from './transport';
import { Mistake, isNothing } from './validation';

/** The API's code for Stamps.com (documented). */
export const STAMPS_COM = 'stamps_com';

/** What the node needs of a carrier (OpenAPI document, `carrier`). */
export interface Carrier {
	carrier_id: string;
	nickname: string;
	account_number: string;
	/** Whether the API says that it cannot be used (`disabled_by_billing_plan`). */
	isDisabled: boolean;
}

/** The account number that some disabled carriers were seen with. */
const DISABLED_ACCOUNT = 'stamps_com_disabled';

const text = (value: unknown) => (typeof value === 'string' ? value : '');

/** The Stamps.com carriers of an answer; undefined where it is no list of carriers. */
function parseCarriers({ carriers }: IDataObject): Carrier[] | undefined {
	if (!Array.isArray(carriers)) return undefined;
	return (carriers as Array<IDataObject | null>)
		.filter((carrier) => carrier?.carrier_code === STAMPS_COM && isCarrierId(carrier.carrier_id))
		.map((carrier) => ({
			carrier_id: text(carrier?.carrier_id),
			nickname: text(carrier?.nickname),
			account_number: text(carrier?.account_number),
			isDisabled:
				carrier?.disabled_by_billing_plan === true || carrier?.account_number === DISABLED_ACCOUNT,
		}));
}

/**
 * The Stamps.com carriers of an account or a sub-account.
 *
 * @param options.failed - what did not work where this does not
 * @param options.accepts - whether an error beside the list is fine
 */
export async function listCarriers(
	api: Transport,
	options: Pick<ApiRequest<unknown>, 'onBehalfOf' | 'timeout' | 'accepts'> & { failed: string },
): Promise<Carrier[]> {
	const { failed, ...others } = options;
	return await api.send({
		kind: 'read',
		method: 'GET',
		path: '/v1/carriers',
		parse: parseCarriers,
		words: { failed, unknown: failed, ifUnknown: 'Try again.' },
		...others,
	});
}

/** The step's sub-account; the editor hands over an expression as it stands. */
function onBehalfOf(context: ILoadOptionsFunctions): string | undefined {
	const entered = context.getCurrentNodeParameter('options.onBehalfOf');
	if (isNothing(entered)) return undefined;
	const id = subAccountId(entered);
	if (!(id instanceof Mistake)) return id;
	const message = String(entered).startsWith('=')
		? "The accounts cannot be listed while 'On Behalf Of' is an expression"
		: `The accounts could not be listed: 'On Behalf Of' ${id.says}`;
	throw new Failure({
		message,
		description: "Choose 'By ID' for the carrier, or set 'On Behalf Of' to a fixed sub-account.",
		reasons: [{ code: id.code, field: 'options.onBehalfOf', message }],
	});
}

/** How long a person who opens a list waits at the API's limit, in milliseconds. */
const LONGEST_WAIT = 10_000;

async function search(
	context: ILoadOptionsFunctions,
	filter: string | undefined,
): Promise<INodeListSearchResult> {
	const carriers = await listCarriers(new Transport(context, LONGEST_WAIT), {
		onBehalfOf: onBehalfOf(context),
		timeout: 30,
		failed: 'The accounts could not be listed',
		// Part of a list is better than none for a person who picks from it.
		accepts: () => true,
	});
	const wanted = filter?.toLowerCase() ?? '';
	return {
		results: carriers
			.map((carrier) => ({ name: label(carrier), value: carrier.carrier_id }))
			.filter(({ name }) => name.toLowerCase().includes(wanted)),
	};
}

const label = ({ carrier_id: id, nickname, account_number: account, isDisabled }: Carrier) =>
	[nickname, id, account && `(${account})`, isDisabled && '(disabled)'].filter(Boolean).join(' ');

/**
 * The account's Stamps.com carriers for the locator's list.
 *
 * @param filter - part of the nickname, the ID or the account number, in any case
 */
export async function searchStampsCarriers(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const found = await search(this, filter).catch(asFailure);
	if (found instanceof Failure) throw nodeError(found, this.getNode());
	return found;
}
