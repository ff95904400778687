import axios from 'axios';
import { until } from '../../sandbox/support/poll';
import { untilServed } from '../../sandbox/n8n/triggers';
import { type Sandbox, startSandbox } from './support/sandbox';
import { node } from './support/workflows';

// Two executions of one n8n register the same nickname at the same moment.

/** Registers the item of a webhook, and answers with what came of it. */
const WORKFLOW = {
	name: 'register',
	nodes: [
		node('Webhook', 'n8n-nodes-base.webhook', 2, {
			webhookId: 'register',
			parameters: { path: 'register', httpMethod: 'POST', responseMode: 'lastNode' },
		}),
		node('Item', 'n8n-nodes-base.splitOut', 1, { parameters: { fieldToSplitOut: 'body.items' } }),
		node('Register', 'n8n-nodes-shipengine.shipEngine', 1, {
			parameters: {
				dataMode: 'autoMapInputData',
				cardSource: 'credential',
				ifNicknameExists: 'returnExisting',
			},
			credentials: {
				shipEngineApi: { id: null, name: 'ShipEngine account' },
				shipEnginePaymentCardApi: { id: null, name: 'ShipEngine Payment Card account' },
			},
			onError: 'continueRegularOutput',
		}),
	],
	connections: {
		Webhook: { main: [[{ node: 'Item', type: 'main' as const, index: 0 }]] },
		Item: { main: [[{ node: 'Register', type: 'main' as const, index: 0 }]] },
	},
	settings: { executionOrder: 'v1' as const },
};

interface Registered {
	carrier_id: string;
	existing?: boolean;
	recovered?: boolean;
}

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox([], { workflows: [WORKFLOW] });
	await untilServed(`${sandbox.n8n.url}/webhook/register`);
}, 600_000);
afterAll(async () => await sandbox?.stop());
beforeEach(() => sandbox.api.reset());

async function register(nickname: string): Promise<Registered> {
	const item = {
		nickname,
		email: 'john.doe@example.com',
		agree_to_carrier_terms: true,
		name: 'John Doe',
		phone: '512-485-4282',
		address_line1: '4009 Marathon Blvd',
		city_locality: 'Austin',
		state_province: 'TX',
		postal_code: '78756',
	};
	const { data } = await axios.post<Registered>(`${sandbox.n8n.url}/webhook/register`, {
		items: [item],
	});
	return data;
}

const registrations = () =>
	sandbox.api.requests.filter(({ path }) => path === '/v1/registration/stamps_com').length;
const accounts = () => sandbox.api.state.accounts.map(({ carrierId }) => carrierId);
const arrived = async (count: number) =>
	await until('the registration to arrive', async () => registrations() >= count || undefined, 30);

test('twenty times over: twenty accounts, the second output each time existing', async () => {
	for (let round = 0; round < 20; round += 1) {
		const both = await Promise.all([register(`Shop ${round}`), register(`Shop ${round}`)]);
		expect(both.map(({ carrier_id }) => carrier_id)).toEqual(Array(2).fill(accounts()[round]));
		expect(both.filter(({ existing }) => existing)).toHaveLength(1);
	}
	expect(accounts()).toHaveLength(20);
	expect(registrations()).toBe(20);
});

test('twenty times over, the first answer lost each time', async () => {
	for (let round = 0; round < 20; round += 1) {
		sandbox.api.faults.add({ operation: 'register', kind: 'dropAfter' });
		const both = await Promise.all([register(`Lost ${round}`), register(`Lost ${round}`)]);
		expect(both.map(({ carrier_id }) => carrier_id)).toEqual(Array(2).fill(accounts()[round]));
		expect(both.filter(({ recovered }) => recovered)).toHaveLength(1);
		expect(both.filter(({ existing }) => existing)).toHaveLength(1);
	}
	expect(registrations()).toBe(20);
});

test('twenty times over, the first run cancelled while the API is at it', async () => {
	for (let round = 0; round < 20; round += 1) {
		sandbox.api.faults.add({ operation: 'register', kind: 'delayAfter', ms: 60_000 });
		const first = register(`Cancelled ${round}`).catch(() => undefined);
		await arrived(round + 1);
		const second = register(`Cancelled ${round}`);
		await sandbox.n8n.api.stopExecution(await sandbox.n8n.api.oldestRunning());
		expect(await second).toMatchObject({ carrier_id: accounts()[round], existing: true });
		await first;
	}
	expect(accounts()).toHaveLength(20);
	expect(registrations()).toBe(20);
}, 180_000);
