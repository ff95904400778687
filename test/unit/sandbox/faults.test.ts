import { text } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { type Api, type Fault, SANDBOX_KEY, startApi } from '../../../sandbox/api';
import { REGISTER, client, registration, verificationPath } from './client';

const PHONE = '5124854282';
const HOUR = 3_600_000;
const SERVER_ERROR = [expect.objectContaining({ error_code: 'unspecified', error_type: 'system' })];
const CARRIER_ERROR = [expect.objectContaining({ error_source: 'carrier' })];
let api: Api;

beforeAll(async () => {
	api = await startApi();
});
afterAll(() => api.close());
beforeEach(() => api.reset());

const register = (config = {}) => client(api).post(REGISTER, registration(), config);

type Kind = Fault extends infer Each
	? Each extends Fault
		? Omit<Each, 'operation'>
		: never
	: never;

/** Registers once under a fault. */
function registerUnder(fault: Kind, config?: object) {
	api.faults.add({ operation: 'register', ...fault } as Fault);
	return register(config);
}

const accounts = () => api.state.accounts.length;

/** The carrier of the one account there has to be. */
function onlyCarrierId(): string {
	const [account, ...others] = api.state.accounts;
	if (!account || others.length > 0) throw new Error(`${accounts()} accounts, not one`);
	return account.carrierId;
}

/** Resolves when what is asked holds; gives up before Jest would, or it would go on after the test. */
async function until(holds: () => boolean): Promise<void> {
	for (const end = Date.now() + 4000; !holds(); await setImmediate()) {
		if (Date.now() > end) throw new Error(`It never held: ${holds}`);
	}
}

describe('before acting', () => {
	test('dropBefore', async () => {
		await expect(registerUnder({ kind: 'dropBefore' })).rejects.toMatchObject({
			code: 'ECONNRESET',
		});
		expect(accounts()).toBe(0);
	});

	test('serverErrorBefore', async () => {
		expect(await registerUnder({ kind: 'serverErrorBefore' })).toMatchObject({
			status: 500,
			data: { request_id: expect.any(String), errors: SERVER_ERROR },
		});
		expect(accounts()).toBe(0);
	});

	test('badGatewayBefore', async () => {
		const { status, headers, data } = await registerUnder({ kind: 'badGatewayBefore' });
		expect([status, headers['content-type']]).toEqual([502, 'text/html']);
		expect(data).toMatch(/^<html>/);
		expect(accounts()).toBe(0);
	});

	test('delayBefore acts in the end, though the client has given up', async () => {
		const gaveUp = new AbortController();
		const registered = registerUnder({ kind: 'delayBefore', ms: 50 }, { signal: gaveUp.signal });
		await until(() => api.requests.length === 1);
		gaveUp.abort();
		await expect(registered).rejects.toMatchObject({ code: 'ERR_CANCELED' });
		await until(() => accounts() === 1);
	});
});

describe('after acting', () => {
	test('dropAfter', async () => {
		await expect(registerUnder({ kind: 'dropAfter' })).rejects.toMatchObject({
			code: 'ECONNRESET',
		});
		expect(accounts()).toBe(1);
	});

	test('serverErrorAfter', async () => {
		expect(await registerUnder({ kind: 'serverErrorAfter' })).toMatchObject({
			status: 500,
			data: { errors: SERVER_ERROR },
		});
		expect(accounts()).toBe(1);
	});

	test('badGatewayAfter', async () => {
		expect((await registerUnder({ kind: 'badGatewayAfter' })).status).toBe(502);
		expect(accounts()).toBe(1);
	});

	test('delayAfter gives the ordinary answer', async () => {
		const { data } = await registerUnder({ kind: 'delayAfter', ms: 50 });
		expect(data).toEqual({ carrier_id: onlyCarrierId() });
	});

	test('errorsBeside', async () => {
		const { status, data } = await registerUnder({ kind: 'errorsBeside' });
		expect(status).toBe(200);
		expect(data).toEqual({
			carrier_id: onlyCarrierId(),
			request_id: expect.any(String),
			errors: CARRIER_ERROR,
		});
	});

	test.each([123, ['se-1'], { id: 'se-1' }, null])('replaceFields by %j', async (carrier_id) => {
		const { data } = await registerUnder({ kind: 'replaceFields', fields: { carrier_id } });
		expect(data).toEqual({ carrier_id });
		expect(accounts()).toBe(1);
	});

	test('replaceFields takes a field out', async () => {
		const fields = { carrier_id: undefined };
		expect((await registerUnder({ kind: 'replaceFields', fields })).data).toEqual({});
	});

	test('truncatedJson ends early under headers that fit', async () => {
		const { status, headers, data } = await registerUnder({ kind: 'truncatedJson' });
		expect([status, headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
		expect(headers['content-length']).toBe(String(data.length));
		expect(data).toMatch(/^\{"carrier/);
		expect(() => JSON.parse(data)).toThrow(SyntaxError);
		expect(accounts()).toBe(1);
	});

	test('cutShort ends the connection in the middle of the body', async () => {
		const { status, headers, data } = await registerUnder(
			{ kind: 'cutShort' },
			{ responseType: 'stream' },
		);
		const whole = JSON.stringify({ carrier_id: onlyCarrierId() });
		expect([status, headers['content-length']]).toEqual([200, String(whole.length)]);
		await expect(text(data)).rejects.toMatchObject({ message: 'aborted' });
		expect(accounts()).toBe(1);
	});

	test('emptyBody', async () => {
		const { status, data } = await registerUnder({ kind: 'emptyBody' });
		expect([status, data]).toEqual([200, '']);
		expect(accounts()).toBe(1);
	});

	test('huge', async () => {
		const { data } = await registerUnder({ kind: 'huge' });
		expect(data.carrier_id).toBe(onlyCarrierId());
		expect(JSON.stringify(data).length).toBeGreaterThan(5_000_000);
	});
});

describe('without acting', () => {
	test.each([
		[7, '7'],
		['Sat, 01 Jan 2028 00:00:00 GMT', 'Sat, 01 Jan 2028 00:00:00 GMT'],
		[undefined, undefined],
	])('tooManyRequests with Retry-After %s', async (retryAfter, header) => {
		const refused = await registerUnder({ kind: 'tooManyRequests', retryAfter });
		expect([refused.status, refused.headers['retry-after']]).toEqual([429, header]);
		expect(refused.data.errors).toMatchObject([
			{ error_code: 'rate_limit_exceeded', error_source: 'shipengine' },
		]);
		expect(accounts()).toBe(0);
	});

	test('tooManyRequests by the carrier', async () => {
		const { data } = await registerUnder({ kind: 'tooManyRequests', errorSource: 'carrier' });
		expect(data.errors).toMatchObject([{ error_source: 'carrier' }]);
	});

	test('redirect', async () => {
		const { status, headers } = await registerUnder({ kind: 'redirect', to: 'http://other/x' });
		expect([status, headers.location]).toEqual([307, 'http://other/x']);
		expect(accounts()).toBe(0);
	});

	test('errorsOnly', async () => {
		const { status, data } = await registerUnder({ kind: 'errorsOnly' });
		expect(status).toBe(200);
		expect(data).toEqual({ request_id: expect.any(String), errors: CARRIER_ERROR });
		expect(accounts()).toBe(0);
	});

	test.each([
		[undefined, `Not accepted: ${SANDBOX_KEY} 4111111111111111.`],
		['-', 'Not accepted: sand-box--key 4111-1111-1111-1111.'],
	])('echoSecrets with separator %s', async (separator, message) => {
		const { status, data } = await registerUnder({ kind: 'echoSecrets', separator });
		expect([status, data.errors[0].message]).toEqual([400, message]);
		expect(accounts()).toBe(0);
	});

	test('echoSecrets repeats a code, or only the key where there is no body', async () => {
		api.faults.add({ operation: 'confirm', kind: 'echoSecrets', separator: ' ' });
		api.faults.add({ operation: 'carriers', kind: 'echoSecrets' });
		const body = { verification_code: '123456' };
		const confirmed = await client(api).put(verificationPath('se-1', 'vfn_1'), body);
		expect(confirmed.data.errors[0].message).toBe('Not accepted: sand box- key 123 456.');
		const listed = await client(api).get('/v1/carriers');
		expect(listed.data.errors[0].message).toBe(`Not accepted: ${SANDBOX_KEY}.`);
	});

	test('notVerified leaves the code good', async () => {
		const { carrier_id } = api.addCarrier({ nickname: 'Shop' });
		const { data } = await client(api).post(verificationPath(carrier_id), {
			phone: PHONE,
			verification_type: 'sms',
		});
		const confirm = () =>
			client(api).put(verificationPath(carrier_id, data.verification_id), {
				verification_code: api.codeFor(PHONE),
			});
		api.faults.add({ operation: 'confirm', kind: 'notVerified', status: 'pending' });
		const pending = await confirm();
		expect(pending.status).toBe(200);
		expect(pending.data).toEqual({
			phone: PHONE,
			verification_id: data.verification_id,
			verification_method: 'sms',
			status: 'pending',
		});
		expect((await confirm()).data.status).toBe('verified');
	});
});

test('partialCarriers lists some carriers, and errors about the others', async () => {
	const kept = api.addCarrier({ nickname: 'Shop' });
	const lost = api.addCarrier({ nickname: 'Parcels', carrier_code: 'ups' });
	const without = [lost.carrier_id];
	api.faults.add({ operation: 'carriers', kind: 'partialCarriers', without });
	const { status, data } = await client(api).get('/v1/carriers');
	expect(status).toBe(207);
	expect(data.carriers).toEqual([kept]);
	expect(data.errors).toMatchObject([
		{ error_source: 'carrier', carrier_id: lost.carrier_id, carrier_code: 'ups' },
	]);
});

test('a fault is met once, or as often as said, in the order of adding', async () => {
	api.faults.add({ operation: 'register', kind: 'serverErrorBefore' });
	api.faults.add({ operation: 'register', kind: 'badGatewayBefore', times: 2 });
	const statuses: number[] = [];
	for (let count = 0; count < 4; count++) statuses.push((await register()).status);
	expect(statuses).toEqual([500, 502, 502, 200]);
});

test.each(['send', 'confirm', 'carriers'] as const)(
	'%s has its faults to itself',
	async (operation) => {
		const requests = {
			register,
			send: () => client(api).post(verificationPath('se-1'), {}),
			confirm: () => client(api).put(verificationPath('se-1', 'vfn_1'), {}),
			carriers: () => client(api).get('/v1/carriers'),
		};
		api.faults.add({ operation, kind: 'badGatewayBefore', times: Infinity });
		for (const [name, request] of Object.entries(requests)) {
			expect([name, (await request()).status === 502]).toEqual([name, name === operation]);
		}
	},
);

test('a bad key meets no fault', async () => {
	api.faults.add({ operation: 'register', kind: 'badGatewayBefore' });
	expect((await register({ headers: { 'API-Key': 'wrong' } })).status).toBe(401);
	expect((await register()).status).toBe(502);
});

test('a refused request is refused under a fault that acts', async () => {
	api.faults.add({ operation: 'register', kind: 'emptyBody' });
	expect((await client(api).post(REGISTER, {})).status).toBe(400);
});

test('clearing forgets faults, and ends a delay without acting', async () => {
	const delayed = registerUnder({ kind: 'delayBefore', ms: HOUR });
	api.faults.add({ operation: 'register', kind: 'badGatewayBefore' });
	await until(() => api.requests.length === 1);
	// A request is seen a moment before it meets its fault; a whole other request later it has.
	await client(api).get('/v1/carriers');
	expect(accounts()).toBe(0);
	api.faults.clear();
	expect((await delayed).status).toBe(500);
	expect(accounts()).toBe(0);
	expect((await register()).status).toBe(200);
});

test('a stand-in is closed though it has acted and delays the answer', async () => {
	const own = await startApi();
	own.faults.add({ operation: 'register', kind: 'delayAfter', ms: HOUR });
	const delayed = client(own).post(REGISTER, registration());
	const unanswered = expect(delayed).rejects.toMatchObject({ code: 'ECONNRESET' });
	await until(() => own.state.accounts.length === 1);
	await own.close();
	await unanswered;
});
