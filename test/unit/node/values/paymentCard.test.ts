import {
	CARD_TYPES,
	DETECT,
	cardNumber,
	cardType,
	expirationMonth,
	expirationYear,
	holdsCardNumber,
	isCardNumber,
	isExpired,
	passesLuhn,
} from '../../../../nodes/ShipEngine/values/paymentCard';
import { Mistake } from '../../../../nodes/ShipEngine/values/mistakes';
import {
	FOREIGN_CARDS,
	NOTHING,
	NOT_TEXT,
	TEST_CARDS,
	codeOf,
	randomText,
	seeded,
} from '../support';

const ALL_CARDS = [...TEST_CARDS, ...FOREIGN_CARDS];

describe('the Luhn formula', () => {
	test.each(ALL_CARDS)('%s %s passes', (_network, number) => {
		expect(passesLuhn(number)).toBe(true);
	});

	test.each(ALL_CARDS)('%s %s with any one digit changed does not', (_network, number) => {
		for (const [place, digit] of [...number].entries()) {
			for (let step = 1; step < 10; step++) {
				const other = String((Number(digit) + step) % 10);
				expect(passesLuhn(number.slice(0, place) + other + number.slice(place + 1))).toBe(false);
			}
		}
	});
});

describe('digits that hold a card number', () => {
	test.each(ALL_CARDS)('%s %s, wherever it stands', (_network, number) => {
		for (const [before, behind] of [
			['', ''],
			['7', ''],
			['', '1227'],
			['5111111', '123'],
			['9'.repeat(100), '0'],
		]) {
			expect(holdsCardNumber(`${before}${number}${behind}`)).toBe(true);
		}
	});

	test('as going through all their parts says', () => {
		const random = seeded(5);
		for (let round = 0; round < 2_000; round++) {
			const digits = randomText(random, 10 + Math.floor(random() * 8), '0123456789');
			const parts = [...digits].flatMap((_digit, from) =>
				[...digits].map((_other, to) => digits.slice(from, to + 1)),
			);
			expect([digits, holdsCardNumber(digits)]).toEqual([digits, parts.some(isCardNumber)]);
		}
	});
});

describe('card number', () => {
	test.each(ALL_CARDS)('%s %s, spaced in any way', (_network, number) => {
		const spread = (by: string) => number.replace(/(.{4})(?=.)/g, `$1${by}`);
		for (const by of [' ', '-', '\u00a0', '.', '\u2013', '\u2011', '\u200b', ' · ', '  ']) {
			expect(cardNumber(spread(by))).toBe(number);
		}
		for (const written of [number, ` ${number}\n`, `\u202a${number}\u202c`]) {
			expect(cardNumber(written)).toBe(number);
		}
	});

	test('with full-width digits', () => {
		expect(cardNumber('４１１１ １１１１ １１１１ １１１１')).toBe('4111111111111111');
	});

	test.each(ALL_CARDS)("%s %s as a spreadsheet's number", (_network, number) => {
		expect(cardNumber(Number(number))).toBe(number);
	});

	test.each([
		['a digit changed', '4111111111111112'],
		['two digits swapped', '4012888888881818'],
		['a digit missing', '411111111111111'],
		['eleven digits that pass the formula', '41111111112'],
		['twenty digits that pass the formula', '41111111111111111115'],
		['letters', '4111 1111 1111 111a'],
		['a letter O for a zero', '51O51O51O51O51OO'],
		['commas', '4111,1111,1111,1111'],
		['other text around', 'Visa 4111111111111111'],
		['a mask', '************1111'],
		['digits of another script', '٤١١١١١١١١١١١١١١١'],
		['a sign', '+4111111111111111'],
		["a spreadsheet's number, cut to fifteen digits", 5105105105105110],
		['a number with a fraction', 411111111111.1],
		['a negative number', -4222222222222],
		['a number whose digits are a card without its point', 422222222222.2],
	])('%s: refused', (_name, value) => {
		expect(codeOf(cardNumber(value))).toBe('not_card_number');
	});

	test('a number in powers of ten has lost its digits', () => {
		expect(codeOf(cardNumber('4.11111E+15'))).toBe('not_a_value');
	});

	test('a number of nineteen digits, which JavaScript has rounded to another card: refused', () => {
		const rounded = JSON.parse('4123456789012347137') as number;
		expect(String(rounded)).toBe('4123456789012347400');
		expect(passesLuhn('4123456789012347400')).toBe(true);
		expect(codeOf(cardNumber(rounded))).toBe('not_text');
		expect(cardNumber('4123456789012347137')).toBe('4123456789012347137');
	});

	test('a huge text is refused', () => {
		expect(codeOf(cardNumber('4'.repeat(1_000_000)))).toBe('invalid_string_length');
	});
});

describe('card type', () => {
	describe.each([
		['detect', DETECT],
		['empty text', ''],
		['nothing', undefined],
		['null', null],
	])('from the number for %s', (_name, value) => {
		test.each(TEST_CARDS)('%s: %s', (brand, number) => {
			expect(cardType(number)(value)).toBe(brand);
		});

		test.each([
			...FOREIGN_CARDS,
			['a UnionPay', '6200000000000005'],
			['a Maestro', '6759649826438453'],
			['a Visa of fourteen digits', '42222222222224'],
			['an American Express of sixteen digits', '3782822463100055'],
		])('%s is of no known brand', (_network, number) => {
			expect(codeOf(cardType(number)(value))).toBe('brand_unknown');
		});

		test('a wrong number is not complained of twice', () => {
			expect(cardType(undefined)(value)).toBe('');
		});
	});

	test.each([
		['51', 'MasterCard'],
		['55', 'MasterCard'],
		['2221', 'MasterCard'],
		['2229', 'MasterCard'],
		['2230', 'MasterCard'],
		['2300', 'MasterCard'],
		['2699', 'MasterCard'],
		['2700', 'MasterCard'],
		['2719', 'MasterCard'],
		['2720', 'MasterCard'],
		['50', undefined],
		['56', undefined],
		['2220', undefined],
		['2721', undefined],
		['6011', 'Discover'],
		['644', 'Discover'],
		['649', 'Discover'],
		['65', 'Discover'],
		['643', undefined],
		['6012', undefined],
		['4', 'Visa'],
		['3', undefined],
		['9', undefined],
	])('sixteen digits that begin with %s: %s', (start, brand) => {
		const type = cardType(start.padEnd(16, '0'))(DETECT);
		expect(typeof type === 'string' ? type : undefined).toBe(brand);
	});

	test('every known brand is the one of some test card', () => {
		expect(CARD_TYPES.map(({ type }) => type).sort()).toEqual(
			[...new Set(TEST_CARDS.map(([brand]) => brand))].sort(),
		);
	});

	describe('set by hand', () => {
		const [VISA, MASTERCARD, AMEX, DISCOVER] = [
			'4111111111111111',
			'5555555555554444',
			'378282246310005',
			'6011111111111117',
		] as const;

		test.each([
			...['Visa', 'visa', 'VISA', ' Visa\u200b'].map((given) => [given, VISA, 'Visa']),
			...['MasterCard', 'Mastercard', 'master card', 'MASTER-CARD', 'mc'].map((given) => [
				given,
				MASTERCARD,
				'MasterCard',
			]),
			...['AmericanExpress', 'American Express', 'american_express', 'Amex', 'AMEX'].map(
				(given) => [given, AMEX, 'AmericanExpress'],
			),
			...['Discover', 'DISCOVER'].map((given) => [given, DISCOVER, 'Discover']),
			...['DETECT', 'Detect From Number', 'detect from number'].map((given) => [
				given,
				AMEX,
				'AmericanExpress',
			]),
		] as Array<[string, string, string]>)("'%s' of %s is %s", (given, number, type) => {
			expect(cardType(number)(given)).toBe(type);
		});

		test.each([
			['Visa', MASTERCARD],
			['amex', VISA],
			['Discover', AMEX],
			['mastercard', DISCOVER],
		])("'%s' of %s does not fit", (given, number) => {
			expect(cardType(number)(given)).toEqual(new Mistake('brand_mismatch'));
		});

		test.each(['JCB', 'Visa Debit', 'V', 'ViSA_2', 'constructor'])(
			"'%s', which is none of the known, is sent as it is",
			(type) => {
				expect(cardType(VISA)(` ${type} `)).toBe(type);
			},
		);

		test.each(['Visa', 'amex', 'american_express', 'JCB'])(
			"'%s' of a number of no known brand is sent as it is",
			(type) => {
				expect(cardType('3530111333300000')(` ${type} `)).toBe(type);
			},
		);

		test('a wrong number is not complained of twice', () => {
			expect(cardType(undefined)('Visa')).toBe('Visa');
		});
	});

	test.each(NOT_TEXT)('%s is refused', (_name, value) => {
		expect(codeOf(cardType('4111111111111111')(value))).toBe('not_text');
	});
});

describe('expiration month', () => {
	test.each(Array.from({ length: 12 }, (_each, index) => index + 1))('%i, in any form', (month) => {
		const two = String(month).padStart(2, '0');
		for (const value of [month, String(month), two, ` ${two} `]) {
			expect(expirationMonth(value)).toBe(two);
		}
	});

	test.each([
		['July', '07'],
		['july', '07'],
		['JUL', '07'],
		['Sept', '09'],
		['may', '05'],
		['Mar', '03'],
		['December', '12'],
		['０７', '07'],
	])('%p is %s', (value, month) => {
		expect(expirationMonth(value)).toBe(month);
	});

	test.each([
		0,
		'0',
		'00',
		13,
		'13',
		'007',
		-7,
		'-7',
		7.5,
		'7.5',
		'Ju',
		'Mayo',
		'Julyy',
		'uly',
		'7/28',
		'x',
	])('%p is refused', (value) => {
		expect(codeOf(expirationMonth(value))).toBe('not_month');
	});
});

describe('expiration year', () => {
	beforeEach(() => jest.useFakeTimers({ now: new Date('2028-07-31T12:00:00Z') }));
	afterEach(() => jest.useRealTimers());

	test.each([
		['28', '2028'],
		[28, '2028'],
		['2028', '2028'],
		[2028, '2028'],
		[' 28 ', '2028'],
		['２８', '2028'],
		['2028.0', '2028'],
		["'28", '2028'],
		['35', '2035'],
		['2048', '2048'],
	])('%p is %s', (value, year) => {
		expect(expirationYear(value)).toBe(year);
	});

	test.each(['27', 27, '2027', '20', '00', '1999', 1928, '0028'])('%p is past', (value) => {
		expect(expirationYear(value)).toEqual(new Mistake('card_expired'));
	});

	test.each(['49', '99', '2049', '2099', '2100', '2199', 9999])('%p is too far ahead', (value) => {
		expect(expirationYear(value)).toEqual(new Mistake('expiry_too_far'));
	});

	test.each([
		'8',
		8,
		0,
		'028',
		128,
		'20280',
		-28,
		'-28',
		28.5,
		"''28",
		'next year',
		'07/28',
		'0x1c',
	])('%p is no year', (value) => {
		expect(expirationYear(value)).toEqual(new Mistake('not_year'));
	});

	test('a year is past once it is over in the last time zone', () => {
		jest.setSystemTime(new Date('2029-01-01T11:59:59Z'));
		expect(expirationYear('28')).toBe('2028');
		jest.setSystemTime(new Date('2029-01-01T12:00:00Z'));
		expect(codeOf(expirationYear('28'))).toBe('card_expired');
	});
});

describe.each([
	['card number', cardNumber],
	['expiration month', expirationMonth],
	['expiration year', expirationYear],
])('%s', (_name, check) => {
	test.each(NOTHING)('%s is missing', (_value, value) => {
		expect(codeOf(check(value))).toBe('field_value_required');
	});

	test.each(NOT_TEXT)('%s is refused', (_value, value) => {
		expect(codeOf(check(value))).toMatch(/^not_(text|card_number)$/);
	});
});

describe('expiry', () => {
	beforeEach(() => jest.useFakeTimers());
	afterEach(() => jest.useRealTimers());

	// In the westernmost time zone, UTC-12, a month ends at noon UTC of the next month's first day.
	test.each([
		['in the middle of the month', '2028', '07', '2028-07-15T00:00:00Z', false],
		['on its last day', '2028', '07', '2028-07-31T12:00:00Z', false],
		['when it is over in Greenwich', '2028', '07', '2028-08-01T00:00:00Z', false],
		['at its last moment in the west', '2028', '07', '2028-08-01T11:59:59.999Z', false],
		['a moment later', '2028', '07', '2028-08-01T12:00:00.000Z', true],
		['at the last moment of a year', '2028', '12', '2029-01-01T11:59:59.999Z', false],
		['in the new year', '2028', '12', '2029-01-01T12:00:00.000Z', true],
		['at the last moment of a leap February', '2028', '02', '2028-03-01T11:59:59.999Z', false],
		['after a leap February', '2028', '02', '2028-03-01T12:00:00.000Z', true],
		['long before', '2099', '01', '2028-08-01T00:00:00Z', false],
		['long after', '2001', '12', '2028-08-01T00:00:00Z', true],
	])('%s', (_name, year, month, now, expired) => {
		jest.setSystemTime(new Date(now));
		expect(isExpired(year, month)).toBe(expired);
	});

	test('a card expires once: before some moment it never has, after it it always has', () => {
		const random = seeded(1);
		for (let round = 0; round < 500; round++) {
			const year = 2020 + Math.floor(random() * 60);
			const month = 1 + Math.floor(random() * 12);
			const end = Date.UTC(year, month) + 12 * 3_600_000;
			const [before, after] = [end - 1 - random() * 1e11, end + random() * 1e11];
			for (const [now, expired] of [
				[before, false],
				[after, true],
			] as const) {
				jest.setSystemTime(now);
				expect(isExpired(String(year), String(month).padStart(2, '0'))).toBe(expired);
			}
		}
	});
});
