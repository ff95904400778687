import type { IDataObject, INode } from 'n8n-workflow';
import { DECLINED_CARD, SANDBOX_KEY } from '../../sandbox/api';
import { chain, going, items, replace, retryWorkflow, runWorkflow, step } from './support/engine';
import { REGISTRATION, VISA, useApi } from './support/fixtures';

// What n8n runs again: Retry On Fail, a loop, and a person who retries an execution.
const sandbox = useApi();
const retried = { ...going, retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

const register = (parameters: IDataObject, settings: Partial<INode> = {}) =>
	step(
		'Register',
		'register',
		{ ...REGISTRATION, nickname: '={{ $json.shop }}', ...parameters },
		settings,
	);
const send = () => step('Send', 'sendVerification', {}, retried);
const confirm = (settings: Partial<INode> = retried) =>
	step('Confirm', 'confirmVerification', {}, settings);
const accounts = () => sandbox.api.state.accounts;

const PHONES = ['5124854282', '5124854283'];

describe('Retry On Fail', () => {
	let carrier_id: string;
	beforeEach(() => {
		carrier_id = sandbox.api.addCarrier({ nickname: 'One' }).carrier_id;
	});

	test('texts nobody twice because of another item', async () => {
		const outcome = await sandbox.runChain(
			[
				{ carrier_id, phone: 'none' },
				{ carrier_id, phone: PHONES[0] },
			],
			send(),
		);
		expect(outcome.json('Send')).toMatchObject([{ error: {} }, { phone: PHONES[0] }]);
		expect(sandbox.calls()).toHaveLength(1);
	});

	test('sends no second text after a lost answer', async () => {
		sandbox.api.faults.add({ operation: 'send', kind: 'dropAfter' });
		const outcome = await sandbox.runChain([{ carrier_id, phone: PHONES[0] }], send());
		expect(outcome.json('Send')).toMatchObject([
			{ error: { errors: [{ code: 'outcome_unknown' }] } },
		]);
		expect(sandbox.calls()).toHaveLength(1);
	});

	test('does not call an account unregistered whose answer was lost before the key went bad', async () => {
		sandbox.api.faults.add({ operation: 'register', kind: 'dropAfter' });
		let apiKey = SANDBOX_KEY;
		const credentials = {
			get shipEngineApi() {
				const given = { apiKey, baseUrl: sandbox.api.url };
				apiKey += '\u200b';
				return given;
			},
		};
		const node = register({ ifNicknameExists: 'registerAnother' }, retried);
		const nodes = [items('Trigger', { shop: 'Two' }), node];
		const outcome = await runWorkflow(
			{ nodes, connections: chain('Trigger', 'Register') },
			credentials,
		);
		expect(outcome.json('Register')).toMatchObject([
			{ error: { errors: [{ code: 'outcome_unknown' }] } },
		]);
		expect(accounts()).toHaveLength(1);
	});

	test('confirms nothing twice, and spends no further attempt on a wrong code', async () => {
		const phones = PHONES.map((phone) => ({ carrier_id, phone }));
		await sandbox.runChain(phones, step('Send', 'sendVerification'));
		const [first, second] = sandbox.api.state.verifications;
		const outcome = await sandbox.runChain(
			[
				{ carrier_id, verification_id: first!.id, verification_code: '000000' },
				{ carrier_id, verification_id: second!.id, verification_code: second!.code },
			],
			confirm(),
		);
		expect(outcome.json('Confirm')).toMatchObject([{ error: {} }, { status: 'verified' }]);
		expect(sandbox.calls().filter((call) => call.startsWith('PUT'))).toHaveLength(2);
		const { contextData } = outcome.run.data.executionData ?? {};
		expect(JSON.stringify(contextData)).not.toContain(second!.code);
		expect(JSON.stringify(contextData)).not.toContain('000000');
	});

	test.each(['fail', 'returnExisting'])(
		'looks again for a registration whose answer was lost (%s)',
		async (ifNicknameExists) => {
			sandbox.api.faults.add({ operation: 'register', kind: 'dropAfter' });
			sandbox.api.faults.add({
				operation: 'carriers',
				kind: 'replaceFields',
				fields: { carriers: [] },
				times: 3,
			});
			const outcome = await sandbox.runChain(
				[{ shop: 'Two' }],
				register({ ifNicknameExists }, retried),
			);
			expect(outcome.json('Register')).toMatchObject([
				{ carrier_id: accounts()[0]!.carrierId, recovered: true },
			]);
			expect(accounts()).toHaveLength(1);
		},
		20_000,
	);
});

test('a loop that comes back after a lost answer opens no second account', async () => {
	sandbox.api.faults.add({ operation: 'register', kind: 'dropAfter' });
	const outcome = await sandbox.run({
		nodes: [
			items('Trigger', { shop: 'One' }),
			replace('Form', '={{ { shop: "One", drop: $runIndex > 1 } }}'),
			{ name: 'Filter', type: 'test.filter' },
			register({}, { onError: 'continueErrorOutput' }),
		],
		connections: {
			...chain('Trigger', 'Form', 'Filter', 'Register'),
			Register: { main: [[], [{ node: 'Form', type: 'main', index: 0 }]] },
		},
	});
	expect(outcome.run.data.resultData.runData.Register).toHaveLength(2);
	expect(outcome.json('Register', 1)).toMatchObject([
		{ error: { errors: [{ code: 'outcome_unknown' }] } },
	]);
	expect(accounts()).toHaveLength(1);
});

describe('an execution that a person retries with the saved workflow', () => {
	/** One is registered, Two is declined; then the step is changed, and n8n's Retry runs it again. */
	async function retry(before: IDataObject, after: IDataObject) {
		const workflow = (parameters: IDataObject, card: string) => ({
			nodes: [
				items('Trigger', { shop: 'One' }, { shop: 'Two' }),
				register({
					...parameters,
					cardNumber: `={{ $json.shop === 'Two' ? '${card}' : '${VISA}' }}`,
				}),
			],
			connections: chain('Trigger', 'Register'),
		});
		const first = await runWorkflow(workflow(before, DECLINED_CARD), sandbox.credentials());
		return await retryWorkflow(first.run, workflow(after, VISA), sandbox.credentials());
	}
	const one = { options: { maxConcurrency: 1 } };

	test('does not register again what was registered', async () => {
		const outcome = await retry(one, one);
		expect(outcome.json('Register')).toMatchObject(
			accounts().map(({ carrierId }) => ({ carrier_id: carrierId })),
		);
		expect(accounts()).toHaveLength(2);
	});

	test('registers for another sub-account what was registered for one', async () => {
		sandbox.asPartner();
		const forSub = (onBehalfOf: string) => ({ options: { maxConcurrency: 1, onBehalfOf } });
		const outcome = await retry(forSub('se-1'), forSub('se-2'));
		expect(outcome.json('Register')).toMatchObject([
			{ nickname: 'One', on_behalf_of: 'se-2' },
			{ nickname: 'Two', on_behalf_of: 'se-2' },
		]);
		expect(accounts().map(({ onBehalfOf }) => onBehalfOf)).toEqual(['se-1', 'se-2', 'se-2']);
	});
});
