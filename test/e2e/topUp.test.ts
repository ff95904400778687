import axios from 'axios';
import type { Api } from '../../sandbox/api';
import { exampleWorkflow } from '../../sandbox/examples/contents';
import type { WorkflowFile } from '../../sandbox/n8n/api';
import type { N8n } from '../../sandbox/n8n/instance';
import { untilServed } from '../../sandbox/n8n/triggers';
import { until } from '../../sandbox/support/poll';
import { type Twilio, startTwilio } from '../../sandbox/twilio';
import { type Sandbox, startSandbox } from './support/sandbox';
import { node, workflow } from './support/workflows';

/** workflows/top-up.json in a real n8n, called as after Confirm, and by its clock. */

jest.setTimeout(60_000);

const FILE = 'top-up';

/** The example with what its owner has to switch on, or with another change. */
function changed(name: string, change: (text: string) => string): WorkflowFile {
	const example = { ...exampleWorkflow(FILE), id: undefined, name };
	return JSON.parse(change(JSON.stringify(example))) as WorkflowFile;
}

const confirmed = (text: string) =>
	text.replace('"maximumAmount":100', '"maximumAmount":100,"confirmLiveCharge":true');

const everySecond = (text: string) =>
	confirmed(text).replace('{"triggerAtHour":7}', '{"field":"seconds","secondsInterval":1}');

let sandbox: Sandbox;
let api: Api;
let n8n: N8n;
let twilio: Twilio;

beforeAll(async () => {
	twilio = await startTwilio();
	sandbox = await startSandbox([FILE], {
		credentials: [twilio.credential],
		environment: twilio.environment,
		workflows: [changed('confirmed', confirmed)],
	});
	({ api, n8n } = sandbox);
	for (const [index, name] of ['as-it-is', 'confirmed'].entries()) {
		const call = node('Call', 'n8n-nodes-base.executeWorkflow', 1.2, {
			parameters: {
				workflowId: { __rl: true, mode: 'id', value: n8n.workflowIds[index] },
				options: {},
			} as never,
		});
		await n8n.api.addWorkflow(workflow(name, [call]));
		await untilServed(`${n8n.url}/webhook/${name}`);
	}
}, 600_000);

afterAll(async () => {
	await sandbox?.stop();
	await twilio?.close();
}, 60_000);

beforeEach(() => {
	api.reset();
	twilio.messages.length = 0;
});

/** Runs the workflow for an account that was just verified. */
const run = async (carrier_id: string, name = 'confirmed') =>
	await axios.post(`${n8n.url}/webhook/${name}`, { items: [{ carrier_id, status: 'verified' }] });

const told = () => twilio.messages.map(({ to, body }) => [to, body]);

test('money is added where there is too little, once, and the owner is told', async () => {
	const { carrier_id } = api.addCarrier({ nickname: 'Shop', balance: 19.99 });
	await run(carrier_id);
	expect(api.state.charges).toEqual([{ carrierId: carrier_id, amount: 25 }]);
	const text = `Stamps.com account ${carrier_id}: 25 USD were added, the balance is 44.99 USD.`;
	expect(told()).toEqual([['+15125550100', text]]);

	await run(carrier_id);
	expect(api.state.charges).toHaveLength(1);
	expect(told()).toHaveLength(1);
});

test('an account with enough money is left alone', async () => {
	const { carrier_id } = api.addCarrier({ nickname: 'Shop', balance: 20 });
	await run(carrier_id);
	expect(api.state.charges).toEqual([]);
	expect(told()).toEqual([]);
});

test('as it is imported, it charges nothing, and says what to switch on', async () => {
	const { carrier_id } = api.addCarrier({ nickname: 'Shop' });
	await run(carrier_id, 'as-it-is');
	expect(api.state.charges).toEqual([]);
	expect(told()).toEqual([
		['+15125550100', expect.stringContaining("'Confirm Live Charge' must be switched on")],
	]);
});

test('an account that does not work gets no money, and the owner is told why', async () => {
	const { carrier_id } = api.addCarrier({ nickname: 'Shop', disabled_by_billing_plan: true });
	await run(carrier_id);
	expect(api.state.charges).toEqual([]);
	const text = `Stamps.com account ${carrier_id} does not work: This account is disabled.`;
	expect(told()).toEqual([['+15125550100', text]]);
});

test('a lost answer to a charge is told once, with what to do, and nothing is sent until then', async () => {
	const { carrier_id } = api.addCarrier({ nickname: 'Shop' });
	api.faults.add({ operation: 'addFunds', kind: 'dropBefore' });
	for (let morning = 1; morning <= 3; morning += 1) await run(carrier_id);
	expect(told()).toEqual([
		[
			'+15125550100',
			expect.stringMatching(
				/may or may not have been added \(open charge (chg_[a-z]+)\).*'Open Charges', enter \1/s,
			),
		],
	]);
	expect(api.requests.filter(({ method }) => method === 'PUT')).toHaveLength(1);

	const other = api.addCarrier({ nickname: 'Other' });
	await run(other.carrier_id);
	expect(api.state.charges).toEqual([{ carrierId: other.carrier_id, amount: 25 }]);
});

test('every morning: all accounts of the key, each by itself', async () => {
	const low = api.addCarrier({ nickname: 'Low' });
	const enough = api.addCarrier({ nickname: 'Enough', balance: 50 });
	const id = await n8n.api.addWorkflow(changed('by the clock', everySecond));
	await until('a message', async () => told().length > 0 || undefined, 30);
	await n8n.api.unpublishWorkflow(id);
	expect(api.state.charges).toEqual([{ carrierId: low.carrier_id, amount: 25 }]);
	expect(enough.balance).toBe(50);
});
