import fc from 'fast-check';
import {
	carrierId,
	isCarrierId,
	accountId,
	externalAccountId,
	subAccountId,
	verificationCode,
	verificationId,
} from '../../../../nodes/ShipEngine/values/identifiers';
import { Mistake } from '../../../../nodes/ShipEngine/values/mistakes';
import { NOTHING, NOT_TEXT, codeOf } from '../support';

const IDS = ['se-1', 'se-123890', 'se-a', 'se-abc-123', 'se-1-2-3-4', `se-${'1'.repeat(22)}`];

const NOT_IDS = [
	'se',
	'se-',
	'se--1',
	'se-1-',
	'123890',
	'1se-1',
	'se-1 se-2',
	'se-1/../se-2',
	'se-1?x=1',
	'se-1#',
	'se-1%2F',
	'se-é',
	'../se-1',
	'se-1\nse-2',
	'se-1\u0000/../x',
	'Se',
];

/** Not documented, but safe in a path, and nothing else but IDs. */
const OTHER_IDS = [
	'carr_8a1b2c3d4e5f6a7b',
	'se_123890',
	'Carr-A1',
	'a-1',
	'se-8d2f6e3a-0b1c-4d5e-9f6a-7b8c9d0e1f2a',
	`se-${'1'.repeat(61)}`,
];

const NO_OTHER_IDS = [
	...['carrier', 'carrier-one', 'stamps_com', 'carr__1', 'carr_1_', '_carr_1', '1_carr', 'carr1'],
	...['carr 1', 'carr.1', 'carr_1/x', 'carr_1%2F', 'çarr_1', 'vfn_2Zx9', `se-${'1'.repeat(62)}`],
];

describe('the ID of a carrier', () => {
	test.each([...IDS, ...OTHER_IDS])("'%s' is taken", (id) => {
		expect(carrierId(` ${id}\n`)).toBe(id);
	});

	test.each(['SE-123890', 'Se-123890', 'se-123890\u200b', '\u202aSE-123890\u202c'])(
		"'%s' is taken as it is meant",
		(id) => {
			expect(carrierId(id)).toBe('se-123890');
		},
	);

	test.each([...NOT_IDS, ...NO_OTHER_IDS])("'%s' is refused", (id) => {
		expect(codeOf(carrierId(id))).toBe('not_carrier_id');
	});

	test('a number is refused', () => {
		expect(codeOf(carrierId(123890))).toBe('not_carrier_id');
	});
});

describe('the ID of a sub-account', () => {
	test.each([...IDS, '242822', '1', '9'.repeat(20)])("'%s' is taken", (id) => {
		expect(subAccountId(` ${id}\n`)).toBe(id);
	});

	test('a number is taken', () => {
		expect(subAccountId(242822)).toBe('242822');
	});

	test("'SE-242822' is taken as it is meant", () => {
		expect(subAccountId('SE-242822')).toBe('se-242822');
	});

	test.each([
		...NOT_IDS.filter((id) => id !== '123890'),
		...OTHER_IDS,
		...['0', '00', '0242822', '-1', '+1', '242822.5', '242 822', '242,822', '1'.repeat(21), '٤'],
		...[0, -1, 1.5],
	])('%p is refused', (id) => {
		expect(codeOf(subAccountId(id))).toBe('not_sub_account_id');
	});

	test.each([1e21, 2 ** 53])('%p has been rounded, perhaps to another ID', (id) => {
		expect(codeOf(subAccountId(id))).toBe('not_text');
	});

	test('what is said shows both forms', () => {
		expect(subAccountId('x')).toEqual(new Mistake('not_sub_account_id'));
	});
});

describe('the account_id of a sub-account', () => {
	test.each([
		['123456', '123456'],
		['se-123456', '123456'],
		['SE-1', '1'],
		[' 42\n', '42'],
		[200_089, '200089'],
	])('%p', (given, id) => {
		expect(accountId(given)).toBe(id);
	});

	test.each([
		'',
		'0',
		'-1',
		'1.5',
		'se-',
		'se-abc',
		'1/2',
		'..',
		'1'.repeat(16),
		1.5,
		-1,
		null,
		{},
	])('%p is refused', (given) => {
		expect(accountId(given)).toBeInstanceOf(Mistake);
	});
});

describe("an ID of one's own", () => {
	const PATH = '/v1/partners/accounts/external_account_id/';

	test.each(['merchant-0001', 'a b#1', '100%', 'é', '.hidden', 'x'.repeat(128)])("'%s'", (id) => {
		expect(externalAccountId(id)).toBe(id);
	});

	test.each(['', '.', '..', '...', 'a/b', 'a\\b', 'x'.repeat(129), null, true])(
		'%p is refused',
		(id) => {
			expect(externalAccountId(id)).toBeInstanceOf(Mistake);
		},
	);

	test('whatever is taken is one part of the path, and comes back out of it', () => {
		const text = fc.oneof(
			fc.string({ unit: 'binary', maxLength: 20 }),
			fc.string({ unit: fc.constantFrom(...'./\\%2eE?#&;: ab'), maxLength: 12 }),
		);
		fc.assert(
			fc.property(text, (given) => {
				const id = externalAccountId(given);
				if (id instanceof Mistake) return;
				const { pathname, search, hash } = new URL(
					`https://api.shipengine.com${PATH}${encodeURIComponent(id)}`,
				);
				expect([search, hash]).toEqual(['', '']);
				expect(pathname.startsWith(PATH)).toBe(true);
				expect(decodeURIComponent(pathname.slice(PATH.length))).toBe(id);
			}),
			{ seed: 20_261_125, numRuns: 5_000 },
		);
	});
});

describe("isCarrierId, for an answer's carrier_id", () => {
	test.each([...IDS, ...OTHER_IDS])("'%s' is one", (id) => {
		expect(isCarrierId(id)).toBe(true);
	});

	test.each([...NOT_IDS, ...NO_OTHER_IDS, ' se-1', 'se-1\n', 'se-1\u200b', 'SE-ABC'])(
		"'%s' is none",
		(id) => {
			expect(isCarrierId(id)).toBe(false);
		},
	);

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
		'x'.repeat(101),
	])("'%s' is refused: it would change the path", (id) => {
		expect(codeOf(verificationId(id))).toMatch(/^(not_verification_id|damaged_text)$/);
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
		['as the least number of six digits', 100000, '100000'],
		['with what is not seen', '\u200b123456', '123456'],
		['with a dot', '123.456', '123456'],
		['with full-width digits', '１２３４５６', '123456'],
		['with an en dash', '123–456', '123456'],
		['as texts show it', 'G-123456', '123456'],
		['with a word before it', 'code: 123456', '123456'],
		['in a whole message', 'Your code is G-123 456. It ends in 10 minutes.', '123456'],
		['before a number', 'Your code: 123456 10 minutes', '123456'],
		['twice', '123456 is your code. @stamps.com #123456', '123456'],
		['beside a phone and a year', 'Call 512-485-4282: 123456, 2026', '123456'],
		['of another length', 'Code 12345, ask 512-485-4282', '12345'],
		['in two groups before a number', '123-456 10 minutes', '123456'],
		['with a word behind it', '123456.It ends soon!', '123456'],
		['in a message of more lines', 'Stamps.com\n123456\nTell it nobody', '123456'],
	])('%s', (_name, value, code) => {
		expect(verificationCode(value)).toBe(code);
	});

	test.each([
		...['123', '12345678901', '12a456', '١٢٣٤٥٦', '1e5', 'Your code is 123'],
		...[
			'123456 or 654321',
			'Text 123456 or 234567 to 5124854282',
			'carrier se-123890',
			'of vfn_123456 x',
		],
		...['G123456', 'se-123890', 'G-G-123456', '123456-G', '123,456', 12345678901],
	])('%p is refused', (value) => {
		expect(codeOf(verificationCode(value))).toBe('not_verification_code');
	});

	test.each([47743, 0, 1234, 99_999, 1234.5, 123456.7, -123456])(
		'the number %p may not be what was texted',
		(value) => {
			expect(verificationCode(value)).toEqual(new Mistake('code_as_number'));
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
		expect(codeOf(check(value))).toMatch(/^(not_text|code_as_number)$/);
	});

	test('a huge text is refused', () => {
		expect(codeOf(check('1'.repeat(1_000_000)))).toBe('invalid_string_length');
	});
});
