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
import { AGENT_VERSIONS, toMcp } from './support/agents';
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
let approvalId: string;
/** The workflow of each version's agent. */
const agentIds = new Map<number, string>();

/** The approval with what its owner has to switch on. */
const approval = () => {
	const text = JSON.stringify({ ...exampleWorkflow('agent-approval'), id: undefined });
	return JSON.parse(
		text.replace('"maximumAmount":50', '"maximumAmount":50,"confirmLiveCharge":true'),
	) as WorkflowFile;
};

/** The agent of a version, with the workflow that it calls chosen, and started by a call in place of its clock. */
function agent(version: number): WorkflowFile {
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
	approvalId = await n8n.api.addWorkflow(approval());
	for (const version of AGENT_VERSIONS) {
		agentIds.set(version, await n8n.api.addWorkflow(agent(version)));
		await untilServed(`${n8n.url}/webhook/start-${version}`);
	}
	await n8n.api.addWorkflow(toMcp(agent(3.1), 'AI Agent'));
}, 600_000);

afterAll(async () => {
	await sandbox?.stop();
	await Promise.all([twilio?.close(), model?.close()]);
}, 60_000);

beforeEach(() => {
	api.reset();
	twilio.messages.length = 0;
});

/** What a model is told, once it is told something; the last one waits for the end of the run. */
type Answer = () => Promise<string>;

/** Proposes funds by a model behind an agent. */
const PROPOSERS: Array<[string, (given: object) => Promise<Answer>]> = [
	...AGENT_VERSIONS.map((version): (typeof PROPOSERS)[number] => [
		`Agent ${version}`,
		async (given) => {
			model.asked.length = 0;
			model.says([{ name: 'Propose_Funds', arguments: given }]);
			await axios.post(`${n8n.url}/webhook/start-${version}`);
			// From version 3 on, the agent's run waits for the person, and is told what came of it.
			if (version >= 3) await untilWaiting(agentIds.get(version)!);
			return async () => {
				const isTold = async () => model.answers().join('\n') || undefined;
				return await until('an answer to the model', isTold, 30);
			};
		},
	]),
	[
		'MCP Server Trigger',
		async (given) => {
			const client = await McpClient.connect(`${n8n.url}/mcp/shipengine-tools`);
			const answer = await client.use('Propose_Funds', given);
			return async () => answer;
		},
	],
];

/** Resolves once a workflow's newest run waits, or has ended. */
async function untilWaiting(workflowId: string): Promise<void> {
	const isWaiting = async () => {
		const status = (await n8n.api.newest(workflowId))?.status;
		return (status !== undefined && !['new', 'running'].includes(status)) || undefined;
	};
	await until('the run to wait', isWaiting, 30);
}

const told = () => twilio.messages.map(({ body }) => body);

/** The page that the newest text message leads to. */
async function openPage() {
	const message = await until('a text message', async () => told()[0], 30);
	await untilWaiting(approvalId);
	const form = new HttpFormDriver();
	const page = await form.open(/https?:\S+$/.exec(message)![0]);
	return { form, page, message };
}

/** Fails if a model was told where to approve. */
function expectNoLink(message: string, answer: string): void {
	const { pathname, search } = new URL(/https?:\S+$/.exec(message)![0]);
	// n8n 2.41 signs it, so that nobody can guess it.
	expect(search).toMatch(/signature=\w{20}/);
	const seen = JSON.stringify(model.asked) + answer;
	expect(seen).not.toContain(pathname);
	expect(seen).not.toContain('5125550100');
}

/** What an agent is told whose run does not wait. */
const PAUSED = /Sub-workflow is paused .*Do not call this tool again/;

describe.each(PROPOSERS)('%s', (name, propose) => {
	const isWaiting = name.startsWith('Agent 3');
	let carrier_id: string;
	beforeEach(() => {
		({ carrier_id } = api.addCarrier({ nickname: 'Shop', balance: 4 }));
	});
	const proposal = () => ({ carrier_id, amount: 25, reason: '<b>It is low</b> & free.' });

	test('proposes, and only what a person approves is charged', async () => {
		const answer = await propose(proposal());
		const { form, page, message } = await openPage();
		expect(message).toContain(
			`An AI agent wants to add 25 USD to the Stamps.com account Shop (${carrier_id}, balance 4 USD).`,
		);
		expect(page.text).toContain(
			`to add 25 USD to the Stamps.com account Shop (${carrier_id}). Its balance is 4 USD.`,
		);
		expect(page.text).toContain('What the agent says: <b>It is low</b> & free.');
		// To open the page, as some programs do with each link, decides nothing.
		await form.reload();
		expect(api.state.charges).toEqual([]);

		await form.submitLast({ 'Your decision': 'Approve' });
		await until('the end', async () => told()[1], 30);
		expect(await answer()).toMatch(isWaiting ? /25 USD were added/ : PAUSED);
		expectNoLink(message, await answer());
		expect(api.state.charges).toEqual([{ carrierId: carrier_id, amount: 25 }]);
		expect(told()[1]).toBe('Stamps.com account Shop: 25 USD were added, the balance is 29 USD.');
	});

	test('what a person declines is not charged', async () => {
		const answer = await propose(proposal());
		const { form } = await openPage();
		await form.submitLast({ 'Your decision': 'Decline' });
		expect(await answer()).toMatch(isWaiting ? /"result":"Declined. Nothing was added."/ : PAUSED);
		expect(api.state.charges).toEqual([]);
		expect(told()).toHaveLength(1);
	});

	test('what the API refuses is told to the owner and to the agent', async () => {
		api.faults.add({ operation: 'addFunds', kind: 'refusal', message: 'It is not enabled.' });
		const answer = await propose(proposal());
		const { form } = await openPage();
		await form.submitLast({ 'Your decision': 'Approve' });
		await until('the end', async () => told()[1], 30);
		expect(told()[1]).toContain('The funds were not added: It is not enabled.');
		expect(await answer()).toMatch(isWaiting ? /The funds were not added: It is not/ : PAUSED);
		expect(api.state.charges).toEqual([]);
	});

	test('an account that does not exist is asked of nobody', async () => {
		const answer = await propose({ ...proposal(), carrier_id: 'se-7' });
		expect(await answer()).toContain('There is no such carrier on this account.');
		expect(told()).toEqual([]);
	});
});
