import type {
	ICredentialTestFunctions,
	ICredentialsDecrypted,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { CARD_FIELDS } from '../input/cardFields';
import { Checklist } from '../input/checklist';

/** Checks a payment card's number, brand and expiry when its credential is saved, without a request. */
export async function checkPaymentCard(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const checklist = new Checklist();
	checklist.checkObject('', CARD_FIELDS, ({ property }) => data[property.name]);
	const message = checklist.lines().join(' ');
	return message === ''
		? { status: 'OK', message: 'The card is well-formed. Nothing was charged to check it.' }
		: { status: 'Error', message };
}
