import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { NewCredential, WorkflowFile } from './n8n/api';

/** What `npm start` and the end-to-end tests put into n8n. */

/** The number that card companies publish for tests; it is nobody's card. */
export const TEST_CARD_NUMBER = '4111111111111111';

/** The credential with the API's key. */
export function apiCredential(data: { apiKey: string; baseUrl: string }): NewCredential {
	return { name: 'ShipEngine account', type: 'shipEngineApi', data };
}

/** The credential with the payment card. Without a number it is left to be filled in. */
export function cardCredential(cardNumber: string): NewCredential {
	return {
		name: 'ShipEngine Payment Card account',
		type: 'shipEnginePaymentCardApi',
		data: {
			cardName: cardNumber && 'Nathan Smith',
			cardNumber,
			cardType: 'detect',
			cardExpirationYear: cardNumber && String(new Date().getFullYear() + 3),
			cardExpirationMonth: cardNumber && '07',
		},
	};
}

/** A workflow of the folder `workflows`, by the name of its file. */
export function exampleWorkflow(name: string): WorkflowFile {
	const file = path.join(__dirname, '../workflows', `${name}.json`);
	return JSON.parse(readFileSync(file, 'utf8')) as WorkflowFile;
}
