import type { IDataObject } from 'n8n-workflow';
import type { Output } from '../../step/operation';
import { verificationId } from '../../values/identifiers';
import { optionalText } from '../../values/validation';

/** The API's answer to Send and to Confirm (documented). */
export const VERIFICATION_OUTPUT = {
	phone: 'string',
	verification_id: 'string',
	verification_method: 'string',
	status: 'string',
} satisfies Output;

type Verification = Record<keyof typeof VERIFICATION_OUTPUT, string>;

const isText = (value: unknown): value is string =>
	typeof value === 'string' && typeof optionalText(value) === 'string';

/** The verification in an answer; undefined if its ID is invalid or a field is not ordinary text. */
export function parseVerification(answer: IDataObject): Verification | undefined {
	const { phone, verification_id: id, verification_method: method, status } = answer;
	return verificationId(id) === id && [phone, method, status].every(isText)
		? ({ phone, verification_id: id, verification_method: method, status } as Verification)
		: undefined;
}
