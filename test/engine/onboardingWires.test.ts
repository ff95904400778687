import type { IConnections, INode } from 'n8n-workflow';
import { DECLINED_CARD } from '../../sandbox/api';
import { type NodeJson, going, own, replace, step } from './support/engine';
import { useApi } from './support/fixtures';
import { FORM_TRIGGER } from './support/nodes';
import {
	ANSWER,
	PHONE,
	REGISTER,
	SEND,
	opened,
	registration,
	sent,
	to,
	toldTo,
} from './support/onboarding';

/** However the steps are wired, and whatever stands between them: what the page is told, and what goes on. */

const sandbox = useApi();

const asked = () => sandbox.calls().filter((call) => !call.startsWith('GET'));

/** Steps that people put between, and that replace the item in each way that there is. */
const BETWEEN: Array<[string, NodeJson[]]> = [
	['a Set step', [replace('Set', { thanks: true })]],
	['a step that drops the link', [own('Code', 'code', () => [[{ json: { a: 1 } }]])]],
	[
		'a sheet',
		[
			own('Sheet', 'googleSheets', (items) => [
				items.map((_item, item) => ({ json: {}, pairedItem: { item } })),
			]),
		],
	],
	[
		'an error of its own kind',
		[replace('Set', { error: 'x', stage: 'ready', verification_id: 'vfn_x' })],
	],
	[
		'an item with other IDs',
		[replace('Set', { carrier_id: 'se-999', phone: '5120000000', link: 'x' })],
	],
	['a sub-workflow', [own('Sub', 'executeWorkflow', () => [[{ json: { done: true } }]])]],
	['a link to nothing', [own('Code', 'code', () => [[{ json: {}, pairedItem: { item: 9 } }]])]],
];

test.each(BETWEEN)(
	'%s before Answer Page does not change what the page is told',
	async (_what, between) => {
		const good = toldTo(await sent(sandbox, 'registration', registration(), { between }));
		expect(good).toMatchObject({ stage: 'code', texted: true, phone_end: '82' });
		expect(await opened(good.link)).toMatchObject({ phone: PHONE });
		const register = REGISTER({ cardNumber: DECLINED_CARD });
		const refused = toldTo(
			await sent(sandbox, 'registration', registration(), { between, register }),
		);
		expect(refused).toMatchObject({ error: { errors: [{ code: 'funding_source_error' }] } });
	},
);

test('a step about somebody else does not speak for this one', async () => {
	const other = step(
		'Send to another',
		'sendVerification',
		{ carrierId: { mode: 'id', value: 'se-1238902' }, phone: '5120001111' },
		going,
	);
	await sent(sandbox, 'registration', registration({ email: 'one@example.com' }));
	await sent(
		sandbox,
		'registration',
		registration({ email: 'two@example.com', phone: '5120001111' }),
	);
	const outcome = await sent(sandbox, 'registration', registration({ email: 'one@example.com' }), {
		between: [other],
	});
	const told = toldTo(outcome);
	expect(told).toMatchObject({ phone_end: '82' });
	const { carrierId } = sandbox.api.state.accounts[0]!;
	expect(await opened(told.link)).toMatchObject({ carrierId, phone: PHONE });
});

/** Runs a registration in a workflow that is wired in another way. */
async function wired(nodes: NodeJson[], connections: IConnections, item = registration()) {
	const parameters = { items: [item], mode: '0' } as INode['parameters'];
	const page: NodeJson = { name: 'Page', type: FORM_TRIGGER, parameters };
	return await sandbox.run({ nodes: [page, ...nodes, ANSWER], connections });
}

describe('other wires', () => {
	const branching = { onError: 'continueErrorOutput' } as const;

	test.each([
		['4111111111111111', { stage: 'code', texted: true }],
		[DECLINED_CARD, { error: { errors: [{ code: 'funding_source_error' }] } }],
	])('both outputs of a step lead to the same next one: card %s', async (cardNumber, told) => {
		const connections = {
			Page: { main: [to('Register')] },
			Register: { main: [to('Set'), to('Set')] },
			Set: { main: [to('Send')] },
			Send: { main: [to('Answer'), to('Answer')] },
		};
		const set = replace('Set', '={{ $json }}');
		const nodes = [REGISTER({ cardNumber }, branching), set, SEND(branching)];
		expect(toldTo(await wired(nodes, connections))).toMatchObject(told);
	});

	test('a line beside, which comes to Answer Page first, says nothing', async () => {
		const connections = {
			Page: { main: [[...to('Beside'), ...to('Register')]] },
			Beside: { main: [to('Answer')] },
			Register: { main: [to('Send')] },
			Send: { main: [to('Answer')] },
		};
		const nodes = [replace('Beside', { row: 1 }), REGISTER(), SEND()];
		expect(toldTo(await wired(nodes, connections))).toMatchObject({ stage: 'code', texted: true });
	});

	test.each([
		[{ kind: 'dropBefore', operation: 'register', times: 9 }, false],
		[{ kind: 'refusal', operation: 'register', message: 'No' }, true],
	] as const)(
		'two registrations, the first ended by %j: the second one’s refusal is proof: %s',
		async (fault, isProof) => {
			sandbox.api.faults.add(fault);
			const first = REGISTER({ maxTries: 1 }, branching);
			const second = { ...REGISTER({ cardNumber: DECLINED_CARD }), name: 'Second' };
			const connections = {
				Page: { main: [to('Register')] },
				Register: { main: [[], to('Clear')] },
				Clear: { main: [to('Second')] },
				Second: { main: [to('Answer')] },
			};
			const item = registration();
			const clear = replace('Clear', { email: item.email!, phone: PHONE });
			const told = toldTo(await wired([first, clear, second], connections, item));
			expect(told).toHaveProperty('error');
			expect('refusal' in told).toBe(isProof);
		},
	);

	test('before Send, it is not said that no text was sent', async () => {
		const connections = { Page: { main: [to('Register')] }, Register: { main: [to('Answer')] } };
		expect(toldTo(await wired([REGISTER()], connections))).toMatchObject({
			...{ stage: 'code', texted: null },
		});
	});
});

describe('what failed goes along the line', () => {
	const declined = REGISTER({ cardNumber: DECLINED_CARD });

	test('a next step that stops, stops with the first cause, and sends nothing', async () => {
		const { error, responses } = await sent(sandbox, 'registration', registration(), {
			register: declined,
			send: SEND({}),
		});
		expect(error?.message).toMatch(/^The Stamps account was not registered/);
		expect(responses).toEqual([]);
		expect(asked()).toEqual(['POST /v1/registration/stamps_com']);
	});

	test('Retry On Fail sends nothing more for it', async () => {
		const send = SEND({ ...going, retryOnFail: true, maxTries: 3, waitBetweenTries: 0 });
		toldTo(await sent(sandbox, 'registration', registration(), { register: declined, send }));
		expect(asked()).toEqual(['POST /v1/registration/stamps_com']);
	});

	test('what comes out of an error output runs on, as somebody has wired it', async () => {
		const register = REGISTER({ cardNumber: DECLINED_CARD }, { onError: 'continueErrorOutput' });
		const outcome = await sandbox.run({
			nodes: [
				{
					name: 'Page',
					type: FORM_TRIGGER,
					parameters: { items: [registration()], mode: '0' } as INode['parameters'],
				},
				register,
				ANSWER,
			],
			connections: { Page: { main: [to('Register')] }, Register: { main: [[], to('Answer')] } },
		});
		expect(outcome.json('Register', 1)[0]!.error).not.toHaveProperty('skip_next_steps');
		expect(toldTo(outcome)).toMatchObject({
			error: { errors: [{ code: 'funding_source_error' }] },
		});
	});

	test.each([{ error: 'late' }, { error: { message: 'late', errors: [] } }, { error: null }])(
		'a column that is called error is no failure: %j',
		async (column) => {
			const item = { ...column, email: 'column@example.com', phone: PHONE };
			const outcome = await sandbox.runChain([item], REGISTER(), SEND());
			expect(outcome.json('Send')).toMatchObject([{ status: 'unverified' }]);
		},
	);
});
