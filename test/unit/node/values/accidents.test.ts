import fc from 'fast-check';
import {
	ACCOUNT_FIELDS,
	ADDRESS_FIELDS,
} from '../../../../nodes/ShipEngine/input/registrationFields';
import { fullName, plainWords } from '../../../../nodes/ShipEngine/values/plainWords';
import { optionalText, requiredText } from '../../../../nodes/ShipEngine/values/validation';
import { codeOf } from '../support';

/** What spreadsheets and exports do to a cell: taken off, or refused, in every field alike. */

const TEXT_FIELDS = [...ACCOUNT_FIELDS, ...ADDRESS_FIELDS].filter(
	({ key }) => key !== 'agree_to_carrier_terms',
);

describe('what is around a text is taken off', () => {
	test.each([
		["an apostrophe before a number: '02134", "'02134", '02134'],
		['an apostrophe before a phone', "'+1 512", '+1 512'],
		['a typed one', '\u2019007', '007'],
		['a formula that keeps zeros', '="02134"', '02134'],
		['a formula with quotes within', '="The ""Best"" Shop"', 'The "Best" Shop'],
		['both', '\'="02134"', '02134'],
		['quotes', '"Ann Lee"', 'Ann Lee'],
		['apostrophes', "'Ann Lee'", 'Ann Lee'],
		['nothing in quotes', '""', ''],
		['entities', 'Smith &amp; Sons&#39; &quot;Shop&quot;', 'Smith & Sons\' "Shop"'],
		['entities of entities', 'Smith &amp;amp; Sons', 'Smith & Sons'],
		['entities in hexadecimal digits', 'Jos&#xE9; Pe&#241;a', 'José Peña'],
		['an entity of a space', 'Ann&nbsp;Lee', 'Ann Lee'],
		['an entity of a line break', 'Ann&#10;Lee', 'Ann Lee'],
	])('%s', (_what, value, text) => {
		expect(optionalText(value)).toBe(text);
	});

	test('in a whole row', () => {
		const row: Record<string, string> = {
			nickname: "'1001",
			email: "'ann@example.com'",
			name: '"Ann Lee"',
			phone: "'5125550101",
			company_name: 'Lee &amp; Sons',
			address_line1: "'4009 Marathon Blvd",
			address_line2: '="3-12"',
			city_locality: '"Boston"',
			state_province: "'MA",
			postal_code: "'02134",
			country_code: "'US",
			address_residential_indicator: "'yes'",
		};
		const checked: Record<string, unknown> = {};
		for (const { key, check } of TEXT_FIELDS) checked[key] = check(row[key], checked as never);
		expect(checked).toEqual({
			...{ nickname: '1001', email: 'ann@example.com', name: 'Ann Lee', phone: '512-555-0101' },
			...{ company_name: 'Lee & Sons', address_line1: '4009 Marathon Blvd' },
			...{ address_line2: '3-12', city_locality: 'Boston', state_province: 'MA' },
			...{ postal_code: '02134', country_code: 'US', address_residential_indicator: 'yes' },
		});
	});
});

const DAMAGED = [
	...['Jos\ufffd', 'Jos\udc00', 'Jos\x82', 'O\x92Brien', 'Pe\x96a', 'Caf\ue000'],
	...['JosÃ©', 'PeÃ±a', 'CafÃ¨', 'Oâ€™Brien', 'JosÃƒÂ©', 'Jos√©', 'Ã\xadÃ±igo', 'Â\xa0Ann'],
	...['Pe?a', 'Pe¤a', 'Mu¡oz', 'Ma±ana', 'Gar×on'],
	...['Jos\\u00e9', 'Jos\\xe9', 'Jos%C3%A9', 'Ann%20Lee', 'Jos&eacute;', '=?UTF-8?Q?Jos=C3=A9?='],
];

const NO_VALUE = [
	...['#N/A', '#REF!', '#NAME?', '#DIV/0!', '#VALUE!', '#NULL!', '#NUM!', '#SPILL!', '#CALC!'],
	...['#N/D', '#¡REF!', '#¿NOMBRE?', '#VALEUR!', '#WERT!', '#NV', '#GETTING_DATA', 'Err:508'],
	...['########', 'Ann #N/A', '#REF! Lee', '=A2&B2', '=VLOOKUP(A2,B:C,2)', '=HYPERLINK("a","b")'],
	...["'=A2", '12-Mar', '3-Dec-26', 'Jan-02', '5.12555E+09', '1,23E+11', '1E10'],
	...['{{ $json.name }}', 'Dear {{name}}', '${name}', '<%= name %>', '[object Object]'],
	...['undefined', 'null', 'NaN', '[null]', '(null)'],
];

describe('what was lost is refused, and said to be lost', () => {
	test.each([
		...DAMAGED.map((value) => ['damaged_text', value]),
		...NO_VALUE.map((value) => ['not_a_value', value]),
	])('%s: %s', (code, value) => {
		expect(codeOf(optionalText(value))).toBe(code);
		expect(codeOf(requiredText(` ${value!}\n`))).toBe(code);
	});

	test.each(TEXT_FIELDS.map(({ key, check }) => [key, check] as const))(
		'in %s as everywhere',
		(_key, check) => {
			for (const value of [...DAMAGED, ...NO_VALUE]) {
				expect([value, codeOf(check(value, {}))]).toEqual([
					value,
					expect.stringMatching(/^(damaged_text|not_a_value)$/),
				]);
			}
		},
	);

	test.each(['Jos? Lee', 'Ann Mu?', '? Lee'])('a person is not called %s', (name) => {
		expect(codeOf(fullName(name))).toBe('damaged_text');
		expect(codeOf(plainWords(name))).toBe('damaged_text');
	});
});

/** What looks like it, and is meant. */
const MEANT = [
	...["'Ohana Coffee", "'t Hooft", "O'Brien", 'O’Brien', 'O´Brien', 'Renée Ñuñez-Łukasz', 'Møller'],
	...['#1 Nails', 'Apt #PH', '# 12', '#B', 'Smith & Sons', 'AT&T Store', 'R&D; Labs', 'A & B;'],
	...['50% Off', '100%25', 'C++ Tutors', 'A=B Design', "Who's next?", 'What? Shop', 'Yes!?'],
	...[
		'12-14 Main St',
		'3-12',
		'3-120',
		'12-March',
		'May 20',
		'E+ Fitness',
		'5E',
		'1E1',
		'Mar-a-Lago',
	],
	...['SÃO PAULO', 'Ångström', 'BLÅ Design', 'Mª Carmen', 'N° 5', 'Café™', 'Col·lectiu', 'L·L'],
	...['Christopher Null', 'null and void', 'Undefined Studio', '{Brackets}', '[Square]', '$5 Shop'],
	...[
		'The "Best" Shop',
		'"A" and "B"',
		"Ann's 'Shop'",
		'5" Pipes',
		'back\\slash',
		'a/b',
		'<3 Cakes',
	],
	...[
		'東京 Shop',
		'👩‍👧 Shop',
		'Straße',
		'Ａ Ｂ',
		'½ Price',
		'24×7 Shop',
		'Ben ® Jerry',
		'«Bon» Marché',
	],
];

test.each(MEANT)('%s stays as it is', (text) => {
	expect(optionalText(text)).toBe(text);
});

test('no text of letters, spaces and usual punctuation is changed or refused', () => {
	const letter = fc.constantFrom(..."abcxyzABCXYZáéíñçöåØßłşğæœ0123456789 -.,/&'#()+:;!");
	fc.assert(
		fc.property(fc.array(letter, { maxLength: 40 }), (letters) => {
			const text = letters.join('').trim();
			// What is meant above: marks in front, an entity, a cell's error, a power and a date.
			fc.pre(!/^'|'$|&\S*;|#\S*!|^\d(,\d+)?E|^=/.test(text));
			expect(optionalText(text)).toBe(text);
		}),
		{ numRuns: 3_000 },
	);
});

describe('a full name', () => {
	test.each(['Ann Lee', 'J. Smith', 'María José de la Cruz', 'Lee, Ann', 'A B'])('%s', (name) => {
		expect(fullName(name)).toBe(name);
	});

	test.each(['Ann', 'Ann.', 'Ann 2', 'Ann -', '1 Lee'])('%s is only a part of one', (name) => {
		expect(codeOf(fullName(name))).toBe('not_full_name');
	});
});
