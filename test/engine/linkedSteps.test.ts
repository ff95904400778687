import type { IConnections } from 'n8n-workflow';
import { chain, going, items, type NodeJson, replace, step } from './support/engine';
import { REGISTRATION, useApi } from './support/fixtures';

// All values of a request come from one line of steps: nobody's carrier is mixed with another's.
const sandbox = useApi();
const register = (name: string, parameters = {}) =>
	step(name, 'register', { ...REGISTRATION, nickname: '={{ $json.shop }}', ...parameters }, going);
const send = (name = 'Send', parameters = {}) => step(name, 'sendVerification', parameters, going);
const confirm = (parameters = {}) => step('Confirm', 'confirmVerification', parameters, going);
const split: NodeJson = { name: 'Split', type: 'test.split' };
const aggregate: NodeJson = { name: 'Aggregate', type: 'test.aggregate' };
const page = (name: string, json: object = {}) => replace(name, { ...json });
const codePage = page('Code page', { verification_code: '000000' });

const to = (...nodes: string[]) => nodes.map((node) => ({ node, type: 'main' as const, index: 0 }));
const carrierOf = (nickname: string) =>
	sandbox.api.state.carriers().find((carrier) => carrier.nickname === nickname)!.carrier_id;
const verificationOf = (index: number) => sandbox.api.state.verifications[index]!.id;
const texts = () => sandbox.calls().filter((call) => /^POST .*verification$/.test(call));
const confirmations = () => sandbox.calls().filter((call) => call.startsWith('PUT'));
const putOf = (carrier: string, verification: string) =>
	`PUT /v1/connections/carriers/stamps_com/${carrier}/verification/${verification}`;

describe('an item that comes from several items of a step', () => {
	test('fails, though a farther step has a value', async () => {
		const outcome = await sandbox.runChain(
			[{ shop: 'Parent' }],
			register('First'),
			page('Set', { shop: 'x' }),
			split,
			register('Second'),
			aggregate,
			send(),
		);
		expect(outcome.json('Send')).toMatchObject([
			{
				error: {
					message:
						"The verification code was not sent: 'Carrier' and 'Phone' are empty: 'Aggregate' made this item from several items. Use one run for each person, or set this by hand",
					errors: [
						{ field: 'carrier_id', code: 'several_items' },
						{ field: 'phone', code: 'several_items' },
					],
				},
			},
		]);
		expect(texts()).toEqual([]);
	});

	test('fails for a verification too', async () => {
		const outcome = await sandbox.runChain(
			[{ shop: 'Parent' }],
			register('First'),
			send('Send first'),
			split,
			register('Second'),
			send('Send second'),
			aggregate,
			codePage,
			confirm(),
		);
		expect(outcome.json('Confirm')).toMatchObject([
			{ error: { message: expect.stringContaining('from several items') } },
		]);
		expect(confirmations()).toEqual([]);
	});

	test('goes on with a step behind that', async () => {
		const outcome = await sandbox.runChain(
			[{ shop: 'One' }],
			split,
			register('First'),
			aggregate,
			register('Last', { nickname: 'Last' }),
			page('Page'),
			send(),
		);
		expect(outcome.json('Send')).toMatchObject([{ carrier_id: carrierOf('Last') }]);
	});
});

describe('a verification', () => {
	test('goes with the carrier that it was sent for, whatever was registered since', async () => {
		await sandbox.runChain(
			[{ shop: 'A' }],
			register('Register A'),
			send(),
			register('Register B', { nickname: 'B' }),
			codePage,
			confirm(),
		);
		expect(confirmations()).toEqual([putOf(carrierOf('A'), verificationOf(0))]);
	});

	test('is not taken for a carrier that the item itself names', async () => {
		const outcome = await sandbox.runChain(
			[{ shop: 'A' }],
			register('Register A'),
			send(),
			register('Register B', { nickname: 'B' }),
			confirm({ verificationCode: '000000' }),
		);
		expect(outcome.json('Confirm')).toMatchObject([
			{ error: { errors: [{ field: 'verification_id', code: 'other_in_item' }] } },
		]);
		expect(confirmations()).toEqual([]);
	});

	test('that the item names gets the carrier of the step that sent it', async () => {
		await sandbox.runChain(
			[{ shop: 'A' }],
			register('Register A'),
			send('Send A'),
			register('Register B', { nickname: 'B' }),
			page('Page'),
			send('Send B'),
			replace(
				'Code page',
				`={{ { verification_id: $("Send A").item.json.verification_id, verification_code: "000000" } }}`,
			),
			confirm(),
		);
		expect(confirmations()).toEqual([putOf(carrierOf('A'), verificationOf(0))]);
	});

	test('whose text message may have been replaced is not confirmed', async () => {
		sandbox.api.faults.add({ operation: 'send', kind: 'delayBefore', ms: 0 });
		sandbox.api.faults.add({ operation: 'send', kind: 'dropAfter' });
		const outcome = await sandbox.runChain(
			[{ shop: 'A' }],
			register('Register'),
			send('Send 1'),
			page('Page'),
			send('Send 2'),
			codePage,
			confirm(),
		);
		expect(outcome.json('Confirm')).toMatchObject([
			{
				error: {
					errors: [
						{ field: 'carrier_id' },
						{ message: "'Verification ID' is empty: 'Send 2' failed for this item" },
					],
				},
			},
		]);
		expect(confirmations()).toEqual([]);
	});
});

test('a phone is not taken from a step about another carrier', async () => {
	const { carrier_id } = sandbox.api.addCarrier({ nickname: 'Other' });
	const outcome = await sandbox.runChain(
		[{ shop: 'A' }],
		register('Register'),
		send('Send', { carrierId: { __rl: true, mode: 'list', value: carrier_id } }),
		page('Page'),
		send('Again', { carrierId: { __rl: true, mode: 'list', value: 'se-999' } }),
	);
	// Straight behind Register, the item has the phone; behind the page only the steps know it.
	expect(outcome.json('Send')).toMatchObject([{ carrier_id, phone: '1111111111' }]);
	expect(outcome.json('Again')).toMatchObject([{ error: { errors: [{ field: 'phone' }] } }]);
	expect(texts()).toHaveLength(1);
});

test('a carrier is not taken from behind a registration that failed', async () => {
	const outcome = await sandbox.runChain(
		[{ shop: 'A' }],
		register('Register A'),
		page('Page', { shop: 'B' }),
		register('Register B', { phone: '1' }),
		page('Page B', { shop: 'B' }),
		send(),
	);
	expect(outcome.json('Send')).toMatchObject([
		{
			error: {
				errors: [{ message: "'Carrier' is empty: 'Register B' failed for this item" }, {}],
			},
		},
	]);
	expect(texts()).toEqual([]);
});

describe('of two steps that send, the one counts that ran last for the item', () => {
	/** Send, page, Confirm; a wrong code leads to another Send and back to the page. */
	const loop = (...between: string[]): { nodes: NodeJson[]; connections: IConnections } => ({
		nodes: [
			items('Trigger', { shop: 'One' }),
			register('Register'),
			send(),
			codePage,
			{ ...confirm(), onError: 'continueErrorOutput' },
			replace('Once', '={{ { drop: $runIndex > 0 } }}'),
			{ name: 'Filter', type: 'test.filter' },
			send('Send again'),
			...between.map((name) => page(name)),
		],
		connections: {
			...chain('Trigger', 'Register', 'Send', 'Code page', 'Confirm'),
			Confirm: { main: [[], to('Once')] },
			...chain('Once', 'Filter', 'Send again', ...between, 'Code page'),
		},
	});

	test.each([
		['as near as the other', []],
		['farther than the other', ['Pause', 'Thanks']],
	])('%s', async (_where, between) => {
		const outcome = await sandbox.run(loop(...between));
		expect(outcome.run.data.resultData.runData.Confirm).toHaveLength(2);
		expect(confirmations()).toEqual([
			putOf(carrierOf('One'), verificationOf(0)),
			putOf(carrierOf('One'), verificationOf(1)),
		]);
	});

	test('in a loop in which the step comes back to itself, whatever failed in it before', async () => {
		const outcome = await sandbox.run({
			nodes: [
				items('Trigger', { shop: 'One' }),
				register('Register'),
				send(),
				codePage,
				{ ...confirm(), onError: 'continueErrorOutput' },
				replace('Twice', '={{ { drop: $runIndex > 1 } }}'),
				{ name: 'Filter', type: 'test.filter' },
			],
			connections: {
				...chain('Trigger', 'Register', 'Send', 'Code page', 'Confirm'),
				Confirm: { main: [[], to('Twice')] },
				...chain('Twice', 'Filter', 'Code page'),
			},
		});
		expect(outcome.run.data.resultData.runData.Confirm).toHaveLength(3);
		expect(confirmations()).toEqual(Array(3).fill(putOf(carrierOf('One'), verificationOf(0))));
	});

	test('in a loop that both are part of', async () => {
		const { nodes, connections } = loop('Pause');
		// The way back to the first Send makes each of them an ancestor of the other.
		nodes.push(page('Never', { drop: true }), { name: 'Drop', type: 'test.filter' });
		connections['Code page'] = { main: [to('Confirm', 'Never')] };
		Object.assign(connections, chain('Never', 'Drop', 'Send'));
		await sandbox.run({ nodes, connections });
		expect(confirmations().at(-1)).toEqual(putOf(carrierOf('One'), verificationOf(1)));
	});
});

test('an item of which n8n has lost one of two ways back fails, though the other leads to a carrier', async () => {
	const outcome = await sandbox.run({
		nodes: [
			items('Trigger', { shop: 'One' }),
			register('A'),
			register('B', { nickname: 'Two' }),
			{ name: 'Lost', type: 'test.outOfRange' },
			{ name: 'Merge', type: 'test.merge' },
			send(),
		],
		connections: {
			Trigger: { main: [to('A', 'B')] },
			B: { main: [to('Lost')] },
			A: { main: [[{ node: 'Merge', type: 'main', index: 0 }]] },
			Lost: { main: [[{ node: 'Merge', type: 'main', index: 1 }]] },
			...chain('Merge', 'Send'),
		},
	});
	expect(outcome.json('Send')).toMatchObject([
		{ error: { errors: [{ code: 'item_link_lost' }, { code: 'item_link_lost' }] } },
	]);
	expect(texts()).toEqual([]);
});

test('steps of which none came after the other fail the item, naming both', async () => {
	// One item that is linked to an item of each, as a Merge makes it.
	const outcome = await sandbox.run({
		nodes: [
			items('Trigger', { shop: 'One' }),
			register('A'),
			register('B', { nickname: 'Two' }),
			{ name: 'Merge', type: 'test.merge' },
			send(),
		],
		connections: {
			Trigger: { main: [to('A', 'B')] },
			A: { main: [[{ node: 'Merge', type: 'main', index: 0 }]] },
			B: { main: [[{ node: 'Merge', type: 'main', index: 1 }]] },
			...chain('Merge', 'Send'),
		},
	});
	expect(outcome.json('Send')).toMatchObject([
		{
			error: {
				message: expect.stringMatching(/'A' and 'B' both lead here|'B' and 'A' both lead here/),
				errors: [
					{ field: 'carrier_id', code: 'ambiguous_value' },
					{ field: 'phone', code: 'ambiguous_value' },
				],
			},
		},
	]);
	expect(texts()).toEqual([]);
});
