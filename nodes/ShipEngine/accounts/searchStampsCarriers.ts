import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { Failure } from '../failures/failure';
import { subAccountId } from '../values/identifiers';
import { Mistake } from '../values/mistakes';
import { isNothing } from '../values/validation';
import { type Carrier, listCarriers } from './carriers';
import { searchList } from './searchList';

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

const titleOf = ({ carrier_id: id, nickname, account_number: account, isDisabled }: Carrier) =>
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
	return await searchList(this, filter, {
		failed: 'The accounts could not be listed',
		onBehalfOf,
		list: async (api) => {
			// Part of a list is better than none for a person who picks from it.
			const carriers = await listCarriers(api, () => true);
			return carriers.map((carrier) => ({ name: titleOf(carrier), value: carrier.carrier_id }));
		},
	});
}
