import fc from 'fast-check';
import {
	ACCOUNT_FIELDS,
	ADDRESS_FIELDS,
} from '../../../../nodes/ShipEngine/input/registrationFields';
import { leftOut, secondLine, street } from '../../../../nodes/ShipEngine/values/usAddress';
import { fullName, plainWords } from '../../../../nodes/ShipEngine/values/plainWords';
import { Mistake } from '../../../../nodes/ShipEngine/values/mistakes';
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
		['apostrophes around a number', "'1001'", '1001'],
		['apostrophes around a street', "'1 Main St'", '1 Main St'],
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
	...['<<First Name>>', '\\N'],
	...['Jos\ufffd', 'Jos\udc00', 'Jos\x82', 'O\x92Brien', 'Pe\x96a', 'Caf\ue000'],
	...['JosÃ©', 'PeÃ±a', 'CafÃ¨', 'Oâ€™Brien', 'JosÃƒÂ©', 'Jos√©', 'Ã\xadÃ±igo', 'Â\xa0Ann'],
	...[
		'Josï¿½',
		'Nguyá»…n',
		'PenÌƒa',
		'ðŸ˜€ Shop',
		'Jos├®',
		'JosĂ©',
		'JosГ©',
		'Jos&#65533;',
		'O&#146;Brien',
	],
	...[
		'1 Main<br>Apt 4',
		'1 Main St\\nApt 4',
		"O\\'Brien",
		'O%27Brien',
		'Jos=C3=A9',
		'Ann_x000D_ Lee',
		'O&#39Brien',
	],
	...['Pe?a', 'Pe¤a', 'Mu¡oz', 'Ma±ana', 'Gar×on'],
	...['Jos\\u00e9', 'Jos\\xe9', 'Jos%C3%A9', 'Ann%20Lee', 'Jos&eacute;', '=?UTF-8?Q?Jos=C3=A9?='],
];

const NO_VALUE = [
	...['#N/A', '#REF!', '#NAME?', '#DIV/0!', '#VALUE!', '#NULL!', '#NUM!', '#SPILL!', '#CALC!'],
	...['#N/D', '#¡REF!', '#¿NOMBRE?', '#VALEUR!', '#WERT!', '#NV', '#GETTING_DATA', 'Err:508'],
	...['########', 'Ann #N/A', '#REF! Lee', '=A2&B2', '=VLOOKUP(A2,B:C,2)', '=HYPERLINK("a","b")'],
	...["'=A2", '12-Mar', '3-Dec-26', 'Jan-02', '5.12555E+09', '1,23E+11', '1E+10'],
	...['{{ $json.name }}', 'Dear {{name}}', '${name}', '<%= name %>', '[object Object]'],
	...[
		'undefined undefined',
		'null null',
		'Ann undefined',
		'1 Main St undefined',
		'NULL',
		'Dear ${first}',
	],
	...['{first} {last}', '*|FNAME|* *|LNAME|*', '«First Name»', '[First Name]', '%%First Name%%'],
	...[
		'first_name last_name',
		'2-jan',
		'5.12e+09',
		'01/02/26',
		'2026-01-02T00:00:00.000Z',
		'Invalid Date',
		'#VALUE',
	],
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
				// What may be left out, people leave out in words.
				if (/^(null|\\N)$/i.test(value) && check('', {}) === '') continue;
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
	...[
		"'47 Brand",
		"'90s Vintage",
		'’80s Tees',
		'JOSÉ’S',
		'Café’',
		'H2O Pools',
		'Jennifer Null',
		'Suite 2E14',
	],
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
	...['Christopher Null', 'null and void', 'Undefined Studio', '[Square]', '$5 Shop'],
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
			fc.pre(!/^'|'$|&\S*;|&#|#\S*!|^-+$|^\d(,\d+)?E|^=|^\d+\/\d+\/\d+$/.test(text));
			expect(optionalText(text)).toBe(text);
		}),
		{ numRuns: 3_000, seed: 20_261_129 },
	);
});

test.each(['N/A', 'n/a', 'none', '-', '--', 'NULL'])('%s is nothing where that may be', (text) => {
	expect([leftOut(text), secondLine(text)]).toEqual(['', '']);
	expect(codeOf(street(text))).toBe('not_a_value');
});

test('a street has letters, and no apostrophe in front of its number', () => {
	expect(codeOf(street('46093'))).toBe('not_a_value');
	expect(street("'4009 Marathon Blvd")).toBe('4009 Marathon Blvd');
});

// What is not linear takes hours, and is seen by that.
test('the longest text comes to a text or a mistake, whatever it is made of', () => {
	const units = [
		'-',
		' ',
		'- ',
		'null',
		'a',
		'{a}',
		'[A ',
		'<',
		'<a',
		'&amp;',
		'="',
		'E+1',
		'#A',
		'%%',
		'*|',
		'«',
	];
	for (const unit of [...units, '{{', '${', 'Ã', '1,', 'undefined ', '\\u00e', '=?a']) {
		for (const end of ['', 'x', '!', '}']) {
			const text = optionalText(unit.repeat(254 / unit.length) + end);
			expect(text instanceof Mistake || text.length < 256).toBe(true);
		}
	}
});

describe('a full name', () => {
	test.each(['Ann Lee', 'J. Smith', 'María José de la Cruz', 'Lee, Ann', 'A B'])('%s', (name) => {
		expect(fullName(name)).toBe(name);
	});

	test.each(['Ann', 'Ann.', 'Ann 2', 'Ann -', '1 Lee'])('%s is only a part of one', (name) => {
		expect(codeOf(fullName(name))).toBe('not_full_name');
	});
});
