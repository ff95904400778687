import { until } from '../../sandbox/support/poll';
import { workflow } from '../e2e/support/workflows';
import { begin, chainWithPause, typeCode } from './support/pause';
import { ACCOUNT, type QueueSandbox, register, startQueueSandbox, step } from './support/sandbox';

/** The chain in queue mode: its steps on one worker and on another, and what ends in the middle of it. */

jest.setTimeout(120_000);

let sandbox: QueueSandbox;

beforeAll(async () => {
	const retrying = { retryOnFail: true, maxTries: 3, waitBetweenTries: 500 };
	sandbox = await startQueueSandbox([
		chainWithPause(),
		workflow('register', [register({ ifNicknameExists: 'returnExisting' })]),
		workflow('retry', [register({ ifNicknameExists: 'registerAnother' }, retrying)]),
		workflow('send', [step('Send', 'sendVerification', { options: { maxConcurrency: 10 } })]),
	]);
}, 600_000);

afterAll(async () => {
	await sandbox?.stop();
}, 60_000);

beforeEach(() => sandbox.api.reset());

const isRegistering = () => sandbox.api.requests.some(({ method }) => method === 'POST');

const verified = () => sandbox.api.state.verifications.map(({ status }) => status);

test('the chain goes through a pause, each part of it on another worker', async () => {
	const [one, other] = sandbox.n8n.workers;
	await other!.kill();
	const address = await begin(sandbox, 'Shop');
	const before = await one!.executions();
	await other!.start();
	await one!.kill();
	expect(await typeCode(sandbox, address)).toMatchObject({ status: 'verified' });
	expect(verified()).toEqual(['verified']);
	expect(await other!.executions()).toContain(before.at(-1));
	await one!.start();
});

test('the main ends while somebody is at the code page: they go on when it is back', async () => {
	const address = await begin(sandbox, 'Shop');
	await sandbox.n8n.main.restart();
	expect(await typeCode(sandbox, address)).toMatchObject({ status: 'verified' });
	expect(sandbox.api.state.accounts).toHaveLength(1);
});

test('forty merchants over both workers: one account each', async () => {
	const counts = async () =>
		await Promise.all(
			sandbox.n8n.workers.map(async (worker) => (await worker.executions()).length),
		);
	const before = await counts();
	const names = Array.from({ length: 40 }, (_each, index) => `Shop ${index}`);
	const answers = await Promise.all(
		names.map(async (nickname) => await sandbox.call('register', { ...ACCOUNT, nickname })),
	);
	expect(answers.map(({ status }) => status)).toEqual(Array(40).fill(200));
	const made = sandbox.api.state.accounts.map(
		({ body }) => (body as { nickname: string }).nickname,
	);
	expect([...made].sort()).toEqual([...names].sort());
	const after = await counts();
	for (const [index, count] of after.entries()) expect(count).toBeGreaterThan(before[index]!);
});

test('Retry On Fail on a worker: what may have been done is not done again', async () => {
	sandbox.api.faults.add({ operation: 'register', kind: 'dropAfter' });
	const before = await sandbox.newest('retry');
	await sandbox.call('retry', { ...ACCOUNT, nickname: 'Shop' });
	expect((await sandbox.ended('retry', before)).status).toBe('error');
	expect(sandbox.api.state.accounts).toHaveLength(1);
	expect(sandbox.api.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
});

test.each([
	['Redis', () => sandbox.n8n.redis.restart()],
	['PostgreSQL', () => sandbox.n8n.postgres.service.restart('SIGINT')],
])(
	'%s is started again in the middle of a run: no second account, now or by the next run',
	async (_name, restart) => {
		sandbox.api.faults.add({ operation: 'register', kind: 'delayAfter', ms: 3_000 });
		const before = await sandbox.newest('register');
		const running = sandbox.call('register', { ...ACCOUNT, nickname: 'Shop' });
		await sandbox.workerOf('register', before);
		await until('the registration', async () => isRegistering() || undefined, 30);
		await restart();
		await running.catch(() => undefined);
		await sandbox.back();
		expect(sandbox.api.state.accounts).toHaveLength(1);
		const next = await sandbox.call('register', { ...ACCOUNT, nickname: 'Shop' });
		expect(next.data).toMatchObject([{ existing: true }]);
		expect(sandbox.api.state.accounts).toHaveLength(1);
	},
);

test('two runs on two workers and one API key: all get through its limit', async () => {
	sandbox.api.reset({ rateLimit: { limit: 20, windowMs: 5_000 } });
	const { carrier_id } = sandbox.api.addCarrier({ nickname: 'Shop' });
	const items = (run: number) =>
		Array.from({ length: 60 }, (_each, index) => ({
			carrier_id,
			phone: `512555${run}${100 + index}`,
		}));
	const began = performance.now();
	const answers = await Promise.all(
		[1, 2].map(async (run) => await sandbox.call('send', ...items(run))),
	);
	const seconds = (performance.now() - began) / 1_000;
	expect(answers.map(({ status }) => status)).toEqual([200, 200]);
	expect(sandbox.api.state.verifications).toHaveLength(120);
	// Six windows of twenty, of which the first is open at once. A figure, and no test of speed.
	console.info(`120 requests at 20 per 5 s: ${seconds.toFixed(1)} s, of 25 at least`);
});
