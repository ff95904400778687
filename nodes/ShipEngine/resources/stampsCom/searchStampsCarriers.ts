import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { Transport } from '../../api/transport';
import { Failure, asFailure } from '../../failures/failure';
import { nodeError } from '../../failures/n8nErrors';
import { subAccountId } from '../../values/identifiers';
import { Mistake, isNothing } from '../../values/validation';
import { type Carrier, listCarriers } from './carriers';

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
