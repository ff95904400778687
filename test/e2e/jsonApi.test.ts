import { readFileSync } from 'node:fs';
import path from 'node:path';
import axios from 'axios';
import { CompactEncrypt, importJWK } from 'jose';
import { type Api, DECLINED_CARD, startApi } from '../../sandbox/api';
import { CALLER_HEADER, callerCredentials } from '../../sandbox/examples/callers';
import { TEST_CARD_NUMBER, registrationOf } from '../../sandbox/examples/person';
import type { N8n } from '../../sandbox/n8n/instance';
import type { PublicJwk } from '../../nodes/ShipEngine/seal/sealedCard';
import { now, sealedCard } from '../support/sealing';
import { type Sandbox, startSandbox } from './support/sandbox';
import { NO_TRACES, tracesOf } from '../support/traces';

/** workflows/json-api.json in a real n8n, called as another system calls it. */

jest.setTimeout(60_000);

const PHONE = '5124854282';

/** What makes a function of a text. */
const AsyncFunction = (async () => {}).constructor as new (
	...text: string[]
) => (...given: unknown[]) => Promise<unknown>;

const REGISTRATION = registrationOf('merchant-0001');

let sandbox: Sandbox;
let api: Api;
let n8n: N8n;

beforeAll(async () => {
	sandbox = await startSandbox(['json-api'], { credentials: callerCredentials });
	({ api, n8n } = sandbox);
}, 600_000);

afterAll(async () => {
	await sandbox?.stop();
	await api?.close();
}, 60_000);

beforeEach(() => api.reset());

/** What the other system is answered. */
interface Answer {
	status: number;
	data: Record<string, unknown> & { errors?: Array<Record<string, unknown>> };
}

async function call(path: string, body: unknown, headers = {}): Promise<Answer> {
	const { status, data } = await axios.post<Answer['data']>(
		`${n8n.url}/webhook/stamps-accounts${path}`,
		body,
		{
			headers: {
				'Content-Type': 'application/json',
				[CALLER_HEADER.name]: CALLER_HEADER.value,
				...headers,
			},
			validateStatus: () => true,
		},
	);
	return { status, data };
}

/** The key that cards are sealed for, as the caller gets it. */
async function publicKey(): Promise<PublicJwk> {
	const { data } = await axios.get<PublicJwk>(`${n8n.url}/webhook/stamps-accounts/key`, {
		headers: { [CALLER_HEADER.name]: CALLER_HEADER.value },
	});
	return data;
}

/** The body with its card sealed, if it has one. */
async function sealed(body: unknown): Promise<unknown> {
	if (body === null || typeof body !== 'object' || !('credit_card' in body)) return body;
	const { credit_card: card, ...rest } = body as typeof REGISTRATION;
	const person = { email: rest.email, phone: rest.address.phone };
	return {
		...rest,
		sealed_card: await sealedCard(await publicKey(), { card, person, iat: now() }),
	};
}

const register = async (body: unknown = REGISTRATION) => await call('', await sealed(body));

/** Sends a code for what a first call was answered. */
const confirm = async ({ data: { carrier_id, verification_id } }: Answer, code: string) =>
	await call('/confirm', { carrier_id, verification_id, verification_code: code });

const wrong = (code: string) => (code === '000000' ? '000001' : '000000');

const codes = ({ data: { errors = [] } }: Answer) => errors.map(({ code }) => code);

describe('who may call', () => {
	test.each([
		['', 'no key', { [CALLER_HEADER.name]: '' }],
		['', 'a wrong key', { [CALLER_HEADER.name]: 'sandbox-calle' }],
		['/confirm', 'no key', { [CALLER_HEADER.name]: '' }],
	])('%s with %s is refused, and nothing is sent', async (path, _what, headers) => {
		expect((await call(path, REGISTRATION, headers)).status).toBe(403);
		expect(api.requests).toEqual([]);
	});
});

test('the script of docs/sealed-card.md, as it is written, seals a card that registers', async () => {
	const page = readFileSync(path.join(__dirname, '../../docs/sealed-card.md'), 'utf8');
	const script = /```js\nimport .*?;\n(.*?)```/s.exec(page)?.[1] ?? '';
	const { credit_card: card, ...rest } = REGISTRATION;
	const given = {
		...{ CompactEncrypt, importJWK, ...card, email: rest.email, phone: rest.address.phone },
		headers: { [CALLER_HEADER.name]: CALLER_HEADER.value },
	};
	const run = new AsyncFunction(
		...Object.keys(given),
		`${script.replace('https://your-n8n', n8n.url)}; return sealed_card;`,
	);
	const sealed_card = await run(...Object.values(given));
	expect(await call('', { ...rest, sealed_card })).toMatchObject({ status: 201 });
	expect(api.state.accounts).toMatchObject([{ body: { credit_card: { number: card.number } } }]);
});

test('registers, refuses a wrong code, and confirms the right one', async () => {
	const sent = await register();
	expect(sent).toEqual({
		status: 201,
		data: {
			carrier_id: api.state.accounts[0]?.carrierId,
			phone: PHONE,
			verification_id: expect.stringMatching(/^vfn_/) as string,
			verification_method: 'sms/voice',
			status: 'unverified',
		},
	});
	expect(api.state.accounts[0]?.body).toEqual(REGISTRATION);

	const code = api.codeFor(PHONE);
	const refused = await confirm(sent, wrong(code));
	expect(refused.status).toBe(400);
	expect(refused.data).toMatchObject({
		carrier_id: sent.data.carrier_id,
		http_status: 400,
		errors: [
			{
				code: 'verification_failure',
				field: 'verification_code',
				message: 'The code is not the one texted.',
			},
		],
	});

	expect(await confirm(sent, code)).toEqual({
		status: 200,
		data: { ...sent.data, verification_method: 'sms', status: 'verified' },
	});
});

test.each([
	['the same registration', REGISTRATION],
	['only its nickname is the same', { ...REGISTRATION, email: 'other@example.com' }],
])(
	'sent again after it was answered (%s), it is one account and a new code',
	async (_how, body) => {
		const first = await register();
		const again = await register(body);
		expect(again).toMatchObject({ status: 200, data: { carrier_id: first.data.carrier_id } });
		expect(again.data.verification_id).not.toBe(first.data.verification_id);
		expect(api.state.accounts).toHaveLength(1);
		expect((await confirm(again, api.codeFor(PHONE))).data.status).toBe('verified');
	},
);

test('an expired code is refused; the first call again sends a new one', async () => {
	const first = await register();
	api.expireCodes();
	const refused = await confirm(first, api.codeFor(PHONE));
	expect(refused).toMatchObject({
		status: 400,
		data: { errors: [{ message: 'The code has expired.' }] },
	});
	const again = await register();
	expect((await confirm(again, api.codeFor(PHONE))).status).toBe(200);
	expect(api.state.accounts).toHaveLength(1);
});

test('two at once: each is answered with its own carrier', async () => {
	const merchants = ['5124854282', '2125550123', '3035550148'].map((phone, index) => ({
		...REGISTRATION,
		nickname: `merchant-1${index}`,
		address: { ...REGISTRATION.address, phone },
	}));
	const answers = await Promise.all(merchants.map(register));
	const carrierOf = (nickname: string) =>
		api.state.carriers().find((carrier) => carrier.nickname === nickname)?.carrier_id;
	expect(answers.map(({ data }) => [data.carrier_id, data.phone])).toEqual(
		merchants.map(({ nickname, address }) => [carrierOf(nickname), address.phone]),
	);
	const verified = await Promise.all(
		answers.map((answer) => confirm(answer, api.codeFor(String(answer.data.phone)))),
	);
	expect(verified.map(({ status }) => status)).toEqual([200, 200, 200]);
});

test('n8n is killed between the two calls, and started again: the code confirms', async () => {
	const sent = await register();
	await n8n.restart();
	expect((await confirm(sent, api.codeFor(PHONE))).data.status).toBe('verified');
});

test('n8n keeps no run, and nothing of the card', async () => {
	const sent = await register();
	await confirm(sent, api.codeFor(PHONE));
	await register({ ...REGISTRATION, email: 'nathan' });
	expect(await n8n.api.executions(sandbox.idOf('json-api'))).toEqual([]);
	expect(await tracesOf(TEST_CARD_NUMBER, n8n.folder)).toEqual(NO_TRACES);
});

describe('the key', () => {
	test('is given to who may call, and to nobody else', async () => {
		expect(await publicKey()).toEqual({
			kty: 'EC',
			crv: 'P-256',
			x: expect.stringMatching(/^[\w-]{43}$/) as string,
			y: expect.stringMatching(/^[\w-]{43}$/) as string,
			kid: expect.stringMatching(/^[\w-]{43}$/) as string,
			use: 'enc',
			alg: 'ECDH-ES',
			enc: 'A256GCM',
		});
		const { status } = await axios.get(`${n8n.url}/webhook/stamps-accounts/key`, {
			validateStatus: () => true,
		});
		expect(status).toBe(403);
	});

	test('a card in clear is not taken', async () => {
		const answer = await call('', REGISTRATION);
		expect(answer.status).toBe(400);
		expect(answer.data.errors).toMatchObject([{ field: 'sealed_card' }]);
		expect(api.requests).toEqual([]);
	});

	test.each([
		['cut', (text: string) => text.slice(0, -1)],
		['changed', (text: string) => text.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))],
	])('a sealed card that was %s is told', async (_how, change) => {
		const body = (await sealed(REGISTRATION)) as { sealed_card: string };
		const answer = await call('', { ...body, sealed_card: change(body.sealed_card) });
		expect(answer.status).toBe(400);
		expect(answer.data.errors).toMatchObject([
			{ field: 'sealed_card', message: expect.stringContaining('cannot be opened') as string },
		]);
	});
});

describe('what the caller got wrong', () => {
	test('every mistake is listed, and nothing is sent', async () => {
		const { address, ...rest } = REGISTRATION;
		const answer = await register({
			...rest,
			email: 'nathan',
			address: { ...address, state_province: 'Narnia', postal_code: '7875' },
		});
		expect(answer.status).toBe(400);
		expect(answer.data.errors).toEqual([
			expect.objectContaining({ code: 'not_email', field: 'email' }),
			expect.objectContaining({ code: 'not_state', field: 'address.state_province' }),
			expect.objectContaining({ code: 'not_zip', field: 'address.postal_code' }),
		]);
		expect(api.requests).toEqual([]);
	});

	test.each([
		['an empty object', {}],
		['a list', [REGISTRATION]],
		['text', '"merchant-0001"'],
	])('%s is no registration', async (_what, body) => {
		const answer = await register(body);
		expect(answer.status).toBe(400);
		expect(codes(answer)).toContain('field_value_required');
		expect(api.requests).toEqual([]);
	});

	test('a body that is no JSON', async () => {
		// As bytes: of a text axios would make JSON.
		expect((await register(Buffer.from('{"nickname":'))).status).toBe(422);
		expect(api.requests).toEqual([]);
	});

	test('a second call without a code and with a made-up verification', async () => {
		const empty = await call('/confirm', {});
		expect(empty.status).toBe(400);
		expect(empty.data.errors?.map(({ field }) => field)).toEqual([
			'carrier_id',
			'verification_id',
			'verification_code',
		]);
		expect(api.requests).toEqual([]);

		const sent = await register();
		sent.data.verification_id = 'vfn_madeUp';
		expect((await confirm(sent, '123456')).status).toBe(404);
	});

	test('a declined card', async () => {
		const credit_card = { ...REGISTRATION.credit_card, number: DECLINED_CARD };
		const answer = await register({ ...REGISTRATION, credit_card });
		expect(answer).toMatchObject({
			status: 400,
			data: {
				http_status: 400,
				request_id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
				errors: [{ code: 'funding_source_error', field: 'credit_card.number' }],
			},
		});
		expect(api.state.accounts).toEqual([]);
	});

	test('a nickname that several accounts have', async () => {
		for (let count = 0; count < 2; count += 1) api.addCarrier({ nickname: REGISTRATION.nickname });
		const answer = await register();
		expect([answer.status, ...codes(answer)]).toEqual([409, 'identifier_conflict']);
	});
});

describe('when the API is down', () => {
	test('it is not there at all', async () => {
		await api.close();
		const answer = await register();
		api = await startApi({ port: Number(new URL(api.url).port) });
		expect([answer.status, ...codes(answer)]).toEqual([503, 'not_reached']);
	});

	test('at the look-up before registering: nothing is registered', async () => {
		api.faults.add({ kind: 'serverErrorBefore', operation: 'carriers', times: 3 });
		const answer = await register();
		expect([answer.status, ...codes(answer)]).toEqual([502, 'unspecified']);
		expect(api.state.accounts).toEqual([]);
	});

	test('the answer to Register is lost: the account is found again', async () => {
		api.faults.add({ kind: 'dropAfter', operation: 'register' });
		const answer = await register();
		expect(answer).toMatchObject({
			status: 201,
			data: { carrier_id: api.state.accounts[0]?.carrierId },
		});
		expect(api.state.accounts).toHaveLength(1);
	});

	test.each([
		['dropBefore', 504],
		['badGatewayBefore', 502],
	] as const)(
		'at Register (%s): the outcome is unknown',
		async (kind, status) => {
			api.faults.add({ kind, operation: 'register' });
			const answer = await register();
			expect([answer.status, ...codes(answer)]).toEqual([status, 'outcome_unknown']);
			expect(answer.data.message).toContain('may or may not have been registered');
		},
		30_000,
	);

	test('at Send Verification: the answer names the carrier, and the first call goes on', async () => {
		api.faults.add({ kind: 'serverErrorBefore', operation: 'send' });
		const answer = await register();
		expect([answer.status, codes(answer)[0]]).toEqual([502, 'outcome_unknown']);
		expect(answer.data.carrier_id).toBe(api.state.accounts[0]?.carrierId);
		expect(await register()).toMatchObject({
			status: 200,
			data: { carrier_id: answer.data.carrier_id },
		});
	});

	test('at Confirm Verification', async () => {
		const sent = await register();
		api.faults.add({ kind: 'dropBefore', operation: 'confirm' });
		const code = api.codeFor(PHONE);
		const answer = await confirm(sent, code);
		expect([answer.status, ...codes(answer)]).toEqual([504, 'outcome_unknown']);
		expect((await confirm(sent, code)).status).toBe(200);
	});

	test.each([
		['errorsOnly', 502],
		['truncatedJson', 502],
	] as const)(
		'an answer of 200 that is none (%s) is never passed on as one',
		async (kind, status) => {
			const sent = await register();
			api.faults.add({ kind, operation: 'confirm' });
			expect((await confirm(sent, api.codeFor(PHONE))).status).toBe(status);
		},
	);

	test('too many requests', async () => {
		api.faults.add({ kind: 'tooManyRequests', operation: 'register', retryAfter: 600 });
		const answer = await register();
		expect([answer.status, ...codes(answer)]).toEqual([429, 'rate_limit_exceeded']);
		expect(api.state.accounts).toEqual([]);
	});

	test('the workflow has a wrong key: the caller is not told that theirs is wrong', async () => {
		api.reset({ apiKeys: ['another-key'] });
		const answer = await register();
		expect([answer.status, ...codes(answer)]).toEqual([500, 'unauthorized']);
	});
});
