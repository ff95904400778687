import type {
	ICredentialTestFunctions,
	ICredentialsDecrypted,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { CARD_FIELDS } from '../input/cardFields';
import { wellFormed } from './wellFormed';

/** Checks a payment card's number, brand and expiry when its credential is saved, without a request. */
export async function checkPaymentCard(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	return wellFormed(
		CARD_FIELDS,
		credential,
		'ShipEngine Payment Card',
		'The card is well-formed. Nothing was charged to check it.',
	);
}
