import fc from 'fast-check';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { EarlierSteps } from '../../../../nodes/ShipEngine/input/earlierSteps';
import { Item } from '../../../../nodes/ShipEngine/input/item';
import { AMOUNT } from '../../../../nodes/ShipEngine/resources/carrier/fundsFields';

interface Set {
	amount?: unknown;
	maximumAmount?: unknown;
	confirmLiveCharge?: unknown;
}

/** Reads the amount of an item whose fields come to these values. */
function read(given: Set) {
	const set: Record<string, unknown> = {
		amount: 20,
		maximumAmount: 100,
		confirmLiveCharge: true,
		...given,
	};
	const context = {
		getInputData: () => [{ json: {} }],
		getNodeParameter: (name: string) => set[name],
	} as unknown as IExecuteFunctions;
	const item = new Item(context, 0, {} as EarlierSteps, false);
	const value = AMOUNT.read(item) as number | undefined;
	const fields = item.checklist.mistakes.map(({ field }) => field);
	return { value, fields };
}

test.each([
	[10, 10],
	[25.5, 25.5],
	[100, 100],
	['25.50', 25.5],
	[' 25 ', 25],
	[10.01, 10.01],
])('%p is an amount', (amount, value) => {
	expect(read({ amount })).toEqual({ value, fields: [] });
});

test.each([
	...[
		9.99,
		0,
		-10,
		10.005,
		100.01,
		1e21,
		NaN,
		Infinity,
		'1,000',
		'1e2',
		'0x20',
		'10.',
		'.5',
		'-10',
	],
	...[null, undefined, '', ' ', true, {}, [20], '$20', '٢٠', '10 000'],
])('%p is none', (amount) => {
	expect(read({ amount })).toMatchObject({ value: undefined, fields: ['amount'] });
});

test.each([0, 9.99, '', null, 'much', NaN, Infinity, -1])('%p is no ceiling', (maximumAmount) => {
	expect(read({ maximumAmount }).fields).toContain('maximum_amount');
});

test.each([false, 'true', 1, null, undefined])('%p confirms nothing', (confirmLiveCharge) => {
	const { fields } = read({ confirmLiveCharge });
	expect(fields).toEqual(['confirm_live_charge']);
});

test('whatever comes through is within its bounds, in whole cents', () => {
	const anything = fc.oneof(
		fc.anything(),
		fc.double({ noNaN: false }),
		fc.double({ min: 0, max: 200 }).map((value) => value.toFixed(2)),
		fc.integer({ min: 0, max: 20_000 }).map((cents) => cents / 100),
	);
	let passed = 0;
	fc.assert(
		fc.property(anything, anything, (amount, maximumAmount) => {
			const { value, fields } = read({ amount, maximumAmount });
			if (fields.length > 0) return;
			passed += 1;
			expect(value).toBeGreaterThanOrEqual(10);
			expect(value).toBeLessThanOrEqual(Number(maximumAmount));
			expect(value).toBe(Math.round(value! * 100) / 100);
		}),
		{ seed: 20_261_125, numRuns: 5_000 },
	);
	expect(passed).toBeGreaterThan(100);
});
