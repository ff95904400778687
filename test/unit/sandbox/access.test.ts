import { Agent } from 'node:http';
import axios from 'axios';
import { type Api, SANDBOX_KEY, startApi } from '../../../sandbox/api';
import { REGISTER, client, registration } from './client';

let now: number;
let api: Api;

beforeAll(async () => {
	api = await startApi({ now: () => now });
});
afterAll(() => api.close());
beforeEach(() => {
	now = Date.UTC(2028, 0, 1);
	api.reset();
});

const list = (headers: Record<string, string> = {}) => client(api, headers).get('/v1/carriers');

test.each([
	['no key', undefined],
	['another key', 'another'],
	['the key with something behind', `${SANDBOX_KEY} x`],
])('%s is unauthorized', async (_what, key) => {
	const { status, data } = await axios.post(`${api.url}${REGISTER}`, registration(), {
		headers: key === undefined ? {} : { 'API-Key': key },
		validateStatus: () => true,
	});
	expect(status).toBe(401);
	expect(data.errors).toMatchObject([{ error_code: 'unauthorized', error_type: 'security' }]);
	expect(api.state.accounts).toEqual([]);
});

test('keys are given by setting', async () => {
	api.reset({ apiKeys: ['TEST_one', 'two'] });
	const statuses = ['TEST_one', 'two', SANDBOX_KEY].map(
		async (key) => (await list({ 'API-Key': key })).status,
	);
	expect(await Promise.all(statuses)).toEqual([200, 200, 401]);
});

test.each(['se-242822', '242822'])('%s names a sub-account in either spelling', async (id) => {
	const there = ['se-242822', '242822'].map((onBehalfOf) =>
		api.addCarrier({ nickname: 'Theirs', onBehalfOf }),
	);
	api.addCarrier({ nickname: 'Own' });
	const { status, data } = await list({ 'On-Behalf-Of': id });
	expect([status, data.carriers]).toEqual([200, there]);
	expect(api.requests[0]?.headers['on-behalf-of']).toBe(id);
	expect(api.state.carriers(id)).toEqual(there);
});

test.each([
	...['', 'merchant', 'se-', 'SE-77', 'se-12345678901234567890123'],
	...['0', '-1', '1.5', '12345678901234567890123456'],
])('%j is no sub-account', async (id) => {
	const { status, data } = await list({ 'On-Behalf-Of': id });
	expect([status, data.errors[0].error_code]).toEqual([400, 'invalid_identifier']);
});

test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', ''])(
	'Content-Type %j is refused',
	async (type) => {
		const body = JSON.stringify(registration());
		const headers = { 'Content-Type': type };
		const { status } = await client(api).post(REGISTER, body, { headers });
		expect(status).toBe(415);
		expect(api.state.accounts).toEqual([]);
	},
);

test('JSON with a charset is JSON', async () => {
	const headers = { 'Content-Type': 'application/json; charset=utf-8' };
	expect((await client(api).post(REGISTER, registration(), { headers })).status).toBe(200);
});

test('a body of more than a megabyte is refused in the envelope too', async () => {
	const { status, data } = await client(api).post(REGISTER, { nickname: 'x'.repeat(1_100_000) });
	expect(status).toBe(413);
	expect(data.errors).toMatchObject([{ error_code: 'unspecified', error_type: 'system' }]);
});

test.each([
	['GET', '/v1/nothing'],
	['DELETE', '/v1/carriers'],
	['HEAD', '/v1/carriers'],
	['GET', '/v1/registration/stamps_com'],
	['POST', '/v1/registration/ups'],
	['GET', '/v1/%zz'],
])('%s %s is not there', async (method, url) => {
	const { status, data } = await client(api).request({ method, url });
	expect(status).toBe(404);
	if (method === 'HEAD') return;
	expect(data).toEqual({
		request_id: expect.any(String),
		errors: [expect.objectContaining({ error_code: 'unspecified' })],
	});
});

test('every request is seen as it came in, the refused ones too', async () => {
	await axios.post(`${api.url}${REGISTER}?a=1`, '{"nickname": "Shop"}', {
		headers: { 'aPi-kEy': 'wrong', 'Content-Type': 'text/plain' },
		validateStatus: () => true,
	});
	await list();
	expect(api.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
		`POST ${REGISTER}?a=1`,
		'GET /v1/carriers',
	]);
	const [first, second] = api.requests;
	expect(first?.headers['api-key']).toBe('wrong');
	expect(first?.rawHeaders).toContainEqual(['aPi-kEy', 'wrong']);
	expect(first?.rawBody).toBe('{"nickname": "Shop"}');
	expect(first?.body).toEqual({ nickname: 'Shop' });
	expect(second?.rawBody).toBe('');
	expect(second?.body).toBeUndefined();
});

describe('rate limit', () => {
	test('is off unless set', async () => {
		const statuses = await Promise.all(
			Array.from({ length: 250 }, async () => (await list()).status),
		);
		expect(new Set(statuses)).toEqual(new Set([200]));
	});

	test('refuses what is over it until the window ends', async () => {
		api.reset({ rateLimit: { limit: 2, windowMs: 1500 } });
		expect((await list()).status).toBe(200);
		now += 400;
		expect((await list()).status).toBe(200);
		const over = await list();
		expect(over.status).toBe(429);
		expect(over.headers['retry-after']).toBe('2');
		expect(over.data.errors).toMatchObject([
			{ error_code: 'rate_limit_exceeded', error_source: 'shipengine' },
		]);
		now += 1099;
		expect((await list()).headers['retry-after']).toBe('1');
		now += 1;
		expect((await list()).status).toBe(200);
	});

	test('is per key, and refused keys have none', async () => {
		api.reset({ apiKeys: ['one', 'two'], rateLimit: { limit: 1, windowMs: 1000 } });
		const status = async (key: string) => (await list({ 'API-Key': key })).status;
		expect(await status('one')).toBe(200);
		expect(await status('two')).toBe(200);
		expect(await status('one')).toBe(429);
		expect(await status('three')).toBe(401);
		expect(await status('three')).toBe(401);
	});

	test.each([
		['key', 200],
		['TEST_key', 20],
	])('has the documented number for %s', async (key, limit) => {
		api.reset({ apiKeys: [key], rateLimit: 'documented' });
		const statuses: number[] = [];
		for (let count = 0; count < limit + 1; count++) {
			statuses.push((await list({ 'API-Key': key })).status);
		}
		expect(statuses.filter((status) => status === 200)).toHaveLength(limit);
		expect(statuses.at(-1)).toBe(429);
		now += 60_000;
		expect((await list({ 'API-Key': key })).status).toBe(200);
	});

	test('starts over with a reset', async () => {
		const rateLimit = { limit: 1, windowMs: 1000 };
		api.reset({ rateLimit });
		await list();
		api.reset({ rateLimit });
		expect((await list()).status).toBe(200);
	});
});

test('a reset forgets everything, and settings given before', async () => {
	api.reset({ apiKeys: ['one'] });
	api.addCarrier({ nickname: 'Shop' });
	await list({ 'API-Key': 'one' });
	api.faults.add({ operation: 'carriers', kind: 'serverErrorBefore' });
	api.reset();
	expect(api.requests).toEqual([]);
	expect(await list()).toMatchObject({ status: 200, data: { carriers: [] } });
});

test('a stand-in can be asked for a port, and is closed though connections are open', async () => {
	const first = await startApi();
	const port = Number(new URL(first.url).port);
	await client(first).get('/v1/carriers', { headers: { Connection: 'keep-alive' } });
	await first.close();
	const second = await startApi({ port });
	expect(second.url).toBe(`http://127.0.0.1:${port}`);
	await second.close();
	const httpAgent = new Agent();
	await expect(client(second).get('/v1/carriers', { httpAgent })).rejects.toMatchObject({
		code: 'ECONNREFUSED',
	});
});
