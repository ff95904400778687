import { CARD, PERSON, YEAR } from '../examples/person';
import type { Answers } from './driver';

/** Where n8n serves the page of workflows/onboarding.json. */
export const FORM_PATH = '/webhook/open-stamps-account';

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

/** Where a code is entered. */
export const CODE_FIELD = 'Code from the text message';

/** What somebody enters on a page that asks for the code. */
export const codeAnswer = (code: string): Answers => ({ [CODE_FIELD]: code });

/** A code that is not the one that was texted. */
export const wrongCode = (code: string) => (code === '000000' ? '000001' : '000000');

/** The buttons of the registration page for whoever got no code. */
export const NEW_CODE = 'Send a new code';
export const OTHER_PHONE = 'Text the code to this number';

/** What somebody clicks there. */
export const ASK_AGAIN: Answers = { [NEW_CODE]: 'yes' };

/** The same, with another phone. */
export const otherPhone = (phone: string): Answers => ({ [OTHER_PHONE]: phone });

/** What somebody ticks on a form of n8n who got none. */
export const NEW_TEXT: Answers = { 'What next?': 'Send me a new text message' };
