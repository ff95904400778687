import { chain, going, items, type NodeJson, replace, step } from './support/engine';
import { REGISTRATION, useApi } from './support/fixtures';

const sandbox = useApi();
const register = (name = 'Register', parameters = {}) =>
	step(name, 'register', { ...REGISTRATION, nickname: '={{ $json.shop }}', ...parameters });
const send = (parameters = {}, name = 'Send') => step(name, 'sendVerification', parameters, going);
const confirm = (parameters = {}) => step('Confirm', 'confirmVerification', parameters, going);

const filter: NodeJson = { name: 'Filter', type: 'test.filter' };

/** The carrier of a nickname. */
const carrierOf = (nickname: string) =>
	sandbox.api.state.carriers().find((carrier) => carrier.nickname === nickname)?.carrier_id;

/** A form page that gives each item the code that was texted for it. */
const codePage = (phones: string[]): NodeJson =>
	replace('Code page', `={{ { verification_code: ${JSON.stringify(phones)}[$itemIndex] } }}`);

test('the three steps, connected and not configured, carry everything themselves', async () => {
	const outcome = await sandbox.runChain([{ shop: 'One' }], register(), send());
	expect(outcome.json('Send')).toMatchObject([
		{ carrier_id: carrierOf('One'), status: 'unverified' },
	]);
});

test('each item keeps its own carrier through pages that replace the items', async () => {
	const outcome = await sandbox.runChain(
		[{ shop: 'One' }, { shop: 'Two' }, { shop: 'Three' }],
		register(),
		replace('Page', { thanks: true }),
		send(),
		replace('Code page', { verification_code: '000000' }),
		confirm(),
	);
	const expected = ['One', 'Two', 'Three'].map((shop) => ({ carrier_id: carrierOf(shop) }));
	expect(outcome.json('Send')).toMatchObject(expected);
	// The code is wrong for all three, which fails each with its own carrier.
	expect(outcome.json('Confirm')).toMatchObject(expected.map((error) => ({ error })));
	expect(sandbox.calls().slice(-3)).toEqual(
		outcome
			.json('Send')
			.map(
				({ carrier_id, verification_id }) =>
					`PUT /v1/connections/carriers/stamps_com/${String(carrier_id)}/verification/${String(verification_id)}`,
			),
	);
});

test('what is left after a filter keeps its own carrier', async () => {
	const outcome = await sandbox.runChain(
		[{ shop: 'One' }, { shop: 'Two' }, { shop: 'Three' }],
		register(),
		replace('Page', '={{ { drop: $itemIndex === 0 } }}'),
		filter,
		send(),
	);
	expect(outcome.json('Send')).toMatchObject([
		{ carrier_id: carrierOf('Two') },
		{ carrier_id: carrierOf('Three') },
	]);
});

test('a value of the item itself goes before an earlier step’s', async () => {
	const { carrier_id } = sandbox.api.addCarrier({ nickname: 'Other' });
	const outcome = await sandbox.runChain(
		[{ shop: 'One' }],
		register(),
		replace('Page', { carrier_id, phone: '5125550100' }),
		send(),
	);
	expect(outcome.json('Send')).toMatchObject([{ carrier_id, phone: '5125550100' }]);
});

test('the nearest of several earlier steps is asked first', async () => {
	const outcome = await sandbox.runChain(
		[{ shop: 'One' }],
		register('First'),
		register('Second', { nickname: 'Two' }),
		replace('Page', {}),
		send(),
	);
	expect(outcome.json('Send')).toMatchObject([{ carrier_id: carrierOf('Two') }]);
});

test('a disabled step is passed over', async () => {
	const outcome = await sandbox.runChain(
		[{ shop: 'One' }],
		register('First'),
		{ ...register('Second', { nickname: 'Two' }), disabled: true },
		replace('Page', {}),
		send(),
	);
	expect(outcome.json('Send')).toMatchObject([{ carrier_id: carrierOf('One') }]);
});

test('what a disabled step lets through is not taken for its own', async () => {
	const outcome = await sandbox.runChain(
		[{ shop: 'One' }],
		register('First'),
		replace('Page', { carrier_id: 'se-of-the-page' }),
		{ ...register('Second'), disabled: true },
		replace('Another page', {}),
		send(),
	);
	expect(outcome.json('Send')).toMatchObject([{ carrier_id: carrierOf('One') }]);
});

test('steps that are connected in a circle are each asked once', async () => {
	const workflow = {
		nodes: [
			items('Trigger', { shop: 'One' }),
			register(),
			send(),
			codePage(['000000']),
			{ ...confirm(), onError: 'continueErrorOutput' as const },
			replace('Retry page', { drop: true }),
			filter,
		],
		connections: {
			...chain('Trigger', 'Register', 'Send', 'Code page', 'Confirm'),
			Confirm: { main: [[], [{ node: 'Retry page', type: 'main' as const, index: 0 }]] },
			...chain('Retry page', 'Filter', 'Code page'),
		},
	};
	const outcome = await sandbox.run(workflow);
	expect(outcome.json('Confirm', 1)).toMatchObject([
		{ error: { errors: [{ code: 'verification_failure' }], carrier_id: carrierOf('One') } },
	]);
});

test('names with quotes, braces and letters of any script are found', async () => {
	const name = `R"e'g\\i}}st{{er — 登録`;
	const outcome = await sandbox.runChain(
		[{ shop: 'One' }],
		register(name),
		replace('Page', {}),
		send(),
	);
	expect(outcome.json('Send')).toMatchObject([{ carrier_id: carrierOf('One') }]);
});

describe('two steps that are equally near', () => {
	const fork = (second: NodeJson) => ({
		nodes: [items('Trigger', { shop: 'One' }), register('A'), second, replace('Page', {}), send()],
		connections: {
			Trigger: {
				main: [
					[
						{ node: 'A', type: 'main' as const, index: 0 },
						{ node: second.name, type: 'main' as const, index: 0 },
					],
				],
			},
			...chain('A', 'Page', 'Send'),
			...chain(second.name, 'Page'),
		},
	});

	test('are told apart by which of them ran last for the item', async () => {
		// Both are one connection back: B, which ran before A, and A.
		const workflow = {
			nodes: [
				items('Trigger', { shop: 'One' }),
				register('B', { nickname: 'Two' }),
				register('A', { nickname: 'One' }),
				replace('Page', {}),
				send(),
			],
			connections: {
				...chain('Trigger', 'B', 'A', 'Page', 'Send'),
				B: {
					main: [
						[{ node: 'A', type: 'main' as const, index: 0 }],
						[{ node: 'Page', type: 'main' as const, index: 0 }],
					],
				},
			},
		};
		const outcome = await sandbox.run(workflow);
		expect(outcome.json('Send')).toMatchObject([{ carrier_id: carrierOf('One') }]);
	});

	test('of which one has not run leave the value to the other', async () => {
		const workflow = fork({ ...register('B'), type: 'test.replace', parameters: { json: {} } });
		const outcome = await sandbox.run(workflow);
		expect(outcome.run.data.resultData.runData.Send?.[0]?.data?.main?.[0]).toMatchObject([
			{ json: { carrier_id: carrierOf('One') } },
		]);
	});
});

describe('where no earlier step knows the value, nothing is asked of the API', () => {
	test('no earlier step', async () => {
		const outcome = await sandbox.runChain([{}], send());
		expect(outcome.json('Send')).toEqual([
			{
				error: expect.objectContaining({
					message: 'The verification code was not sent: 2 fields need to be corrected',
					errors: [
						{
							code: 'not_in_item_or_step',
							field: 'carrier_id',
							message:
								"'Carrier' is empty: the item has no field 'carrier_id', and no earlier step gave one for it. It comes from Register Stamps Account",
						},
						{
							code: 'not_in_item_or_step',
							field: 'phone',
							message:
								"'Phone' is empty: the item has no field 'phone', and no earlier step gave one for it. It comes from Register Stamps Account",
						},
					],
				}),
			},
		]);
		expect(sandbox.calls()).toEqual([]);
	});

	test('an earlier step that failed', async () => {
		const outcome = await sandbox.runChain(
			[{ shop: 'One' }],
			{ ...register('Register', { phone: '1' }), ...going },
			replace('Page', { thanks: true }),
			send(),
		);
		expect(outcome.json('Send')).toMatchObject([
			{ error: { errors: [{ field: 'carrier_id' }, {}] } },
		]);
		expect(sandbox.calls()).toEqual([]);
	});

	test('items that are not linked', async () => {
		const outcome = await sandbox.runChain(
			[{ shop: 'One' }, { shop: 'Two' }],
			register(),
			{ name: 'Code', type: 'test.unlink' },
			send(),
		);
		expect(outcome.json('Send')).toHaveLength(4);
		expect(outcome.json('Send')).toMatchObject(
			Array(4).fill({ error: { errors: [{ field: 'carrier_id' }, { field: 'phone' }] } }),
		);
		expect(sandbox.calls().filter((call) => call.includes('verification'))).toEqual([]);
	});

	test('the code, which only a person has', async () => {
		const outcome = await sandbox.runChain([{ shop: 'One' }], register(), send(), confirm());
		expect(outcome.json('Confirm')).toMatchObject([
			{
				error: {
					message: expect.stringContaining("'Verification Code' is empty"),
					errors: [{ field: 'verification_code' }],
					carrier_id: carrierOf('One'),
				},
			},
		]);
	});
});

test.each([
	[
		'an expression of the user’s own',
		{ carrierId: { __rl: true, mode: 'id', value: '={{ $json.other }}' } },
	],
	[
		'the default expression with a change',
		{ carrierId: { __rl: true, mode: 'id', value: '={{ $json.carrier_id ?? "" }}' } },
	],
	['nothing picked from the list', { carrierId: { __rl: true, mode: 'list', value: '={{ "" }}' } }],
])('%s is never replaced by an earlier step’s value', async (_what, parameters) => {
	const outcome = await sandbox.runChain(
		[{ shop: 'One' }],
		register(),
		replace('Page', {}),
		send(parameters),
	);
	expect(outcome.json('Send')).toMatchObject([
		{
			error: {
				errors: [
					{
						field: 'carrier_id',
						message: "'Carrier' is empty: what it is set to gave nothing for this item",
					},
				],
			},
		},
	]);
	expect(sandbox.calls()).toHaveLength(1);
});

test('an error branch that loops back to the code page keeps the carrier', async () => {
	const workflow = {
		nodes: [
			items('Trigger', { shop: 'One', first: true }),
			register(),
			send(),
			codePage(['000000']),
			{ ...confirm(), onError: 'continueErrorOutput' as const },
			replace('Retry page', {}),
			send({}, 'Send again'),
		],
		connections: {
			...chain('Trigger', 'Register', 'Send', 'Code page', 'Confirm'),
			Confirm: { main: [[], [{ node: 'Retry page', type: 'main' as const, index: 0 }]] },
			...chain('Retry page', 'Send again'),
		},
	};
	const outcome = await sandbox.run(workflow);
	expect(outcome.json('Send again')).toMatchObject([
		{ carrier_id: carrierOf('One'), phone: '1111111111' },
	]);
});
