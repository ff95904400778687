import { type Api, DECLINED_CARD, startApi } from '../../../sandbox/api';
import { REGISTER, client, registration } from './client';

let api: Api;

beforeAll(async () => {
	api = await startApi({ now: () => Date.UTC(2028, 6, 15) });
});
afterAll(() => api.close());
beforeEach(() => api.reset());

/** Registers, and gives what was refused as `[error_code, field_name]`, or `[]` when accepted. */
async function refused(body: unknown, headers?: Record<string, string>) {
	const { status, data } = await client(api, headers).post(REGISTER, body);
	const errors: Array<{ error_code: string; field_name: string }> = data.errors ?? [];
	expect(status).toBe(errors.length === 0 ? 200 : 400);
	expect(api.state.accounts).toHaveLength(errors.length === 0 ? 1 : 0);
	return errors.map(({ error_code, field_name }) => [error_code, field_name]);
}

test('everything required is asked for at once', async () => {
	expect(await refused({ address: {}, credit_card: {} })).toEqual(
		[
			'nickname',
			'email',
			'agree_to_carrier_terms',
			'address.name',
			'address.phone',
			'address.address_line1',
			'address.city_locality',
			'address.state_province',
			'address.postal_code',
			'address.country_code',
			'address.address_residential_indicator',
			'credit_card.name',
			'credit_card.number',
			'credit_card.type',
			'credit_card.expiration_year',
			'credit_card.expiration_month',
		].map((field) => ['field_value_required', field]),
	);
});

test('a refusal has the form of the vendor’s envelope', async () => {
	const { data } = await client(api).post(REGISTER, registration({ nickname: undefined }));
	expect(data).toEqual({
		request_id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
		errors: [
			{
				error_source: 'shipengine',
				error_type: 'validation',
				error_code: 'field_value_required',
				message: 'nickname must have a value.',
				field_name: 'nickname',
			},
		],
	});
});

test.each<[why: string, code: string, field: string, value: unknown]>([
	['a blank field', 'field_value_required', 'nickname', ' '],
	['null', 'field_value_required', 'email', null],
	['no terms', 'field_value_required', 'agree_to_carrier_terms', null],
	['no address', 'field_value_required', 'address', undefined],
	['no card', 'field_value_required', 'credit_card', undefined],
	['an empty optional', 'field_value_required', 'address.company_name', ''],
	['an extra field', 'invalid_field_value', 'country', 'US'],
	['an extra field inside', 'invalid_field_value', 'credit_card.cvv', '1'],
	['a number as nickname', 'invalid_field_value', 'nickname', 5],
	['a number as year', 'invalid_field_value', 'credit_card.expiration_year', 2099],
	['a string as card', 'invalid_field_value', 'credit_card', '4111111111111111'],
	['an array as address', 'invalid_field_value', 'address', []],
	['terms as a word', 'invalid_field_value', 'agree_to_carrier_terms', 'true'],
	['terms declined', 'terms_not_accepted', 'agree_to_carrier_terms', false],
	['an e-mail without @', 'invalid_field_value', 'email', 'john.example.com'],
	['an e-mail without a dot', 'invalid_field_value', 'email', 'john@example'],
	['a phone without dashes', 'invalid_field_value', 'address.phone', '5124854282'],
	['a phone with a leading 1', 'invalid_field_value', 'address.phone', '1-512-485-4282'],
	['a state’s name', 'invalid_field_value', 'address.state_province', 'Texas'],
	['a state in small letters', 'invalid_field_value', 'address.state_province', 'tx'],
	['a code of no state', 'invalid_field_value', 'address.state_province', 'XX'],
	['ZIP+4', 'invalid_field_value', 'address.postal_code', '78756-1234'],
	['another country', 'invalid_field_value', 'address.country_code', 'CA'],
	['a PO box', 'invalid_address', 'address.address_line1', 'P.O. Box 12'],
	['a PO box below', 'invalid_address', 'address.address_line2', 'po box 12'],
	['another indicator', 'invalid_field_value', 'address.address_residential_indicator', 'true'],
	['a wrong check digit', 'invalid_field_value', 'credit_card.number', '4111111111111112'],
	['a number with spaces', 'invalid_field_value', 'credit_card.number', '4111 1111 1111 1111'],
	['an unknown brand', 'invalid_field_value', 'credit_card.type', 'visa'],
	['a name every object has', 'invalid_field_value', 'credit_card.type', 'toString'],
	['another brand’s number', 'invalid_field_value', 'credit_card.type', 'MasterCard'],
	['a year of two digits', 'invalid_field_value', 'credit_card.expiration_year', '28'],
	['a month of one digit', 'invalid_field_value', 'credit_card.expiration_month', '7'],
	['month 13', 'invalid_field_value', 'credit_card.expiration_month', '13'],
	['a year passed', 'invalid_field_value', 'credit_card.expiration_year', '2027'],
])('%s is refused', async (_why, code, field, value) => {
	expect(await refused(registration({ [field]: value }))).toEqual([[code, field]]);
});

test('a card is good to the end of its month', async () => {
	const expiring = (expiration_month: string) =>
		registration({
			'credit_card.expiration_year': '2028',
			'credit_card.expiration_month': expiration_month,
		});
	expect(await refused(expiring('06'))).toEqual([
		['invalid_field_value', 'credit_card.expiration_year'],
	]);
	expect(await refused(expiring('07'))).toEqual([]);
});

test.each([
	['Visa', '4111111111111111'],
	['MasterCard', '5555555555554444'],
	['MasterCard', '2223003122003222'],
	['AmericanExpress', '378282246310005'],
	['Discover', '6011111111111117'],
])('%s %s is accepted', async (type, number) => {
	expect(
		await refused(registration({ 'credit_card.type': type, 'credit_card.number': number })),
	).toEqual([]);
});

test('the optional fields may be left out', async () => {
	const left = { 'address.company_name': undefined, 'address.address_line2': undefined };
	expect(await refused(registration(left))).toEqual([]);
});

test('a sub-account may leave out card and residential indicator, but not give wrong ones', async () => {
	const partner = { 'On-Behalf-Of': 'se-77' };
	const wrong = registration({
		'address.address_residential_indicator': 'maybe',
		'credit_card.number': '1',
	});
	expect(await refused(wrong, partner)).toEqual([
		['invalid_field_value', 'address.address_residential_indicator'],
		['invalid_field_value', 'credit_card.number'],
	]);
	const bare = registration({
		'address.address_residential_indicator': undefined,
		credit_card: undefined,
	});
	expect(await refused(bare, partner)).toEqual([]);
});

test('a card that the carrier declines makes no account', async () => {
	const { status, data } = await client(api).post(
		REGISTER,
		registration({ 'credit_card.number': DECLINED_CARD }),
	);
	expect(status).toBe(400);
	expect(data.errors).toEqual([
		{
			error_source: 'carrier',
			error_type: 'business_rules',
			error_code: 'funding_source_error',
			message: 'The card was declined by its issuer.',
			field_name: 'credit_card.number',
			carrier_code: 'stamps_com',
		},
	]);
	expect(api.state.accounts).toEqual([]);
	expect(api.state.carriers()).toEqual([]);
});

test.each(['', 'null', '[]', '{"nickname":', '"text"'])('%j is no body', async (body) => {
	const { status, data } = await client(api).post(REGISTER, body, {
		headers: { 'Content-Type': 'application/json' },
	});
	expect([status, data.errors[0].error_code]).toEqual([400, 'request_body_required']);
});

test('no refusal repeats the card number', async () => {
	const { data } = await client(api).post(
		REGISTER,
		registration({
			'credit_card.number': '4111111111111112',
			'credit_card.type': '4111111111111112',
			'credit_card.expiration_year': '1',
		}),
	);
	expect(data.errors).toHaveLength(3);
	expect(JSON.stringify(data)).not.toContain('4111');
});
