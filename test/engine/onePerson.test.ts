import './support/wholeRuns/clock';
import type { IDataObject } from 'n8n-workflow';
import { carrierStep, chain, going, items, runWorkflow, step } from './support/engine';
import { REGISTRATION, useApi } from './support/fixtures';

// One person, one account: whoever comes second under a nickname gets nobody else's.
const sandbox = useApi();

const ANN = { email: 'ann@example.com', phone: '5125550101' };
const BOB = { email: 'bob@example.com', phone: '5125550102' };
const shop = (person: IDataObject, name = 'Main store') => ({ shop: name, ...person });

const register = (parameters: IDataObject = {}, settings: object = going) =>
	step(
		'Register',
		'register',
		{
			...REGISTRATION,
			nickname: '={{ $json.shop }}',
			email: '={{ $json.email }}',
			phone: '={{ $json.phone }}',
			ifNicknameExists: 'returnExisting',
			...parameters,
		},
		settings,
	);

const run = async (data: IDataObject[], executionId?: string, parameters: IDataObject = {}) =>
	await runWorkflow(
		{
			nodes: [items('Trigger', ...data), register(parameters)],
			connections: chain('Trigger', 'Register'),
		},
		sandbox.credentials(),
		undefined,
		undefined,
		executionId,
	);

const OTHER = {
	error: {
		message:
			'The Stamps account was not registered: item 0 has the same nickname for another person',
		errors: [{ code: 'nickname_of_other', field: 'nickname' }],
	},
};

describe('two people of one list', () => {
	test.each([
		['another email and phone', BOB],
		['another email', { ...ANN, email: BOB.email }],
		['another phone', { ...ANN, phone: BOB.phone }],
	])('with %s: the second one fails, and is told of the row', async (_what, other) => {
		const outcome = await run([shop(ANN), shop(other, ' MAIN  store')]);
		expect(outcome.json('Register')).toMatchObject([{ email: ANN.email }, OTHER]);
		expect(JSON.stringify(outcome.json('Register')[1])).not.toMatch(/ann@|5550101/);
		expect(sandbox.api.state.accounts).toHaveLength(1);
	});

	test('the same person, in another spelling, comes to one account', async () => {
		const again = { email: ' ANN@example.com', phone: '+1 (512) 555-0101' };
		const outcome = await run([shop(ANN), shop(again)]);
		expect(outcome.json('Register')).toMatchObject([{}, { existing: true }]);
		expect(outcome.json('Register')[1]).not.toHaveProperty('email');
	});

	test('also where the first one’s account was there before', async () => {
		sandbox.api.addCarrier({ nickname: 'Main store' });
		const outcome = await run([shop(ANN), shop(BOB)]);
		expect(outcome.json('Register')).toMatchObject([{ existing: true }, OTHER]);
		expect(sandbox.api.state.accounts).toEqual([]);
	});

	test('also where nobody knows what became of the first', async () => {
		sandbox.api.faults.add({ operation: 'register', kind: 'dropBefore' });
		const outcome = await run([shop(ANN), shop(BOB)], undefined, {
			options: { maxConcurrency: 1 },
		});
		expect(outcome.json('Register')).toMatchObject([
			{ error: { errors: [{ code: 'outcome_unknown' }] } },
			OTHER,
		]);
		expect(sandbox.api.state.accounts).toEqual([]);
	});

	test('but not where the first one was refused', async () => {
		const cardNumber =
			"={{ $json.email === 'ann@example.com' ? '4000000000000002' : '4111111111111111' }}";
		const outcome = await run([shop(ANN), shop(BOB)], undefined, { cardNumber });
		expect(outcome.json('Register')).toMatchObject([{ error: {} }, { email: BOB.email }]);
	});

	test('where another account is wanted, each gets one', async () => {
		const outcome = await run([shop(ANN), shop(BOB)], undefined, {
			ifNicknameExists: 'registerAnother',
		});
		expect(outcome.json('Register')).toMatchObject([{ email: ANN.email }, { email: BOB.email }]);
	});
});

test('two people of two runs at once: the second one is told of the other run', async () => {
	sandbox.api.faults.add({ operation: 'register', kind: 'delayAfter', ms: 300 });
	const [first, second] = await Promise.all([run([shop(ANN)], 'seven'), run([shop(BOB)], 'eight')]);
	const all = [...first.json('Register'), ...second.json('Register')];
	expect(all.filter(({ error }) => !error)).toHaveLength(1);
	const { error } = all.find((each) => each.error)! as { error: IDataObject };
	expect(error.message).toMatch(
		/: execution (seven|eight) has the same nickname for another person$/,
	);
	expect(sandbox.api.state.accounts).toHaveLength(1);
});

test('two people one after the other: nobody can know whose the account is', async () => {
	await run([shop(ANN)], 'seven');
	const outcome = await run([shop(BOB)], 'eight');
	const [found] = outcome.json('Register');
	expect(found).toMatchObject({ existing: true });
	expect(found).not.toHaveProperty('email');
});

test('two people of two rounds of a loop', async () => {
	const to = (node: string) => ({ node, type: 'main' as const, index: 0 });
	const outcome = await sandbox.run({
		nodes: [
			items('Trigger', shop(ANN), shop(BOB), shop(ANN)),
			{ name: 'Loop', type: 'n8n-nodes-base.splitInBatches', parameters: {} },
			register(),
		],
		connections: {
			Trigger: { main: [[to('Loop')]] },
			Loop: { main: [[], [to('Register')]] },
			Register: { main: [[to('Loop')]] },
		},
	});
	const rounds = outcome.run.data.resultData.runData.Register!.map(
		({ data }) => data?.main?.[0]?.[0]?.json,
	);
	expect(rounds).toMatchObject([
		{ email: ANN.email },
		{
			error: {
				message:
					'The Stamps account was not registered: item 0 of run 0 has the same nickname for another person',
			},
		},
		{ existing: true },
	]);
	expect(sandbox.api.state.accounts).toHaveLength(1);
});

test('two people of two steps of one execution', async () => {
	const second = { ...register({ email: BOB.email, phone: BOB.phone }), name: 'Second' };
	const outcome = await sandbox.runChain([shop(ANN)], register(), {
		...second,
		parameters: { ...second.parameters, nickname: 'Main store' },
	});
	expect(outcome.json('Second')).toMatchObject([
		{ error: { errors: [{ code: 'nickname_of_other' }] } },
	]);
	expect(sandbox.api.state.accounts).toHaveLength(1);
});

test('a run that was at work meanwhile counts after it has ended', async () => {
	sandbox.api.faults.add({ operation: 'register', kind: 'delayAfter', ms: 400 });
	const slow = run([shop(ANN, 'Slow'), shop(BOB)], 'slow', { options: { maxConcurrency: 1 } });
	while (sandbox.calls().filter((call) => call.startsWith('POST')).length === 0) {
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
	await run([shop(ANN)], 'quick');
	expect((await slow).json('Register')[1]).toMatchObject({
		error: { message: expect.stringContaining('execution quick has the same nickname') },
	});
});

test('whoever wants another account keeps it for themselves', async () => {
	const ifNicknameExists =
		"={{ $json.email === 'ann@example.com' ? 'registerAnother' : 'returnExisting' }}";
	const outcome = await run([shop(ANN), shop(BOB)], undefined, { ifNicknameExists });
	expect(outcome.json('Register')).toMatchObject([{ email: ANN.email }, OTHER]);
});

test('an account that was disconnected in between is registered anew', async () => {
	const to = (node: string) => ({ node, type: 'main' as const, index: 0 });
	await sandbox.run({
		nodes: [
			items('Trigger', shop(ANN), shop(ANN)),
			{ name: 'Loop', type: 'n8n-nodes-base.splitInBatches', parameters: {} },
			register(),
			carrierStep('Disconnect', 'disconnect', {}, going),
		],
		connections: {
			Trigger: { main: [[to('Loop')]] },
			Loop: { main: [[], [to('Register')]] },
			...chain('Register', 'Disconnect', 'Loop'),
		},
	});
	expect(sandbox.api.state.accounts).toHaveLength(2);
	expect(sandbox.api.state.carriers()).toEqual([]);
});

test('a connection says nothing of a person, and so contradicts nobody', async () => {
	const outcome = await sandbox.runChain(
		[shop(ANN)],
		register(),
		carrierStep(
			'Connect',
			'connectExisting',
			{ nickname: 'Main store', ifNicknameExists: 'returnExisting' },
			going,
		),
	);
	expect(outcome.json('Connect')).toMatchObject([{ existing: true }]);
});
