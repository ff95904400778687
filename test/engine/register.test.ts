import type { IDataObject } from 'n8n-workflow';
import { SANDBOX_KEY } from '../../sandbox/api';
import { step } from './support/engine';
import { ACCOUNT, DOCUMENTED_BODY, REGISTRATION, VISA, useApi } from './support/fixtures';

const sandbox = useApi();

const register = (parameters: object, settings = {}) =>
	step('Register', 'register', { ifNicknameExists: 'registerAnother', ...parameters }, settings);

const without = (item: object, ...names: string[]): IDataObject =>
	Object.fromEntries(Object.entries(item).filter(([name]) => !names.includes(name)));

describe('what goes over the wire', () => {
	test('is the documented request, field by field', async () => {
		await sandbox.runChain([{}], register(REGISTRATION));

		const [request, ...others] = sandbox.api.requests;
		expect(others).toEqual([]);
		expect(request).toMatchObject({ method: 'POST', path: '/v1/registration/stamps_com' });
		expect(JSON.parse(request!.rawBody)).toEqual(DOCUMENTED_BODY);
		expect(request!.rawHeaders).toEqual(
			expect.arrayContaining([
				['API-Key', SANDBOX_KEY],
				['Content-Type', 'application/json'],
			]),
		);
		expect(request!.headers).not.toHaveProperty('on-behalf-of');
	});

	test('leaves out what is optional and empty', async () => {
		await sandbox.runChain([{}], register({ ...REGISTRATION, companyName: '', addressLine2: ' ' }));

		const [{ address }] = sandbox.bodies() as [typeof DOCUMENTED_BODY];
		expect(address).not.toHaveProperty('company_name');
		expect(address).not.toHaveProperty('address_line2');
	});

	test('is brought into the API’s form', async () => {
		await sandbox.runChain(
			[{}],
			register({
				...REGISTRATION,
				phone: '+1 (512) 485-4282',
				stateProvince: 'puerto rico',
				postalCode: '00901-1234',
				countryCode: 'usa',
				cardNumber: '5555-5555 5555 4444',
				cardExpirationYear: DOCUMENTED_BODY.credit_card.expiration_year.slice(2),
				cardExpirationMonth: '7',
			}),
		);

		expect(sandbox.bodies()).toEqual([
			{
				...DOCUMENTED_BODY,
				address: {
					...DOCUMENTED_BODY.address,
					phone: '512-485-4282',
					state_province: 'PR',
					postal_code: '00901',
				},
				credit_card: {
					...DOCUMENTED_BODY.credit_card,
					number: '5555555555554444',
					type: 'MasterCard',
				},
			},
		]);
	});

	test.each(['Visa Debit', 'VISA'])(
		'sends the card type %s of an expression as it is',
		async (brand) => {
			await sandbox.runChain(
				[{ brand }],
				register(
					{ ...REGISTRATION, cardType: '={{ $json.brand }}' },
					{ onError: 'continueRegularOutput' },
				),
			);
			expect(sandbox.bodies()).toMatchObject([{ credit_card: { type: brand } }]);
		},
	);

	test('sends the API’s spelling of the card type that an item has', async () => {
		const item = {
			...DOCUMENTED_BODY,
			credit_card: { ...DOCUMENTED_BODY.credit_card, type: 'VISA' },
		};
		await sandbox.runChain([item], register({ dataMode: 'autoMapInputData' }));
		expect(sandbox.bodies()).toEqual([DOCUMENTED_BODY]);
	});

	test('names the sub-account', async () => {
		sandbox.asPartner();
		await sandbox.runChain(
			[{}],
			register({ ...REGISTRATION, options: { onBehalfOf: 'se-123456' } }),
		);
		expect(sandbox.api.requests[0]?.rawHeaders).toContainEqual(['On-Behalf-Of', 'se-123456']);
		expect(sandbox.api.state.carriers('se-123456')).toMatchObject([
			{ nickname: 'My Stamps.com account' },
		]);
	});
});

test('puts out what the next step needs, and no card', async () => {
	const outcome = await sandbox.runChain([{}], register(REGISTRATION));
	const carrier_id = sandbox.api.state.carriers()[0]?.carrier_id;
	expect(outcome.items('Register')).toEqual([
		{
			json: {
				carrier_id,
				nickname: 'My Stamps.com account',
				email: 'john.doe@example.com',
				phone: '1111111111',
			},
			pairedItem: { item: 0 },
		},
	]);
	expect(JSON.stringify(outcome.run)).not.toContain(VISA);
});

describe('where the card comes from', () => {
	test('a credential: the card is in no item, no parameter and no output', async () => {
		const outcome = await sandbox.runChain(
			[{}],
			register({ ...ACCOUNT, cardSource: 'credential' }),
		);
		expect(sandbox.bodies()).toEqual([DOCUMENTED_BODY]);
		expect(JSON.stringify(outcome.run)).not.toContain(VISA);
	});

	test('a credential with a card that has expired: the item says so, without a request', async () => {
		const outcome = await sandbox.run(
			{
				nodes: [
					{ name: 'Trigger', type: 'test.items', parameters: { items: [{}] as never } },
					register({ ...ACCOUNT, cardSource: 'credential' }, { onError: 'continueRegularOutput' }),
				],
				connections: { Trigger: { main: [[{ node: 'Register', type: 'main', index: 0 }]] } },
			},
			{
				shipEnginePaymentCardApi: {
					cardName: 'my credit card',
					cardNumber: VISA,
					cardType: 'detect',
					cardExpirationYear: '2020',
					cardExpirationMonth: '01',
				},
			},
		);
		expect(outcome.json('Register')).toMatchObject([
			{ error: { errors: [{ field: 'credit_card.expiration_year' }] } },
		]);
		expect(sandbox.calls()).toEqual([]);
	});

	test('none, for partners: no credit_card goes out, whatever the item holds', async () => {
		sandbox.asPartner();
		await sandbox.runChain(
			[{ ...DOCUMENTED_BODY }],
			register({
				dataMode: 'autoMapInputData',
				cardSource: 'none',
				options: { onBehalfOf: 'se-123456' },
			}),
		);
		expect(sandbox.bodies()).toEqual([without(DOCUMENTED_BODY, 'credit_card')]);
	});

	test.each([
		['another word', 'card'],
		['a list of one', ['parameters']],
		['an expression that gives a list', '={{ [$json.source] }}'],
		['nothing', ''],
	])('a source that is %s is named as such, and nothing is sent', async (_name, cardSource) => {
		const outcome = await sandbox.runChain(
			[{ source: 'parameters' }],
			register({ ...REGISTRATION, cardSource }, { onError: 'continueRegularOutput' }),
		);
		const message = "'Card Source' must be 'credential', 'none', 'parameters' or 'sealed'";
		expect(outcome.json('Register')).toMatchObject([
			{ error: { errors: [{ code: 'not_a_choice', field: 'card_source', message }] } },
		]);
		expect(sandbox.calls()).toEqual([]);
	});
});

describe('an item that is the registration itself', () => {
	const flat = {
		nickname: 'My Stamps.com account',
		email: 'john.doe@example.com',
		agree_to_carrier_terms: ['I agree'],
		...DOCUMENTED_BODY.address,
		card_name: 'my credit card',
		card_number: VISA,
		card_expiration_year: DOCUMENTED_BODY.credit_card.expiration_year,
		card_expiration_month: 7,
		submittedAt: '2026-01-01T00:00:00Z',
		formMode: 'production',
	};

	test.each([
		['in the API’s own shape', { ...DOCUMENTED_BODY, utm_source: 'newsletter' }],
		['flat, as a form gives it', flat],
		['flat, with the spreadsheet’s numbers', { ...flat, phone: 1111111111, postal_code: 78756 }],
		[
			'nested address and flat card',
			{ ...flat, name: 'Somebody Else', address: DOCUMENTED_BODY.address },
		],
	])('%s', async (_shape, item) => {
		await sandbox.runChain([item], register({ dataMode: 'autoMapInputData' }));
		expect(sandbox.bodies()).toEqual([DOCUMENTED_BODY]);
	});

	test('may leave the country and the kind of address to the defaults', async () => {
		const item = without(flat, 'country_code', 'address_residential_indicator');
		await sandbox.runChain([item], register({ dataMode: 'autoMapInputData' }));
		expect(sandbox.bodies()).toMatchObject([
			{ address: { country_code: 'US', address_residential_indicator: 'unknown' } },
		]);
	});

	test.each([[[]], ['no'], [false], ['false'], [''], [undefined]])(
		'does not accept the terms with %j',
		async (terms) => {
			const outcome = await sandbox.runChain(
				[{ ...flat, agree_to_carrier_terms: terms as never }],
				register({ dataMode: 'autoMapInputData' }, { onError: 'continueRegularOutput' }),
			);
			expect(outcome.json('Register')).toMatchObject([
				{ error: { errors: [{ code: 'terms_not_accepted', field: 'agree_to_carrier_terms' }] } },
			]);
			expect(sandbox.calls()).toEqual([]);
		},
	);

	test('takes nothing from what the item inherits', async () => {
		const outcome = await sandbox.runChain(
			[JSON.parse('{"__proto__": {"nickname": "inherited"}, "address": "text"}')],
			register({ dataMode: 'autoMapInputData' }, { onError: 'continueRegularOutput' }),
		);
		expect(outcome.json('Register')).toMatchObject([
			{
				error: { errors: expect.arrayContaining([expect.objectContaining({ field: 'nickname' })]) },
			},
		]);
		expect(sandbox.calls()).toEqual([]);
	});
});

test('everything wrong with an item is told at once, before any request', async () => {
	const outcome = await sandbox.runChain(
		[{}],
		register(
			{
				...REGISTRATION,
				nickname: '={{ "" }}',
				email: 'john.doe',
				agreeToCarrierTerms: false,
				phone: '485-4282',
				addressLine1: 'P.O. Box 12',
				stateProvince: 'Texarkana',
				postalCode: '78',
				countryCode: 'DE',
				cardNumber: '4111111111111112',
				cardExpirationYear: '2020',
			},
			{ onError: 'continueRegularOutput' },
		),
	);

	const [{ error }] = outcome.json('Register') as [{ error: { errors: unknown[] } }];
	expect(error.errors).toEqual([
		{ code: 'field_value_required', field: 'nickname', message: "'Nickname' is empty" },
		{ code: 'not_email', field: 'email', message: expect.stringContaining("'Email'") },
		{
			code: 'terms_not_accepted',
			field: 'agree_to_carrier_terms',
			message: "'Agree to Carrier Terms' must be accepted before registering",
		},
		{
			code: 'not_phone',
			field: 'address.phone',
			message: "'Phone' must be a US phone number with ten digits",
		},
		{
			code: 'invalid_address',
			field: 'address.address_line1',
			message: "'Address Line 1' must not be a PO box: Stamps.com refuses them",
		},
		expect.objectContaining({ field: 'address.state_province' }),
		expect.objectContaining({ field: 'address.postal_code' }),
		expect.objectContaining({ field: 'address.country_code' }),
		{
			code: 'not_card_number',
			field: 'credit_card.number',
			message: "'Card Number' is not a card number: a digit is wrong or missing",
		},
		expect.objectContaining({ field: 'credit_card.expiration_year' }),
	]);
	expect(error).toMatchObject({
		message: 'The Stamps account was not registered: 10 fields need to be corrected',
		http_status: null,
		request_id: null,
	});
	expect(JSON.stringify(outcome.json('Register'))).not.toContain('4111111111111112');
	expect(sandbox.calls()).toEqual([]);
});
