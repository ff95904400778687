import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { EarlierSteps } from '../../../../nodes/ShipEngine/input/earlierSteps';
import { Item } from '../../../../nodes/ShipEngine/input/item';
import { readChain } from '../../../../nodes/ShipEngine/input/chainFields';
import { behalfOf } from '../../../../nodes/ShipEngine/input/onBehalfOf';
import { TIMEOUT } from '../../../../nodes/ShipEngine/input/options';
import type { KeyType } from '../../../../nodes/ShipEngine/values/keyType';
import { maxConcurrency, maxWait } from '../../../../nodes/ShipEngine/input/runOptions';
import { NOTHING, NOT_TEXT } from '../support';

/** What earlier steps name is tested with them. */
const NO_STEPS = {
	find: () => undefined,
	nearest: () => undefined,
	disabled: () => undefined,
	ofPartner: () => undefined,
} as unknown as EarlierSteps;

/**
 * Reads the options of an item.
 *
 * @param given - what n8n makes of them for the item
 * @param set - the options as they stand in the workflow
 */
function read(given: unknown, set: unknown = given, keyType: KeyType = 'partner') {
	const context = {
		getInputData: () => [{ json: {} }],
		getNodeParameter: (_name: string, _itemIndex: number, fallback: unknown, raw?: object) =>
			(raw ? set : given) ?? fallback,
	} as unknown as IExecuteFunctions;
	const item = new Item(context, 0, NO_STEPS, false);
	const timeout = TIMEOUT.read(item);
	const source = behalfOf(item, keyType);
	const { onBehalfOf } = source
		? readChain<{ onBehalfOf: string }>(item, { onBehalfOf: source }).values
		: {};
	return { onBehalfOf, timeout, mistakes: item.checklist.mistakes };
}

const DEFAULTS = { onBehalfOf: undefined, timeout: 60, mistakes: [] };

test.each([
	['no options', {}],
	['options that were never opened', undefined],
	['a sub-account that was added and left empty', { onBehalfOf: '' }],
	['a sub-account of spaces', { onBehalfOf: '  ' }],
	['a timeout of nothing', { timeout: undefined }],
])('%s: sixty seconds, and the account of the key', (_name, options) => {
	expect(read(options, options, 'own')).toEqual(DEFAULTS);
	expect(read(options).mistakes).toMatchObject([{ code: 'no_sub_account' }]);
});

describe('On Behalf Of', () => {
	test.each([
		['se-123456', 'se-123456'],
		[' se-123456\n', 'se-123456'],
	])("'%s'", (given, onBehalfOf) => {
		expect(read({ onBehalfOf: given })).toEqual({ ...DEFAULTS, onBehalfOf });
	});

	test('by an expression', () => {
		expect(read({ onBehalfOf: 'se-5' }, { onBehalfOf: '={{ $json.account }}' })).toEqual({
			...DEFAULTS,
			onBehalfOf: 'se-5',
		});
	});

	test.each(NOTHING)(
		'an expression that gives %s never falls back to the account of the key',
		(_name, nothing) => {
			const set = { onBehalfOf: '={{ $json.account }}' };
			expect(read({ onBehalfOf: nothing }, set)).toEqual({
				...DEFAULTS,
				mistakes: [
					{
						code: 'no_value_for_item',
						field: 'options.onBehalfOf',
						message: "'On Behalf Of' is empty: what it is set to gave nothing for this item",
					},
				],
			});
		},
	);

	test.each([
		...NOT_TEXT,
		['a number of another form', 1234.5],
		['two IDs', 'se-1,se-2'],
		['a header', 'se-1\r\nX: y'],
	])('%s is refused', (_name, onBehalfOf) => {
		expect(read({ onBehalfOf }).mistakes).toMatchObject([
			{ code: expect.stringMatching(/^not_(text|sub_account_id)$/), field: 'options.onBehalfOf' },
		]);
	});
});

describe('Timeout', () => {
	test.each([
		[1, 1],
		[60, 60],
		[0.5, 0.5],
		['30', 30],
		[' 30 ', 30],
		[3600, 3600],
	])('%p is %d seconds', (given, timeout) => {
		const options = { timeout: given };
		expect(read(options, options, 'own')).toEqual({ ...DEFAULTS, timeout });
	});

	test.each([
		['zero', 0],
		['a negative number', -1],
		['a word', 'soon'],
		['with its unit', '30s'],
		['an empty text', ''],
		...NOT_TEXT.filter(([name]) => name !== 'a bigint'),
	])('%s is refused', (_name, timeout) => {
		expect(read({ timeout }, { timeout }, 'own').mistakes).toEqual([
			{
				code: 'not_seconds',
				field: 'options.timeout',
				message: "'Timeout' must be a number of seconds, above zero and at most a day",
			},
		]);
	});

	test('both are told at once', () => {
		const options: IDataObject = { timeout: 0, onBehalfOf: 'x' };
		expect(read(options).mistakes).toHaveLength(2);
	});
});

describe('of the whole run', () => {
	/** The run's own options, where item 0 has this one. */
	function ofRun(name: string, value: unknown) {
		const context = {
			getNodeParameter: (path: string, itemIndex: number, fallback: unknown) =>
				(path === `options.${name}` && itemIndex === 0 ? value : undefined) ?? fallback,
		} as unknown as IExecuteFunctions;
		return { concurrency: maxConcurrency(context), wait: maxWait(context) };
	}

	test('five items side by side, and two minutes', () => {
		expect(ofRun('none', 1)).toEqual({ concurrency: 5, wait: 120_000 });
	});

	test.each([
		[1, 1],
		[5, 5],
		[50, 50],
		['7', 7],
		[0, 1],
		[-3, 1],
		[0.5, 1],
		[2.9, 2],
		[51, 50],
		[Number.POSITIVE_INFINITY, 50],
		[Number.NaN, 5],
		['many', 5],
		['', 5],
		[null, 5],
		[{}, 5],
		[[1, 2], 5],
		[true, 5],
	])('Max Concurrency %p: %i side by side', (value, concurrency) => {
		expect(ofRun('maxConcurrency', value)).toEqual({ concurrency, wait: 120_000 });
	});

	test.each([
		[0, 0],
		[1, 1_000],
		[0.5, 500],
		[600, 600_000],
		['600', 600_000],
		[-1, 0],
		[Number.NaN, 120_000],
		['long', 120_000],
		[null, 120_000],
		[{}, 120_000],
	])('Max Wait %p: %i milliseconds', (value, wait) => {
		expect(ofRun('maxWait', value)).toEqual({ concurrency: 5, wait });
	});
});
