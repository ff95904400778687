import type { IDataObject } from 'n8n-workflow';

/** The API's answer to Send and to Confirm (documented). */
export interface Verification {
	phone: string;
	verification_id: string;
	verification_method: string;
	status: string;
}

/** The verification in an answer; undefined where one of its fields is not there as text. */
export function parseVerification(answer: IDataObject): Verification | undefined {
	const { phone, verification_id, verification_method, status } = answer;
	const verification = { phone, verification_id, verification_method, status };
	return Object.values(verification).every((value) => typeof value === 'string')
		? (verification as unknown as Verification)
		: undefined;
}
