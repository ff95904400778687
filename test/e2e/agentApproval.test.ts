import axios from 'axios';
import type { Api } from '../../sandbox/api';
import { exampleWorkflow } from '../../sandbox/examples/contents';
import { HttpFormDriver } from '../../sandbox/forms/http';
import { type Model, startModel } from '../../sandbox/model';
import type { WorkflowFile } from '../../sandbox/n8n/api';
import type { N8n } from '../../sandbox/n8n/instance';
import { untilServed } from '../../sandbox/n8n/triggers';
import { until } from '../../sandbox/support/poll';
import { type Twilio, startTwilio } from '../../sandbox/twilio';
import { AGENT_VERSIONS, MCP_PATH, toMcp } from './support/agents';
import { McpClient } from './support/mcp';
import { type Sandbox, startSandbox } from './support/sandbox';
import { node } from './support/workflows';

/** workflows/agent-proposes.json and agent-approval.json in a real n8n, with each agent that n8n has. */

jest.setTimeout(120_000);

let sandbox: Sandbox;
let api: Api;
let n8n: N8n;
let twilio: Twilio;
let model: Model;

/** The approval with what its owner has to switch on. */
const approval = () => {
	const text = JSON.stringify({ ...exampleWorkflow('agent-approval'), id: undefined });
	return JSON.parse(
		text.replace('"maximumAmount":50', '"maximumAmount":50,"confirmLiveCharge":true'),
	) as WorkflowFile;
};

/** The agent of a version, with the workflow that it calls chosen, and started by a call in place of its clock. */
function agent(version: number, approvalId: string): WorkflowFile {
	const text = JSON.stringify({ ...exampleWorkflow('agent-proposes'), id: undefined });
	const own = JSON.parse(
		text.replace('"agentApproval"', JSON.stringify(approvalId)),
	) as WorkflowFile;
	const call = `start-${version}`;
	const start = node('Every Morning', 'n8n-nodes-base.webhook', 2, {
		webhookId: call,
		parameters: { path: call, httpMethod: 'POST' },
	});
	const nodes = own.nodes.map((each) =>
		each.name === start.name
			? start
			: { ...each, ...(each.name === 'AI Agent' && { typeVersion: version }) },
	);
	return { ...own, name: `agent ${version}`, nodes };
}

beforeAll(async () => {
	[twilio, model] = await Promise.all([startTwilio(), startModel()]);
	sandbox = await startSandbox([], {
		credentials: [twilio.credential, model.credential],
		environment: twilio.environment,
	});
	({ api, n8n } = sandbox);
	const approvalId = await n8n.api.addWorkflow(approval());
	for (const version of AGENT_VERSIONS) {
		await n8n.api.addWorkflow(agent(version, approvalId));
		await untilServed(`${n8n.url}/webhook/start-${version}`);
	}
	await n8n.api.addWorkflow(toMcp(agent(3.1, approvalId), 'AI Agent'));
}, 600_000);

afterAll(async () => {
	await sandbox?.stop();
	await Promise.all([twilio?.close(), model?.close()]);
}, 60_000);

beforeEach(() => {
	api.reset();
	twilio.messages.length = 0;
});

/** Proposes funds by a model behind an agent; what it is told. */
const PROPOSERS: Array<[string, (...proposals: object[]) => Promise<string[]>]> = [
	...AGENT_VERSIONS.map((version): (typeof PROPOSERS)[number] => [
		`Agent ${version}`,
		async (...proposals) => {
			model.asked.length = 0;
			// All in one turn, as a model may.
			model.says(proposals.map((given) => ({ name: 'Propose_Funds', arguments: given })));
			await axios.post(`${n8n.url}/webhook/start-${version}`);
			const answers = async () => (model.asked.length > 1 ? model.answers() : undefined);
			return await until('an answer to the model', answers, 30);
		},
	]),
	[
		'MCP Server Trigger',
		async (...proposals) => {
			const client = await McpClient.connect(`${n8n.url}/mcp/${MCP_PATH}`);
			const told: string[] = [];
			for (const given of proposals) told.push(await client.use('Propose_Funds', given));
			return told;
		},
	],
];

const told = () => twilio.messages.map(({ body }) => body);

const linkIn = (message: string) => /https?:\S+$/.exec(message)![0];

/** The page that a text message leads to, the newest one if none is said. */
async function openProposal(message = told().at(-1)!) {
	const form = new HttpFormDriver();
	await form.open(linkIn(message));
	const page = await form.submit({});
	return { form, page };
}

describe.each(PROPOSERS)('%s', (_name, propose) => {
	let carrier_id: string;
	beforeEach(() => {
		({ carrier_id } = api.addCarrier({ nickname: 'Shop', balance: 4 }));
	});
	const proposal = (id = carrier_id) => ({
		...{ carrier_id: id, amount: 25 },
		reason: '<b>It is low</b> & free.',
	});

	test('proposes, and only what a person approves is charged, once', async () => {
		const [answer] = await propose(proposal());
		expect(answer).toContain('A person was asked.');
		expect(told()).toEqual([
			expect.stringContaining(
				`An AI agent wants to add 25 USD to the Stamps.com account ${carrier_id}.`,
			),
		]);
		const { form, page } = await openProposal();
		expect(page.text).toContain(
			`to add 25 USD to the Stamps.com account Shop (${carrier_id}). Its balance is 4 USD.`,
		);
		expect(page.text).toContain('What the agent says: “<b>It is low</b> & free.”');
		// To open the pages, as some programs do with each link, decides nothing.
		const other = await openProposal();
		expect(api.state.charges).toEqual([]);

		const last = await form.submit({ 'Your decision': ['Approve'] });
		expect([last.title, last.text]).toEqual(['Added', '25 USD were added, the balance is 29 USD.']);
		expect(api.state.charges).toEqual([{ carrierId: carrier_id, amount: 25 }]);
		const again = await other.form.submit({ 'Your decision': ['Approve'] });
		expect(again.title).toBe('Nothing was added');
		expect((await openProposal()).page.title).toBe('There is nothing to decide');
		expect(api.state.charges).toHaveLength(1);

		// Whoever has the link can approve, and the owner's phone is nobody's business.
		const seen = JSON.stringify([model.asked, answer]);
		expect(seen).not.toContain(new URL(linkIn(told()[0]!)).search);
		expect(seen).not.toContain('5125550100');
	});

	test('for two accounts at once: both are asked about', async () => {
		const other = api.addCarrier({ nickname: 'Other', balance: 3 }).carrier_id;
		await propose(proposal(), proposal(other));
		await until('both text messages', async () => told()[1], 30);
		for (const message of told()) {
			const { form } = await openProposal(message);
			await form.submit({ 'Your decision': ['Approve'] });
		}
		expect(api.state.charges.map(({ carrierId }) => carrierId).sort()).toEqual(
			[carrier_id, other].sort(),
		);
	});

	test('while a proposal waits, the next for the same account asks nobody', async () => {
		await propose(proposal());
		const [answer] = await propose(proposal());
		expect(answer).toContain('This was proposed already, and waits for a person.');
		expect(told()).toHaveLength(1);
		const { form } = await openProposal();
		await form.submit({ 'Your decision': ['Decline'] });
		expect(api.state.charges).toEqual([]);
		// Decided: it may be proposed anew.
		await propose(proposal());
		expect(told()).toHaveLength(2);
	});

	test('what the API refuses, the page tells', async () => {
		api.faults.add({ operation: 'addFunds', kind: 'refusal', message: 'It is not enabled.' });
		await propose(proposal());
		const { form } = await openProposal();
		const last = await form.submit({ 'Your decision': ['Approve'] });
		expect([last.title, last.text]).toEqual([
			'Not added',
			'The funds were not added: It is not enabled.',
		]);
	});

	test('an account that does not exist is asked of nobody', async () => {
		const [answer] = await propose(proposal('se-7'));
		expect(answer).toContain('There is no such carrier on this account.');
		expect(told()).toEqual([]);
	});
});

test('a link that nobody was sent shows nothing', async () => {
	const form = new HttpFormDriver();
	await form.open(`${n8n.url}/form/approve-agent-proposal?link=guessed`);
	expect((await form.submit({})).title).toBe('There is nothing to decide');
});
