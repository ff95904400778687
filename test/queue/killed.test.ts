import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import axios from 'axios';
import type { INode } from 'n8n-workflow';
import { type Api, SANDBOX_KEY } from '../../sandbox/api';
import type { Operation } from '../../sandbox/api/faults';
import { until } from '../../sandbox/support/poll';
import { node, workflow } from '../e2e/support/workflows';
import {
	ACCOUNT,
	PHONE,
	type QueueSandbox,
	register,
	startQueueSandbox,
	step,
} from './support/sandbox';

/**
 * A worker that is killed (SIGKILL) in the middle of a step: before the API acts, after it acted and
 * before its answer, and after its answer. How often the API acted, what n8n shows, and what the next
 * run of the same does.
 */

jest.setTimeout(120_000);

type Moment = 'before it acts' | 'before its answer' | 'after its answer';

const MOMENTS: Moment[] = ['before it acts', 'before its answer', 'after its answer'];

const POLICIES = ['fail', 'returnExisting', 'registerAnother'] as const;

const SILENCE = '/silence';

/** Answers at once, but for one address: whoever asks there is still there when its worker is killed. */
const elsewhere = createServer(({ url }, response) => {
	if (url !== SILENCE) response.end('{}');
});

interface Around {
	/** The operation, as the docs name it. */
	name: string;
	resource: string;
	operation: string;
	parameters?: object;
	/** Its name at the stand-in. */
	fault: Operation;
	/** What has to be there, and the item. */
	item(api: Api): object;
	/** How often the API acted. */
	acted(api: Api): number;
	/** What the next run does once the API has acted: its answer, and how often the API has acted then. */
	next: { status: number; acted: number };
}

/** Operations beside the chain. */
const AROUND: Around[] = [
	{
		name: 'Create Sub-Account',
		resource: 'subAccount',
		operation: 'create',
		parameters: { ifExternalAccountIdExists: 'returnExisting' },
		fault: 'createSubAccount',
		item: () => ({ external_account_id: 'shop-1' }),
		acted: ({ state }) => state.subAccounts.length,
		next: { status: 200, acted: 1 },
	},
	{
		name: 'Connect Existing',
		resource: 'carrier',
		operation: 'connectExisting',
		parameters: { ifNicknameExists: 'returnExisting' },
		fault: 'connect',
		item: () => ({ nickname: 'Shop' }),
		acted: ({ state }) => state.logins.length,
		next: { status: 200, acted: 1 },
	},
	{
		name: 'Add Funds',
		resource: 'carrier',
		operation: 'addFunds',
		parameters: { amount: 10, maximumAmount: 10, confirmLiveCharge: true },
		fault: 'addFunds',
		item: (api) => ({ carrier_id: api.addCarrier({ nickname: 'Shop' }).carrier_id }),
		acted: ({ state }) => state.charges.length,
		// A run is told to add, and the process that knew of the charge is gone: a person has to look first.
		next: { status: 200, acted: 2 },
	},
	{
		name: 'Disconnect',
		resource: 'carrier',
		operation: 'disconnect',
		fault: 'disconnect',
		item: (api) => ({ carrier_id: api.addCarrier({ nickname: 'Shop' }).carrier_id }),
		acted: ({ state }) => (state.carriers().length === 0 ? 1 : 0),
		// There is no such carrier any more, and the step says so.
		next: { status: 500, acted: 1 },
	},
];

let sandbox: QueueSandbox;

/** A step that, once done, goes on to where nobody answers, where the item says so. */
function stopping(name: string, own: INode) {
	const { port } = elsewhere.address() as AddressInfo;
	const next = node('Elsewhere', 'n8n-nodes-base.httpRequest', 4.2, {
		parameters: {
			url: `=http://127.0.0.1:${port}{{ $('Items').item.json.stops ? '${SILENCE}' : '/' }}`,
			options: {},
		},
	});
	return workflow(name, [own, next]);
}

beforeAll(async () => {
	elsewhere.listen(0, '127.0.0.1');
	await once(elsewhere, 'listening');
	sandbox = await startQueueSandbox([
		...POLICIES.map((policy) => stopping(policy, register({ ifNicknameExists: policy }))),
		stopping('send', step('Send', 'sendVerification')),
		stopping('confirm', step('Confirm', 'confirmVerification')),
		...AROUND.map(({ name, resource, operation, parameters }) =>
			stopping(name, step('Step', operation, { resource, ...parameters })),
		),
	]);
}, 600_000);

afterAll(async () => {
	elsewhere.close();
	elsewhere.closeAllConnections();
	await sandbox?.stop();
}, 60_000);

beforeEach(() => sandbox.api.reset());

/** Runs a workflow, and kills the worker that does it at a moment. */
async function kill(
	name: string,
	operation: Operation,
	moment: Moment,
	item: object,
): Promise<void> {
	const { api } = sandbox;
	if (moment === 'before it acts') api.faults.add({ operation, kind: 'delayBefore', ms: 60_000 });
	if (moment === 'before its answer') api.faults.add({ operation, kind: 'delayAfter', ms: 60_000 });
	const asked = api.requests.length;
	let isPast = false;
	elsewhere.once('request', () => (isPast = true));
	const before = await sandbox.newest(name);
	const running = sandbox.call(name, { ...item, stops: true }).catch(() => undefined);
	const isThere = () =>
		moment === 'after its answer'
			? isPast
			: api.requests.slice(asked).some(({ method }) => method !== 'GET');
	await until('the moment', async () => isThere() || undefined, 60);
	const worker = await sandbox.workerOf(name, before);
	await worker.kill();
	api.faults.clear();
	await worker.start();
	const { status } = await sandbox.ended(name, before);
	// n8n does not run it again by itself.
	expect(['error', 'crashed']).toContain(status);
	await running;
}

const again = async (name: string, item: object) => await sandbox.call(name, item);

const accounts = () => sandbox.api.state.accounts.length;

describe.each(POLICIES)('Register, If Nickname Exists: %s', (policy) => {
	const item = { ...ACCOUNT, nickname: 'Shop' };

	test.each(MOMENTS)('killed %s', async (moment) => {
		await kill(policy, 'register', moment, item);
		const made = moment === 'before it acts' ? 0 : 1;
		expect(accounts()).toBe(made);

		const next = await again(policy, item);
		if (policy === 'fail' && made > 0) {
			expect(next.status).toBe(500);
			expect(accounts()).toBe(1);
			return;
		}
		expect(next.status).toBe(200);
		// Only Register Another does not look: its next run is one more account.
		expect(accounts()).toBe(policy === 'registerAnother' ? made + 1 : 1);
	});
});

test.each(MOMENTS)(
	'Send, killed %s: one text at the most; the next run sends a new code',
	async (moment) => {
		const { carrier_id } = sandbox.api.addCarrier({ nickname: 'Shop' });
		const item = { carrier_id, phone: PHONE };
		await kill('send', 'send', moment, item);
		const sent = moment === 'before it acts' ? 0 : 1;
		expect(sandbox.api.state.verifications).toHaveLength(sent);
		expect((await again('send', item)).status).toBe(200);
		expect(sandbox.api.state.verifications).toHaveLength(sent + 1);
	},
);

test.each(MOMENTS)('Confirm, killed %s: the code is tried once at the most', async (moment) => {
	const { api } = sandbox;
	const { carrier_id } = api.addCarrier({ nickname: 'Shop' });
	const path = `/v1/connections/carriers/stamps_com/${carrier_id}/verification`;
	await axios.post(
		api.url + path,
		{ phone: PHONE, verification_type: 'sms' },
		{ headers: { 'API-Key': SANDBOX_KEY } },
	);
	const [verification] = api.state.verifications;
	const { id: verification_id, code: verification_code } = verification!;
	const item = { carrier_id, verification_id, verification_code };
	await kill('confirm', 'confirm', moment, item);
	const isDone = moment !== 'before it acts';
	expect(verification!.status).toBe(isDone ? 'verified' : 'unverified');
	expect((await again('confirm', item)).status).toBe(isDone ? 500 : 200);
	expect(verification!.status).toBe('verified');
});

describe.each(AROUND)('$name', ({ name, fault, item: itemFor, acted, next }) => {
	test.each(MOMENTS)('killed %s', async (moment) => {
		const { api } = sandbox;
		const item = itemFor(api);
		await kill(name, fault, moment, item);
		const done = moment === 'before it acts' ? 0 : 1;
		expect(acted(api)).toBe(done);

		const { status } = await again(name, item);
		const expected = done > 0 ? next : { status: 200, acted: 1 };
		expect({ status, acted: acted(api) }).toEqual(expected);
	});
});
