import type { Answers } from './driver';

/** Where n8n serves the form of workflows/onboarding-form.json. */
export const FORM_PATH = '/form/open-stamps-account';

/** The Data Table in which onboarding-form.json leaves what onboarding-code.json needs. */
export const TABLE = 'Stamps onboarding verifications';

/** What somebody enters in the form. */
export const REGISTRATION: Answers = {
	Email: 'nathan@example.com',
	Name: 'Nathan Smith',
	Phone: '512-485-4282',
	'Company Name': 'Example Corp.',
	'Address Line 1': '4009 Marathon Blvd',
	'Address Line 2': 'Suite 300',
	City: 'Austin',
	State: 'TX',
	'ZIP Code': '78756',
	'Card Name': 'Nathan Smith',
	'Card Number': '4111 1111 1111 1111',
	'Card Expiration Month': '07',
	'Card Expiration Year': String(new Date().getFullYear() + 3),
	Terms: 'I accept the terms of Stamps.com and USPS',
};

/** The phone that gets the text message, as the API writes it. */
export const PHONE = '5124854282';

/** What somebody enters on a page that asks for the code. */
export const codeAnswer = (code: string): Answers => ({ 'Code from the text message': code });

/** What somebody ticks there who got none. */
export const NEW_TEXT: Answers = { 'What next?': 'Send me a new text message' };
