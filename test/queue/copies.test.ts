import axios from 'axios';
import { DECLINED_CARD, SANDBOX_KEY } from '../../sandbox/api';
import {
	CALLER_HEADER,
	callerCredentials,
	visitorCredential,
} from '../../sandbox/examples/callers';
import {
	SEAL_ACCOUNT,
	apiCredential,
	exampleWorkflow,
	sealCredential,
} from '../../sandbox/examples/contents';
import { until } from '../../sandbox/support/poll';
import type { PublicJwk } from '../../nodes/ShipEngine/seal/sealedCard';
import { HttpFormDriver } from '../../sandbox/forms/http';
import { FORM_PATH, PHONE, REGISTRATION, codeAnswer } from '../../sandbox/forms/registration';
import { openToAll, workflow } from '../e2e/support/workflows';
import { CARD, now, sealedCard } from '../support/sealing';
import { countIn, tracesOf } from '../support/traces';
import { ACCOUNT, type QueueSandbox, register, startQueueSandbox } from './support/sandbox';

/** What queue mode keeps of a sealed card: PostgreSQL, Redis, and the logs of main and workers. */

jest.setTimeout(120_000);

/** A card network's published test number, which stands nowhere else here. */
const MASTERCARD = '5555555555554444';

const CLEAR = {
	card_name: CARD.name,
	card_number: MASTERCARD,
	card_expiration_year: CARD.expiration_year,
	card_expiration_month: CARD.expiration_month,
};

let sandbox: QueueSandbox;

beforeAll(async () => {
	const sealed = register({ cardSource: 'sealed', ifNicknameExists: 'returnExisting' });
	sealed.credentials!.shipEngineCardSealApi = { id: null, name: SEAL_ACCOUNT };
	sandbox = await startQueueSandbox(
		[
			workflow('sealed', [sealed]),
			workflow('clear', [register({ cardSource: 'parameters' })]),
			exampleWorkflow('json-api'),
			openToAll('onboarding'),
		],
		{
			credentials: ({ url }) => [
				apiCredential({ apiKey: SANDBOX_KEY, baseUrl: url }),
				sealCredential(url),
				visitorCredential,
				...callerCredentials,
			],
			environment: { N8N_LOG_LEVEL: 'debug' },
		},
	);
}, 600_000);

afterAll(async () => {
	await sandbox?.stop();
}, 60_000);

async function callSealed(nickname: string, number = MASTERCARD) {
	const { data: key } = await axios.get<PublicJwk>(
		`${sandbox.n8n.main.url}/webhook/stamps-accounts/key`,
		{ headers: { [CALLER_HEADER.name]: CALLER_HEADER.value } },
	);
	const sealed_card = await sealedCard(key, {
		card: { ...CARD, number, type: undefined },
		person: { email: ACCOUNT.email, phone: ACCOUNT.phone },
		iat: now(),
	});
	return await sandbox.call('sealed', { ...ACCOUNT, nickname, sealed_card });
}

/** How often a card number stands in anything that is kept. */
async function kept(number: string): Promise<{ database: number; files: number }> {
	const { folder, main, postgres } = sandbox.n8n;
	const traces = await Promise.all(
		[folder, main.folder].map(async (each) => await tracesOf(number, each)),
	);
	const files = traces.flatMap((each) => Object.values(each) as number[]);
	return {
		database: countIn(postgres.dump(), number),
		files: files.reduce((sum, count) => sum + count, 0),
	};
}

const NOTHING = { database: 0, files: 0 };

test('no copy: a good run, a declined card, a lost answer, a killed worker', async () => {
	const { api } = sandbox;
	expect((await callSealed('Good')).status).toBe(200);
	expect((await callSealed('Declined', DECLINED_CARD)).status).toBe(500);
	api.faults.add({ operation: 'register', kind: 'dropAfter' });
	expect(await callSealed('Lost')).toMatchObject({ status: 200, data: [{ recovered: true }] });

	api.faults.add({ operation: 'register', kind: 'delayAfter', ms: 60_000 });
	const before = await sandbox.newest('sealed');
	const posts = () => api.requests.filter(({ method }) => method === 'POST').length;
	const asked = posts();
	const running = callSealed('Killed').catch(() => undefined);
	await until('the registration', async () => posts() > asked || undefined, 60);
	const worker = await sandbox.workerOf('sealed', before);
	await worker.kill();
	api.faults.clear();
	await worker.start();
	await sandbox.ended('sealed', before);
	await running;

	expect(api.state.accounts).toHaveLength(3);
	expect(await kept(MASTERCARD)).toEqual(NOTHING);
	expect(await kept(DECLINED_CARD)).toEqual(NOTHING);
});

test('what the main’s page has let in, workers open and answer, each a stage', async () => {
	const form = new HttpFormDriver();
	const name = openToAll('onboarding').name;
	const before = await sandbox.newest(name);
	await form.open(sandbox.n8n.main.url + FORM_PATH);
	const asked = await form.submit({ ...REGISTRATION, 'Card number': MASTERCARD });
	expect(asked.title).toBe('Confirm your phone number');
	const worker = await sandbox.workerOf(name, before);
	expect(sandbox.n8n.workers).toContain(worker);
	const number = ({ body }: { body: unknown }) =>
		(body as { credit_card?: { number: string } }).credit_card?.number;
	expect(number(sandbox.api.state.accounts.at(-1)!)).toBe(MASTERCARD);
	expect(await kept(MASTERCARD)).toEqual(NOTHING);

	// The next stages are another worker's, which knows nothing of the first.
	const code = sandbox.api.codeFor(PHONE);
	const wrong = code === '000000' ? '000001' : '000000';
	await worker.kill();
	try {
		expect((await form.submit(codeAnswer(wrong))).title).toBe('The code was not accepted');
		expect((await form.submit(codeAnswer(code))).title).toBe('Your account is ready');
	} finally {
		await worker.start();
	}
});

test('control: a card in clear is found', async () => {
	expect((await sandbox.call('clear', { ...ACCOUNT, nickname: 'Clear', ...CLEAR })).status).toBe(
		200,
	);
	const { database } = await kept(MASTERCARD);
	expect(database).toBeGreaterThan(0);
	console.info(`A card in clear: ${database} copies in PostgreSQL; sealed: 0`);
});
