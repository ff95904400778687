import type { Answers } from './driver';

/** Where n8n serves the page of workflows/onboarding-form.json. */
export const FORM_PATH = '/webhook/open-stamps-account';

/** The Data Table in which onboarding-form.json leaves what onboarding-code.json needs. */
export const TABLE = 'Stamps onboarding verifications';

/** What somebody enters on the registration page. */
export const REGISTRATION: Answers = {
	Email: 'nathan@example.com',
	'Full name': 'Nathan Smith',
	'Mobile phone': '512-485-4282',
	'Company (optional)': 'Example Corp.',
	'Street address': '4009 Marathon Blvd',
	'Apartment, suite (optional)': 'Suite 300',
	City: 'Austin',
	State: 'Texas',
	'ZIP code': '78756',
	'Name on card': 'Nathan Smith',
	'Card number': '4111 1111 1111 1111',
	'Expiration date': `07 / ${String(new Date().getFullYear() + 3).slice(2)}`,
	'I accept the terms of Stamps.com and USPS.': 'yes',
};

/** What somebody enters on the page of workflows/own-account.json. */
export const OWNER: Answers = {
	Name: 'Nathan Smith',
	Email: 'nathan@example.com',
	Phone: '512-485-4282',
	'Company Name': 'Example Corp.',
	'Address Line 1': '4009 Marathon Blvd',
	'Address Line 2': 'Suite 300',
	City: 'Austin',
	State: 'TX',
	'ZIP Code': '78756',
};

/** What they tick there. */
export const TERMS: Answers = { Terms: 'I accept the terms of Stamps.com and USPS' };

/** The phone that gets the text message, as the API writes it. */
export const PHONE = '5124854282';

/** What somebody enters on a page that asks for the code. */
export const codeAnswer = (code: string): Answers => ({ 'Code from the text message': code });

/** What somebody ticks there who got none. */
export const NEW_TEXT: Answers = { 'What next?': 'Send me a new text message' };
