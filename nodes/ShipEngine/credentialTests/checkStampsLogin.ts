import type {
	ICredentialTestFunctions,
	ICredentialsDecrypted,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { LOGIN_FIELDS } from '../input/loginFields';
import { wellFormed } from './wellFormed';

/** Checks that a login is complete when its credential is saved, without a request. */
export async function checkStampsLogin(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	return wellFormed(
		LOGIN_FIELDS,
		credential,
		'ShipEngine Stamps Login',
		'The login is complete. It is tried only when a step uses it.',
	);
}
