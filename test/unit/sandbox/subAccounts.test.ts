import { type Api, startApi } from '../../../sandbox/api';
import { client } from './client';

const ACCOUNTS = '/v1/partners/accounts';
const US = { origin_country_code: 'US' };

let api: Api;

beforeAll(async () => {
	api = await startApi({ now: () => Date.UTC(2028, 6, 15) });
});
afterAll(() => api.close());
beforeEach(() => api.reset());

const create = async (body: object) => await client(api).post(ACCOUNTS, body);

/** What was refused, as `[status, error_code, field_name]`. */
const refusal = ({ status, data }: { status: number; data: { errors: object[] } }) =>
	data.errors.map((error) => {
		const { error_code, field_name } = error as Record<string, string>;
		return [status, error_code, field_name];
	});

test('a new one answers with a key, and with nothing else of what it was given', async () => {
	const { status, data } = await create({
		...US,
		external_account_id: 'own',
		company_name: 'Example, Inc.',
	});
	const [made] = api.state.subAccounts;
	const created_at = '2028-07-15T00:00:00.000Z';
	expect([status, data]).toEqual([
		200,
		{
			account_id: made!.account_id,
			external_account_id: 'own',
			created_at,
			modified_at: created_at,
			active: true,
			email: null,
			company_name: null,
			first_name: null,
			last_name: null,
			origin_country_code: null,
			api_key: {
				encrypted_api_key: made!.key,
				created_at,
				description: 'Account API Key',
				account_id: made!.account_id,
				api_key_id: expect.any(Number),
			},
		},
	]);
	const read = await client(api).get(`${ACCOUNTS}/${made!.account_id}`);
	expect(read.data).toMatchObject({ company_name: 'Example, Inc.', ...US });
	expect(JSON.stringify(read.data)).not.toContain(made!.key);
});

test('a new one lists a carrier that is disabled, before anything was registered', async () => {
	const { data } = await create(US);
	expect(api.state.carriers(String(data.account_id))).toMatchObject([
		{ carrier_code: 'stamps_com', account_number: 'stamps_com_disabled', primary: true },
	]);
	expect(api.state.accounts).toEqual([]);
});

test.each([
	[{}, [['field_value_required', 'origin_country_code']]],
	[{ origin_country_code: 'us' }, [['invalid_field_value', 'origin_country_code']]],
	[{ ...US, first_name: 'x'.repeat(25) }, [['invalid_field_value', 'first_name']]],
	[{ ...US, company_name: 'x'.repeat(51) }, [['invalid_field_value', 'company_name']]],
	[
		{ ...US, external_account_id: 'x'.repeat(129) },
		[['invalid_field_value', 'external_account_id']],
	],
	[{ ...US, email: 'shop' }, [['invalid_field_value', 'email']]],
	[{ ...US, email: 'shop@example.com', password: 'short' }, [['invalid_field_value', 'password']]],
	[{ ...US, password: 'long enough' }, [['field_value_required', 'email']]],
	[{ ...US, nickname: 'x' }, [['invalid_field_value', 'nickname']]],
])('%j is refused', async (body, errors) => {
	expect(refusal(await create(body))).toEqual(errors.map((error) => [400, ...error]));
	expect(api.state.subAccounts).toEqual([]);
});

test.each(['external_account_id', 'email'])('%s is unique', async (field) => {
	const body = { ...US, [field]: 'shop@example.com' };
	await create(body);
	expect(refusal(await create(body))).toEqual([[400, 'identifier_conflict', field]]);
	expect(api.state.subAccounts).toHaveLength(1);
});

test('is found by either ID, and nowhere else', async () => {
	const { account_id } = api.addSubAccount({ external_account_id: 'a b/1' });
	const http = client(api);
	const own = encodeURIComponent('a b/1');
	expect((await http.get(`${ACCOUNTS}/external_account_id/${own}`)).data).toMatchObject({
		account_id,
	});
	expect(refusal(await http.get(`${ACCOUNTS}/external_account_id/other`))).toEqual([
		[404, 'invalid_identifier', 'external_account_id'],
	]);
	expect(refusal(await http.get(`${ACCOUNTS}/7`))).toEqual([
		[404, 'invalid_identifier', 'account_id'],
	]);
});

test('the list comes in pages, which end', async () => {
	for (let index = 0; index < 30; index += 1) api.addSubAccount();
	api.state.subAccounts[0]!.active = false;
	const page = async (query: string) =>
		(await client(api).get<{ accounts: object[] }>(`${ACCOUNTS}?${query}`)).data.accounts.length;
	expect(await page('')).toBe(25);
	expect(await page('page=2')).toBe(5);
	expect(await page('page=3')).toBe(0);
	expect(await page('page_size=500&active=true')).toBe(29);
	for (const query of ['page=0', 'page_size=501', 'page=x']) {
		expect((await client(api).get(`${ACCOUNTS}?${query}`)).status).toBe(400);
	}
});

test('is switched off and on, without a body', async () => {
	const subAccount = api.addSubAccount();
	const http = client(api);
	for (const [operation, active] of [
		['disable', false],
		['enable', true],
	] as const) {
		const { status, data } = await http.put(`${ACCOUNTS}/${subAccount.account_id}/${operation}`);
		expect([status, data, subAccount.active]).toEqual([204, '', active]);
	}
});

test('a key that is no partner, and a call on behalf of somebody, are refused', async () => {
	expect((await client(api, { 'On-Behalf-Of': 'se-5' }).get(ACCOUNTS)).status).toBe(400);
	api.reset({ isPartner: false });
	expect(refusal(await create(US))).toEqual([[403, 'forbidden', undefined]]);
});

describe('on its behalf', () => {
	const carriers = async (id: number) =>
		(await client(api, { 'On-Behalf-Of': String(id) }).get('/v1/carriers')).status;

	test('a new one refuses as often as it is set to', async () => {
		api.reset({ subAccountReadyAfter: 2 });
		const { data } = await create(US);
		const statuses = [];
		for (let time = 0; time < 3; time += 1) statuses.push(await carriers(data.account_id));
		expect(statuses).toEqual([403, 403, 200]);
	});

	test('one that is disabled refuses', async () => {
		const subAccount = api.addSubAccount();
		subAccount.active = false;
		expect(await carriers(subAccount.account_id)).toBe(403);
	});
});
