import axios from 'axios';
import type { Api } from '../../sandbox/api';
import { PHONE, REGISTRANT } from '../../sandbox/examples/person';
import { type Call, type Model, type OfferedTool, startModel } from '../../sandbox/model';
import type { N8n } from '../../sandbox/n8n/instance';
import { AGENT_VERSIONS, LOGIN, MCP_PATH, TOOLS, agentWorkflow, toMcp } from './support/agents';
import { McpClient } from './support/mcp';
import { type Sandbox, startSandbox } from './support/sandbox';

/** The node as a tool of each agent that n8n 2.41.1 has, with a model that wants what a test says. */

jest.setTimeout(60_000);

let sandbox: Sandbox;
let api: Api;
let n8n: N8n;
let model: Model;

beforeAll(async () => {
	model = await startModel();
	const workflows = AGENT_VERSIONS.flatMap((version) => [
		agentWorkflow(version),
		agentWorkflow(version, { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 }),
	]);
	sandbox = await startSandbox([], {
		credentials: [model.credential, LOGIN],
		workflows: [...workflows, toMcp(agentWorkflow(3.1), 'Agent')],
	});
	({ api, n8n } = sandbox);
}, 600_000);

afterAll(async () => {
	await sandbox?.stop();
	await model?.close();
}, 60_000);

beforeEach(() => {
	api.reset();
});

/** Has an agent that works on items call tools, one after another; what the model is told of each. */
async function byAgent(workflow: string, items: object[], ...calls: Call[]): Promise<string[]> {
	model.asked.length = 0;
	model.says(...calls.map((call) => [call]));
	await axios.post(`${n8n.url}/webhook/${workflow}`, { items });
	return model.asked
		.flatMap(({ messages }) => (messages.at(-1)?.role === 'tool' ? messages.slice(-1) : []))
		.map(({ content }) => content);
}

/** The same by a model that sits elsewhere. */
async function byMcp(...calls: Call[]): Promise<string[]> {
	const client = await McpClient.connect(`${n8n.url}/mcp/${MCP_PATH}`);
	const told: string[] = [];
	for (const { name, arguments: given } of calls) told.push(await client.use(name, given));
	return told;
}

type Asking = (...calls: Call[]) => Promise<string[]>;

const AGENTS: Array<[string, Asking, () => Promise<OfferedTool[]>]> = [
	...AGENT_VERSIONS.map((version): (typeof AGENTS)[number] => [
		`Agent ${version}`,
		async (...calls) => await byAgent(`agent-${version}`, [{}], ...calls),
		async () => {
			await byAgent(`agent-${version}`, [{}]);
			return model.asked[0]!.tools;
		},
	]),
	[
		'MCP Server Trigger',
		byMcp,
		async () => await (await McpClient.connect(`${n8n.url}/mcp/${MCP_PATH}`)).tools(),
	],
];

const call = (name: string, given: object = {}): Call => ({ name, arguments: given });

const checked = () =>
	api.requests.map(({ body }) => (body as { carrier_ids?: string[] }).carrier_ids?.[0]);

/** What a model may be told of a tool that failed: with Agent 2.2, n8n tells it nothing at all. */
const failure = (agent: string, message: string) =>
	agent === 'Agent 2.2' ? '' : (expect.stringContaining(message) as string);

describe.each(AGENTS)('%s', (agent, ask, offered) => {
	test('is offered each tool by its name, what it does, and what the user lets it define', async () => {
		const told = (await offered()).map(({ name, description, parameters }) => {
			const { properties } = parameters as { properties: object };
			return [name, description, Object.keys(properties).join(', ')].join(' | ');
		});
		expect(told.sort()).toEqual([
			'Add_Funds | Add funds to carrier in ShipEngine | carrier_id',
			'Check | Check carrier in ShipEngine | carrier_id',
			'Check_Anyone | Check carrier in ShipEngine | ',
			'Check_Gently | Check carrier in ShipEngine | carrier_id',
			'Check_Mine | Check carrier in ShipEngine | ',
			'Confirm | Confirm verification of stamps account in ShipEngine | carrier_id, verification_id, code',
			'Disconnect | Disconnect carrier in ShipEngine | carrier_id',
			'Register | Register stamps account with payment card in ShipEngine | nickname',
			'Register_Anything | Register stamps account with payment card in ShipEngine | ',
			'Register_by_Model | Register stamps account with payment card in ShipEngine | nickname, agree',
			'Send | Send verification to stamps account in ShipEngine | carrier_id, phone',
			'Update_Login | Update login of carrier in ShipEngine | carrier_id',
		]);
		expect(told).toHaveLength(TOOLS.length);
	});

	test('registers, texts and verifies', async () => {
		const [registered] = await ask(call('Register', { nickname: 'Shop' }));
		const [{ carrier_id }] = JSON.parse(registered!) as [{ carrier_id: string }];
		const [sent] = await ask(call('Send', { carrier_id, phone: PHONE }));
		const [{ verification_id }] = JSON.parse(sent!) as [{ verification_id: string }];
		const code = api.codeFor(PHONE);
		await ask(call('Confirm', { carrier_id, verification_id, code }));
		expect(api.state.accounts).toMatchObject([{ carrierId: carrier_id }]);
		expect(api.state.verifications).toMatchObject([{ carrierId: carrier_id, status: 'verified' }]);
	});

	test.each([
		['Add_Funds', 'The funds were not added: an AI agent may not do this.'],
		['Disconnect', 'The carrier was not disconnected: an AI agent may not do this.'],
		['Update_Login', 'The login was not updated: an AI agent may not do this.'],
		['Check_Anyone', "'Carrier' has $json in it, where a model can put anything."],
		['Register_by_Model', "'Agree to Carrier Terms' must be set by a person in the tool"],
		['Register_Anything', "'Data Mode' must be 'defineBelow'"],
	])('%s: nothing is sent, whatever the model says', async (tool, message) => {
		const { carrier_id } = api.addCarrier({ nickname: 'Other', balance: 50 });
		const said = {
			...{ ...REGISTRANT, nickname: 'Shop', carrier_id, on_behalf_of: 'se-5', amount: 20 },
			...{ agree: true, agree_to_carrier_terms: true, agreeToCarrierTerms: true },
			...{ confirmLiveCharge: true, operation: 'check', cardSource: 'none' },
		};
		expect(await ask(call(tool, said))).toEqual([failure(agent, message)]);
		expect(api.requests).toEqual([]);
	});

	test('what it says beside what it is asked for counts for nothing', async () => {
		const own = api.addCarrier({ nickname: 'Own' }).carrier_id;
		const other = api.addCarrier({ nickname: 'Other' }).carrier_id;
		await ask(call('Check', { carrier_id: own, carrierId: other, on_behalf_of: 'se-5' }));
		expect(checked()).toEqual([own]);
		expect(api.requests[0]!.headers).not.toHaveProperty('on-behalf-of');
	});

	test('is told what is wrong, what the API says, and when to stop', async () => {
		const { carrier_id } = api.addCarrier({ nickname: 'Shop' });
		expect(await ask(call('Send', { carrier_id: 'Shop', phone: '1' }))).toEqual([
			failure(agent, "'Carrier' must be a carrier ID"),
		]);
		expect(api.requests).toEqual([]);
		expect(await ask(call('Check', { carrier_id: 'se-7' }))).toEqual([
			failure(agent, 'There is no such carrier on this account.'),
		]);
		api.faults.add({ operation: 'send', kind: 'dropAfter' });
		expect(await ask(call('Send', { carrier_id, phone: PHONE }))).toEqual([
			failure(agent, 'Do not try it again before a person has looked.'),
		]);
	});
});

test.each(AGENTS)(
	'%s is told of a failure by a tool that is set to continue',
	async (_agent, ask) => {
		expect(await ask(call('Check_Gently', { carrier_id: 'se-7' }))).toEqual([
			expect.stringContaining('There is no such carrier on this account.'),
		]);
	},
);

describe.each(AGENT_VERSIONS)('Agent %s with several items', (version) => {
	const items = () =>
		['One', 'Two'].map((nickname) => ({ carrier_id: api.addCarrier({ nickname }).carrier_id }));

	test('of one item, another step’s own is checked', async () => {
		const [own] = items();
		await byAgent(`agent-${version}`, [own!], call('Check_Mine'));
		expect(checked()).toEqual([own!.carrier_id]);
	});

	test('of two items, none is checked for another', async () => {
		const both = items();
		const told = await byAgent(`agent-${version}`, both, call('Check_Mine'), call('Check_Mine'));
		expect(checked()).toEqual([]);
		const why = failure(`Agent ${version}`, 'n8n may take the first one for all');
		expect(told).toEqual(told.map(() => why));
	});
});

test.each(AGENT_VERSIONS)(
	'Agent %s, tried again after the model failed: nothing is registered twice',
	async (version) => {
		const register = call('Register', { nickname: 'Shop' });
		const { accounts } = api.state;
		model.says([register], new Error('The model is down.'), [register]);
		await axios.post(`${n8n.url}/webhook/agent-${version}-retried`, { items: [{}] });
		expect(accounts).toHaveLength(1);
		// The second call is told of the account as its own.
		expect(model.answers().join('')).toContain(accounts[0]!.carrierId);
		expect(api.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
	},
);
