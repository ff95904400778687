import { type Api, WRONG_PASSWORD, startApi } from '../../../sandbox/api';
import { client } from './client';

const CONNECTIONS = '/v1/connections/carriers/stamps_com';
const LOGIN = { nickname: 'Shop', username: 'shop', password: 'not a password' };

let api: Api;

beforeAll(async () => {
	api = await startApi();
});
afterAll(() => api.close());
beforeEach(() => api.reset());

describe('connecting an account', () => {
	test('makes a carrier of it, once', async () => {
		const { data } = await client(api).post(CONNECTIONS, LOGIN);
		expect(api.state.carriers()).toMatchObject([{ carrier_id: data.carrier_id, nickname: 'Shop' }]);
		const again = await client(api).post(CONNECTIONS, { ...LOGIN, nickname: 'Other' });
		expect([again.status, again.data.errors[0].error_code]).toEqual([400, 'carrier_conflict']);
		const allowed = { ...LOGIN, allow_duplicate_account_number: 'true' };
		expect((await client(api).post(CONNECTIONS, allowed)).status).toBe(200);
		expect(api.state.logins).toHaveLength(2);
	});

	test.each([
		[{ ...LOGIN, password: WRONG_PASSWORD }],
		[{ ...LOGIN, nickname: undefined }],
		[{ ...LOGIN, username: '' }],
		[{ ...LOGIN, card: '1' }],
	])('refuses %j', async (body) => {
		expect((await client(api).post(CONNECTIONS, body)).status).toBe(400);
		expect(api.state.logins).toEqual([]);
	});
});

test('another login is noted for the carrier, which keeps its ID', async () => {
	const { carrier_id } = api.addCarrier({ nickname: 'Shop' });
	const { data } = await client(api).put(`${CONNECTIONS}/${carrier_id}`, LOGIN);
	expect(data).toEqual({ carrier_id });
	expect(api.state.logins).toMatchObject([{ carrierId: carrier_id, username: 'shop' }]);
	expect((await client(api).put(`${CONNECTIONS}/se-7`, LOGIN)).status).toBe(404);
});

test('a carrier that is taken out is nowhere any more', async () => {
	const { carrier_id } = api.addCarrier({ nickname: 'Shop' });
	const http = client(api);
	expect((await http.get(`/v1/carriers/${carrier_id}`)).data).toMatchObject({ carrier_id });
	const gone = await http.delete(`${CONNECTIONS}/${carrier_id}`);
	expect([gone.status, gone.data]).toEqual([204, '']);
	expect((await http.get(`/v1/carriers/${carrier_id}`)).status).toBe(404);
	expect((await http.delete(`${CONNECTIONS}/${carrier_id}`)).status).toBe(404);
});

test('a carrier of another company, or of somebody else, is none of it', async () => {
	const ups = api.addCarrier({ nickname: 'Parcels', carrier_code: 'ups' });
	const theirs = api.addCarrier({ nickname: 'Theirs', onBehalfOf: 'se-5' });
	for (const { carrier_id } of [ups, theirs]) {
		expect((await client(api).delete(`${CONNECTIONS}/${carrier_id}`)).status).toBe(404);
	}
});

describe('adding funds', () => {
	const add = async (id: string, body: object) =>
		await client(api).put(`/v1/carriers/${id}/add_funds`, body);

	test('charges, and the balance goes up by whole cents', async () => {
		const { carrier_id } = api.addCarrier({ nickname: 'Shop', balance: 0.1 });
		const { data } = await add(carrier_id, { currency: 'usd', amount: 10.2 });
		expect(data).toEqual({ balance: { currency: 'usd', amount: 10.3 } });
		expect(api.state.charges).toEqual([{ carrierId: carrier_id, amount: 10.2 }]);
	});

	test('fills a balance up to ten thousand dollars', async () => {
		const { carrier_id } = api.addCarrier({ nickname: 'Shop', balance: 9_000 });
		expect((await add(carrier_id, { currency: 'usd', amount: 1_000.01 })).status).toBe(400);
		expect((await add(carrier_id, { currency: 'usd', amount: 1_000 })).status).toBe(200);
	});

	test.each([
		{ currency: 'usd', amount: 9.99 },
		{ currency: 'usd', amount: 10.001 },
		{ currency: 'usd', amount: '10' },
		{ currency: 'eur', amount: 10 },
		{ amount: 10 },
	])('refuses %j', async (body) => {
		const { carrier_id } = api.addCarrier({ nickname: 'Shop' });
		expect((await add(carrier_id, body)).status).toBe(400);
		expect(api.state.charges).toEqual([]);
	});

	test('refuses a carrier without a balance, one that is not there, and a key that may not', async () => {
		const body = { currency: 'usd', amount: 10 };
		const ups = api.addCarrier({ nickname: 'Parcels', carrier_code: 'ups' });
		const refused = await add(ups.carrier_id, body);
		expect([refused.status, refused.data.errors[0].error_code]).toEqual([
			400,
			'auto_fund_not_supported',
		]);
		expect((await add('se-7', body)).status).toBe(404);
		api.reset({ fundsEnabled: false });
		const { carrier_id } = api.addCarrier({ nickname: 'Shop' });
		expect((await add(carrier_id, body)).status).toBe(403);
	});
});

describe('rates', () => {
	const PARCEL = {
		from_country_code: 'US',
		from_postal_code: '78756',
		from_city_locality: 'Austin',
		from_state_province: 'TX',
		to_country_code: 'US',
		to_postal_code: '10001',
		to_city_locality: 'New York',
		to_state_province: 'NY',
		weight: { value: 1, unit: 'pound' },
		ship_date: '2028-07-15T00:00:00.000Z',
	};
	const estimate = async (body: object) => await client(api).post('/v1/rates/estimate', body);

	test('are a bare list; a carrier that is disabled says why it has none', async () => {
		const works = api.addCarrier({ nickname: 'Shop' });
		const disabled = api.addCarrier({ nickname: 'Off', disabled_by_billing_plan: true });
		const { data } = await estimate({ ...PARCEL, carrier_ids: [works.carrier_id] });
		expect(Array.isArray(data)).toBe(true);
		expect(data[0]).toMatchObject({ validation_status: 'valid', error_messages: [] });
		const none = await estimate({ ...PARCEL, carrier_ids: [disabled.carrier_id] });
		expect(none.data).toMatchObject([{ validation_status: 'invalid' }]);
	});

	test.each([
		[{ carrier_ids: [] }, 400],
		[{ carrier_ids: ['se-7'] }, 404],
		[{ carrier_ids: ['se-7'], weight: { value: 0, unit: 'pound' } }, 400],
		[{ carrier_ids: ['se-7'], ship_date: 'today' }, 400],
		[{ carrier_ids: ['se-7'], to_country_code: 'CA' }, 400],
	])('%j: %d', async (body, status) => {
		expect((await estimate({ ...PARCEL, ...body })).status).toBe(status);
	});
});
