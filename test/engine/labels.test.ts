import type { IDataObject } from 'n8n-workflow';
import { going, replace, step } from './support/engine';
import { CARD, DOCUMENTED_BODY, useApi } from './support/fixtures';

// People name their form's fields as they like: what is meant is taken, what is missing is named.
const sandbox = useApi();
const register = (parameters: IDataObject = {}) =>
	step('Register', 'register', { dataMode: 'autoMapInputData', ...parameters }, going);

/** The documented registration as a form with labels gives it. */
const LABELLED = {
	Nickname: 'My Stamps.com account',
	'E-mail': 'john.doe@example.com',
	'Agree to carrier terms': ['I accept the terms'],
	NAME: 'John Doe',
	Phone: '(111) 111-1111',
	'Company name': 'Example Corp.',
	'Address line 1': '4009 Marathon Blvd',
	address_Line2: 'Suite 300',
	City: 'Austin',
	State: 'Texas',
	'Zip Code': 78756,
	'Residential Address': 'no',
	'Card Name': CARD.cardName,
	'Card Number': CARD.cardNumber,
	'card-expiration-year': CARD.cardExpirationYear,
	cardExpirationMonth: 7,
};

const errorOf = ([json]: IDataObject[]) => json!.error as IDataObject;

test('a form’s labels are taken for the API’s names', async () => {
	await sandbox.runChain([LABELLED], register());
	expect(sandbox.bodies().at(-1)).toEqual(DOCUMENTED_BODY);
});

test('the API’s own name goes before a label', async () => {
	await sandbox.runChain([{ ...LABELLED, nickname: 'The API’s' }], register());
	expect(sandbox.bodies().at(-1)).toMatchObject({ nickname: 'The API’s' });
});

test('two fields that could be meant are none', async () => {
	const others: IDataObject = { ...LABELLED };
	delete others.Nickname;
	const outcome = await sandbox.runChain(
		[{ ...others, 'Nick Name': 'One', 'nick-name': 'Two' }],
		register(),
	);
	expect(errorOf(outcome.json('Register'))).toMatchObject({
		message:
			"The Stamps account was not registered: 'Nickname' is empty: the item has no field 'nickname'",
	});
	expect(sandbox.calls()).toEqual([]);
});

test('what is missing is told together, with the names that were looked for', async () => {
	sandbox.asPartner();
	const outcome = await sandbox.runChain(
		[{ Mail: 'ann@acme.com', phone: '12' }],
		register({ cardSource: 'none', options: { onBehalfOf: 'se-1' } }),
	);
	expect(String(errorOf(outcome.json('Register')).description).split('\n')).toEqual([
		"These are empty: 'Nickname', 'Email', 'Name', 'Address Line 1', 'City', 'State', 'ZIP Code'.",
		"The item has no field 'nickname', 'email', 'name', 'address_line1', 'city_locality', 'state_province', 'postal_code'.",
		"'Agree to Carrier Terms' must be accepted before registering: the item has no field 'agree_to_carrier_terms'.",
		"'Phone' must be a US phone number with ten digits.",
		'Nothing was sent to the API. Correct the input and run this item again.',
	]);
});

test('of a field that is there and blank, no name is told', async () => {
	const outcome = await sandbox.runChain([{ ...LABELLED, Nickname: ' ' }], register());
	expect(errorOf(outcome.json('Register')).message).toMatch(/: 'Nickname' is empty$/);
});

describe('the code of a form', () => {
	const confirm = step('Confirm', 'confirmVerification', {}, going);

	async function confirmed(page: (code: string) => IDataObject) {
		const { carrier_id } = sandbox.api.addCarrier({ nickname: 'One' });
		await sandbox.runChain([{ carrier_id, phone: '5124854282' }], step('Send', 'sendVerification'));
		const { id, code } = sandbox.api.state.verifications[0]!;
		const outcome = await sandbox.runChain(
			[{}],
			replace('Page', { carrier_id, verification_id: id, ...page(code) }),
			confirm,
		);
		return outcome.json('Confirm');
	}

	test('is found by its label', async () => {
		expect(await confirmed((code) => ({ 'Verification code': ` ${code} ` }))).toMatchObject([
			{ status: 'verified' },
		]);
	});

	test('under another name is told by the name that was looked for', async () => {
		expect(errorOf(await confirmed((code) => ({ Code: code })))).toMatchObject({
			errors: [
				{
					message:
						"'Verification Code' is empty: the item has no field 'verification_code'. It comes from the form or message in which the person types the code",
				},
			],
		});
	});

	test('that may have lost its zeros is not tried', async () => {
		const outcome = await confirmed(() => ({ verification_code: 47_743 }));
		expect(errorOf(outcome)).toMatchObject({ errors: [{ field: 'verification_code' }] });
		expect(sandbox.calls().filter((call) => call.startsWith('PUT'))).toEqual([]);
	});
});

test('what is missing, and not the cause, is not named: a card of no known brand', async () => {
	const outcome = await sandbox.runChain(
		[{ ...LABELLED, 'Card Number': '3530111333300000' }],
		register({ cardSource: 'parameters' }),
	);
	expect(errorOf(outcome.json('Register')).message).toMatch(
		/'Card Type' must be of one of these brands: [^:]*$/,
	);
	expect(sandbox.calls()).toEqual([]);
});
