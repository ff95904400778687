import type { IDataObject } from 'n8n-workflow';
import { objectsOf } from '../../api/answer';
import type { Transport } from '../../api/transport';
import { Failure, asFailure } from '../../failures/failure';
import { accountId } from '../../values/identifiers';

/** Partner calls are for the account of the key itself: never with `On-Behalf-Of` (documented). */
export const SUB_ACCOUNTS = '/v1/partners/accounts';

/** What the API tells of a sub-account (documented). Its key, which a new one comes with, is not in it. */
const FIELDS = [
	'account_id',
	'external_account_id',
	'active',
	'created_at',
	'modified_at',
	'first_name',
	'last_name',
	'company_name',
	'email',
	'origin_country_code',
];

/** A sub-account, of which everything but its ID may be missing. */
export interface SubAccount extends IDataObject {
	account_id: number;
}

/** The sub-account in an answer, without what it does not tell; undefined where there is none. */
export function parseSubAccount(answer: IDataObject): SubAccount | undefined {
	const id = accountId(answer.account_id);
	if (typeof id !== 'string') return undefined;
	const told = FIELDS.filter((field) =>
		['string', 'number', 'boolean'].includes(typeof answer[field]),
	);
	return {
		...Object.fromEntries(told.map((field) => [field, answer[field]])),
		account_id: Number(id),
	};
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

interface Options {
	/** What did not work where this does not. */
	failed: string;
	/** Seconds until the answer counts as lost. */
	timeout: number;
}

/** What the user does where there is no such sub-account. */
export const IF_NOT_FOUND =
	"Check the sub-account's ID, and that the API key is that of its partner.";

/**
 * A sub-account.
 *
 * @throws {@link Failure} where there is none, too
 */
export async function getSubAccount(
	api: Transport,
	subAccount: Sought,
	{ failed, timeout }: Options,
): Promise<SubAccount> {
	return await api.send({
		kind: 'read',
		method: 'GET',
		path: pathOf(subAccount),
		parse: parseSubAccount,
		words: { failed, ifNotFound: IF_NOT_FOUND },
		timeout,
	});
}

/**
 * A sub-account by an ID of one's own; undefined where there is none. How a 404 looks is not documented:
 * where it is that of a wrong address, what is sent next comes to the same.
 */
export async function findSubAccount(
	api: Transport,
	id: string,
	options: Options,
): Promise<SubAccount | undefined> {
	const found = await getSubAccount(api, { id, isExternal: true }, options).catch(asFailure);
	if (found instanceof Failure) {
		if (found.details.isRefused && found.details.httpStatus === 404) return undefined;
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
 * @param limit - how many at the most
 */
export async function listSubAccounts(
	api: Transport,
	limit: number,
	{ failed, timeout }: Options,
): Promise<SubAccount[]> {
	const size = Math.min(limit, LONGEST_PAGE);
	const found = new Map<SubAccount['account_id'], SubAccount>();
	// No answer says how many there are (documented): a page without anything new is beyond the last one.
	for (let page = 1, before = -1; found.size > before && found.size < limit; page += 1) {
		before = found.size;
		const accounts = await api.send({
			kind: 'read',
			method: 'GET',
			path: `${SUB_ACCOUNTS}?page=${page}&page_size=${size}`,
			parse: parsePage,
			words: { failed },
			timeout,
		});
		for (const account of accounts) found.set(account.account_id, account);
	}
	return [...found.values()].slice(0, limit);
}
