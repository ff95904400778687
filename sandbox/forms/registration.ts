import { CARD, PERSON, YEAR } from '../examples/person';
import type { Answers } from './driver';

/** Where n8n serves the page of workflows/onboarding-form.json. */
export const FORM_PATH = '/webhook/open-stamps-account';

/** The Data Table in which onboarding-form.json leaves what onboarding-code.json needs. */
export const TABLE = 'Stamps onboarding verifications';

/** What somebody enters on the registration page. */
export const REGISTRATION: Answers = {
	Email: PERSON.email,
	'Full name': PERSON.name,
	'Mobile phone': PERSON.phone,
	'Company (optional)': PERSON.company_name,
	'Street address': PERSON.address_line1,
	'Apartment, suite (optional)': PERSON.address_line2,
	City: PERSON.city_locality,
	State: 'Texas',
	'ZIP code': PERSON.postal_code,
	'Name on card': CARD.card_name,
	'Card number': '4111 1111 1111 1111',
	'Expiration date': `07 / ${YEAR.slice(2)}`,
	'I accept the terms of Stamps.com and USPS.': 'yes',
};

/** What somebody enters on the page of workflows/own-account.json. */
export const OWNER: Answers = {
	Name: PERSON.name,
	Email: PERSON.email,
	Phone: PERSON.phone,
	'Company Name': PERSON.company_name,
	'Address Line 1': PERSON.address_line1,
	'Address Line 2': PERSON.address_line2,
	City: PERSON.city_locality,
	State: PERSON.state_province,
	'ZIP Code': PERSON.postal_code,
};

/** What they tick there. */
export const TERMS: Answers = { Terms: 'I accept the terms of Stamps.com and USPS' };

export { PHONE } from '../examples/person';

/** What somebody enters on a page that asks for the code. */
export const codeAnswer = (code: string): Answers => ({ 'Code from the text message': code });

/** What somebody ticks there who got none. */
export const NEW_TEXT: Answers = { 'What next?': 'Send me a new text message' };
