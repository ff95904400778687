import { createHash, timingSafeEqual } from 'crypto';
import {
	type ICredentialTestFunctions,
	type ICredentialsDecrypted,
	type IDataObject,
	type INodeCredentialTestResult,
	sleep,
} from 'n8n-workflow';
import { unforeseen } from '../ShipEngine/seal/secretStrength';
import { Tally } from './tally';

/** The name of the credential that has the name and the password of a page. */
export const PAGE_LOGIN_CREDENTIAL = 'shipEnginePageLoginApi';

/** Whoever has the address may try passwords as long as they like. */
const SHORTEST_PASSWORD = 12;

/** So many characters of it that nobody can tell beforehand: `password1234` has two. */
const FEWEST_UNFORESEEN = 4;

/** What people need to see the page. */
export interface Login {
	user: string;
	password: string;
}

export const loginOf = ({ user, password }: IDataObject): Login => ({
	user: String(user ?? ''),
	password: String(password ?? ''),
});

/** What is wrong with a login, as a sentence without its full stop; '' for nothing. */
export function wrongWithLogin({ user, password }: Login): string {
	if (user === '' || password === '') return 'Both a user and a password are needed';
	// RFC 7617, 2: the colon ends the name.
	if (user.includes(':')) return "The 'User' cannot have a colon";
	if (password.length < SHORTEST_PASSWORD) {
		return `The 'Password' needs at least ${SHORTEST_PASSWORD} characters`;
	}
	return unforeseen(password) < FEWEST_UNFORESEEN ? "The 'Password' could be guessed" : '';
}

/** Compares without telling by its time how much is the same. */
function isSame(one: string, other: string): boolean {
	const [first, second] = [one, other].map((text) => createHash('sha256').update(text).digest());
	return timingSafeEqual(first!, second!);
}

/** What stands in the header (RFC 7617); undefined where it is none of this kind. */
const givenIn = (authorization: unknown) =>
	/^Basic ([\w+/=-]+)$/i.exec(String(authorization ?? ''))?.[1];

/** After so many wrong passwords, the next ones are answered slowly. */
const WRONG = new Tally({ most: 10, within: 600 });

const SLOW_MILLISECONDS = 3_000;

/**
 * Whether a request names this user and password. The right ones are always answered at once.
 *
 * @param authorization - the header
 * @param from - the address that it comes from, where that is known
 * @param now - the time, in seconds
 */
export async function isLoggedIn(
	authorization: unknown,
	{ user, password }: Login,
	from: string | undefined,
	now: number,
): Promise<boolean> {
	const encoded = givenIn(authorization);
	if (encoded === undefined) return false;
	const given = Buffer.from(encoded, 'base64').toString('utf8');
	if (isSame(given, `${user}:${password}`)) return true;
	const isSlow = WRONG.waitOf(from ?? '', now) > 0;
	WRONG.count(from ?? '', now);
	if (isSlow) await sleep(SLOW_MILLISECONDS);
	return false;
}

/** Checks the credential without a request, when it is saved. */
export async function checkPageLogin(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const message = wrongWithLogin(loginOf(data as IDataObject));
	return message === ''
		? { status: 'OK', message: 'The page asks for this user and password' }
		: { status: 'Error', message };
}
