import fc from 'fast-check';
import { expirationMonth, expirationYear } from '../../../nodes/ShipEngine/values/paymentCard';
import { EXPIRATION_DATE, monthAndYear } from '../../../page/expiry';

const NOW = new Date().getUTCFullYear();

/** A date as the node's own checks read it: `07 2029`; a Mistake's code where there is none. */
function read(text: string): string {
	const { month, year } = monthAndYear(text);
	return [expirationMonth(month), expirationYear(year)]
		.map((part) => (typeof part === 'string' ? part : part.code))
		.join(' ');
}

/** What stands in the input once a text was typed, key by key. */
const typed = (text: string) =>
	[...text].reduce((shown, key) => EXPIRATION_DATE.added(shown + key), '');

/** The ways in which a text comes into the input. */
const WAYS: Array<[string, (text: string) => string]> = [
	['typed', typed],
	['filled in', (text) => EXPIRATION_DATE.added(text)],
	['filled in without an event', (text) => text],
];

/** A run of a few seconds. `RUNS=200000 SEED=7` looks longer. */
const RUNS = {
	numRuns: Number(process.env.RUNS ?? 10_000),
	seed: Number(process.env.SEED ?? 20_261_128),
};

const month = fc.integer({ min: 1, max: 12 });
const year = fc.integer({ min: NOW, max: NOW + 20 });
const two = (number: number) => String(number % 100).padStart(2, '0');

const separator = fc
	.tuple(
		fc.constantFrom('', ' ', '  ', '\u00a0'),
		fc.constantFrom('/', '-', '.', ' ', '–', '−', '_', ',', "'", '|', '\\', '·', '／', '//'),
		fc.constantFrom('', ' ', '\u2009'),
	)
	.map((parts) => parts.join(''));

const NAMES = Array.from({ length: 12 }, (_each, index) =>
	new Date(Date.UTC(2024, index, 15)).toLocaleString('en-US', { month: 'long', timeZone: 'UTC' }),
);

/** The forms of a date that can mean only one month; undefined where a form has none for a date. */
const FORMS: Array<(month: number, year: number, between: string) => string | undefined> = [
	(m, y, by) => `${m}${by}${two(y)}`,
	(m, y, by) => `${m}${by}${y}`,
	(m, y, by) => `${two(m)}${by}${two(y)}`,
	(m, y, by) => `${two(m)}${by}${y}`,
	(m, y, by) => `${y}${by}${two(m)}`,
	(m, y, by) => `${y}${by}${m}`,
	(m, y) => `${two(m)}${two(y)}`,
	(m, y) => `${two(m)}${y}`,
	(m, y) => `${y}${two(m)}`,
	// 10, 11 and 12 can be begun by a 1: what follows has to tell them apart.
	(m, y) => (m > 1 && m < 10 ? `${m}${two(y)}` : undefined),
	(m, y) => (m < 10 ? `${m}${y}` : undefined),
	(m, y) => (m > 1 && m < 10 ? `${y}${m}` : undefined),
	(m, y, by) => `${NAMES[m - 1]!.slice(0, 3)}${by}${y}`,
	(m, y, by) => `${NAMES[m - 1]!.toUpperCase()}${by}${two(y)}`,
	(m, y, by) => `${y}${by}${NAMES[m - 1]!.toLowerCase()}`,
];

const wide = (text: string) =>
	text.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));

const spelling = fc
	.tuple(
		fc.constantFrom(...FORMS),
		month,
		year,
		separator,
		fc.constantFrom('', ' ', '\u200b', '\u202a'),
		fc.constantFrom('', ' ', '\u202c'),
		fc.integer({ min: 0, max: 9 }),
	)
	.map(([form, m, y, by, before, behind, width]) => {
		const text = form(m, y, by);
		return text === undefined
			? undefined
			: {
					text: before + (width === 0 ? wide(text) : text) + behind,
					means: `${two(m)} ${y}`,
				};
	})
	.filter((each) => each !== undefined);

test.each(WAYS)('every spelling that can mean only one month is taken: %s', (_way, entered) => {
	fc.assert(
		fc.property(spelling, ({ text, means }) => expect(read(entered(text))).toBe(means)),
		RUNS,
	);
});

/** Every date that a text can be split into: a month of one or two digits, a year of two or four. */
function meanings(text: string): Set<string> {
	const found = new Set<string>();
	const [first = '', second, ...others] = text.match(/\d+/g) ?? [];
	const note = (m: string, y: string) => {
		const full = y.length === 2 ? `20${y}` : y;
		const isMonth = /^\d{1,2}$/.test(m) && Number(m) >= 1 && Number(m) <= 12;
		const isYear = /^(\d{2}|\d{4})$/.test(y) && Number(full) >= NOW && Number(full) <= NOW + 20;
		if (isMonth && isYear) found.add(`${m.padStart(2, '0')} ${full}`);
	};
	const splits: Array<[string, string]> =
		second !== undefined
			? [[first, second]]
			: [1, 2, 4].map((at): [string, string] => [first.slice(0, at), first.slice(at)]);
	if (others.length > 0) return found;
	for (const [one, other] of splits) {
		note(one, other);
		if (one.length === 4) note(other, one);
	}
	return found;
}

const digitsAndMore = fc.stringMatching(/^[012]\d{0,3}[/ -]?\d{0,4}[/ -]?\d?$/);

test.each(WAYS)('no text is taken for another month than it can mean: %s', (_way, entered) => {
	fc.assert(
		fc.property(digitsAndMore, (text) => {
			const taken = read(entered(text));
			const possible = [...meanings(text)];
			// Each of these is the beginning of another date.
			const isOpen = /^\D*(1[0-2]\d|20\d\d1)\D*$/.test(text);
			if (/^\d\d \d{4}$/.test(taken)) return expect(possible).toEqual([taken]);
			return expect(isOpen ? [] : possible).toHaveLength(0);
		}),
		RUNS,
	);
});

describe('what stands in the input while a date is typed', () => {
	test.each([
		['0728', ['0', '07 / ', '07 / 2', '07 / 28']],
		['728', ['07 / ', '07 / 2', '07 / 28']],
		['1/28', ['1', '01 / ', '01 / 2', '01 / 28']],
		['1128', ['1', '11 / ', '11 / 2', '11 / 28']],
		['1228', ['1', '12', '12 / 2', '12 / 28']],
		['12 / 28', ['1', '12', '12 / ', '12 / ', '12 / ', '12 / 2', '12 / 28']],
		['228', ['2', '02 / 2', '02 / 28']],
		['2028-07', ['2', '20', '202', '2028', '2028-', '2028-0', '07 / 2028']],
		['12028', ['1', '12', '01 / 20', '01 / 202', '01 / 2028']],
		['12/030', ['1', '12', '12 / ', '12 / 0', '12 / 03', '12 / 030']],
		['Jul', ['J', 'Ju', 'Jul']],
		['00', ['0', '00']],
		['1', ['1']],
	])('%s', (text, shown) => {
		expect([...text].map((_key, place) => typed(text.slice(0, place + 1)))).toEqual(shown);
	});

	test('nothing is put in where something is removed', () => {
		expect(EXPIRATION_DATE.removed('07 / ')).toBe('07');
		expect(EXPIRATION_DATE.removed('07 /')).toBe('07');
		expect(EXPIRATION_DATE.removed('7 / 28')).toBe('7 / 28');
		expect(EXPIRATION_DATE.removed('０７ / ')).toBe('０７');
	});
});

test.each([
	'129',
	'1 2 2028',
	'07',
	'2028',
	'7',
	'07 / 2',
	'1/228',
	'07/28/2030',
	'July',
	'',
	'//',
])('%j is no month and year', (text) => {
	expect(monthAndYear(text)).toEqual({ month: '', year: '' });
});
