import type {
	ICredentialTestFunctions,
	ICredentialsDecrypted,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { Checklist } from '../input/checklist';
import { LOGIN_FIELDS } from '../input/loginFields';

/** Checks that a login is complete when its credential is saved, without a request. */
export async function checkStampsLogin(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const checklist = new Checklist();
	checklist.checkObject('', LOGIN_FIELDS, ({ property }) => data[property.name]);
	const message = checklist.lines().join(' ');
	return message === ''
		? { status: 'OK', message: 'The login is complete. It is tried only when a step uses it.' }
		: { status: 'Error', message };
}
