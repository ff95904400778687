import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { Transport } from '../../api/transport';
import { Failure, asFailure } from '../../failures/failure';
import { nodeError } from '../../failures/n8nErrors';
import { type SubAccount, listSubAccounts } from './subAccounts';

/** How long a person who opens a list waits at the API's limit, in milliseconds. */
const LONGEST_WAIT = 10_000;

/** As many as a person can look through, and a few requests can bring. */
const MOST = 5_000;

const label = ({
	account_id: id,
	external_account_id: own,
	company_name: company,
	active,
}: SubAccount) =>
	[company, own, `(${id})`, active === false && '(disabled)'].filter(Boolean).join(' ');

/**
 * The partner's sub-accounts for the locator's list.
 *
 * @param filter - part of the company's name or of an ID, in any case
 */
export async function searchSubAccounts(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const found = await listSubAccounts(new Transport(this, LONGEST_WAIT), MOST, {
		failed: 'The sub-accounts could not be listed',
		timeout: 30,
	}).catch(asFailure);
	if (found instanceof Failure) throw nodeError(found, this.getNode());
	return {
		results: found
			.map((account) => ({ name: label(account), value: String(account.account_id) }))
			.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase())),
	};
}
