import type { Answers } from './driver';

/** Where n8n serves the form of workflows/register-and-verify.json. */
export const FORM_PATH = '/form/open-stamps-account';

/** What somebody enters on its first page. */
export const REGISTRATION: Answers = {
	Nickname: 'Austin store',
	Email: 'nathan@example.com',
	Name: 'Nathan Smith',
	Phone: '512-485-4282',
	'Company Name': 'Example Corp.',
	'Address Line 1': '4009 Marathon Blvd',
	'Address Line 2': 'Suite 300',
	City: 'Austin',
	State: 'TX',
	'ZIP Code': '78756',
	Terms: 'I accept the terms of Stamps.com and USPS',
};

/** The phone that gets the text message, as the API writes it. */
export const PHONE = '5124854282';

/** What somebody enters on the page that asks for the code. */
export const codeAnswer = (code: string): Answers => ({ 'Code from the text message': code });
