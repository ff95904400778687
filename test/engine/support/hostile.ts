import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { SANDBOX_KEY } from '../../../sandbox/api';
import { VISA } from './fixtures';

/** The same values in every run. A test that fails names the least value with which it does. */
const SEED = 20_261_122;

/** How long the search for a smaller value that fails may take, in milliseconds. */
const SEARCH = 110_000;

/** Holds a property for so many generated values. */
export async function forAll<T>(
	values: fc.Arbitrary<T>,
	runs: number,
	property: (value: T) => Promise<void>,
): Promise<void> {
	await fc.assert(fc.asyncProperty(values, property), {
		seed: SEED,
		numRuns: runs,
		interruptAfterTimeLimit: SEARCH,
		markInterruptAsFailure: true,
	});
}

/** What climbs a path, ends it, or names another host, if it reaches a URL as it is. */
const STEPS = [
	...[
		'../',
		'..',
		'./',
		'/',
		'//',
		'\\',
		'..\\',
		'?',
		'#',
		'@',
		':',
		';',
		'&',
		'=',
		'%',
		' ',
		'\t',
	],
	...['%2f', '%2F', '%5c', '%2e%2e', '%2e%2e%2f', '%252e%252e%252f', '%00', '%0d%0a', '%3f', '%23'],
	...['\r\n', '\n', '\r', '\0', '\u2028', '\u0085', '\u200b', '\u202e', '\ufeff', '\ud800'],
	// Full-width and look-alike dots, slashes, hyphens and letters.
	...['\uff0e', '\uff0f', '\u2024', '\u2215', '\u2044', '\u29f8', '\uff3c', '\uff0d', '\u017f'],
	...['se-1', 'SE-1', 'vfn_1', 'x', 'v1/carriers', 'evil.example', 'https://evil.example/'],
];

const BEGINNINGS = ['se-1', 'se-1/../../x', 'se-1?x=1', 'se-', 'vfn_1', 'https://evil.example', ''];

/** An ID that tries to be more than an ID. */
export const climbing = fc
	.tuple(
		fc.constantFrom(...BEGINNINGS),
		fc.array(fc.constantFrom(...STEPS), { minLength: 1, maxLength: 5 }),
	)
	.map(([beginning, steps]) => beginning + steps.join(''));

/** Text of any UTF-16 units, so that pairs may be broken. */
const units = fc
	.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
	.map((codes) => String.fromCharCode(...codes));

/** The names that reach an object's prototype, and those that an object has already. */
export const PROTOTYPE_KEYS = [
	...['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty'],
	...['__defineGetter__', 'toJSON', 'then', 'length'],
];

const INJECTED = [
	...['={{ $env }}', '={{ $json.card_number }}', '{{ $json }}', '=1', '${1}', '$&', '$1'],
	...['{{ (() => {}).constructor("return process")() }}', '</script><script>alert(1)</script>'],
	...["'; DROP TABLE accounts; --", 'x\r\nAPI-Key: other', 'x\r\n\r\nGET / HTTP/1.1', 'x\0y'],
	...['NaN', 'null', 'undefined', 'true', '[object Object]', '0x10', '1e999', '-1', 'Infinity'],
];

/** How a text may spread a secret, and only the digits of one. */
const SEPARATORS = ['', ' ', '-', '\u00a0', '  ', ' - ', '\u200b', '\u2011', '\u2060'];
const BETWEEN_DIGITS = [...SEPARATORS, '.', '_', '/'];

/** A secret as a text may repeat it: in groups, and within other words. */
export const echoOf = (secret: string) =>
	fc
		.tuple(
			fc.constantFrom(...(/\D/.test(secret) ? SEPARATORS : BETWEEN_DIGITS)),
			fc.integer({ min: 1, max: 6 }),
		)
		.map(([separator, size]) => {
			const groups = secret.match(new RegExp(`.{1,${size}}`, 'g')) ?? [];
			return `Not accepted: ${groups.join(separator)}!`;
		});

/** Text far longer than any field, and at times of a megabyte. */
const long = fc
	.tuple(fc.constantFrom('x', '4', '-', ' x', '../', '😀'), fc.integer({ min: 256, max: 20_000 }))
	.map(([unit, count]) => unit.repeat(count));
const huge = fc.constantFrom('x', '7', '@', '.').map((unit) => unit.repeat(1_000_000));

/** Strings of every kind. */
export const text = fc.oneof(
	{ weight: 8, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
	{ weight: 4, arbitrary: fc.string({ unit: 'grapheme', maxLength: 300 }) },
	{ weight: 4, arbitrary: units },
	{ weight: 10, arbitrary: climbing },
	{ weight: 5, arbitrary: fc.constantFrom(...PROTOTYPE_KEYS) },
	{ weight: 5, arbitrary: fc.constantFrom(...INJECTED) },
	{ weight: 3, arbitrary: echoOf(VISA) },
	{ weight: 2, arbitrary: long },
);

/** An object with keys that pollute whoever copies it carelessly. */
export const polluting = fc
	.tuple(
		fc.constantFrom(...PROTOTYPE_KEYS),
		fc.constantFrom('{"polluted":true}', '1', 'null', '"x"', '{"toString":1}', '[]'),
	)
	// Parsed, since only JSON.parse makes a key of its own of __proto__.
	.map(([key, value]) => JSON.parse(`{"${key}":${value},"nested":{"${key}":${value}}}`) as unknown);

/** In the place of values that only an expression gives: a date, and a function, of n8n's own. */
export const MARKS: unknown[] = ['a luxon date', 'a function of n8n'];

/** What is no text, and at times looks like it. */
const ODD = [
	...[undefined, null, true, false, NaN, Infinity, -Infinity, -0, 0, 1e21, 0.1, 2 ** 53],
	...[12n, Symbol('se-1'), () => 'se-1', Object.create(null), new Date(0), new Date(NaN)],
	...[new Map([['a', 1]]), new Set([1]), /se-1/, new Error('se-1'), Buffer.from('se-1')],
	...[{ toString: () => 'se-1' }, { toString: null }, { valueOf: () => 5 }, { mode: 'id' }],
	...[{ __rl: true, mode: 'id', value: '../' }, { length: 3 }, new String('se-1'), ['se-1']],
	...MARKS,
];

/** Values of every type that an expression or an item can give. */
export const value = fc.oneof(
	{ weight: 6, arbitrary: text },
	{ weight: 4, arbitrary: fc.constantFrom<unknown>(...ODD) },
	{ weight: 2, arbitrary: fc.oneof(fc.double(), fc.integer()) },
	{ weight: 2, arbitrary: fc.anything({ withNullPrototype: true, withBigInt: true, maxDepth: 2 }) },
	{ weight: 1, arbitrary: polluting },
);

/** A few values of a megabyte: too slow to be among the others. */
export const megabyte: fc.Arbitrary<unknown> = fc.oneof(
	huge,
	huge.map((unit) => [unit]),
	huge.map((unit) => ({ [unit]: unit })),
);

/** An expression for a field of the item, and for values that only an expression gives. */
export const expressionOf = (key: string) =>
	`={{ $json.${key} === 'a luxon date' ? $now : $json.${key} === 'a function of n8n' ? $jmespath : $json.${key} }}`;

/** What the built-in prototypes hold: nothing that a test could change unseen. */
const builtIns = () =>
	[Object, Array, String, Function, Promise, Map].map(({ prototype }) =>
		Reflect.ownKeys(prototype as object).map((key) => [
			key,
			Object.getOwnPropertyDescriptor(prototype, key),
		]),
	);

/** Makes sure, after all tests of a file, that no prototype was polluted. */
export function watchPrototypes(): void {
	const before = builtIns();
	afterEach(() => {
		expect(isDeepStrictEqual(builtIns(), before)).toBe(true);
		expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
	});
}

/** Longer than all that the node itself says of an item with every field wrong. */
const LONGEST_ERROR = 40_000;
const LONGEST_MESSAGE = 1_000;

const isText = (given: unknown) => typeof given === 'string' && given.trim() !== '';
const isTextOrNull = (given: unknown) => given === null || isText(given);

/** Letters and digits only, so that no separator hides a secret. */
const bare = (given: string) => given.replace(/[^A-Za-z0-9]/g, '');

/** Fails unless it is the error item of this input item, bounded, and without a secret. */
export function expectErrorItem(
	item: INodeExecutionData | undefined,
	itemIndex: number,
	secrets: string[],
): void {
	expect(item?.pairedItem).toBe(itemIndex);
	expect(Object.keys(item?.json ?? {})).toEqual(['error']);
	const error = item?.json.error as IDataObject & { errors: IDataObject[] };
	const { message, description, http_status, request_id, errors, carrier_id, ...others } = error;
	// Where the step is set to continue, so that the next one passes it on.
	expect([{}, { skip_next_steps: true }]).toContainEqual(others);
	expect([message, description].every(isText) && isTextOrNull(request_id)).toBe(true);
	expect(http_status === null || Number.isInteger(http_status)).toBe(true);
	expect(carrier_id === undefined || CARRIER_ID.test(String(carrier_id))).toBe(true);
	expect(errors.length).toBeGreaterThan(0);
	for (const reason of errors) {
		expect(Object.keys(reason)).toEqual(['code', 'field', 'message']);
		expect(isText(reason.code) && isTextOrNull(reason.field) && isText(reason.message)).toBe(true);
	}
	const stored = JSON.stringify(error);
	expect(String(message).length).toBeLessThanOrEqual(LONGEST_MESSAGE);
	expect(stored.length).toBeLessThanOrEqual(LONGEST_ERROR);
	const told = bare(JSON.stringify({ ...error, request_id: undefined }));
	for (const secret of [SANDBOX_KEY, ...secrets]) expect(told).not.toContain(bare(secret));
}

/** Whether an item failed. */
export const hasFailed = (item: INodeExecutionData | undefined) =>
	item !== undefined && 'error' in item.json;

/** The API's documented form of a carrier's ID, at most 25 characters. */
export const CARRIER_ID = /^(?=.{1,25}$)se(-[a-z0-9]+)+$/;

/** A sub-account's ID, in either of its forms. */
export const SUB_ACCOUNT_ID = /^(?=.{1,25}$)(se(-[a-z0-9]+)+|[1-9]\d{0,19})$/;
