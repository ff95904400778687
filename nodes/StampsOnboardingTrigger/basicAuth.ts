import type {
	ICredentialTestFunctions,
	ICredentialsDecrypted,
	IDataObject,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { isSame } from './pageToken';

/** The name of the credential that has the name and the password of a page. */
export const PAGE_LOGIN_CREDENTIAL = 'shipEnginePageLoginApi';

/** What people need to see the page. */
export interface Login {
	user: string;
	password: string;
}

export const loginOf = ({ user, password }: IDataObject): Login => ({
	user: String(user ?? ''),
	password: String(password ?? ''),
});

/**
 * Whether a request names this user and password (RFC 7617).
 *
 * @param authorization - the header; an empty name or password lets nobody in
 */
export function isLoggedIn(authorization: unknown, { user, password }: Login): boolean {
	const [, encoded = ''] = /^Basic ([\w+/=-]+)$/i.exec(String(authorization ?? '')) ?? [];
	const given = Buffer.from(encoded, 'base64').toString('utf8');
	const isRight = isSame(given, `${user}:${password}`);
	return isRight && user !== '' && password !== '';
}

/** Checks the credential without a request, when it is saved. */
export async function checkPageLogin(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const { user, password } = loginOf((credential.data ?? {}) as IDataObject);
	if (user === '' || password === '') {
		return { status: 'Error', message: 'Both a user and a password are needed' };
	}
	// RFC 7617, 2: the colon ends the name.
	return user.includes(':')
		? { status: 'Error', message: "The 'User' cannot have a colon" }
		: { status: 'OK', message: 'The page asks for this user and password' };
}
