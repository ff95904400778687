import axios from 'axios';
import type { IConnections, IDataObject, INode } from 'n8n-workflow';
import { type Api, SANDBOX_KEY, startApi } from '../../sandbox/api';
import { apiCredential } from '../../sandbox/examples/contents';
import { CARD, REGISTRANT, inPanel } from '../../sandbox/examples/person';
import type { Execution, WorkflowFile } from '../../sandbox/n8n/api';
import { installN8n } from '../../sandbox/n8n/install.cjs';
import { type N8n, startN8n } from '../../sandbox/n8n/instance';
import { untilServed } from '../../sandbox/n8n/triggers';
import { until } from '../../sandbox/support/poll';
import { type Twilio, startTwilio } from '../../sandbox/twilio';
import { node } from './support/workflows';

// n8n's own steps between Register and Send, in a real n8n: who is texted, with one item and with three.

jest.setTimeout(120_000);

const base = (name: string, type: string, version: number, parameters: object = {}) =>
	node(name, `n8n-nodes-base.${type}`, version, { parameters: parameters as INode['parameters'] });

const code = (jsCode: string, parameters: object = {}) =>
	base('Between', 'code', 2, { jsCode, ...parameters });

const set = (jsonOutput: string, name = 'Between') =>
	base(name, 'set', 3.4, { mode: 'raw', jsonOutput, options: {} });

/** A workflow that gives each item back without anything in it, or in another order. */
const sub = (name: string, ...steps: INode[]): WorkflowFile => {
	const nodes = [
		base('Start', 'executeWorkflowTrigger', 1.1, { inputSource: 'passthrough' }),
		...steps,
	];
	return { name, nodes, connections: inARow(nodes), settings: { executionOrder: 'v1' as const } };
};

const inARow = (nodes: INode[]): IConnections =>
	Object.fromEntries(
		nodes
			.slice(0, -1)
			.map(({ name }, index) => [
				name,
				{ main: [[{ node: nodes[index + 1]!.name, type: 'main' as const, index: 0 }]] },
			]),
	);

/** The sub-workflows come first: the others name them by their IDs. */
const SUBS = [
	sub('empties', set('={{ {} }}', 'Empty')),
	sub('turns', code('return $input.all().reverse().map(() => ({ json: {} }));')),
];

const call = (id: string, mode: string) =>
	base('Between', 'executeWorkflow', 1.2, {
		workflowId: { __rl: true, mode: 'id', value: id },
		mode,
		options: {},
	});

const TABLE = 'Whose items';

const tableStep = (name: string, parameters: object) => base(name, 'dataTable', 1.1, parameters);

const makeTable = tableStep('Table', {
	resource: 'table',
	operation: 'create',
	tableName: TABLE,
	columns: { column: [{ name: 'shop', type: 'string' }] },
	options: { createIfNotExists: true },
});

/** Writes the shop, and so puts out a row of the table in place of the item. */
const row = tableStep('Between', {
	operation: 'insert',
	dataTableId: { __rl: true, mode: 'name', value: TABLE },
	columns: {
		mappingMode: 'defineBelow',
		value: { shop: "={{ $('Items').item.json.shop }}" },
		matchingColumns: [],
		schema: [
			{
				id: 'shop',
				displayName: 'shop',
				required: false,
				defaultMatch: false,
				display: true,
				type: 'string',
				canBeUsedToMatch: true,
			},
		],
	},
	options: {},
});

const twilioStep: INode = {
	...base('Between', 'twilio', 1, {
		from: '+15005550006',
		to: '=+1{{ $json.phone }}',
		message: 'Hello',
		options: {},
	}),
	credentials: { twilioApi: { id: null, name: 'Twilio account' } },
} as unknown as INode;

type Ending = 'right' | 'item_link_guessed' | 'item_link_lost' | 'several_items';

/** What stands between, and what becomes of three items; one alone is always texted. */
const BETWEEN: Array<[string, (ids: string[]) => INode[], Ending]> = [
	['Set', () => [set('={{ {} }}')], 'right'],
	['Data Table', () => [row], 'right'],
	['Twilio', () => [twilioStep], 'right'],
	[
		'Wait for a second',
		() => [base('Between', 'wait', 1.1, { amount: 1, unit: 'seconds' }), set('={{ {} }}', 'After')],
		'right',
	],
	[
		'Code for each item',
		() => [code('return { json: {} };', { mode: 'runOnceForEachItem' })],
		'right',
	],
	[
		'Code for all items, with links',
		() => [
			code(
				'return $input.all().map((item, index) => ({ json: {}, pairedItem: index })).reverse();',
			),
		],
		'right',
	],
	[
		'Code for all items, with names',
		() => [
			code('return $input.all().map((item) => ({ json: { nickname: item.json.nickname } }));'),
		],
		'right',
	],
	[
		'Code for all items',
		() => [code('return $input.all().map(() => ({ json: {} }));')],
		'item_link_guessed',
	],
	[
		'Code for all items, in another order',
		() => [code('return $input.all().reverse().map(() => ({ json: {} }));')],
		'item_link_guessed',
	],
	['Code that gives one item', () => [code('return [{ json: {} }];')], 'item_link_guessed'],
	[
		'Code that gives more items',
		() => [code('return [...$input.all(), ...$input.all()].map(() => ({ json: {} }));')],
		'item_link_lost',
	],
	['a sub-workflow for each item', ([empties]) => [call(empties!, 'each')], 'right'],
	['a sub-workflow, once', ([empties]) => [call(empties!, 'once')], 'item_link_guessed'],
	[
		'a sub-workflow, once, that turns them round',
		([, turns]) => [call(turns!, 'once')],
		'item_link_guessed',
	],
	[
		'Sort',
		() => [
			base('Sorted', 'sort', 1, {
				sortFieldsUi: { sortField: [{ fieldName: 'nickname', order: 'descending' }] },
				options: {},
			}),
			set('={{ {} }}'),
		],
		'right',
	],
	[
		'Aggregate',
		() => [
			base('Between', 'aggregate', 1, { aggregate: 'aggregateAllItemData', options: {} }),
			set('={{ {} }}', 'After'),
		],
		'several_items',
	],
];

const shipEngine = (name: string, operation: string, parameters: object = {}) =>
	node(name, 'n8n-nodes-shipengine.shipEngine', 1, {
		onError: 'continueRegularOutput',
		parameters: { resource: 'stampsAccount', operation, ...parameters } as INode['parameters'],
		credentials: { shipEngineApi: { id: null, name: 'ShipEngine account' } },
	});

const register = shipEngine('Register', 'register', {
	cardSource: 'parameters',
	...inPanel<string | boolean>(REGISTRANT),
	...inPanel(CARD),
	nickname: '={{ $json.shop }}',
	email: '={{ $json.shop }}@example.com',
	phone: '={{ $json.number }}',
	ifNicknameExists: 'registerAnother',
});

const webhook = (path: string): INode => ({
	...base('Webhook', 'webhook', 2, {
		path,
		httpMethod: 'POST',
		responseMode: 'lastNode',
		responseData: 'allEntries',
	}),
	webhookId: path,
});

const served = (name: string, steps: INode[]): WorkflowFile => {
	const nodes = [webhook(name), ...steps];
	return { name, nodes, connections: inARow(nodes), settings: { executionOrder: 'v1' as const } };
};

const workflowOf = (path: string, between: INode[]) =>
	served(path, [
		base('Items', 'splitOut', 1, { fieldToSplitOut: 'body.items' }),
		register,
		...between,
		shipEngine('Send', 'sendVerification'),
	]);

/** Where it stands among the workflows that n8n is started with. */
const PAUSE = SUBS.length + 1;

const pause = workflowOf('pause', [
	set('={{ { resumeUrl: $execution.resumeUrl } }}', 'Address'),
	base('Between', 'wait', 1.1, { resume: 'webhook', httpMethod: 'POST', options: {} }),
]);
Object.assign(pause.nodes[0]!.parameters, { responseMode: 'onReceived' });

let api: Api;
let n8n: N8n;
let twilio: Twilio;

beforeAll(async () => {
	api = await startApi();
	twilio = await startTwilio();
	n8n = await startN8n(await installN8n('2.41.1'), {
		credentials: [apiCredential({ apiKey: SANDBOX_KEY, baseUrl: api.url }), twilio.credential],
		workflows: [...SUBS, served('make-table', [makeTable]), pause],
		environment: twilio.environment,
	});
	await axios.post(`${n8n.url}/webhook/make-table`, {});
	for (const [index, [, between]] of BETWEEN.entries()) {
		await n8n.api.addWorkflow(workflowOf(`between-${index}`, between(n8n.workflowIds)));
		await untilServed(`${n8n.url}/webhook/between-${index}`);
	}
}, 600_000);

afterAll(async () => {
	await n8n?.stop();
	await twilio?.close();
	await api?.close();
}, 60_000);

beforeEach(() => api.reset());

const SHOPS = ['A', 'B', 'C'].map((shop, index) => ({ shop, number: `512555010${index}` }));

/** Whom each text went to, and for whose account. */
const texts = () =>
	api.state.verifications
		.map(({ carrierId, phone }) => [
			api.state.carriers().find(({ carrier_id }) => carrier_id === carrierId)!.nickname,
			phone,
		])
		.sort();

const wanted = (shops: typeof SHOPS) => shops.map(({ shop, number }) => [shop, number]);

describe.each(BETWEEN.map(([what, , ending], index) => [what, ending, index] as const))(
	'behind %s',
	(_what, ending, index) => {
		const run = async (items: typeof SHOPS) =>
			(await axios.post<IDataObject[]>(`${n8n.url}/webhook/between-${index}`, { items })).data;

		test('one item is texted, at least once and nobody else', async () => {
			await run(SHOPS.slice(0, 1));
			expect(new Set(texts().map((text) => text.join()))).toEqual(new Set(['A,5125550100']));
		});

		test(`three items: ${ending}`, async () => {
			const outputs = await run(SHOPS);
			if (ending === 'right') {
				expect(texts()).toEqual(wanted(SHOPS));
				return;
			}
			expect(texts()).toEqual([]);
			for (const { error } of outputs) {
				expect(error).toMatchObject({ errors: [{ code: ending }, { code: ending }] });
			}
			expect(outputs.length).toBeGreaterThan(0);
		});
	},
);

describe('a Wait that makes one item of many', () => {
	const codes = async (items: typeof SHOPS) => {
		const id = n8n.workflowIds[PAUSE]!;
		const before = (await n8n.api.latestExecution(id))?.id;
		await axios.post(`${n8n.url}/webhook/pause`, { items });
		const reach = async (status: string) =>
			await until(
				`a run that is ${status}`,
				async () => {
					const latest = await n8n.api.latestExecution(id);
					return latest?.id !== before && latest?.status === status ? latest : undefined;
				},
				30,
			);
		const outputOf = ({ data }: Execution, step: string) =>
			data.resultData.runData[step]?.at(-1)?.data?.main?.[0]?.map(({ json }) => json) ?? [];
		const [address] = outputOf(await reach('waiting'), 'Address');
		await axios.post(String(address?.resumeUrl), {});
		return outputOf(await reach('success'), 'Send');
	};

	test('one person is texted', async () => {
		await codes(SHOPS.slice(0, 1));
		expect(texts()).toEqual(wanted(SHOPS.slice(0, 1)));
	});

	test('of three, nobody is, and the item says how it is done', async () => {
		const outputs = await codes(SHOPS);
		expect(outputs).toMatchObject([
			{
				error: {
					message: expect.stringContaining('or use one run for each person'),
					errors: [{ code: 'item_link_guessed' }, { code: 'item_link_guessed' }],
				},
			},
		]);
		expect(texts()).toEqual([]);
	});
});
