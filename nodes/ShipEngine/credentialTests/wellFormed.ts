import type { ICredentialsDecrypted, INodeCredentialTestResult } from 'n8n-workflow';
import { baseUrlOf } from '../api/baseUrl';
import { asFailure } from '../failures/failure';
import { Checklist, type CheckedField } from '../input/checklist';

/**
 * Whether the fields of a credential can be used, as far as that can be told without a request.
 *
 * @param credential - as n8n's editor names its type
 * @param message - what is said if they can
 */
export function wellFormed(
	fields: CheckedField[],
	{ data = {} }: ICredentialsDecrypted,
	credential: string,
	message: string,
): INodeCredentialTestResult {
	const checklist = new Checklist();
	checklist.checkObject('', fields, ({ property }) => data[property.name]);
	const wrong = checklist.lines().join(' ') || wrongBaseUrl(data.baseUrl, credential);
	return wrong === '' ? { status: 'OK', message } : { status: 'Error', message: wrong };
}

/** What is wrong with the *Base URL* of a credential; an empty text for nothing. */
function wrongBaseUrl(baseUrl: unknown, credential: string): string {
	try {
		baseUrlOf(baseUrl, credential);
		return '';
	} catch (thrown) {
		const { message, description } = asFailure(thrown).details;
		return `${message}. ${description}`;
	}
}
