import { Mistake } from '../../../../nodes/ShipEngine/values/mistakes';
import {
	country,
	residential,
	secondLine,
	street,
	zip,
} from '../../../../nodes/ShipEngine/values/usAddress';
import { state } from '../../../../nodes/ShipEngine/values/usStates';
import { NOTHING, NOT_TEXT, codeOf, inCases } from '../support';

/** USPS Publication 28, appendix B. */
const STATES = `
AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware
FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky
LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi
MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico
NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania
RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont
VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming
DC District of Columbia
AS American Samoa|GU Guam|MP Northern Mariana Islands|PR Puerto Rico|VI Virgin Islands
FM Federated States of Micronesia|MH Marshall Islands|PW Palau
AA Armed Forces Americas|AE Armed Forces Europe|AP Armed Forces Pacific`
	.trim()
	.split(/[|\n]/)
	.map((line): [code: string, name: string] => [line.slice(0, 2), line.slice(3)]);

describe('state', () => {
	test('the table has the fifty states, DC, the eight territories and the three military regions', () => {
		expect(new Set(STATES.map(([code]) => code)).size).toBe(62);
	});

	test.each(STATES)('%s, by code and as %s, in any case', (code, name) => {
		for (const word of [...inCases(code), ...inCases(name)]) {
			expect(state(` ${word}\n`)).toBe(code);
		}
	});

	test.each([
		['two spaces within', 'New   York', 'NY'],
		['a line break within', 'West\nVirginia', 'WV'],
		['a non-breaking space within', 'Rhode\u00a0Island', 'RI'],
	])('with %s', (_name, value, code) => {
		expect(state(value)).toBe(code);
	});

	test.each([
		...['D.C.', 'd.c.', 'Washington DC', 'Washington D.C.', 'Washington, D.C.'].map((name) => [
			name,
			'DC',
		]),
		...['US Virgin Islands', 'U.S. Virgin Islands', 'Virgin Islands, U.S.', 'USVI'].map((name) => [
			name,
			'VI',
		]),
		...['N.Y.', 'N. Y.', 'US-NY', 'NY - New York', 'New York (NY)', 'NewYork'].map((name) => [
			name,
			'NY',
		]),
		...['N. Carolina', 'N Carolina'].map((name) => [name, 'NC']),
		...['Armed Forces Africa', 'Armed Forces Europe, the Middle East, and Canada'].map((name) => [
			name,
			'AE',
		]),
		['Armed Forces Americas (except Canada)', 'AA'],
		['Micronesia', 'FM'],
		['Washington', 'WA'],
		['Washington State', 'WA'],
		['W. Virginia', 'WV'],
		['W.Va.', 'WV'],
		['Commonwealth of Massachusetts', 'MA'],
		['Tex', 'TX'],
		['Calif.', 'CA'],
		['N. Mex.', 'NM'],
		['Texas, USA', 'TX'],
		['USA - Texas', 'TX'],
		['State of New York', 'NY'],
		['TX, United States of America', 'TX'],
		['Washington, DC, USA', 'DC'],
		['District of Columbia (Washington DC)', 'DC'],
		['Armed Forces (AE)', 'AE'],
		['U.S. Armed Forces – Europe (AE)', 'AE'],
		['U.S. Armed Forces – Pacific (AP)', 'AP'],
		['AA – Armed Forces the Americas', 'AA'],
		['Hawai\u02bbi', 'HI'],
		["Hawai'i", 'HI'],
		['Hawaiʻi (HI)', 'HI'],
		['Commonwealth of the Northern Mariana Islands', 'MP'],
		['Micronesia (Federated States of)', 'FM'],
		['Republic of Palau', 'PW'],
		['Virgin Islands of the United States', 'VI'],
		['T X', 'TX'],
		['AL Alabama', 'AL'],
		['ＴＸ', 'TX'],
		['TX\u200b', 'TX'],
	])("'%s' is %s", (name, code) => {
		expect(state(name)).toBe(code);
	});

	test('no two states share a spelling', () => {
		const spellings = STATES.flatMap(([code, name]) => [
			code,
			name,
			`US-${code}`,
			`${code} ${name}`,
		]);
		expect(spellings.map((spelling) => state(spelling))).toEqual(
			STATES.flatMap(([code]) => [code, code, code, code]),
		);
	});

	test.each([
		'XX',
		'T',
		'TXX',
		'TX 78756',
		'TX, NY',
		...[
			'Armed Forces',
			'State',
			'United States',
			'Virginia, West Virginia',
			'TX or OK',
			'New',
			'Pue',
		],
		...['Kansas City', 'British Virgin Islands', 'Washington DC, VA', 'Baja California'],
		'ON',
		'Ontario',
		'Bavaria',
		'constructor',
		'__proto__',
		'toString',
		'AL Texas',
		'.',
	])("'%s' is refused", (value) => {
		expect(codeOf(state(value))).toBe('not_state');
	});

	test('a number is refused', () => {
		expect(codeOf(state(48))).toBe('not_state');
	});
});

describe('country', () => {
	test.each(
		['US', 'USA', 'United States', 'United States of America'].flatMap((name) => inCases(name)),
	)("'%s' is US", (value) => {
		expect(country(` ${value} `)).toBe('US');
	});

	test.each([
		...['U.S.', 'U.S.A.', 'U. S. A.', 'America', 'United States (US)', 'United States (USA)'],
		...['The United States', 'United States of America (the)', 'US\u200b', 'ＵＳ'],
		...[
			'US - United States',
			'United States - US',
			'USA (United States)',
			'Estados Unidos',
			'EE. UU.',
		],
	])("'%s' is US", (value) => {
		expect(country(value)).toBe('US');
	});

	test.each([
		...['AS', 'GU', 'MP', 'PR', 'VI', 'pr', 'American Samoa', 'Guam', 'Puerto Rico'],
		...['Northern Mariana Islands', 'Virgin Islands (U.S.)', 'U.S. Virgin Islands'],
	])("'%s', a territory of the US, is US", (value) => {
		expect(country(value)).toBe('US');
	});

	test.each([
		...['CA', 'DE', 'Canada', 'UK', 'U', 'UM', 'United', '1', 'not US', 'GA', 'Georgia', 'TX'],
		...['British Virgin Islands', 'VG', 'PW', 'Palau', 'FM', 'MH', 'Samoa', 'AE', 'South America'],
	])("'%s' is refused", (value) => {
		expect(codeOf(country(value))).toBe('not_us');
	});
});

describe('ZIP code', () => {
	test.each([
		['five digits', '78756', '78756'],
		['nine digits with a dash', '78756-1234', '78756'],
		['nine digits without', '787561234', '78756'],
		['leading zeros', '00501', '00501'],
		['nine digits with leading zeros', '02134-0001', '02134'],
		['spaces around', ' 78756\n', '78756'],
		["a spreadsheet's number", 78756, '78756'],
		["a spreadsheet's number that lost a leading zero", 2134, '02134'],
		["a spreadsheet's number of nine digits", 787561234, '78756'],
		["a spreadsheet's text that lost a leading zero", '2134', '02134'],
		['nine digits with a space', '02134 1234', '02134'],
		['nine digits with an en dash', '02134–1234', '02134'],
		['nine digits with a dash among spaces', '02134 - 1234', '02134'],
		['a dash and nothing, as forms for nine digits give it', '02134-', '02134'],
		['full-width digits', '７８７５６', '78756'],
		['what is not seen', '\u200b78756', '78756'],
		['four digits and four, of nine that lost a zero', '2134-1234', '02134'],
		['ZIP in front', 'ZIP 78756', '78756'],
		["an advertiser's label", 'z:78756', '78756'],
		['its state in front', 'MA 02134', '02134'],
		['a fraction of zero', '78756.0', '78756'],
		['a separator of thousands', '2,134', '02134'],
	])('%s', (_name, value, code) => {
		expect(zip('MA')(value)).toBe(code);
	});

	test.each([
		['two digits', '21'],
		['three digits, of another state', '501'],
		['four digits, of another state', '7875'],
		['four digits that have their zero', '0213'],
		['three digits that are no ZIP code', '500'],
		['five digits that are no ZIP code', '00000'],
		['a number below the first ZIP code', 500],
		['eight digits, which may lack any of nine', 21341234],
		['six digits', '787561'],
		['eight digits', '78756123'],
		['ten digits', '7875612345'],
		['two dashes', '78756--1234'],
		['a dash and three digits', '78756-123'],
		['letters', '7875A'],
		['a Canadian code', 'K1A 0B1'],
		['a British code', 'SW1A 1AA'],
		['text around', 'ZIP code 78756 or so'],
		['digits of another script', '٧٨٧٥٦'],
		['a negative number', -78756],
		['a small negative number', -1],
		['a number with a fraction', 78756.5],
		['a number with six digits', 787561],
		['zero, as an empty cell is read', 0],
	])('%s: refused', (_name, value) => {
		expect(codeOf(zip('MA')(value))).toBe('not_zip');
	});

	test.each([
		['NY', 501, '00501'],
		['PR', '901', '00901'],
		['VI', '802', '00802'],
		['NJ', 7102, '07102'],
	])('in %s, %p lost its zeros', (region, value, code) => {
		expect(zip(region)(value)).toBe(code);
	});

	test('a number that has been rounded is no text', () => {
		expect(codeOf(zip('MA')(1e21))).toBe('not_text');
	});

	test.each(['TX', 'NY', undefined])(
		'four digits where no code begins with zero have lost another digit (%s)',
		(region) => {
			expect(codeOf(zip(region)('7875'))).toBe('not_zip');
			expect(codeOf(zip(region)(7875))).toBe('not_zip');
			expect(zip(region)('78756')).toBe('78756');
		},
	);
});

describe('street', () => {
	test.each([
		'4009 Marathon Blvd',
		'12 Poe Box Lane',
		'100 Post Oak Blvd',
		'100 Post Office Road',
		'7 Post Office Square, Box Office',
		'3 Po Boy Lane',
		'55 Box Elder Court',
		'8 Boxwood Drive',
		'9 Depot Boxcar Alley',
		'21 Hippo Boxing Street',
		'40 Po Boxwood Lane',
		'RR 2 Box 15',
		'HC 68 Box 23A',
		'1 Popover Blvd',
		'6 Pob Hill Road',
		'77 Porter Street # 4',
		'5 Expo Blvd',
		'c/o Po B. Chan, 12 Main Street',
		'1 Post Office Square',
		'100 Po Boxwood Ln',
		'RR 2 Box 152',
		'PSC 1234, Box 5678',
		'CMR 402 Box 123',
		'Apt P0 B 12',
		'12 Post-Office Boxer Lane',
		'3 Po Bxyz Road',
	])("'%s' is a street address", (line) => {
		expect(street(` ${line} `)).toBe(line);
		expect(secondLine(line)).toBe(line);
	});

	test.each([
		'PO Box 12',
		'po box 12',
		'Po Box 12',
		'P.O. Box 5',
		'P.O.Box 5',
		'P. O. Box 5',
		'P O Box 5',
		'PO. Box 5',
		'POBox 12',
		'POBOX12',
		'PO  BOX  12',
		'PO-Box 12',
		'P.O.B. 12',
		'POB 12',
		'P.O.B 12',
		'Post Office Box 9',
		'POST OFFICE BOX 9',
		'Postoffice Box 9',
		'Post  Office  Box 9',
		'P.0. Box 12',
		'P0 Box 12',
		'PO Bx 12',
		'P.O. BX 12',
		'P/O Box 12',
		'PO\u2013Box 12',
		'Post-Office Box 3',
		'Post-Office-Box 3',
		'P\u200bO Box 12',
		'Main Street\nPO Box 12',
		'Suite 4, PO Box 12',
		'12 Main Street, P.O. Box 7',
	])("'%s' is a PO box", (line) => {
		const mistake = new Mistake('invalid_address');
		expect(street(` ${line} `)).toEqual(mistake);
		expect(secondLine(line)).toEqual(mistake);
	});

	test("a spreadsheet's number is text", () => {
		expect(secondLine(300)).toBe('300');
	});

	test.each(NOTHING)('%s: only the second line may be left out', (_name, value) => {
		expect(codeOf(street(value))).toBe('field_value_required');
		expect(secondLine(value)).toBe('');
	});
});

describe('residential indicator', () => {
	test.each(['unknown', 'yes', 'no'])("'%s', in any case", (word) => {
		for (const value of inCases(word)) expect(residential(` ${value} `)).toBe(word);
	});

	test.each([
		['yes', [true, 'true', 'TRUE', 'y', 'Residential']],
		['no', [false, 'false', 'N', 'commercial']],
	])('%s, as forms give it', (word, values) => {
		expect(values.map((value) => residential(value))).toEqual(values.map(() => word));
	});

	test.each(['maybe', '1', '0', 'yes no', 'constructor', 'toString'])(
		"'%s' is refused",
		(value) => {
			expect(codeOf(residential(value))).toBe('not_residential');
		},
	);
});

describe.each([
	['state', state],
	['country', country],
	['zip', zip('MA')],
	['street', street],
	['residential', residential],
])('%s', (_name, check) => {
	test.each(NOTHING)('%s is missing', (_value, value) => {
		expect(codeOf(check(value))).toBe('field_value_required');
	});

	test.each(NOT_TEXT.filter(([, value]) => check !== residential || typeof value !== 'boolean'))(
		'%s is refused',
		(_value, value) => {
			expect(codeOf(check(value))).toBe('not_text');
		},
	);

	test('a huge text is refused', () => {
		expect(codeOf(check('9'.repeat(1_000_000)))).toBe('invalid_string_length');
	});
});
