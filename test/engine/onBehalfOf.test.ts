import './support/wholeRuns/clock';
import { carrierStep, going, items, replace, step, subAccountStep } from './support/engine';
import type { NodeJson } from './support/engine';
import { REGISTRATION, useApi } from './support/fixtures';

// Whom a step acts for goes through the chain by itself, and never falls back to the key's own account.
const sandbox = useApi('partner');
const create = (parameters = {}, settings: object = {}) =>
	subAccountStep('Create', 'create', parameters, { ...going, ...settings });
const external = (value: string) => ({ __rl: true, mode: 'externalId', value });
const register = (parameters = {}, name = 'Register') =>
	step(
		name,
		'register',
		{ ...REGISTRATION, nickname: "={{ $('Trigger').item.json.shop }}", ...parameters },
		going,
	);
const send = (parameters = {}) => step('Send', 'sendVerification', parameters, going);
const confirm = (parameters = {}) => step('Confirm', 'confirmVerification', parameters, going);
const page = (name: string, json: object = {}) => replace(name, { ...json });

const merchant = (shop: string) => ({ shop, external_account_id: `own-${shop}` });

/** Whom each request was for, with its method. */
const behalves = () =>
	sandbox.api.requests.map(({ method, path, headers }) => [
		`${method} ${path.replace(/[?].*/, '')}`,
		headers['on-behalf-of'],
	]);

const idOf = (shop: string) =>
	String(
		sandbox.api.state.subAccounts.find(({ fields }) => fields.external_account_id === `own-${shop}`)
			?.account_id,
	);

/** The carrier that was registered for a shop, where its sub-account is the right one. */
const carrierOf = (shop: string) =>
	sandbox.api.state.carriers(idOf(shop)).find(({ nickname }) => nickname === shop)?.carrier_id;

test('four steps, with nothing set but the registration and the code', async () => {
	const typed = { verification_code: "={{ $('Code').item.json.code }}" };
	const code: NodeJson = page('Code', { code: '000000' });
	const first = await sandbox.runChain(
		[merchant('A'), merchant('B')],
		create(),
		register(),
		send(),
		page('Wait'),
		code,
		page('Page', typed),
		confirm(),
	);
	const [a, b] = [idOf('A'), idOf('B')];
	expect(first.json('Register')).toMatchObject([
		{ carrier_id: carrierOf('A'), on_behalf_of: a },
		{ carrier_id: carrierOf('B'), on_behalf_of: b },
	]);
	expect(first.json('Send')).toMatchObject([
		{ carrier_id: carrierOf('A'), on_behalf_of: a },
		{ carrier_id: carrierOf('B'), on_behalf_of: b },
	]);
	// The code is wrong: the API was asked for the right carriers all the same, each once.
	expect(first.json('Confirm')).toMatchObject([
		{ error: { errors: [{ code: 'verification_failure' }], carrier_id: carrierOf('A') } },
		{ error: { errors: [{ code: 'verification_failure' }], carrier_id: carrierOf('B') } },
	]);
	const isPartner = ([call]: Array<string | undefined>) => call!.includes('/v1/partners/');
	expect(
		behalves()
			.filter(isPartner)
			.map(([, whose]) => whose),
	).toEqual(Array(4).fill(undefined));
	const others = behalves().filter((each) => !isPartner(each));
	expect(others.map(([, whose]) => whose).sort()).toEqual([
		...Array(3).fill(a),
		...Array(3).fill(b),
	]);
});

test('every later step names whom it acted for', async () => {
	const outcome = await sandbox.runChain(
		[merchant('A')],
		create(),
		register(),
		carrierStep('Get', 'get'),
		carrierStep('Check', 'check'),
		carrierStep('Add', 'addFunds', { amount: 10, maximumAmount: 10, confirmLiveCharge: true }),
		page('Page'),
		carrierStep('Disconnect', 'disconnect', {
			carrierId: { __rl: true, mode: 'id', value: "={{ $('Register').item.json.carrier_id }}" },
			options: { onBehalfOf: "={{ $('Register').item.json.on_behalf_of }}" },
		}),
		carrierStep('Get Many', 'getAll'),
	);
	for (const name of ['Register', 'Get', 'Check', 'Add', 'Disconnect', 'Get Many']) {
		expect([name, outcome.json(name)]).toMatchObject([name, [{ on_behalf_of: idOf('A') }]]);
	}
	expect(outcome.json('Disconnect')).toEqual([{ deleted: true, on_behalf_of: idOf('A') }]);
});

test('a sub-account that was not created: nothing is registered for anybody else', async () => {
	sandbox.api.addSubAccount({ external_account_id: 'own-B' });
	const outcome = await sandbox.runChain([merchant('A'), merchant('B')], create(), register({}));
	expect(outcome.json('Register')).toMatchObject([
		{ on_behalf_of: idOf('A') },
		{
			error: {
				message: "The sub-account was not created: one with the external account ID 'own-B' exists",
				errors: [{ field: 'external_account_id' }],
			},
		},
	]);
	expect(sandbox.api.state.accounts).toHaveLength(1);
	expect(sandbox.api.state.accounts[0]).toMatchObject({ onBehalfOf: `se-${idOf('A')}` });
});

test('what is set is never replaced', async () => {
	const outcome = await sandbox.runChain(
		[merchant('A')],
		create(),
		register({ options: { onBehalfOf: 'se-77' } }),
		page('Page'),
		send(),
	);
	expect(outcome.json('Register')).toMatchObject([{ on_behalf_of: 'se-77' }]);
	// The nearest step that was about the carrier, though Create names somebody else.
	expect(outcome.json('Send')).toMatchObject([{ on_behalf_of: 'se-77' }]);
});

test('an expression that gives nothing is not replaced either', async () => {
	const outcome = await sandbox.runChain(
		[merchant('A')],
		create(),
		register({ options: { onBehalfOf: '={{ $json.nothing }}' } }),
	);
	expect(outcome.json('Register')).toMatchObject([
		{ error: { errors: [{ field: 'options.onBehalfOf' }] } },
	]);
	expect(sandbox.api.state.accounts).toEqual([]);
});

test("with a key of one's own, all is for its account", async () => {
	sandbox.asOwn();
	const outcome = await sandbox.runChain([merchant('A')], register(), page('Page'), send());
	expect(outcome.json('Send')[0]).not.toHaveProperty('on_behalf_of');
	expect(behalves().map(([, whose]) => whose)).toEqual([undefined, undefined]);
});

test("an account_id is somebody else's business: only on_behalf_of names a sub-account", async () => {
	const outcome = await sandbox.runChain(
		[
			{ ...merchant('A'), account_id: 42 },
			{ ...merchant('B'), account_id: 42, on_behalf_of: '43' },
		],
		register(),
	);
	expect(outcome.json('Register')).toMatchObject([
		{ error: { errors: [{ field: 'options.onBehalfOf', code: 'no_sub_account' }] } },
		{ on_behalf_of: '43' },
	]);
	expect(behalves()).toEqual([['POST /v1/registration/stamps_com', '43']]);
});

test('a partner never registers for the own account by accident', async () => {
	const outcome = await sandbox.runChain([merchant('A')], register());
	expect(outcome.json('Register')).toMatchObject([
		{
			error: {
				message:
					"The Stamps account was not registered: 'On Behalf Of' is empty: a step with a partner's key acts for a sub-account. Set this option, or switch on 'Partner's Own Account'",
			},
		},
	]);
	expect(sandbox.calls()).toEqual([]);

	const own = { options: { partnersOwnAccount: true } };
	await sandbox.runChain([merchant('A')], register(own), page('Page'), send(own));
	expect(behalves().map(([, whose]) => whose)).toEqual([undefined, undefined]);
});

test('a registration for a sub-account that failed is not followed by a connection for the partner', async () => {
	const outcome = await sandbox.runChain(
		[merchant('A')],
		register({ options: { onBehalfOf: 'se-77' }, cardNumber: '4000000000000002' }),
		carrierStep('Connect', 'connectExisting', { nickname: 'Other' }, going),
	);
	expect(outcome.json('Connect')).toMatchObject([
		{ error: { errors: [{ code: 'funding_source_error' }] } },
	]);
	expect(sandbox.api.state.logins).toEqual([]);
});

test('a sub-account that comes with the item is acted for, as in a sub-workflow', async () => {
	const { account_id } = sandbox.api.addSubAccount({ external_account_id: 'own-A' });
	const outcome = await sandbox.runChain(
		[{ ...merchant('A'), on_behalf_of: `se-${account_id}` }],
		register(),
	);
	expect(outcome.json('Register')).toMatchObject([{ on_behalf_of: `se-${account_id}` }]);
	expect(sandbox.api.state.accounts).toMatchObject([{ onBehalfOf: `se-${account_id}` }]);
});

test.each([
	['the item is for a sub-account', { on_behalf_of: '43' }, {}],
	['a sub-account is set too', {}, { onBehalfOf: 'se-43' }],
])("the partner's own account is not taken where %s", async (_name, item, options) => {
	const outcome = await sandbox.runChain(
		[{ ...merchant('A'), ...item }],
		register({ options: { partnersOwnAccount: true, ...options } }),
	);
	expect(outcome.json('Register')).toMatchObject([
		{ error: { errors: [{ field: 'options.partnersOwnAccount', code: 'not_own_account' }] } },
	]);
	expect(sandbox.calls()).toEqual([]);
});

test.each([
	['an option', {}, { options: { onBehalfOf: 'se-43' } }, "'On Behalf Of' is set"],
	['the item', { on_behalf_of: '43' }, {}, "the item has a field 'on_behalf_of'"],
	[
		'the own account',
		{},
		{ options: { partnersOwnAccount: true } },
		"'Partner's Own Account' is on",
	],
])("with a key of one's own, %s cannot name an account", async (_what, item, set, because) => {
	sandbox.asOwn();
	const outcome = await sandbox.runChain([{ ...merchant('A'), ...item }], register(set));
	expect(outcome.json('Register')).toMatchObject([
		{
			error: {
				message: `The Stamps account was not registered: 'Key Type' must be 'Partner' in the 'ShipEngine API' credential, and the key a partner's: ${because}`,
				errors: [{ field: 'key_type', code: 'key_type_not_partner' }],
			},
		},
	]);
	expect(sandbox.calls()).toEqual([]);
});

test.each(['create', 'get', 'getAll', 'enable', 'disable'])(
	"with a key of one's own, Sub-Account → %s asks for the right key",
	async (operation) => {
		sandbox.asOwn();
		const step = subAccountStep('Step', operation, {}, going);
		const outcome = await sandbox.runChain([{ ...merchant('A'), on_behalf_of: '43' }], step);
		expect(outcome.json('Step')).toMatchObject([
			{ error: { errors: [{ field: 'key_type', code: 'key_type_not_partner' }] } },
		]);
		expect(sandbox.calls()).toEqual([]);
	},
);

test('behind a form, the message says what to set, and that works', async () => {
	const told = await sandbox.runChain([merchant('A')], create(), page('Form'), register());
	const expression = "{{ $('Create').item.json.on_behalf_of }}";
	expect(told.json('Register')).toMatchObject([
		{ error: { message: expect.stringContaining(`Set this option to ${expression}`) } },
	]);
	expect(sandbox.api.state.accounts).toEqual([]);

	const outcome = await sandbox.runChain(
		[merchant('B')],
		create(),
		page('Form'),
		register({ options: { onBehalfOf: `=${expression}` } }),
	);
	expect(outcome.json('Register')).toMatchObject([{ on_behalf_of: idOf('B') }]);
});

/** What leads from Create to Register without its sub-account. */
const ASTRAY: Array<[string, NodeJson[]]> = [
	['an Aggregate', [{ name: 'Aggregate', type: 'test.aggregate' }]],
	['a Code step', [{ name: 'Code', type: 'test.unlink' }]],
	['a Code step that links to no item', [{ name: 'Code', type: 'test.outOfRange' }]],
	['a Code step that links to no input', [{ name: 'Code', type: 'test.badInput' }]],
	['a page', [page('Page')]],
	['a page behind such a step', [{ name: 'Code', type: 'test.outOfRange' }, page('Page')]],
];

test.each(ASTRAY)('behind %s, nothing is registered for anybody', async (_what, between) => {
	for (const step of [
		create(),
		subAccountStep(
			'Get',
			'get',
			{ accountId: external('={{ $json.external_account_id }}') },
			going,
		),
		subAccountStep('Many', 'getAll', {}, going),
		subAccountStep('Enable', 'enable', { accountId: external('own-A') }, going),
	]) {
		sandbox.api.reset();
		if (step.name !== 'Create') sandbox.api.addSubAccount({ external_account_id: 'own-A' });
		const outcome = await sandbox.runChain(
			[merchant('A'), merchant('B')],
			step,
			...between,
			register({ nickname: 'Shop' }),
		);
		const told = outcome.json('Register');
		expect([step.name, told.length > 0]).toEqual([step.name, true]);
		for (const item of told) {
			expect(item).toMatchObject({ error: { errors: [{ field: 'options.onBehalfOf' }] } });
		}
		expect(sandbox.api.state.accounts).toEqual([]);
	}
});

test.each([
	['Create is disabled', create({}, { disabled: true }), 'options.onBehalfOf'],
	[
		'Get finds nobody',
		subAccountStep('Get', 'get', { accountId: external('own-X') }, going),
		'external_account_id',
	],
	[
		'Create fails, and puts out an empty item',
		create({}, { alwaysOutputData: true, onError: 'continueErrorOutput' }),
		'options.onBehalfOf',
	],
])('if %s, nothing is registered for anybody', async (_what, step, field) => {
	sandbox.api.addSubAccount({ external_account_id: 'own-A' });
	const outcome = await sandbox.runChain([merchant('A')], step, register());
	expect(outcome.json('Register')).toMatchObject([{ error: { errors: [{ field }] } }]);
	expect(sandbox.api.state.accounts).toEqual([]);
});

test('an item that never came by the step fails', async () => {
	const to = (node: string) => ({ node, type: 'main' as const, index: 0 });
	const outcome = await sandbox.run({
		nodes: [
			items('Trigger', merchant('A'), { shop: 'own', drop: true }),
			{ name: 'Theirs', type: 'test.filter' },
			replace('Others', { drop: "={{ !$('Trigger').item.json.drop }}" }),
			{ name: 'Own', type: 'test.filter' },
			create(),
			register(),
		],
		connections: {
			Trigger: { main: [[to('Theirs'), to('Others')]] },
			Others: { main: [[to('Own')]] },
			Theirs: { main: [[to('Create')]] },
			Create: { main: [[to('Register')]] },
			Own: { main: [[to('Register')]] },
		},
	});
	expect(outcome.run.data.resultData.error).toBeUndefined();
	expect(
		sandbox.api.state.accounts.map(({ onBehalfOf, body }) => [onBehalfOf, body]),
	).toMatchObject([[`se-${idOf('A')}`, { nickname: 'A' }]]);
});

test('two sub-accounts that both lead here are told apart by nobody: the item fails', async () => {
	const to = (node: string) => [{ node, type: 'main' as const, index: 0 }];
	const [one, other] = ['One', 'Other'].map((name) =>
		subAccountStep(name, 'create', { externalAccountId: name }),
	);
	const outcome = await sandbox.run({
		nodes: [
			items('Trigger', { shop: 'A' }),
			one!,
			other!,
			{ name: 'Merge', type: 'test.merge' },
			register({ nickname: 'Shop' }),
		],
		connections: {
			Trigger: { main: [[...to('One'), ...to('Other')]] },
			One: { main: [to('Merge')] },
			Other: { main: [[{ node: 'Merge', type: 'main', index: 1 }]] },
			Merge: { main: [to('Register')] },
		},
	});
	const failed = outcome.json('Register').filter(({ error }) => error);
	const made = sandbox.api.state.accounts.length;
	// As n8n links them: items of one sub-account each, or one item of both, which fails.
	expect(failed.length + made).toBe(outcome.json('Register').length);
	for (const { onBehalfOf } of sandbox.api.state.accounts) expect(onBehalfOf).toBeDefined();
});

test('sub-accounts of a list: each item acts for its own', async () => {
	const ids = ['A', 'B', 'C'].map((shop) =>
		String(sandbox.api.addSubAccount({ external_account_id: `own-${shop}` }).account_id),
	);
	const outcome = await sandbox.runChain(
		[{}],
		subAccountStep('Get Many', 'getAll'),
		register({ nickname: '={{ $json.external_account_id }}' }),
	);
	expect(outcome.json('Register').map(({ on_behalf_of }) => on_behalf_of)).toEqual(ids);
});

describe('a sub-account that is seconds old', () => {
	const wait = 60_000;

	test(
		'is waited for',
		async () => {
			sandbox.api.reset({ subAccountReadyAfter: 2 });
			const outcome = await sandbox.runChain([merchant('A')], create(), register());
			expect(outcome.json('Register')).toMatchObject([{ on_behalf_of: idOf('A') }]);
			expect(sandbox.calls().filter((call) => call.startsWith('POST /v1/reg'))).toHaveLength(3);
			expect(sandbox.api.state.accounts).toHaveLength(1);
		},
		wait,
	);

	test(
		'is waited for where its accounts are looked up first',
		async () => {
			sandbox.api.reset({ subAccountReadyAfter: 1 });
			const outcome = await sandbox.runChain(
				[merchant('A')],
				create(),
				register({ ifNicknameExists: 'returnExisting' }),
			);
			expect(outcome.json('Register')).toMatchObject([{ on_behalf_of: idOf('A') }]);
			expect(sandbox.api.state.accounts).toHaveLength(1);
		},
		wait,
	);

	test('is not waited for where it is old, but disabled', async () => {
		const old = sandbox.api.addSubAccount({ external_account_id: 'own-A' });
		old.active = false;
		const outcome = await sandbox.runChain(
			[merchant('A')],
			create({ ifExternalAccountIdExists: 'returnExisting' }),
			register(),
		);
		expect(outcome.json('Register')).toMatchObject([{ error: { http_status: 403 } }]);
		expect(sandbox.calls()).toHaveLength(2);
	});

	test(
		'is waited for where it is set by hand, and the item says how old it is',
		async () => {
			sandbox.api.reset({ subAccountReadyAfter: 1 });
			const options = { onBehalfOf: '={{ $json.account_id }}' };
			const outcome = await sandbox.runChain([merchant('A')], create(), register({ options }));
			expect(outcome.json('Register')).toMatchObject([{ on_behalf_of: idOf('A') }]);
		},
		wait,
	);

	test('is not waited for where nothing says how old it is', async () => {
		sandbox.api.reset({ subAccountReadyAfter: 1 });
		const options = { onBehalfOf: "={{ $('Create').item.json.account_id }}" };
		const outcome = await sandbox.runChain(
			[merchant('A')],
			create(),
			page('Page'),
			register({ options }),
		);
		expect(outcome.json('Register')).toMatchObject([{ error: { http_status: 403 } }]);
	});

	test('that refuses the registration itself is not asked again', async () => {
		const outcome = await sandbox.runChain(
			[merchant('A')],
			create(),
			register({ cardNumber: '4000000000000002' }),
		);
		expect(outcome.json('Register')).toMatchObject([
			{ error: { errors: [{ code: 'funding_source_error' }] } },
		]);
		expect(sandbox.calls().filter((call) => call.startsWith('POST /v1/reg'))).toHaveLength(1);
	});
});
