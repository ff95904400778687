import './support/wholeRuns/clock';
import type { IDataObject } from 'n8n-workflow';
import { going, replace } from './support/engine';
import { useApi } from './support/fixtures';
import { addFunds, openChargeOf, said } from './support/openCharges';

const sandbox = useApi();
const again = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

let carrier_id: string;
beforeEach(() => {
	({ carrier_id } = sandbox.api.addCarrier({ nickname: 'Shop', balance: 4.1 }));
});

const charged = () => sandbox.api.state.charges.map(({ amount }) => amount);
const lose = (kind: 'dropBefore' | 'dropAfter' = 'dropAfter', times = 1) =>
	sandbox.api.faults.add({ operation: 'addFunds', kind, times });
const codesOf = (items: IDataObject[]) =>
	items.map(
		({ error }) => (error as { errors: Array<{ code: string }> } | undefined)?.errors[0]?.code,
	);

/** A run that stopped at a lost answer. */
async function lostRun(kind?: 'dropBefore' | 'dropAfter') {
	lose(kind);
	const run = await sandbox.runChain([{ carrier_id }], addFunds());
	return { run, id: openChargeOf(run) };
}

test('one request charges, and gives the balance then', async () => {
	const outcome = await sandbox.runChain([{ carrier_id }], addFunds());
	expect(sandbox.calls()).toEqual([`PUT /v1/carriers/${carrier_id}/add_funds`]);
	expect(sandbox.bodies()).toEqual([{ currency: 'usd', amount: 25.5 }]);
	expect(outcome.items('Add')).toEqual([
		{
			json: { carrier_id, amount: 25.5, currency: 'usd', balance: 29.6 },
			pairedItem: { item: 0 },
		},
	]);
	expect(charged()).toEqual([25.5]);
});

describe.each(['stop', 'retry'] as const)('%s: a lost answer', (way) => {
	test.each([
		...(['dropBefore', 'dropAfter', 'serverErrorBefore', 'serverErrorAfter'] as const),
		...(['truncatedJson', 'emptyBody', 'errorsBeside', 'errorsOnly'] as const),
	])('%s: it is told as open, and never sent again', async (kind) => {
		sandbox.api.faults.add({ operation: 'addFunds', kind });
		const outcome = await sandbox.runChain(
			[{ carrier_id }],
			addFunds({}, way === 'retry' ? again : {}),
		);
		const id = openChargeOf(outcome);
		expect(id).toMatch(/^chg_[a-z]{10}$/);
		const { message, description } = outcome.error!;
		expect(message).toContain(`The funds may or may not have been added (open charge ${id}): `);
		expect(description).toContain('Look at the purchases of the account');
		expect(description).toContain(`'Open Charges', enter ${id}, and choose what happened`);
		expect(sandbox.calls()).toHaveLength(1);
	});
});

describe('while a charge is open, its carrier is charged', () => {
	const other = () => sandbox.api.addCarrier({ nickname: 'Other' }).carrier_id;

	test('for no other item of the run, and other carriers are', async () => {
		lose();
		const fine = other();
		const outcome = await sandbox.runChain(
			[{ carrier_id }, { carrier_id: fine }, { carrier_id }],
			addFunds({}, going),
		);
		const told = outcome.json('Add');
		expect(codesOf(told)).toEqual(['outcome_unknown', undefined, 'charge_open']);
		expect(told[1]).toMatchObject({ carrier_id: fine, balance: 25.5 });
		const [lost, , refused] = told.map(({ error }) => error as IDataObject);
		expect(refused!.open_charge_id).toBe(lost!.open_charge_id);
		expect(refused!.message).toBe(
			`The funds were not added: a charge of 25.50 US dollars for this carrier is still open (${String(lost!.open_charge_id)})`,
		);
		expect(charged()).toEqual([25.5, 25.5]);
	});

	test('by no other step of the execution, and by no other execution', async () => {
		lose();
		const after = { ...addFunds({ carrierId: id(carrier_id) }, going), name: 'Then' };
		const page = replace('Page', { thanks: true });
		const outcome = await sandbox.runChain([{ carrier_id }], addFunds({}, going), page, after);
		expect(codesOf(outcome.json('Then'))).toEqual(['charge_open']);
		const later = await sandbox.runChain([{ carrier_id }], addFunds({}, going));
		expect(codesOf(later.json('Add'))).toEqual(['charge_open']);
		expect(charged()).toEqual([25.5]);
	});

	test('a charge that comes late is not taken for that of the next item', async () => {
		sandbox.api.faults.add({ operation: 'addFunds', kind: 'delayBefore', ms: 1_600 });
		const outcome = await sandbox.runChain(
			[{ carrier_id }, { carrier_id }],
			addFunds({ amount: 10, options: { timeout: 1, maxConcurrency: 1 } }, going),
		);
		expect(codesOf(outcome.json('Add'))).toEqual(['outcome_unknown', 'charge_open']);
	}, 30_000);

	test('by no retry of its execution, however many there are', async () => {
		const { run, id: lost } = await lostRun('dropBefore');
		const retries = await Promise.all(
			[1, 2, 3].map(async () => await sandbox.retryChain(run, addFunds())),
		);
		expect(retries.map(openChargeOf)).toEqual([lost, lost, lost]);
		expect(sandbox.calls()).toHaveLength(1);
	});
});

const id = (value: string) => ({ __rl: true, mode: 'id', value });

describe('a person says what became of it', () => {
	test.each(['charged', 'notCharged'] as const)(
		'%s: other executions charge the carrier for their own items',
		async (verdict) => {
			const { id: lost } = await lostRun();
			const options = said([lost, verdict]);
			const outcome = await sandbox.runChain([{ carrier_id }], addFunds({ amount: 10, options }));
			expect(outcome.json('Add')).toEqual([
				{ carrier_id, currency: 'usd', amount: 10, balance: 39.6 },
			]);
			// What it says may stay there.
			await sandbox.runChain([{ carrier_id }], addFunds({ amount: 20, options }));
			expect(charged()).toEqual([25.5, 10, 20]);
		},
	);

	test('charged: the retry of its execution counts it as done', async () => {
		const { run, id: lost } = await lostRun();
		const changed = { amount: 10, options: said([lost, 'charged']) };
		const outcome = await sandbox.retryChain(run, addFunds(changed));
		// Whatever has been changed since: this was charged.
		expect(outcome.json('Add')).toEqual([
			{ carrier_id, currency: 'usd', amount: 25.5, recovered: true },
		]);
		expect(charged()).toEqual([25.5]);
	});

	test('not charged: one retry of its execution sends it again', async () => {
		const { run, id: lost } = await lostRun('dropBefore');
		const options = said([lost, 'notCharged']);
		const retries = await Promise.all(
			[1, 2, 3].map(async () => await sandbox.retryChain(run, addFunds({ options }))),
		);
		expect(retries.filter(({ error }) => !error).map(({ json }) => json('Add'))).toEqual([
			[{ carrier_id, currency: 'usd', amount: 25.5, balance: 29.6 }],
		]);
		expect(retries.filter(({ error }) => error).map(({ error }) => error!.message)).toEqual(
			Array(2).fill(
				'The funds were not added: another retry of the same execution has charged for this item [item 0]',
			),
		);
		expect(charged()).toEqual([25.5]);
	});

	test('of one charge, and another is open: nothing is sent', async () => {
		const { run, id: first } = await lostRun('dropBefore');
		const options = said([first, 'notCharged']);
		lose('dropBefore');
		const second = openChargeOf(await sandbox.retryChain(run, addFunds({ options })));
		expect(second).not.toBe(first);
		const third = await sandbox.runChain([{ carrier_id }], addFunds({ options }));
		expect(openChargeOf(third)).toBe(second);
		expect(sandbox.calls()).toHaveLength(2);
	});

	test('not charged, and refused when sent again: what a person says then counts', async () => {
		const { run, id: lost } = await lostRun();
		sandbox.api.faults.add({ operation: 'addFunds', kind: 'refusal', message: 'Declined.' });
		const options = said([lost, 'notCharged']);
		const refused = await sandbox.retryChain(run, addFunds({ options }));
		expect(refused.error?.message).toContain('The funds were not added: Declined.');
		// The purchase was pending, and turns up.
		const corrected = addFunds({ options: said([lost, 'charged']) });
		for (const outcome of [
			await sandbox.retryChain(refused, corrected),
			await sandbox.retryChain(run, corrected),
		]) {
			expect(outcome.json('Add')).toMatchObject([{ amount: 25.5, recovered: true }]);
		}
		expect(charged()).toEqual([25.5]);
	});

	test('that it is not known yet: nothing is sent', async () => {
		const { id: lost } = await lostRun();
		const options = said([lost, 'notKnown'], ['', 'charged']);
		const outcome = await sandbox.runChain([{ carrier_id }], addFunds({ options }));
		expect(openChargeOf(outcome)).toBe(lost);
		expect(charged()).toEqual([25.5]);
	});

	test.each([
		['an expression for the ID', [['={{ $json.id }}', 'charged']]],
		['an expression for what happened', [['chg_abcdefghij', '={{ $json.verdict }}']]],
		[
			'two things of one charge',
			[
				['chg_abcdefghij', 'charged'],
				['chg_abcdefghij', 'notCharged'],
			],
		],
	])('%s says nothing', async (_name, rows) => {
		const options = said(...(rows as Parameters<typeof said>));
		const item = { carrier_id, id: 'chg_abcdefghij', verdict: 'charged' };
		const outcome = await sandbox.runChain([item], addFunds({ options }, going));
		expect(codesOf(outcome.json('Add'))).toEqual(['not_open_charges']);
		expect(sandbox.calls()).toEqual([]);
	});
});

describe('what was charged is not charged again', () => {
	const both = () => {
		const other = sandbox.api.addCarrier({ nickname: 'Other' }).carrier_id;
		return [{ carrier_id }, { carrier_id: other }];
	};
	const refuseSecond = (times = 1) => {
		sandbox.api.faults.add({ operation: 'addFunds', kind: 'delayBefore', ms: 0 });
		sandbox.api.faults.add({ operation: 'addFunds', kind: 'refusal', message: 'No.', times });
	};
	const one = { maxConcurrency: 1 };

	test('by a retry with another amount', async () => {
		refuseSecond();
		const run = await sandbox.runChain(both(), addFunds({ options: one }));
		const outcome = await sandbox.retryChain(run, addFunds({ amount: 10, options: one }));
		expect(outcome.json('Add')).toMatchObject([{ amount: 25.5 }, { amount: 10 }]);
		expect(charged()).toEqual([25.5, 10]);
	});

	test('by Retry On Fail with an amount that an expression makes anew', async () => {
		refuseSecond(2);
		sandbox.api.faults.add({ operation: 'addFunds', kind: 'delayBefore', ms: 0 });
		const amount = '={{ Math.floor(2000 + Math.random() * 5000) / 100 }}';
		await sandbox.runChain(both(), addFunds({ amount, options: one }, again));
		expect(charged()).toHaveLength(2);
	});

	test('by several retries at once of a run that stopped before it', async () => {
		const items = both();
		lose('dropBefore');
		const run = await sandbox.runChain(items, addFunds({ options: one }));
		const options = { ...one, ...said([openChargeOf(run), 'notCharged']) };
		const retries = await Promise.all(
			[1, 2, 3].map(async () => await sandbox.retryChain(run, addFunds({ options }))),
		);
		expect(charged()).toEqual([25.5, 25.5]);
		expect(retries.filter(({ error }) => !error)).toHaveLength(1);
	});
});

test('two items for one carrier are charged one after the other', async () => {
	const outcome = await sandbox.runChain(
		[{ carrier_id }, { carrier_id }],
		addFunds({ amount: 10 }),
	);
	expect(outcome.json('Add').map(({ balance }) => balance)).toEqual([14.1, 24.1]);
});

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

test('that is not enabled, or not possible, says so, and is no open charge', async () => {
	sandbox.api.reset({ fundsEnabled: false });
	const own = sandbox.api.addCarrier({ nickname: 'Shop' });
	const charge = async () =>
		await sandbox.runChain([{ carrier_id: own.carrier_id }], addFunds({}, going));
	for (const outcome of [await charge(), await charge()]) {
		expect(outcome.json('Add')).toMatchObject([{ error: { http_status: 403 } }]);
	}
	expect(charged()).toEqual([]);
});
