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

/** The agent of a version, with the workflow that it calls chosen, and its chat open to this test. */
function agent(version: number, approvalId: string): WorkflowFile {
	const text = JSON.stringify({ ...exampleWorkflow('agent-proposes'), id: undefined });
	const own = JSON.parse(
		text.replace('"agentApproval"', JSON.stringify(approvalId)),
	) as WorkflowFile;
	const nodes = own.nodes.map((each) => {
		if (each.name === 'AI Agent') return { ...each, typeVersion: version };
		if (each.name !== 'When Chat Message Received') return each;
		const webhookId = `chat-${version}`;
		return { ...each, webhookId, parameters: { ...each.parameters, public: true } };
	});
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
		await untilServed(`${n8n.url}/webhook/chat-${version}/chat`);
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

/** Proposes funds by a model behind an agent, and gives what the model is told. */
const PROPOSERS: Array<[string, (given: object) => Promise<string>]> = [
	...AGENT_VERSIONS.map((version): [string, (given: object) => Promise<string>] => [
		`Agent ${version}`,
		async (given) => {
			model.says([{ name: 'Propose_Funds', arguments: given }]);
			await axios.post(`${n8n.url}/webhook/chat-${version}/chat`, {
				action: 'sendMessage',
				sessionId: '1',
				chatInput: 'Is there enough money?',
			});
			return model.answers().join('\n');
		},
	]),
	[
		'MCP Server Trigger',
		async (given) => {
			const client = await McpClient.connect(`${n8n.url}/mcp/shipengine-tools`);
			return await client.use('Propose_Funds', given);
		},
	],
];

const told = () => twilio.messages.map(({ body }) => body);

/** The page that the newest text message leads to. */
async function openPage() {
	const message = await until('a text message', async () => told()[0], 30);
	const form = new HttpFormDriver();
	const page = await form.open(/https?:\S+$/.exec(message)![0]);
	return { form, page, message };
}

describe.each(PROPOSERS)('%s', (_name, propose) => {
	let carrier_id: string;
	beforeEach(() => {
		({ carrier_id } = api.addCarrier({ nickname: 'Shop', balance: 4 }));
	});
	const proposal = () => ({ carrier_id, amount: 25, reason: '<b>It is low</b> & free.' });

	test('proposes, and only what a person approves is charged', async () => {
		const answer = await propose(proposal());
		console.log(_name, answer);
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

		await form.submit({ 'Your decision': 'Approve' });
		await until('the end', async () => told()[1], 30);
		expect(api.state.charges).toEqual([{ carrierId: carrier_id, amount: 25 }]);
		expect(told()[1]).toBe('Stamps.com account Shop: 25 USD were added, the balance is 29 USD.');
	});

	test('what a person declines is not charged', async () => {
		await propose(proposal());
		const { form } = await openPage();
		await form.submit({ 'Your decision': 'Decline' });
		expect(api.state.charges).toEqual([]);
		expect(told()).toHaveLength(1);
	});

	test('an account that does not exist is asked of nobody', async () => {
		const answer = await propose({ ...proposal(), carrier_id: 'se-7' });
		console.log(_name, answer);
		expect(told()).toEqual([]);
	});
});
