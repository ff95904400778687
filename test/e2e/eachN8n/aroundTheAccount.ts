import axios from 'axios';
import { REGISTRANT, inPanel } from '../../../sandbox/examples/person';
import type { INode } from 'n8n-workflow';
import { node, workflow } from '../support/workflows';
import { LOGIN, type Stand } from './stand';

// Each operation on sub-accounts and carriers, in a real n8n. The many cases are in test/engine.

const step = (name: string, parameters: INode['parameters'], api = 'ShipEngine API') =>
	node(name, 'n8n-nodes-shipengine.shipEngine', 1, {
		parameters,
		credentials: {
			shipEngineApi: { id: null, name: api },
			shipEngineStampsLoginApi: { id: null, name: 'Stamps Login' },
		},
	});

/** A step by itself, in a workflow of its name. */
const alone = (resource: string, operation: string, parameters = {}) =>
	workflow(`${resource}-${operation}`, [
		step(
			'Step',
			{ resource, operation, ...parameters } as INode['parameters'],
			resource === 'subAccount' ? 'Partner' : undefined,
		),
	]);

/** Nothing is configured that the chain could know by itself. */
const CHAIN = [
	step('Create', { resource: 'subAccount', operation: 'create' }, 'Partner'),
	step(
		'Register',
		{
			resource: 'stampsAccount',
			operation: 'register',
			dataMode: 'defineBelow',
			cardSource: 'none',
			nickname: "={{ $('Items').item.json.shop }}",
			...inPanel<string | boolean>(REGISTRANT),
		},
		'Partner',
	),
	step('Send', { resource: 'stampsAccount', operation: 'sendVerification' }, 'Partner'),
];

export const WORKFLOWS = [
	workflow('chain', CHAIN),
	workflow('confirm-theirs', [
		step('Confirm', { resource: 'stampsAccount', operation: 'confirmVerification' }, 'Partner'),
	]),
	...['create', 'get', 'getAll', 'enable', 'disable'].map((operation) =>
		alone('subAccount', operation),
	),
	...['get', 'getAll', 'check', 'connectExisting', 'updateLogin', 'disconnect'].map((operation) =>
		alone('carrier', operation),
	),
	alone('carrier', 'addFunds', {
		amount: '={{ $json.amount }}',
		maximumAmount: 50,
		confirmLiveCharge: true,
	}),
];

/** What is around the account. */
export function aroundTheAccount(stand: Stand): void {
	const run = async (name: string, ...items: object[]) =>
		(
			await axios.post<Array<Record<string, unknown>>>(`${stand.n8n.url}/webhook/${name}`, {
				items,
			})
		).data;

	test('a merchant gets a sub-account and an account in it, and is verified', async () => {
		const sent = await run(
			'chain',
			{ external_account_id: 'm-1', shop: 'One' },
			{ external_account_id: 'm-2', shop: 'Two' },
		);
		const ids = stand.api.state.subAccounts.map(({ account_id }) => String(account_id));
		expect(sent.map(({ on_behalf_of: id }) => id).sort()).toEqual(ids.sort());
		for (const { on_behalf_of: id, carrier_id } of sent) {
			const carriers = stand.api.state.carriers(String(id)).map((carrier) => carrier.carrier_id);
			expect(carriers).toContain(carrier_id);
		}
		const { code } = stand.api.state.verifications.find(
			({ id }) => id === sent[0]?.verification_id,
		)!;
		const [confirmed] = await run('confirm-theirs', { ...sent[0], verification_code: code });
		expect(confirmed).toMatchObject({ status: 'verified', on_behalf_of: sent[0]?.on_behalf_of });
	}, 60_000);

	test('sub-accounts are created, read, listed, disabled and enabled', async () => {
		const [made] = await run('subAccount-create', { external_account_id: 'm-1' });
		expect(Object.keys(made!)).toEqual([
			'account_id',
			'external_account_id',
			'active',
			'created_at',
			'on_behalf_of',
		]);
		const { account_id, on_behalf_of } = made!;
		expect(await run('subAccount-get', { on_behalf_of })).toMatchObject([made!]);
		expect(await run('subAccount-getAll', {})).toMatchObject([made!]);
		expect(await run('subAccount-disable', { on_behalf_of })).toEqual([
			{ account_id, active: false, on_behalf_of },
		]);
		expect(stand.api.state.subAccounts[0]?.active).toBe(false);
		expect(await run('subAccount-enable', { on_behalf_of })).toEqual([
			{ account_id, active: true, on_behalf_of },
		]);
		expect(stand.api.state.subAccounts[0]?.active).toBe(true);
	}, 60_000);

	test('an account is connected, checked, funded, given a new login and disconnected', async () => {
		const [connected] = await run('carrier-connectExisting', { nickname: 'Shop' });
		const { carrier_id } = connected!;
		expect(stand.api.state.logins).toEqual([{ carrierId: carrier_id, ...LOGIN }]);
		expect(await run('carrier-get', { carrier_id })).toMatchObject([
			{ carrier_id, nickname: 'Shop', balance: 0 },
		]);
		expect(await run('carrier-getAll', {})).toMatchObject([{ carrier_id }]);
		expect(await run('carrier-check', { carrier_id })).toMatchObject([{ works: true }]);
		expect(await run('carrier-addFunds', { carrier_id, amount: 12.5 })).toEqual([
			{ carrier_id, amount: 12.5, currency: 'usd', balance: 12.5 },
		]);
		expect(await run('carrier-updateLogin', { carrier_id })).toEqual([{ carrier_id }]);
		expect(stand.api.state.logins).toHaveLength(2);
		expect(await run('carrier-disconnect', { carrier_id })).toEqual([{ deleted: true }]);
		expect(stand.api.state.carriers()).toEqual([]);
	}, 60_000);

	test('more than the ceiling is never charged', async () => {
		const { carrier_id } = stand.api.addCarrier({ nickname: 'Shop' });
		const charge = run('carrier-addFunds', { carrier_id, amount: 50.01 });
		await expect(charge).rejects.toMatchObject({ response: { status: 500 } });
		expect(stand.api.state.charges).toEqual([]);
	}, 60_000);
}
