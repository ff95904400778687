import {
	carrierId,
	isCarrierId,
	subAccountId,
	verificationCode,
	verificationId,
} from '../../../nodes/ShipEngine/shared/identifiers';
import { NOTHING, NOT_TEXT, codeOf } from './support';

const IDS = ['se-1', 'se-123890', 'se-a', 'se-abc-123', 'se-1-2-3-4', `se-${'1'.repeat(22)}`];

const NOT_IDS = [
	'se',
	'se-',
	'se--1',
	'se-1-',
	'SE-123890',
	'se-ABC',
	'se_123890',
	'123890',
	'xse-1',
	'se-1 se-2',
	'se-1/../se-2',
	'se-1?x=1',
	'se-1#',
	'se-1%2F',
	'se-é',
	'../se-1',
	'se-1\nse-2',
	`se-${'1'.repeat(23)}`,
];

describe.each([
	['a carrier', carrierId],
	['a sub-account', subAccountId],
])('the ID of %s', (_name, check) => {
	test.each(IDS)("'%s' is taken", (id) => {
		expect(check(` ${id}\n`)).toBe(id);
	});

	test.each(NOT_IDS)("'%s' is refused", (id) => {
		expect(codeOf(check(id))).toBe('invalid_field_value');
	});

	test('a number is refused', () => {
		expect(codeOf(check(123890))).toBe('invalid_field_value');
	});
});

describe("isCarrierId, for an answer's carrier_id", () => {
	test.each(IDS)("'%s' is one", (id) => {
		expect(isCarrierId(id)).toBe(true);
	});

	test.each([...NOT_IDS, ' se-1', 'se-1\n'])("'%s' is none", (id) => {
		expect(isCarrierId(id)).toBe(false);
	});

	test.each([...NOTHING, ...NOT_TEXT, ['a number', 1], ['a list of one', ['se-1']]])(
		'%s is none',
		(_name, value) => {
			expect(isCarrierId(value)).toBe(false);
		},
	);
});

describe('verification ID', () => {
	test.each(['vfn_base58encodedguid', 'vfn_2Zx9', 'a', 'A-b_9', 'x'.repeat(100)])(
		"'%s' is taken",
		(id) => {
			expect(verificationId(` ${id} `)).toBe(id);
		},
	);

	test.each([
		'vfn 1',
		'.',
		'..',
		'../confirm',
		'a/b',
		'a\\b',
		'a?b',
		'a#b',
		'a%2Fb',
		'é',
		'a\u0000b',
		'x'.repeat(101),
	])("'%s' is refused: it would change the path", (id) => {
		expect(codeOf(verificationId(id))).toBe('invalid_field_value');
	});
});

describe('verification code', () => {
	test.each([
		['as documented', '123456', '123456'],
		['with spaces', ' 123 456 ', '123456'],
		['with dashes', '123-456', '123456'],
		['with a leading zero', '012345', '012345'],
		['of zeros', '0000', '0000'],
		['of four digits', '1234', '1234'],
		['of ten digits', '1234567890', '1234567890'],
		['as a number', 123456, '123456'],
	])('%s', (_name, value, code) => {
		expect(verificationCode(value)).toBe(code);
	});

	test.each(['123', '12345678901', '12a456', 'code: 123456', '12.3456', '١٢٣٤٥٦', '1e5', 1234.5])(
		'%p is refused',
		(value) => {
			expect(codeOf(verificationCode(value))).toBe('invalid_field_value');
		},
	);
});

describe.each([
	['carrier ID', carrierId],
	['sub-account ID', subAccountId],
	['verification ID', verificationId],
	['verification code', verificationCode],
])('%s', (_name, check) => {
	test.each(NOTHING)('%s is missing', (_value, value) => {
		expect(codeOf(check(value))).toBe('field_value_required');
	});

	test.each(NOT_TEXT)('%s is refused', (_value, value) => {
		expect(codeOf(check(value))).toBe('invalid_field_value');
	});

	test('a huge text is refused', () => {
		expect(codeOf(check('1'.repeat(1_000_000)))).toBe('invalid_string_length');
	});
});
