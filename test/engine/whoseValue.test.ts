import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import {
	carrierStep,
	chain,
	going,
	items,
	own,
	type NodeJson,
	replace,
	step,
} from './support/engine';
import { REGISTRATION, useApi } from './support/fixtures';
import type { Making } from './support/nodes';

// Rules 1 to 3 of "never by a guess": what is set, what the item has, what an earlier step says of it.
const sandbox = useApi();

const SHOPS = ['A', 'B', 'C'].map((shop, index) => ({ shop, number: `512555010${index}` }));
const register = (name = 'Register', parameters: IDataObject = {}) =>
	step(
		name,
		'register',
		{
			...REGISTRATION,
			nickname: '={{ $json.shop }}',
			phone: '={{ $json.number }}',
			email: '={{ $json.shop }}@example.com',
			...parameters,
		},
		going,
	);
const send = (parameters: IDataObject = {}) => step('Send', 'sendVerification', parameters, going);
const confirm = (parameters: IDataObject = {}) =>
	step('Confirm', 'confirmVerification', parameters, going);
const locator = (value: string) => ({ __rl: true, mode: 'id', value });
const page = (name: string, json: object = {}) => replace(name, { ...json });
const to = (...nodes: string[]) => nodes.map((node) => ({ node, type: 'main' as const, index: 0 }));

const carrierOf = (shop: string) =>
	sandbox.api.state.carriers().find(({ nickname }) => nickname === shop)!.carrier_id;

/** Whom each text went to, and for whose account. */
const texts = () =>
	sandbox.api.state.verifications.map(({ carrierId, phone }) => [
		sandbox.api.state.carriers().find(({ carrier_id }) => carrier_id === carrierId)!.nickname,
		phone,
	]);
const codesOf = (outcome: { json(node: string): IDataObject[] }, node = 'Send') =>
	outcome
		.json(node)
		.map(({ error }) =>
			((error as IDataObject | undefined)?.errors as IDataObject[] | undefined)?.map(
				({ field, code }) => `${String(field)}: ${String(code)}`,
			),
		);

/** Makes items anew, without a word on where they come from. */
const anew =
	(json: (item: INodeExecutionData, index: number) => IDataObject): Making =>
	(input) => [input.map((item, index) => ({ json: json(item, index) }))];

/** The same in the order of their end. */
const turned =
	(json: (item: INodeExecutionData, index: number) => IDataObject): Making =>
	(input) => [anew(json)(input)[0]!.reverse()];

describe('what the user set is used, or the item fails', () => {
	test.each([
		['null', { carrier_id: null }],
		['nothing', { carrier_id: '' }],
		['a blank', { carrier_id: ' ' }],
		['no such field', {}],
	])('a carrier that was dragged from an item that has %s', async (_what, row) => {
		const dragged = { carrierId: locator('={{ $json.carrier_id }}') };
		const outcome = await sandbox.runChain(
			SHOPS.slice(0, 1),
			register(),
			page('Row', { ...row, phone: '5125550100' }),
			send(dragged),
			carrierStep(
				'Add',
				'addFunds',
				{ ...dragged, amount: 25, maximumAmount: 25, confirmLiveCharge: true },
				going,
			),
		);
		expect(codesOf(outcome)).toEqual([['carrier_id: no_value_for_item']]);
		expect(codesOf(outcome, 'Add')).toEqual([['carrier_id: no_value_for_item']]);
		expect([sandbox.api.state.verifications, sandbox.api.state.charges]).toEqual([[], []]);
	});

	test('a phone that gives nothing is not replaced either', async () => {
		const outcome = await sandbox.runChain(
			SHOPS.slice(0, 1),
			register(),
			page('Row'),
			send({ phone: '={{ $json.phone }}' }),
		);
		expect(codesOf(outcome)).toEqual([['phone: no_value_for_item']]);
		expect(texts()).toEqual([]);
	});

	test.each(['', ' ', '=', undefined])('a field left at %j was not set', async (left) => {
		await sandbox.runChain(
			SHOPS.slice(0, 1),
			register(),
			page('Page'),
			send({ phone: left, carrierId: { __rl: true, mode: 'list', value: left ?? '' } }),
		);
		expect(texts()).toEqual([['A', '5125550100']]);
	});
});

describe('one source for one request', () => {
	test('the item’s phone does not go with another’s carrier', async () => {
		const outcome = await sandbox.runChain(
			SHOPS.slice(0, 1),
			register(),
			page('Row of C', { phone: '512-555-0102' }),
			send(),
		);
		expect(codesOf(outcome)).toEqual([['carrier_id: other_in_item']]);
		expect(outcome.json('Send')[0]!.error).toMatchObject({
			message:
				"The verification code was not sent: 'Carrier' is empty: what 'Register' gave is for another 'phone' than that of this item. Set this by hand",
		});
		expect(texts()).toEqual([]);
	});

	test('a phone that is set goes with it', async () => {
		await sandbox.runChain(
			SHOPS.slice(0, 1),
			register(),
			page('Page'),
			send({ phone: '512-555-0109' }),
		);
		expect(texts()).toEqual([['A', '5125550109']]);
	});

	test.each([
		['nickname', { nickname: 'C' }],
		['a label for it', { 'Carrier ID': 'se-999' }],
	])('an item of another %s gets nothing of the step', async (_what, row) => {
		const outcome = await sandbox.runChain(
			SHOPS.slice(0, 1),
			register(),
			page('Row of C', row),
			send(),
		);
		expect(codesOf(outcome)[0]?.[0]).toMatch(/: other_in_item$/);
		expect(texts()).toEqual([]);
	});

	test('the same in another spelling is the same', async () => {
		await sandbox.runChain(
			[{ shop: 'Austin store', number: '5125550100' }],
			register('Register', { email: 'a@example.com' }),
			replace(
				'Row',
				"={{ { nickname: ' AUSTIN  store', carrier_id: $json.carrier_id.toUpperCase() + ' ' } }}",
			),
			send(),
		);
		expect(texts()).toEqual([['Austin store', '5125550100']]);
	});
});

describe('a link that n8n made up', () => {
	const forgets = anew(() => ({}));

	test.each<[string, NodeJson]>([
		[
			'a Code step, in another order',
			own(
				'Between',
				'code',
				turned(() => ({})),
			),
		],
		['a Code step, in the same order', own('Between', 'code', forgets)],
		[
			'a Function',
			own(
				'Between',
				'function',
				turned(() => ({})),
			),
		],
		[
			'a sub-workflow, run once',
			own(
				'Between',
				'executeWorkflow',
				turned(() => ({})),
			),
		],
		[
			'a sub-workflow, run once, as it says',
			own(
				'Between',
				'executeWorkflow',
				turned(() => ({})),
				{ mode: 'once' },
			),
		],
		['a Code step that gives one item for all', own('Between', 'code', () => [[{ json: {} }]])],
		['a form that gives one item for all', own('Between', 'form', () => [[{ json: {} }]])],
		['a Wait that gives one item for all', own('Between', 'wait', () => [[{ json: {} }]])],
	])('is no fact: behind %s, nobody is texted', async (_what, between) => {
		const outcome = await sandbox.runChain(SHOPS, register(), between, send());
		for (const codes of codesOf(outcome)) {
			expect(codes).toEqual(['carrier_id: item_link_guessed', 'phone: item_link_guessed']);
		}
		expect(outcome.json('Send').length).toBeGreaterThan(0);
		expect(texts()).toEqual([]);
	});

	test.each<[string, Making, IDataObject]>([
		['for one item', forgets, {}],
		['for one item, as a sub-workflow', forgets, { mode: 'once' }],
	])('is one %s', async (_what, making, parameters) => {
		for (const type of ['code', 'executeWorkflow', 'form', 'wait']) {
			sandbox.api.reset();
			await sandbox.runChain(
				SHOPS.slice(0, 1),
				register(),
				own('Between', type, making, parameters),
				page('Page'),
				send(),
			);
			expect(texts()).toEqual([['A', '5125550100']]);
		}
	});

	test.each<[string, NodeJson]>([
		[
			'a Code step that runs for each item',
			own('Between', 'code', forgets, { mode: 'runOnceForEachItem' }),
		],
		['a sub-workflow for each item', own('Between', 'executeWorkflow', forgets, { mode: 'each' })],
		['Twilio, which gives one for each without a word', own('Between', 'twilio', forgets)],
		[
			'a Code step that says so by number',
			own('Between', 'code', (input) => [
				input.map((_item, index) => ({ json: {}, pairedItem: index })),
			]),
		],
		[
			'a Code step that says so with its input',
			own('Between', 'code', (input) => [
				input.map((_item, index) => ({ json: {}, pairedItem: { item: index, input: 0 } })),
			]),
		],
	])('is not made up by %s', async (_what, between) => {
		await sandbox.runChain(SHOPS, register(), between, send());
		expect(texts().sort()).toEqual(SHOPS.map(({ shop, number }) => [shop, number]));
	});

	test('is proved by a name on both sides, and the right one found', async () => {
		const names = SHOPS.map(({ shop }) => shop);
		await sandbox.runChain(
			SHOPS,
			register(),
			own(
				'Code',
				'code',
				anew((_item, index) => ({ nickname: names[index] })),
			),
			send(),
		);
		expect(texts().sort()).toEqual(SHOPS.map(({ shop, number }) => [shop, number]));
	});

	test('is refuted by a name on both sides', async () => {
		const names = ['B', 'A', 'C'];
		const outcome = await sandbox.runChain(
			SHOPS,
			register(),
			own(
				'Code',
				'code',
				anew((_item, index) => ({ nickname: names[index] })),
			),
			send(),
		);
		expect(codesOf(outcome)).toEqual([
			['carrier_id: other_in_item', 'phone: other_in_item'],
			['carrier_id: other_in_item', 'phone: other_in_item'],
			undefined,
		]);
		expect(texts()).toEqual([['C', '5125550102']]);
	});

	test('is not proved by a name that two of them have', async () => {
		const twins = [
			{ shop: 'Main store', number: '5125550100', email: 'a@example.com' },
			{ shop: 'Main store', number: '5125550101', email: 'b@example.com' },
		];
		const outcome = await sandbox.runChain(
			twins,
			register('Register', { email: '={{ $json.email }}' }),
			own(
				'Code',
				'code',
				turned(() => ({ nickname: 'Main store' })),
			),
			send(),
		);
		expect(codesOf(outcome).flat()).toEqual(Array(4).fill(expect.stringMatching(/_guessed$/)));
		expect(texts()).toEqual([]);
	});

	test('is refuted by the email or the phone, and not proved by them', async () => {
		const ofOther = anew((_item, index) => ({
			nickname: SHOPS[index]!.shop,
			email: `${SHOPS[(index + 1) % 3]!.shop}@example.com`,
		}));
		const refuted = await sandbox.runChain(SHOPS, register(), own('Code', 'code', ofOther), send());
		expect(codesOf(refuted).flat()).toEqual(
			Array(6).fill(expect.stringMatching(/: other_in_item$/)),
		);

		sandbox.api.reset();
		const alone = anew((_item, index) => ({ email: `${SHOPS[index]!.shop}@example.com` }));
		const unproved = await sandbox.runChain(SHOPS, register(), own('Code', 'code', alone), send());
		expect(codesOf(unproved).flat()).toEqual(Array(6).fill(expect.stringMatching(/_guessed$/)));
		expect(texts()).toEqual([]);
	});

	test('is made by a Merge by position too', async () => {
		const byPosition: Making = (one, two) => [
			one!.map((_item, item) => ({
				json: two![item]!.json,
				pairedItem: [
					{ item, input: 0 },
					{ item, input: 1 },
					{ item, input: 1 },
				],
			})),
		];
		const merge = own('Merge', 'merge', byPosition, {
			mode: 'combine',
			combineBy: 'combineByPosition',
		});
		const outcome = await sandbox.run({
			nodes: [items('Trigger', ...SHOPS), register(), page('Rows', { a: 1 }), merge, send()],
			connections: {
				Trigger: { main: [to('Register', 'Rows')] },
				Register: { main: [to('Merge')] },
				Rows: { main: [[{ node: 'Merge', type: 'main', index: 1 }]] },
				...chain('Merge', 'Send'),
			},
		});
		expect(codesOf(outcome).flat()).toEqual(Array(6).fill(expect.stringMatching(/_guessed$/)));
		expect(texts()).toEqual([]);
	});
});

describe('what an attack found', () => {
	test('one person, fanned out and picked again by code: it is the same whichever item it is', async () => {
		await sandbox.runChain(
			SHOPS.slice(0, 1),
			register(),
			own('Messages', 'httpRequest', (input) => [
				[0, 1, 2].map(() => ({ json: {}, pairedItem: { item: input.length - 1 } })),
			]),
			own('Code', 'code', () => [[{ json: {} }]]),
			send(),
		);
		expect(texts()).toEqual([['A', '5125550100']]);
	});

	test('a name that a failed row might have had proves nothing', async () => {
		const declined = "={{ $json.shop === 'B' ? '4000000000000002' : '4111111111111111' }}";
		const outcome = await sandbox.runChain(
			SHOPS.slice(0, 2),
			register('Register', { nickname: 'Main', cardNumber: declined }),
			own(
				'Code',
				'code',
				turned(() => ({ nickname: 'Main' })),
			),
			send(),
		);
		// The failed row itself is told so; the other one is not taken for it.
		expect(codesOf(outcome).flat()).toEqual(
			expect.arrayContaining(['carrier_id: item_link_guessed']),
		);
		expect(texts()).toEqual([]);
	});

	test.each([
		['the same', { 'Carrier ID': 'se-999', carrierId: 'SE-999' }, undefined],
		['another', { 'Carrier ID': 'se-999', carrierId: 'se-998' }, 'carrier_id: several_in_item'],
	])(
		'a field in two spellings, with %s value in each, is no missing one',
		async (_what, row, code) => {
			const outcome = await sandbox.runChain(
				SHOPS.slice(0, 1),
				register(),
				page('Row', { ...row, phone: '5125550100' }),
				send(),
			);
			expect(codesOf(outcome)[0]?.[0]).not.toBe('carrier_id: no_carrier');
			if (code) expect(codesOf(outcome)[0]).toContain(code);
			expect(texts()).toEqual([]);
		},
	);

	test('a step in between that is about another carrier is a doubt', async () => {
		const zed = sandbox.api.addCarrier({ nickname: 'Zed' });
		const get = carrierStep('Get', 'get', { carrierId: locator(zed.carrier_id) }, going);
		const outcome = await sandbox.runChain(
			SHOPS.slice(0, 1),
			register(),
			get,
			page('Page'),
			send(),
		);
		expect(codesOf(outcome)).toEqual([['carrier_id: ambiguous_value', 'phone: ambiguous_value']]);
		expect(texts()).toEqual([]);
	});

	test('a code of somebody else’s phone is not tried', async () => {
		const outcome = await sandbox.runChain(
			SHOPS.slice(0, 1),
			register(),
			send(),
			page('Row of C', { phone: '5125550102', verification_code: '000000' }),
			confirm(),
		);
		expect(codesOf(outcome, 'Confirm')).toEqual([
			['carrier_id: other_in_item', 'verification_id: other_in_item'],
		]);
	});

	test('a corrected phone that is set goes with the carrier of the step', async () => {
		await sandbox.runChain(
			SHOPS.slice(0, 1),
			register(),
			page('Correction', { phone: '5125550107' }),
			send({ phone: '={{ $json.phone }}' }),
		);
		expect(texts()).toEqual([['A', '5125550107']]);
	});

	test('whoever a Filter dropped is not texted for the empty item that n8n puts out', async () => {
		const filter: NodeJson = { name: 'Filter', type: 'test.filter', alwaysOutputData: true };
		const outcome = await sandbox.runChain(
			SHOPS.slice(0, 1),
			register(),
			page('No', { drop: true }),
			filter,
			send(),
		);
		expect(codesOf(outcome)).toEqual([['carrier_id: item_link_lost', 'phone: item_link_lost']]);
		expect(texts()).toEqual([]);
	});

	test("a carrier of a sub-account's is not used for the account of the key", async () => {
		sandbox.asPartner();
		const options = { onBehalfOf: '43' };
		const outcome = await sandbox.runChain(
			SHOPS.slice(0, 1),
			register('Register', { options }),
			page('Page'),
			send({ options: { partnersOwnAccount: true } }),
		);
		expect(codesOf(outcome)).toEqual([['options.partnersOwnAccount: not_own_account']]);
		expect(texts()).toEqual([]);
	});

	test('a step with an apostrophe in its name is named in a way that works', async () => {
		const outcome = await sandbox.runChain(
			SHOPS.slice(0, 1),
			register("Bob's shop"),
			page('Page'),
			carrierStep('Get', 'disconnect', {}, going),
		);
		expect(String((outcome.json('Get')[0]!.error as IDataObject).message)).toContain(
			"{{ $('Bob\\'s shop').item.json.carrier_id }}",
		);
	});
});

describe('a step that failed, and put out an empty item', () => {
	const always = { alwaysOutputData: true, onError: 'continueErrorOutput' as const };
	const DECLINED = { cardNumber: '4000000000000002' };

	test('Register: its older namesake does not stand for it', async () => {
		const second = { ...register('Register B', { ...DECLINED, nickname: 'B' }), ...always };
		const outcome = await sandbox.runChain(SHOPS.slice(0, 1), register(), second, send());
		expect(codesOf(outcome)).toEqual([
			['carrier_id: earlier_step_failed', 'phone: earlier_step_failed'],
		]);
		expect(texts()).toEqual([]);
	});

	test('Connect: no older carrier is charged', async () => {
		sandbox.api.addCarrier({ nickname: 'Mine' });
		const connect = {
			...carrierStep('Connect', 'connectExisting', { nickname: 'Mine' }),
			...always,
		};
		const funds = { amount: 25, maximumAmount: 25, confirmLiveCharge: true };
		const outcome = await sandbox.runChain(
			SHOPS.slice(0, 1),
			register(),
			connect,
			carrierStep('Add', 'addFunds', funds, going),
		);
		expect(codesOf(outcome, 'Add')).toEqual([['carrier_id: not_taken_from_step']]);
		expect(sandbox.api.state.charges).toEqual([]);
	});

	test('Send: no older verification is tried', async () => {
		sandbox.api.faults.add({ operation: 'send', kind: 'delayBefore', ms: 0 });
		sandbox.api.faults.add({ operation: 'send', kind: 'serverErrorBefore', times: 9 });
		const outcome = await sandbox.runChain(
			SHOPS.slice(0, 1),
			register(),
			step('Send 1', 'sendVerification', {}, going),
			page('Page'),
			{ ...step('Send 2', 'sendVerification'), ...always },
			page('Code page', { verification_code: '000000' }),
			confirm(),
		);
		expect(codesOf(outcome, 'Confirm')).toEqual([
			['carrier_id: earlier_step_failed', 'verification_id: earlier_step_failed'],
		]);
		expect(sandbox.calls().filter((call) => call.startsWith('PUT'))).toEqual([]);
	});
});

describe('what charges, takes away or changes a login', () => {
	const FUNDS = { amount: 25, maximumAmount: 25, confirmLiveCharge: true };
	const STEPS = [
		carrierStep('Step', 'addFunds', FUNDS, going),
		carrierStep('Step', 'disconnect', {}, going),
		carrierStep('Step', 'updateLogin', {}, going),
	];

	test.each(STEPS.map((each) => [String(each.parameters!.operation), each] as const))(
		'%s looks nothing up, and says what to set',
		async (_operation, each) => {
			const outcome = await sandbox.runChain(SHOPS.slice(0, 1), register(), page('Page'), each);
			expect(outcome.json('Step')[0]!.error).toMatchObject({
				message: expect.stringContaining(
					"'Carrier' is empty: the item has no 'carrier_id', and this operation takes it from no other step. Set it to {{ $('Register').item.json.carrier_id }}",
				),
			});
			expect(sandbox.api.requests.slice(1)).toEqual([]);
		},
	);

	test('takes the item’s own carrier', async () => {
		await sandbox.runChain(SHOPS.slice(0, 2), register(), carrierStep('Add', 'addFunds', FUNDS));
		expect(sandbox.api.state.charges).toMatchObject([
			{ carrierId: carrierOf('A') },
			{ carrierId: carrierOf('B') },
		]);
	});
});
