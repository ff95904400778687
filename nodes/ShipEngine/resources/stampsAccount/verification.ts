import type { IDataObject } from 'n8n-workflow';
import { verificationId } from '../../values/identifiers';
import { optionalText } from '../../values/validation';

/** The API's answer to Send and to Confirm (documented). */
export interface Verification {
	phone: string;
	verification_id: string;
	verification_method: string;
	status: string;
}

const isText = (value: unknown): value is string =>
	typeof value === 'string' && typeof optionalText(value) === 'string';

/** The verification in an answer; undefined where its ID is none, or a field is no text that is usual. */
export function parseVerification(answer: IDataObject): Verification | undefined {
	const { phone, verification_id: id, verification_method: method, status } = answer;
	return verificationId(id) === id && [phone, method, status].every(isText)
		? ({ phone, verification_id: id, verification_method: method, status } as Verification)
		: undefined;
}
