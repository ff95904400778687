import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { Failure, asFailure, nodeError } from './failure';
import { isCarrierId, subAccountId } from './identifiers';
import { Transport } from './transport';
import { Mistake, isNothing } from './validation';

/** What the node needs of a carrier (OpenAPI document, `carrier`). */
export interface Carrier {
	carrier_id: string;
	nickname: string;
	account_number: string;
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');

/** The Stamps.com carriers of an answer; undefined where it is no list of carriers. */
function parseCarriers({ carriers }: IDataObject): Carrier[] | undefined {
	if (!Array.isArray(carriers)) return undefined;
	return (carriers as Array<IDataObject | null>)
		.filter((carrier) => carrier?.carrier_code === 'stamps_com' && isCarrierId(carrier.carrier_id))
		.map((carrier) => ({
			carrier_id: text(carrier?.carrier_id),
			nickname: text(carrier?.nickname),
			account_number: text(carrier?.account_number),
		}));
}

/**
 * The Stamps.com carriers of an account or a sub-account.
 *
 * @param options.failed - what did not work where this does not
 * @param options.acceptsErrors - whether part of the list will do
 */
export async function listCarriers(
	api: Transport,
	options: { onBehalfOf?: string; timeout: number; failed: string; acceptsErrors?: boolean },
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
		acceptsErrors: true,
	});
	const wanted = filter?.toLowerCase() ?? '';
	return {
		results: carriers
			.map((carrier) => ({ name: label(carrier), value: carrier.carrier_id }))
			.filter(({ name }) => name.toLowerCase().includes(wanted)),
	};
}

const label = ({ carrier_id: id, nickname, account_number: account }: Carrier) =>
	[nickname || id, ...(account ? [`(${account})`] : [])].join(' ');

/**
 * The account's Stamps.com carriers for the locator's list.
 *
 * @param filter - part of the nickname or of the account number, in any case
 */
export async function searchStampsCarriers(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const found = await search(this, filter).catch(asFailure);
	if (found instanceof Failure) throw nodeError(found, this.getNode());
	return found;
}
