import axios from 'axios';
import type { INode } from 'n8n-workflow';
import { type Api, SANDBOX_KEY, startApi } from '../../sandbox/api';
import { apiCredential, cardCredential } from '../../sandbox/examples/contents';
import { CARD, REGISTRANT, TEST_CARD_NUMBER, inPanel } from '../../sandbox/examples/person';
import { installN8n } from '../../sandbox/n8n/install.cjs';
import { type N8n, startN8n } from '../../sandbox/n8n/instance';
import { untilServed } from '../../sandbox/n8n/triggers';
import { N8nDatabase } from '../faults/database';
import { node, workflow } from './support/workflows';

// docs/security.md, "A card that was typed into a step": where n8n has it then, and what takes it away.

/** A card network's published test number, which is nowhere else in this n8n. */
const TYPED = '378282246310005';

const register = (parameters: object) =>
	workflow('typed', [
		node('Register', 'n8n-nodes-shipengine.shipEngine', 1, {
			parameters: {
				resource: 'stampsAccount',
				operation: 'register',
				...inPanel<string | boolean>(REGISTRANT),
				nickname: 'Typed',
				...parameters,
			} as INode['parameters'],
			credentials: {
				shipEngineApi: { id: null, name: 'ShipEngine account' },
				shipEnginePaymentCardApi: { id: null, name: 'ShipEngine Payment Card account' },
			},
		}),
	]);

let api: Api;
let n8n: N8n;
let database: N8nDatabase;

beforeAll(async () => {
	api = await startApi();
	const installed = await installN8n('2.41.1');
	n8n = await startN8n(installed, {
		credentials: [
			apiCredential({ apiKey: SANDBOX_KEY, baseUrl: api.url }),
			cardCredential(api.url, TEST_CARD_NUMBER),
		],
		workflows: [],
	});
	database = new N8nDatabase(installed, n8n.folder);
}, 600_000);

afterAll(async () => {
	await database?.close();
	await n8n?.stop();
	await api?.close();
}, 60_000);

test('is in the workflow, its history and its runs, and then in none of them', async () => {
	const typed = { ...inPanel(CARD), cardSource: 'parameters', cardNumber: TYPED };
	const id = await n8n.api.addWorkflow(register(typed));
	await untilServed(`${n8n.url}/webhook/typed`);
	await axios.post(`${n8n.url}/webhook/typed`, { items: [{}] });
	expect(api.state.accounts).toMatchObject([{ body: { credit_card: { number: TYPED } } }]);
	expect(await database.tablesWith(TYPED)).toEqual([
		'execution_data',
		'workflow_entity',
		'workflow_history',
	]);

	const mended = register({ cardSource: 'credential' });
	await n8n.api.changeWorkflow(id, mended);
	await n8n.api.deleteExecutions(id);
	expect(await database.tablesWith(TYPED)).toEqual(['workflow_history']);

	await n8n.api.addWorkflow({ ...mended, name: 'Copy' }, { publish: false });
	await n8n.api.deleteWorkflow(id);
	expect(await database.tablesWith(TYPED)).toEqual([]);
}, 120_000);
