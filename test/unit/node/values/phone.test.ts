import { tenDigits, withDashes } from '../../../../nodes/ShipEngine/values/phone';
import { NOTHING, NOT_TEXT, codeOf } from '../support';

describe('ten digits', () => {
	test.each([
		['bare digits', '5124854282'],
		['dashes', '512-485-4282'],
		['parentheses', '(512) 485-4282'],
		['dots', '512.485.4282'],
		['slashes', '512/485/4282'],
		['en dashes, as word processors write them', '512\u2013485\u20134282'],
		['non-breaking hyphens, as web pages have them', '512\u2011485\u20114282'],
		['non-breaking spaces', '512\u00a0485\u00a04282'],
		['spaces around', '  512 485 4282\n'],
		['a leading 1', '15124854282'],
		['a leading 1 and dashes', '1-512-485-4282'],
		['a leading +1', '+15124854282'],
		['a leading +1 and parentheses', '+1 (512) 485-4282'],
		['marks of direction, as contacts are copied', '\u202a+15124854282\u202c'],
		['a mark before it', '\u200e512-485-4282'],
		['middle dots', '512·485·4282'],
		['bullets', '512 • 485 • 4282'],
		['underscores', '512_485_4282'],
		['001 before it', '001 512 485 4282'],
		['tel: before it', 'tel:+1-512-485-4282'],
		['Tel. before it', 'Tel. 512 485 4282'],
		['full-width digits', '５１２ ４８５ ４２８２'],
		['an advertiser’s label', 'p:+15124854282'],
		['a messenger before it', 'whatsapp:+15124854282'],
		['Cell: before it', 'Cell: (512) 485-4282'],
		['a fraction of zero', '5124854282.0'],
		['separators of thousands', '5,124,854,282'],
		["a spreadsheet's apostrophe", "'+1 512-485-4282"],
		["a spreadsheet's number", 5124854282],
		["a spreadsheet's number with a leading 1", 15124854282],
	])('with %s', (_name, phone) => {
		expect(tenDigits(phone)).toBe('5124854282');
	});

	test.each([
		["the documentation's own", '111-111-1111', '1111111111'],
		['leading zeros', '0012345678', '0012345678'],
		['a leading 1 of ten digits', '1234567890', '1234567890'],
		['1 before a 1', '1 111 111 1111', '1111111111'],
	])('any ten digits: %s', (_name, phone, digits) => {
		expect(tenDigits(phone)).toBe(digits);
	});

	test.each([
		['nine digits', '512485428'],
		['eleven digits without a leading 1', '25124854282'],
		['twelve digits', '115124854282'],
		['letters', '512-GET-MAIL'],
		['an extension', '512-485-4282 x12'],
		['an extension in words', '512-485-4282 ext. 5'],
		['an extension after a comma', '5124854282,5'],
		['an extension that would make ten digits', '512-485-428,5'],
		['an extension after a sign', '512-485-4282#5'],
		['a fraction', 512485428.2],
		['a negative number', -5124854282],
		['00 before another country', '0049 30 1234567'],
		['tel: within', '512tel:4854282'],
		['two numbers', '512-485-4282, 512-485-4283'],
		['punctuation only', '(---) --- ----'],
		['a sign within', '512+4854282'],
		['two signs', '++15124854282'],
		['a foreign number, as dialed', '0049 30 1234'],
		['a fax', 'Fax: 512-485-4282'],
		['a sentence before it', 'my phone is: 5124854282'],
		['digits of another script', '٥١٢٤٨٥٤٢٨٢'],
		['a number with nine digits', 512485428],
		['a number in powers of ten', 5.124854282e30],
		['a foreign number', '+49 30 1234567'],
		['a foreign number that has ten digits with its country', '+49 30 123456'],
		['a + that a US number does not follow', '+5124854282'],
		['a huge text', '5'.repeat(1_000_000)],
	])('%s: refused', (_name, phone) => {
		expect(codeOf(tenDigits(phone))).toMatch(/^(not_phone|not_text|invalid_string_length)$/);
	});

	test.each(NOTHING)('%s: missing', (_name, value) => {
		expect(codeOf(tenDigits(value))).toBe('field_value_required');
	});

	test.each(NOT_TEXT)('%s: refused', (_name, value) => {
		expect(codeOf(tenDigits(value))).toMatch(/^not_(text|phone)$/);
	});
});

test('with dashes, as Register documents it', () => {
	expect(withDashes('5124854282')).toBe('512-485-4282');
	expect(withDashes('0012345678')).toBe('001-234-5678');
});
