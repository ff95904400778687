import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { notListed, searchList } from '../../accounts/searchList';
import { KEY_TYPE, ONLY_PARTNERS, forPartners } from '../../input/onBehalfOf';
import { type SubAccount, listSubAccounts } from './subAccounts';

/** As many as a person can look through, and a few requests can bring. */
const MOST = 5_000;

const titleOf = ({
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
	filter?: string,
): Promise<INodeListSearchResult> {
	const failed = 'The sub-accounts could not be listed';
	return await searchList(this, filter, {
		failed,
		onBehalfOf(_context, keyType) {
			if (keyType !== 'own') return undefined;
			throw notListed(
				failed,
				KEY_TYPE,
				forPartners(ONLY_PARTNERS),
				'Open the credential to change it.',
			);
		},
		list: async (api) => {
			const found = await listSubAccounts(api, MOST);
			return found.map((each) => ({ name: titleOf(each), value: String(each.account_id) }));
		},
	});
}
