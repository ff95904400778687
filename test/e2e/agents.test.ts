import axios from 'axios';
import type { Api } from '../../sandbox/api';
import { type Model, startModel } from '../../sandbox/model';
import type { N8n } from '../../sandbox/n8n/instance';
import { AGENT_VERSIONS, LOGIN, agentWorkflow, mcpUrl, toMcp } from './support/agents';
import { McpClient } from './support/mcp';
import { type Sandbox, startSandbox } from './support/sandbox';

jest.setTimeout(60_000);

let sandbox: Sandbox;
let api: Api;
let n8n: N8n;
let model: Model;

beforeAll(async () => {
	model = await startModel();
	sandbox = await startSandbox([], {
		credentials: [model.credential, LOGIN],
		workflows: [
			...AGENT_VERSIONS.map((version) => agentWorkflow(version)),
			toMcp(agentWorkflow(3.1), 'Agent'),
		],
	});
	({ api, n8n } = sandbox);
}, 600_000);

afterAll(async () => {
	await sandbox?.stop();
	await model?.close();
}, 60_000);
