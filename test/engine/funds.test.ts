import './support/wholeRuns/clock';
import { carrierStep, going } from './support/engine';
import { useApi } from './support/fixtures';

const sandbox = useApi();
const again = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

const ALLOWED = { amount: 25.5, maximumAmount: 100, confirmLiveCharge: true };
const addFunds = (parameters = {}, settings = {}) =>
	carrierStep('Add', 'addFunds', { ...ALLOWED, ...parameters }, settings);

let carrier_id: string;
let calls: string[];
beforeEach(() => {
	({ carrier_id } = sandbox.api.addCarrier({ nickname: 'Shop', balance: 4.1 }));
	calls = [`GET /v1/carriers/${carrier_id}`, `PUT /v1/carriers/${carrier_id}/add_funds`];
});

const charged = () => sandbox.api.state.charges.map(({ amount }) => amount);

test('looks at the balance, charges, and gives the balance then', async () => {
	const outcome = await sandbox.runChain([{ carrier_id }], addFunds());
	expect(sandbox.calls()).toEqual(calls);
	expect(sandbox.bodies()[1]).toEqual({ currency: 'usd', amount: 25.5 });
	expect(outcome.items('Add')).toEqual([
		{
			json: { carrier_id, amount: 25.5, currency: 'usd', balance: 29.6 },
			pairedItem: { item: 0 },
		},
	]);
	expect(charged()).toEqual([25.5]);
});

describe.each(['stop', 'retry'] as const)('%s', (way) => {
	const settings = way === 'retry' ? again : {};

	test.each([
		'dropAfter',
		'serverErrorAfter',
		'truncatedJson',
		'emptyBody',
		'errorsBeside',
	] as const)('a lost answer (%s): the balance shows that it was done', async (kind) => {
		sandbox.api.faults.add({ operation: 'addFunds', kind });
		const outcome = await sandbox.runChain([{ carrier_id }], addFunds({}, settings));
		expect(outcome.json('Add')).toEqual([
			{ carrier_id, amount: 25.5, currency: 'usd', balance: 29.6, recovered: true },
		]);
		expect(charged()).toEqual([25.5]);
	});

	test('a lost answer, and a balance that did not go up: unknown, and never sent again', async () => {
		sandbox.api.faults.add({ operation: 'addFunds', kind: 'dropBefore' });
		const outcome = await sandbox.runChain([{ carrier_id }], addFunds({}, settings));
		expect(outcome.error?.message).toMatch(/^The funds may or may not have been added: /);
		expect(outcome.error?.description).toContain('The balance was 4.10 before.');
		expect(sandbox.calls().filter((call) => call.startsWith('PUT'))).toHaveLength(1);
	});

	test('a lost answer, and no look at the balance: unknown, and never sent again', async () => {
		sandbox.api.faults.add({ operation: 'addFunds', kind: 'dropAfter' });
		sandbox.api.faults.add({ operation: 'getCarrier', kind: 'delayBefore', ms: 0 });
		sandbox.api.faults.add({ operation: 'getCarrier', kind: 'serverErrorBefore', times: 99 });
		const outcome = await sandbox.runChain([{ carrier_id }], addFunds({}, settings));
		expect(outcome.error?.message).toMatch(/^The funds may or may not have been added: /);
		expect(charged()).toEqual([25.5]);
	}, 60_000);
});

test('a balance that changed otherwise proves nothing', async () => {
	sandbox.api.faults.add({ operation: 'addFunds', kind: 'dropBefore' });
	sandbox.api.faults.add({ operation: 'getCarrier', kind: 'delayBefore', ms: 0 });
	for (const balance of [29.59, 29.61]) {
		sandbox.api.faults.add({
			operation: 'getCarrier',
			kind: 'replaceFields',
			fields: { balance },
		});
	}
	const outcome = await sandbox.runChain([{ carrier_id }], addFunds({}, going));
	expect(outcome.json('Add')).toMatchObject([{ error: { errors: [{ code: 'outcome_unknown' }] } }]);
});

test('two items for one carrier are done one after the other: no charge is taken for another', async () => {
	sandbox.api.faults.add({ operation: 'addFunds', kind: 'dropAfter', times: 2 });
	const outcome = await sandbox.runChain(
		[{ carrier_id }, { carrier_id }],
		addFunds({ amount: 10 }),
	);
	expect(outcome.json('Add').map(({ balance, recovered }) => [balance, recovered])).toEqual([
		[14.1, true],
		[24.1, true],
	]);
	expect(charged()).toEqual([10, 10]);
});

test('a charge that comes late is not taken for that of the next item', async () => {
	sandbox.api.faults.add({ operation: 'addFunds', kind: 'delayBefore', ms: 3_600 });
	sandbox.api.faults.add({ operation: 'addFunds', kind: 'dropBefore' });
	const outcome = await sandbox.runChain(
		[{ carrier_id }, { carrier_id }],
		addFunds({ amount: 10, options: { timeout: 1 } }, going),
	);
	const said = outcome.json('Add').map(({ error }) => (error ? 'unknown' : 'done'));
	expect(said).toEqual(['unknown', 'unknown']);
}, 30_000);

test.each([
	['that is not confirmed', { confirmLiveCharge: false }, 'confirm_live_charge'],
	['that an expression confirms', { confirmLiveCharge: '={{ true }}' }, 'confirm_live_charge'],
	['without a ceiling', { maximumAmount: 0 }, 'maximum_amount'],
	['with a ceiling by an expression', { maximumAmount: '={{ 1000 }}' }, 'maximum_amount'],
	['above the ceiling', { amount: 100.01 }, 'amount'],
	['below ten dollars', { amount: 9.99 }, 'amount'],
	['of a part of a cent', { amount: 10.005 }, 'amount'],
	['of nothing', { amount: '={{ $json.nothing }}' }, 'amount'],
	['of text that is none', { amount: '={{ "1,000" }}' }, 'amount'],
	['of more than can be written', { amount: '={{ 1e21 }}' }, 'amount'],
])('a charge %s is not sent', async (_name, parameters, field) => {
	const outcome = await sandbox.runChain([{ carrier_id }], addFunds(parameters, going));
	expect(outcome.json('Add')).toMatchObject([{ error: { errors: [{ field }] } }]);
	expect(sandbox.calls()).toEqual([]);
});

test('that is not enabled, or not possible, says so', async () => {
	sandbox.api.reset({ fundsEnabled: false });
	const own = sandbox.api.addCarrier({ nickname: 'Shop' });
	const outcome = await sandbox.runChain([{ carrier_id: own.carrier_id }], addFunds({}, going));
	expect(outcome.json('Add')).toMatchObject([{ error: { http_status: 403 } }]);
	expect(charged()).toEqual([]);
});

test('of a carrier without a balance: nothing is charged', async () => {
	sandbox.api.faults.add({
		operation: 'getCarrier',
		kind: 'replaceFields',
		fields: { balance: null },
	});
	const outcome = await sandbox.runChain([{ carrier_id }], addFunds({}, going));
	expect(outcome.json('Add')).toMatchObject([
		{ error: { message: expect.stringContaining('the API gives none') } },
	]);
	expect(charged()).toEqual([]);
});
