import type {
	ICredentialTestFunctions,
	ICredentialsDecrypted,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { baseUrlOf } from '../api/baseUrl';
import { asFailure } from '../failures/failure';
import { sealKeysOf } from '../seal/sealKeys';

/** Checks the secret of the card seal when its credential is saved, without a request. */
export async function checkCardSeal(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	try {
		await sealKeysOf(data);
		baseUrlOf(data.baseUrl, 'ShipEngine Card Seal');
		return { status: 'OK', message: 'Cards can be sealed. Keep a copy of the secret.' };
	} catch (thrown) {
		const { message, description } = asFailure(thrown).details;
		return { status: 'Error', message: `${message}. ${description}` };
	}
}
