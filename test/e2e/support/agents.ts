import type { IConnections, IDataObject, INode } from 'n8n-workflow';
import type { NewCredential, WorkflowFile } from '../../../sandbox/n8n/api';
import type { N8n } from '../../../sandbox/n8n/instance';
import { PERSON, PHONE, inPanel } from '../../../sandbox/examples/person';
import { node, workflow } from './workflows';

/** Agents of n8n that have ShipEngine's operations as tools. */

export const AGENT_VERSIONS = [2.2, 3, 3.1] as const;

/** A login, so that n8n lets a workflow with the tool be published. */
export const LOGIN: NewCredential = {
	name: 'ShipEngine Stamps Login account',
	type: 'shipEngineStampsLoginApi',
	data: { username: 'austin-store', password: 'not a password: example' },
};

const byModel = (key: string, description: string) =>
	`={{ $fromAI('${key}', \`${description}\`, 'string') }}`;

const asId = (value: string) => ({ __rl: true, mode: 'id', value });

const CARRIER = { carrierId: asId(byModel('carrier_id', 'The ID of the account, such as se-123')) };

/** A step as a tool. */
function tool(name: string, parameters: IDataObject, settings: Partial<INode> = {}): INode {
	return node(name, 'n8n-nodes-shipengine.shipEngineTool', 1, {
		parameters: { descriptionType: 'auto', ...parameters } as INode['parameters'],
		credentials: {
			shipEngineApi: { id: null, name: 'ShipEngine account' },
			...(parameters.operation === 'register' && {
				shipEnginePaymentCardApi: { id: null, name: 'ShipEngine Payment Card account' },
			}),
			...(parameters.operation === 'updateLogin' && {
				shipEngineStampsLoginApi: { id: null, name: LOGIN.name },
			}),
		},
		...settings,
	});
}

const ACCOUNT = inPanel<unknown>({ ...PERSON, phone: PHONE });

/** The tools of each agent here, by their names. */
export const TOOLS: INode[] = [
	tool('Register', {
		operation: 'register',
		...ACCOUNT,
		nickname: byModel('nickname', 'The name of the account'),
		agreeToCarrierTerms: true,
	}),
	tool('Send', {
		operation: 'sendVerification',
		...CARRIER,
		phone: byModel('phone', 'The phone of the owner'),
	}),
	tool('Confirm', {
		operation: 'confirmVerification',
		...CARRIER,
		verificationId: byModel('verification_id', ''),
		verificationCode: byModel('code', 'The code that the owner got by text message'),
	}),
	tool('Check', { resource: 'carrier', operation: 'check', ...CARRIER }),
	tool(
		'Check Gently',
		{ resource: 'carrier', operation: 'check', ...CARRIER },
		{ onError: 'continueRegularOutput' },
	),
	tool('Check Mine', {
		resource: 'carrier',
		operation: 'check',
		carrierId: asId("={{ $('Items').item.json.carrier_id }}"),
	}),
	tool('Check Anyone', {
		resource: 'carrier',
		operation: 'check',
		carrierId: asId('={{ $json.carrier_id }}'),
	}),
	tool('Add Funds', {
		...{ resource: 'carrier', operation: 'addFunds', ...CARRIER },
		...{ amount: 20, maximumAmount: 50, confirmLiveCharge: true },
	}),
	tool('Disconnect', { resource: 'carrier', operation: 'disconnect', ...CARRIER }),
	tool('Update Login', { resource: 'carrier', operation: 'updateLogin', ...CARRIER }),
	tool('Register by Model', {
		operation: 'register',
		...ACCOUNT,
		nickname: byModel('nickname', 'The name of the account'),
		agreeToCarrierTerms: "={{ $fromAI('agree', '', 'boolean') }}",
	}),
	tool('Register Anything', { operation: 'register', dataMode: 'autoMapInputData' }),
];

const toolsOf = (agent: string): IConnections =>
	Object.fromEntries(
		TOOLS.map(({ name }) => [name, { ai_tool: [[{ node: agent, type: 'ai_tool', index: 0 }]] }]),
	);

const MODEL = node('Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi', 1.2, {
	parameters: {
		model: { __rl: true, mode: 'id', value: 'stand-in' },
		options: { maxRetries: 0 },
	} as never,
	credentials: { openAiApi: { id: null, name: 'OpenAI account' } },
});

/** A workflow that gives each of its items to an agent. */
export function agentWorkflow(
	version: (typeof AGENT_VERSIONS)[number],
	settings: Partial<INode> = {},
) {
	const name = `agent-${version}${settings.retryOnFail ? '-retried' : ''}`;
	const agent = node('Agent', '@n8n/n8n-nodes-langchain.agent', version, {
		parameters: { promptType: 'define', text: 'Do what has to be done.', options: {} },
		...settings,
	});
	const own = workflow(name, [agent]);
	return {
		...own,
		nodes: [...own.nodes, MODEL, ...TOOLS],
		connections: {
			...own.connections,
			...toolsOf('Agent'),
			Model: { ai_languageModel: [[{ node: 'Agent', type: 'ai_languageModel', index: 0 }]] },
		} as IConnections,
	};
}

export const MCP_PATH = 'shipengine-tools';

/** A workflow with an agent as one that offers the agent's tools to models elsewhere. */
export function toMcp(workflow: WorkflowFile, agent: string): WorkflowFile {
	const trigger = node('MCP', '@n8n/n8n-nodes-langchain.mcpTrigger', 2, {
		parameters: { path: MCP_PATH },
		webhookId: MCP_PATH,
	});
	const tools = Object.entries(workflow.connections).filter(([, { ai_tool: to }]) => to);
	const nodes = workflow.nodes.filter(({ name }) => tools.some(([tool]) => tool === name));
	const text = JSON.stringify(Object.fromEntries(tools)).replaceAll(
		`"node":${JSON.stringify(agent)}`,
		'"node":"MCP"',
	);
	const connections = JSON.parse(text) as IConnections;
	return { ...workflow, name: 'mcp', nodes: [trigger, ...nodes], connections };
}

/** Where the tools are offered. */
export const mcpUrl = ({ url }: N8n) => `${url}/mcp/${MCP_PATH}`;
