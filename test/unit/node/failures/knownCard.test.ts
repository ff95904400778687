import fc from 'fast-check';
import { masked } from '../../../../nodes/ShipEngine/failures/masking';
import { TEST_CARDS } from '../support';

/** A card number that the node knows is hidden in any spelling, and so is whatever tells most of it. */

/** A run of a few seconds. `RUNS=200000 SEED=7` looks longer. */
const RUNS = {
	numRuns: Number(process.env.RUNS ?? 10_000),
	seed: Number(process.env.SEED ?? 20_261_128),
};

const digitOf = (zero: number) => (digit: string) => String.fromCodePoint(zero + Number(digit));
const codeOf = (digit: string) => digit.charCodeAt(0);
const hexOf = (digit: string) => codeOf(digit).toString(16);

/** How one digit can be written. */
const DIGITS: Record<string, (digit: string) => string> = {
	plain: (digit) => digit,
	wide: digitOf(0xff10),
	arabic: digitOf(0x660),
	persian: digitOf(0x6f0),
	devanagari: digitOf(0x966),
	bold: digitOf(0x1d7ce),
	'double-struck': digitOf(0x1d7d8),
	superscript: (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]!,
	'in JSON': (digit) => `\\u00${hexOf(digit)}`,
	'in JSON in JSON': (digit) => `\\\\u00${hexOf(digit)}`,
	'in JavaScript': (digit) => `\\x${hexOf(digit)}`,
	'in ECMAScript': (digit) => `\\u{${hexOf(digit)}}`,
	'in HTML': (digit) => `&#${codeOf(digit)};`,
	'in HTML, hexadecimal': (digit) => `&#x${hexOf(digit)};`,
	'in HTML in HTML': (digit) => `&amp;#${codeOf(digit)};`,
	'in HTML in HTML in HTML': (digit) => `&amp;amp;#x${hexOf(digit)};`,
	'in a URL': (digit) => `%${hexOf(digit)}`,
	'in a URL in a URL': (digit) => `%25${hexOf(digit)}`,
	'wide, in a URL': (digit) => encodeURIComponent(digitOf(0xff10)(digit)),
	'arabic, in a URL': (digit) => encodeURIComponent(digitOf(0x660)(digit)),
	'in HTML in a URL': (digit) => encodeURIComponent(`&#${codeOf(digit)};`),
	'in JSON in HTML': (digit) => `&#92;u00${hexOf(digit)}`,
};

/** What can stand between two digits. */
const BETWEEN = [
	...['', '', '', ' ', '-', '.', '/', '_', ',', ':', ' - ', '","', '\t', '\n', '  '],
	...['\u00a0', '\u200b', '\u2011', '\u202e', '·', '😀', '\ufeff'],
	...['<b></b>', '<br/>', '</td><td>', '</span> <span class="digits4">', '<!-- 12 -->'],
	...['x', ' and ', ' - to ', '<b>or</b>'],
	...['<b title="a>1">', '<!-- a > 1 -->', '<![CDATA[', "</td>\n<td class='n'>"],
	...[
		'%26nbsp%3B',
		'\\u0026nbsp\\u003b',
		'&#38;nbsp&#59;',
		'%26lt%3Bb%26gt%3B',
		'&emsp13;',
		'&nbsp',
	],
	...['\\v', '\\xc2\\xa0', '%EF%BB%BF'],
	...['&nbsp;', '&#160;', '&amp;nbsp;', '%20', '%2520', '%C2%A0', '\\u00a0', '\\n'],
];

/** Parts of a number that are as good as all of it. */
const PARTS: Record<string, (number: string) => string> = {
	whole: (number) => number,
	'all but the last digit': (number) => number.slice(0, -1),
	'all but the first digit': (number) => number.slice(1),
	'the first twelve': (number) => number.slice(0, 12),
	'the last twelve': (number) => number.slice(-12),
	'the first eight': (number) => number.slice(0, 8),
	'the last eight': (number) => number.slice(-8),
	'eight in the middle': (number) => number.slice(3, 11),
};

const spaced = (digits: string) => digits.replace(/(.{4})(?=.)/g, '$1 ');
const base64 = (text: string, encoding: BufferEncoding = 'utf8') =>
	Buffer.from(text, encoding).toString('base64');

/** How a number can be encoded as a whole. */
const ENCODED: Record<string, (digits: string) => string> = {
	Base64: (digits) => base64(digits),
	'Base64 of groups': (digits) => base64(spaced(digits)),
	'Base64 of JSON': (digits) => base64(JSON.stringify({ number: digits, name: 'A' })),
	'Base64 of JSON with groups': (digits) => base64(JSON.stringify({ card: spaced(digits) })),
	'Base64 for URLs': (digits) => Buffer.from(`~?>${digits}~?>`).toString('base64url'),
	'Base64 in lines': (digits) =>
		base64(`${'name and address '.repeat(4)}${digits}`).replace(/(.{76})/g, '$1\r\n'),
	'Base64 twice': (digits) => base64(base64(digits)),
	'Base64 of groups twice': (digits) => base64(base64(`pan=${spaced(digits)}`)),
	'Base64 of UTF-16': (digits) => base64(digits, 'utf16le'),
	'Base64 of UTF-16 with groups': (digits) => base64(spaced(digits), 'utf16le'),
	'Base64 of UTF-16, the higher byte first': (digits) =>
		Buffer.from(spaced(digits), 'utf16le').swap16().toString('base64'),
	'Base64 of a URL': (digits) => base64(`?n=${encodeURIComponent(spaced(digits))}&x=1`),
	'Base64 of HTML': (digits) => base64(`<td>${spaced(digits).replaceAll(' ', '</td><td>')}</td>`),
	'Base64 of entities': (digits) => base64(spaced(digits).replaceAll(' ', '&nbsp;')),
	'Base64 of wide digits': (digits) => base64([...digits].map(digitOf(0xff10)).join('')),
	'hexadecimal digits': (digits) => Buffer.from(digits).toString('hex'),
	'hexadecimal digits of groups': (digits) =>
		Buffer.from(spaced(digits))
			.toString('hex')
			.toUpperCase()
			.replace(/(..)(?=.)/g, '$1 '),
	'Base64 of hexadecimal digits': (digits) => base64(Buffer.from(digits).toString('hex')),
};

const number = fc.constantFrom(...TEST_CARDS.map(([, digits]) => digits));

const around = fc.constantFrom(
	...['', 'Card ', '"number":"', 'declined: ', '>', '(', 'x', 'pan=', 'š'],
);

const names = (table: object) => fc.constantFrom(...Object.keys(table));

test('whatever the digits are written as, and whatever stands between them', () => {
	const spelling = fc.tuple(
		number,
		names(PARTS),
		// One way for all, or another for each.
		fc.oneof(
			names(DIGITS).map((way) => [way]),
			fc.array(names(DIGITS), { minLength: 2, maxLength: 19 }),
		),
		fc.oneof(
			fc.constantFrom(...BETWEEN).map((between) => [between]),
			fc.array(fc.constantFrom(...BETWEEN), { minLength: 2, maxLength: 19 }),
		),
		around,
		around,
	);
	fc.assert(
		fc.property(spelling, ([known, part, ways, gaps, before, behind]) => {
			const written = [...PARTS[part]!(known)]
				.map((digit, place) => {
					const gap = place === 0 ? '' : gaps[place % gaps.length]!;
					return gap + DIGITS[ways[place % ways.length]!]!(digit);
				})
				.join('');
			const [left, right = '?', ...others] = masked(before + written + behind, [known]).split(
				'[hidden]',
			);
			// A letter around may be a hexadecimal digit too, and is hidden with it.
			expect([before.startsWith(left!), behind.endsWith(right), others]).toEqual([true, true, []]);
		}),
		RUNS,
	);
});

test('however it is encoded', () => {
	fc.assert(
		fc.property(number, names(PARTS), names(ENCODED), around, (known, part, way, before) => {
			const digits = PARTS[part]!(known);
			const written = ENCODED[way]!(digits);
			const told = masked(`${before}${written} end`, [known]);
			expect(told).toContain('[hidden]');
			// Of the digits, the encoded text has none left but for half a character at either end.
			const longest = written.length - (digits.length - 1) * (/hex/.test(way) ? 2 : 4 / 3);
			expect(told.replaceAll('[hidden]', '').length - before.length - ' end'.length).toBeLessThan(
				Math.max(1, longest),
			);
		}),
		RUNS,
	);
});

test('what may be told of it stays: the first six digits, and the last four', () => {
	fc.assert(
		fc.property(number, (known) => {
			const text = `${known.slice(0, 6)}****** ending in ${known.slice(-4)}`;
			expect(masked(text, [known])).toBe(text);
		}),
		RUNS,
	);
});
