import type { IDataObject } from 'n8n-workflow';
import { SANDBOX_KEY, startApi } from '../../sandbox/api';
import { chain, items, runWorkflow, step } from './support/engine';
import { REGISTRATION, useApi } from './support/fixtures';

// Two executions of one process that register the same nickname at the same moment.
const sandbox = useApi();

const REGISTER = 'POST /v1/registration/stamps_com';
const registrations = () => sandbox.calls().filter((call) => call === REGISTER).length;
const accounts = () => sandbox.api.state.accounts;

const workflow = (nickname: string, parameters: IDataObject = {}) => ({
	nodes: [
		items('Trigger', {}),
		step(
			'Register',
			'register',
			{ ...REGISTRATION, ifNicknameExists: 'returnExisting', nickname, ...parameters },
			{ onError: 'continueRegularOutput' },
		),
	],
	connections: chain('Trigger', 'Register'),
});

/** One run; `cancelled` cancels it. */
async function run(nickname: string, parameters?: IDataObject, cancelled?: Promise<unknown>) {
	const outcome = await runWorkflow(
		workflow(nickname, parameters),
		sandbox.credentials(),
		cancelled,
	);
	return outcome.json('Register')[0];
}

/** Resolves once so many registrations have reached the API. */
async function hasArrived(count = 1): Promise<void> {
	while (registrations() < count) await new Promise((resolve) => setTimeout(resolve, 5));
}

test('come to one account, twenty times over', async () => {
	for (let round = 0; round < 20; round += 1) {
		const [one, other] = await Promise.all([run(`Shop ${round}`), run(` shop  ${round} `)]);
		const made = accounts()[round]!.carrierId;
		expect([one, other]).toMatchObject([{ carrier_id: made }, { carrier_id: made }]);
		expect([one?.existing, other?.existing].filter(Boolean)).toEqual([true]);
	}
	expect(accounts()).toHaveLength(20);
});

test('come to one account where the first answer is lost', async () => {
	sandbox.api.faults.add({ operation: 'register', kind: 'dropAfter' });
	const first = run('Shop');
	await hasArrived();
	const second = run('Shop');
	expect([await first, await second]).toMatchObject([{ recovered: true }, { existing: true }]);
	expect(accounts()).toHaveLength(1);
});

test('come to one account where nobody knows yet what became of the first', async () => {
	sandbox.api.faults.add({ operation: 'register', kind: 'delayBefore', ms: 4_000 });
	const first = run('Shop', { options: { timeout: 1 } });
	await hasArrived();
	const second = run('Shop');
	expect(await first).toMatchObject({ error: { errors: [{ code: 'outcome_unknown' }] } });
	expect(await second).toMatchObject({ existing: true });
	expect(registrations()).toBe(1);
}, 30_000);

test('come to one account where the first run is cancelled', async () => {
	sandbox.api.faults.add({ operation: 'register', kind: 'delayAfter', ms: 500 });
	const first = run('Shop', {}, hasArrived());
	await hasArrived();
	const second = run('Shop');
	await first;
	expect(await second).toMatchObject({ carrier_id: accounts()[0]!.carrierId, existing: true });
	expect(accounts()).toHaveLength(1);
});

test('with Fail, the second is told of the first one’s account', async () => {
	sandbox.api.faults.add({ operation: 'register', kind: 'delayAfter', ms: 300 });
	const first = run('Shop', { ifNicknameExists: 'fail' });
	await hasArrived();
	expect(await run('Shop', { ifNicknameExists: 'fail' })).toMatchObject({
		error: {
			errors: [{ code: 'identifier_conflict' }],
			carrier_id: (await first)?.carrier_id,
		},
	});
});

test('an account that another run made after this one has looked is found', async () => {
	// The list is looked at once, for One; meanwhile the other run registers Two.
	sandbox.api.faults.add({ operation: 'register', kind: 'delayAfter', ms: 500 });
	const nodes = workflow('={{ $json.shop }}', { options: { maxConcurrency: 1 } });
	nodes.nodes[0] = items('Trigger', { shop: 'One' }, { shop: 'Two' });
	const first = runWorkflow(nodes, sandbox.credentials());
	await hasArrived();
	const two = await run('Two');
	expect((await first).json('Register')[1]).toMatchObject({
		carrier_id: two?.carrier_id,
		existing: true,
	});
	expect(accounts()).toHaveLength(2);
});

test('a first run that hangs delays the second by its timeout and no longer', async () => {
	sandbox.api.faults.add({ operation: 'register', kind: 'delayBefore', ms: 60_000 });
	const ending = new AbortController();
	const first = run(
		'Shop',
		{ options: { timeout: 30 } },
		new Promise((resolve) => ending.signal.addEventListener('abort', resolve)),
	);
	await hasArrived();
	expect(await run('Shop', { options: { timeout: 1 } })).toMatchObject({
		error: {
			message: expect.stringContaining('another item or run is still at work on the same nickname'),
			errors: [{ code: 'nickname_in_use' }],
		},
	});
	// Whoever gave up does not let the next one pass the first.
	expect(await run('Shop', { options: { timeout: 1 } })).toMatchObject({ error: {} });
	expect(registrations()).toBe(1);
	ending.abort();
	await first;
}, 30_000);

test('a run that is cancelled while it waits sends nothing', async () => {
	sandbox.api.faults.add({ operation: 'register', kind: 'delayAfter', ms: 700 });
	const first = run('Shop');
	await hasArrived();
	await run('Shop', {}, Promise.resolve());
	await first;
	expect(registrations()).toBe(1);
});

describe('do not wait for each other', () => {
	test.each<[string, string, string, IDataObject]>([
		['where the nicknames differ', 'One', 'Two', { options: { onBehalfOf: 'se-1' } }],
		['where the sub-accounts differ', 'One', 'One', { options: { onBehalfOf: 'se-2' } }],
		[
			'where another account is wanted',
			'One',
			'One',
			{ ifNicknameExists: 'registerAnother', options: { onBehalfOf: 'se-1' } },
		],
	])(
		'%s',
		async (_where, one, other, parameters) => {
			sandbox.asPartner();
			sandbox.api.faults.add({ operation: 'register', kind: 'delayAfter', ms: 60_000 });
			const first = run(one, { options: { timeout: 2, onBehalfOf: 'se-1' } });
			await hasArrived();
			expect(await run(other, parameters)).toMatchObject({ nickname: other });
			expect(registrations()).toBe(2);
			await first;
		},
		30_000,
	);

	test('where the API keys differ', async () => {
		const another = await startApi({ apiKeys: [SANDBOX_KEY, 'other-key'] });
		const credentials = (apiKey: string) => ({
			shipEngineApi: { apiKey, baseUrl: another.url },
		});
		another.faults.add({ operation: 'register', kind: 'delayAfter', ms: 1_500 });
		const first = runWorkflow(workflow('One'), credentials(SANDBOX_KEY));
		while (another.state.accounts.length === 0) {
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
		// By the look, not by the turn: the stand-in has one account whatever the key.
		const second = await runWorkflow(workflow('Two'), credentials('other-key'));
		expect(second.json('Register')).toMatchObject([{ nickname: 'Two' }]);
		await first;
		await another.close();
	}, 30_000);
});

test('a sub-account is the same in either spelling of its ID', async () => {
	sandbox.asPartner();
	const [one, other] = await Promise.all([
		run('Shop', { options: { onBehalfOf: 'se-242822' } }),
		run('Shop', { options: { onBehalfOf: 242822 } }),
	]);
	expect([one?.existing, other?.existing].filter(Boolean)).toEqual([true]);
	expect(accounts()).toHaveLength(1);
});
