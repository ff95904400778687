import type { IDataObject } from 'n8n-workflow';
import { objectsOf } from '../../api/answer';
import type { Reads } from '../../api/requests';
import { Failure, asFailure } from '../../failures/failure';
import type { Output } from '../../step/operation';
import { picked } from '../../step/outputSchema';
import { accountId } from '../../values/identifiers';

/** Partner calls are for the account of the key itself: never with `On-Behalf-Of` (documented). */
export const SUB_ACCOUNTS = '/v1/partners/accounts';

/** What the API tells of a sub-account (documented). Its key, which a new one comes with, is not in it. */
export const SUB_ACCOUNT_OUTPUT = {
	account_id: 'number',
	'external_account_id?': 'string',
	active: 'boolean',
	created_at: 'string',
	modified_at: 'string',
	'first_name?': 'string',
	'last_name?': 'string',
	'company_name?': 'string',
	'email?': 'string',
	origin_country_code: 'string',
} satisfies Output;

/** A sub-account, of which everything but its ID may be missing. */
export interface SubAccount extends IDataObject {
	account_id: number;
}

/** The sub-account in an answer, without what it does not tell; undefined if there is none. */
export function parseSubAccount(answer: IDataObject): SubAccount | undefined {
	const id = accountId(answer.account_id);
	if (typeof id !== 'string') return undefined;
	return { ...picked(answer, SUB_ACCOUNT_OUTPUT), account_id: Number(id) };
}

/** Which sub-account: its ID, and whether that is one's own. */
export interface Sought {
	id: string;
	isExternal: boolean;
}

/** Where a sub-account is found: by the API's ID, or by one's own. */
const pathOf = ({ id, isExternal }: Sought) =>
	isExternal
		? `${SUB_ACCOUNTS}/external_account_id/${encodeURIComponent(id)}`
		: `${SUB_ACCOUNTS}/${id}`;

/** What the user does if there is no such sub-account. */
export const IF_NOT_FOUND =
	"Check the sub-account's ID, and that the API key is that of its partner.";

/**
 * A sub-account.
 *
 * @param since - why the item fails if it cannot be read
 * @throws {@link Failure} also if there is none
 */
export const getSubAccount = async (
	api: Reads,
	subAccount: Sought,
	since?: string,
): Promise<SubAccount> =>
	await api.read({
		path: pathOf(subAccount),
		parse: parseSubAccount,
		ifNotFound: IF_NOT_FOUND,
		since,
	});

/**
 * A sub-account by an ID of one's own; undefined if there is none. How a 404 looks is not documented:
 * if it is that of a wrong address, what is sent next has the same result.
 */
export async function findSubAccount(api: Reads, id: string): Promise<SubAccount | undefined> {
	const since = 'its external account ID could not be looked up';
	const found = await getSubAccount(api, { id, isExternal: true }, since).catch(asFailure);
	if (found instanceof Failure) {
		if (found.isNotFound) return undefined;
		throw found;
	}
	// Nobody is to be given what is somebody else's.
	const { external_account_id: own = id } = found;
	return own === id ? found : undefined;
}

/** How many a page may have (documented). */
const LONGEST_PAGE = 500;

const parsePage = ({ accounts }: IDataObject) =>
	objectsOf(accounts)?.flatMap((account) => parseSubAccount(account) ?? []);

/**
 * The sub-accounts of a partner, page by page.
 *
 * @param limit - how many at most
 */
export async function listSubAccounts(api: Reads, limit: number): Promise<SubAccount[]> {
	const size = Math.min(limit, LONGEST_PAGE);
	const found = new Map<SubAccount['account_id'], SubAccount>();
	// No answer says how many there are (documented): a page without anything new is beyond the last one.
	for (let page = 1, before = -1; found.size > before && found.size < limit; page += 1) {
		before = found.size;
		const path = `${SUB_ACCOUNTS}?page=${page}&page_size=${size}`;
		const accounts = await api.read({ path, parse: parsePage });
		for (const account of accounts) found.set(account.account_id, account);
	}
	return [...found.values()].slice(0, limit);
}
