import axios from 'axios';
import { DECLINED_CARD, SANDBOX_KEY } from '../../sandbox/api';
import { CALLER_HEADER, callerCredentials } from '../../sandbox/examples/callers';
import { apiCredential, exampleWorkflow, sealCredential } from '../../sandbox/examples/contents';
import { TEST_CARD_NUMBER } from '../../sandbox/examples/person';
import { until } from '../../sandbox/support/poll';
import type { PublicJwk } from '../../nodes/ShipEngine/seal/sealedCard';
import { workflow } from '../e2e/support/workflows';
import { CARD, now, sealedCard } from '../support/sealing';
import { ACCOUNT, type QueueSandbox, register, startQueueSandbox } from './support/sandbox';

/** workflows/one-at-a-time.json on two workers: whoever comes second at the same moment has to wait. */

jest.setTimeout(120_000);

const PAIRS = 20;

const GUARDED = exampleWorkflow('one-at-a-time');

let sandbox: QueueSandbox;

beforeAll(async () => {
	sandbox = await startQueueSandbox(
		[
			GUARDED,
			exampleWorkflow('json-api'),
			workflow('unguarded', [register({ ifNicknameExists: 'returnExisting' })]),
		],
		{
			credentials: ({ url }) => [
				apiCredential({ apiKey: SANDBOX_KEY, baseUrl: url }),
				sealCredential(url),
				...callerCredentials,
			],
		},
	);
}, 600_000);

afterAll(async () => {
	await sandbox?.stop();
}, 60_000);

beforeEach(() => {
	sandbox.api.reset();
	sandbox.n8n.postgres.query('DROP TABLE IF EXISTS stamps_turns');
});

const options = {
	headers: { [CALLER_HEADER.name]: CALLER_HEADER.value },
	validateStatus: () => true,
};

/** Calls the guarded workflow with a registration whose card is sealed. */
async function call(nickname: string, number = TEST_CARD_NUMBER) {
	const address = `${sandbox.n8n.main.url}/webhook/stamps-accounts`;
	const { data: key } = await axios.get<PublicJwk>(`${address}/key`, options);
	const body = {
		...ACCOUNT,
		nickname,
		sealed_card: await sealedCard(key, {
			card: { ...CARD, number },
			person: { email: ACCOUNT.email, phone: ACCOUNT.phone },
			iat: now(),
		}),
	};
	const { status, data } = await axios.post<Record<string, unknown>>(
		`${address}/one-at-a-time`,
		body,
		options,
	);
	return { status, data };
}

const nicknames = () =>
	sandbox.api.state.accounts.map(({ body }) => (body as { nickname: string }).nickname);

const names = Array.from({ length: PAIRS }, (_each, index) => `Shop ${index}`);

/** Each name twice, one right after the other. */
async function inPairs<T>(act: (name: string) => Promise<T>): Promise<Array<[T, T]>> {
	return await Promise.all(
		names.map(async (name) => await Promise.all([act(name), act(name.toUpperCase())])),
	);
}

/** Lets a registration last long enough for two of them to meet. */
const slowly = () =>
	sandbox.api.faults.add({ operation: 'register', kind: 'delayBefore', ms: 500, times: 2 * PAIRS });

/** Waits until a registration has come to the API. */
const registering = async () =>
	await until(
		'the registration',
		async () => sandbox.api.requests.some(({ method }) => method === 'POST') || undefined,
		60,
	);

test('twenty pairs at once: twenty accounts', async () => {
	slowly();
	const answers = await inPairs(call);
	expect(
		nicknames()
			.map((name) => name.toLowerCase())
			.sort(),
	).toEqual(names.map((name) => name.toLowerCase()).sort());
	for (const pair of answers) {
		const [first, second] = pair.map(({ status }) => status).sort();
		// The second is sent away, or comes so late that the account is there.
		expect(first).toBeLessThan(202);
		expect([200, 201, 409]).toContain(second);
	}
	const told = answers.flat().filter(({ status }) => status === 409);
	expect(told.length).toBeGreaterThan(0);
	expect(sandbox.n8n.postgres.query('SELECT * FROM stamps_turns')).toBe('');
	console.info(`${PAIRS} pairs at once: ${nicknames().length} accounts`);
});

test('without the guard there are more: two workers do not know of each other', async () => {
	slowly();
	await inPairs(async (nickname) => await sandbox.call('unguarded', { ...ACCOUNT, nickname }));
	expect(nicknames().length).toBeGreaterThan(PAIRS);
	console.info(`${PAIRS} pairs at once, no guard: ${nicknames().length} accounts`);
});

test('the worker is killed: the turn frees itself after five minutes', async () => {
	const { api, n8n } = sandbox;
	api.faults.add({ operation: 'register', kind: 'delayAfter', ms: 60_000 });
	const before = await sandbox.newest(GUARDED.name);
	const running = call('Shop').catch(() => undefined);
	await registering();
	const worker = await sandbox.workerOf(GUARDED.name, before);
	await worker.kill();
	api.faults.clear();
	await worker.start();
	expect((await call('Shop')).status).toBe(409);

	const pass = (time: string) =>
		n8n.postgres.query(`UPDATE stamps_turns SET taken_at = now() - interval '${time}'`);
	pass('4 minutes 50 seconds');
	expect((await call('Shop')).status).toBe(409);
	pass('5 minutes 1 second');
	const next = await call('Shop');
	expect(next).toMatchObject({ status: 200, data: { existing: true } });
	expect(nicknames()).toEqual(['Shop']);
	expect(n8n.postgres.query('SELECT * FROM stamps_turns')).toBe('');
	await running;
});

test('a card that is declined gives the turn back at once', async () => {
	expect((await call('Shop', DECLINED_CARD)).status).toBe(400);
	expect((await call('Shop')).status).toBe(201);
});

test('where the outcome is not known, the turn is kept', async () => {
	const { faults } = sandbox.api;
	faults.add({ operation: 'register', kind: 'delayAfter', ms: 60_000 });
	const running = call('Shop');
	await registering();
	// The answer is lost, and then the account cannot be looked up.
	faults.clear();
	faults.add({ operation: 'carriers', kind: 'serverErrorBefore', times: 99 });
	const { status, data } = await running;
	expect([502, 504]).toContain(status);
	expect(data).toMatchObject({ errors: [{ code: 'outcome_unknown' }, {}] });
	faults.clear();
	expect((await call('Shop')).status).toBe(409);
	expect(nicknames()).toEqual(['Shop']);
});
