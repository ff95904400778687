import fc from 'fast-check';
import { masked, shortened } from '../../../../nodes/ShipEngine/failures/masking';
import { holdsCardNumber } from '../../../../nodes/ShipEngine/values/paymentCard';
import { FOREIGN_CARDS, TEST_CARDS, randomText, seeded } from '../support';

const KEY = 'TEST_aBc123+/.$^*()[]{}|?\\=-key';

describe('a secret', () => {
	test.each([
		['alone', '123456', '123456', '[hidden]'],
		['in a sentence', '123456', 'The code 123456 is wrong.', 'The code [hidden] is wrong.'],
		['more than once', '123456', '123456, 123456', '[hidden], [hidden]'],
		['in quotes', '123456', '{"code":"123456"}', '{"code":"[hidden]"}'],
		['spread by spaces', '123456', 'code 123 456', 'code [hidden]'],
		['spread by dashes', '123456', 'code 12-34-56', 'code [hidden]'],
		['spread by spaces and dashes', '123456', '1 - 2 3--4\n5 6', '[hidden]'],
		['after an underscore', '123456', 'code_123456', 'code_[hidden]'],
		['grown together with words', '123456', 'code123456was', 'code[hidden]was'],
		['a key of letters', 'TEST_abc', 'the key TEST_abc', 'the key [hidden]'],
		['a key after an escaped character', 'TEST_abc', 'key%3DTEST_abc', 'key%3D[hidden]'],
		['a key in a word', 'TEST_abc', 'APIKeyTEST_abcd', 'APIKey[hidden]d'],
		['regular expressions in a key', KEY, `key ${KEY}!`, 'key [hidden]!'],
		['a key that is a pattern', '.*', 'nothing else but .*', 'nothing else but [hidden]'],
		['a key with a replacement in it', '$&$1', 'the $&$1 key', 'the [hidden] key'],
		['letters beyond ASCII', 'ключ😀é', 'it is ключ😀é.', 'it is [hidden].'],
	])('%s', (_name, secret, text, hidden) => {
		expect(masked(text, [secret])).toBe(hidden);
	});

	test('several at once', () => {
		expect(
			masked(`card 4111-1111 1111 1111, code 12 34 56 and key ${KEY}`, [
				'4111111111111111',
				'123456',
				KEY,
			]),
		).toBe('card [hidden], code [hidden] and key [hidden]');
	});

	test('one that is part of another', () => {
		for (const secrets of [
			['123456', '1234567890'],
			['1234567890', '123456'],
		]) {
			expect(masked('1234567890', secrets)).not.toMatch(/\d/);
		}
	});

	test('none', () => {
		expect(masked('as it is', [])).toBe('as it is');
		expect(masked('as it is... - !', ['', ''])).toBe('as it is... - !');
		expect(masked('', ['123456'])).toBe('');
	});

	test.each([
		['a code as part of a longer number', '123456', 'order 91234567'],
		['a code of other digits', '123456', 'code 123465'],
		['a code next to another number', '123456', 'ID 9400 1234 5678'],
		['a short key in other words', 'ab', 'a b'],
	])('stays: %s', (_name, secret, text) => {
		expect(masked(text, [secret])).toBe(text);
	});
});

describe('card numbers that nobody has told', () => {
	test.each([...TEST_CARDS, ...FOREIGN_CARDS])('%s %s, in any form', (_network, number) => {
		const spread = (by: string) => number.replace(/(.{4})(?=.)/g, `$1${by}`);
		for (const written of [number, spread(' '), spread('-')]) {
			expect(masked(`Card ${written} was declined`, [])).toBe('Card [hidden] was declined');
			expect(masked(`x${written}x`, [])).toBe('x[hidden]x');
			expect(masked(`"number":"${written}",`, [])).toBe('"number":"[hidden]",');
		}
	});

	test.each(['501234567896', '6011123456789012348'])(
		'the shortest and the longest: %s',
		(number) => {
			expect(masked(`card ${number}.`, [])).toBe('card [hidden].');
		},
	);

	test('two of them', () => {
		expect(masked('4111111111111111 and 378282246310005', [])).toBe('[hidden] and [hidden]');
		expect(masked('4111111111111111, 378282246310005', [])).toBe('[hidden]');
	});

	test.each([
		['an expiry behind it', '4111 1111 1111 1111 12 27'],
		['an expiry with a slash behind it', '5555 5555 5555 4444 12/27'],
		['a security code behind it', '4111111111111111 123'],
		['other digits before it', '5111111 4111111111111111'],
		['other digits around it', '0741111111111111112028'],
		['dots', '4111.1111.1111.1111'],
		['no-break spaces', '4111\u00a01111\u00a01111\u00a01111'],
		['double spaces', '4111  1111  1111  1111'],
		['tabs', '4111\t1111\t1111\t1111'],
		['line breaks', '4111\n1111\r\n1111\n1111'],
		['en dashes', '4111–1111–1111–1111'],
		['underscores', '4111_1111_1111_1111'],
		['colons', '4111:1111:1111:1111'],
		['quotes and commas', '4111","1111","1111","1111'],
		['marks of direction', '4111\u202c1111\u202a1111\u200b1111'],
		['spaces of a URL', '4111%201111%201111%201111'],
		['spaces of a URL in a URL', '4111%25201111%25201111%25201111'],
		['no-break spaces of a URL', '4111%C2%A01111%C2%A01111%C2%A01111'],
		['plus signs', '4111+1111+1111+1111'],
		['tabs of JSON', '4111\\t1111\\t1111\\t1111'],
		['spaces of JSON', '4111\\u00201111\\u00201111\\u00201111'],
		['digits of JSON', '411111111111111\\u0031'],
		['spaces of HTML', '4111&nbsp;1111&#160;1111&#xA0;1111'],
		['full-width digits', '４１１１１１１１１１１１１１１１'],
		['a percent sign before it', '5%4111111111111111'],
	])('with %s', (_name, written) => {
		const told = masked(`Card ${written} was declined`, []);
		expect(told).toMatch(/^Card \S*\[hidden\] was declined$/);
		expect(told).not.toMatch(/\d\D*\d\D*\d/);
	});
});

describe('what is no secret stays', () => {
	test.each([
		'',
		'The ZIP code 78756 does not match TX',
		'phone 512-485-4282',
		'+1 (512) 485-4282',
		'verification vfn_2Zx9 of se-123890',
		'2028-07-31T12:00:00.000Z',
		'order 12345678901',
		'one digit too few: 41234567893',
		'9'.repeat(40),
		'1 2 3 4 5 6 7 8 9 10',
		'12 items, 34 errors, 56 more, 78 in all, 90 to go',
		'2024-12-24T10:12:13.123Z',
		'2024-12-24 10:12:13.1234567',
		'2024-12-24 10:12',
		'ends in 1111: 411111******1111',
		'$1 $& $$ \\1',
	])("'%s'", (text) => {
		expect(masked(text, ['654321', 'TEST_key'])).toBe(text);
	});

	test('long numbers that hold no card number', () => {
		const random = seeded(7);
		let kept = 0;
		for (let round = 0; round < 2_000; round++) {
			const number = randomText(random, 12 + Math.floor(random() * 8), '0123456789');
			if (holdsCardNumber(number)) continue;
			kept++;
			expect(masked(`number ${number}.`, [])).toBe(`number ${number}.`);
		}
		expect(kept).toBeGreaterThan(400);
	});

	test.each([
		'aa3d8e8e-462b-4476-9618-72db7f7b7009',
		'99999999-0000-4000-8000-00000000000a',
		'request aa3d8e8e-462b-4476-9618-72db7f7b7009.',
	])('the request ID %s, which support asks for', (id) => {
		expect(masked(id, ['654321'])).toBe(id);
	});

	test('any other UUID', () => {
		const random = seeded(11);
		const changed: string[] = [];
		for (let round = 0; round < 20_000; round++) {
			const hex = (length: number) => randomText(random, length, '0123456789abcdef');
			const id = `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
			if (masked(id, ['654321']) !== id) changed.push(id);
		}
		expect(changed).toEqual([]);
	});
});

test('no text, however long, lets a secret through', () => {
	const random = seeded(3);
	for (let round = 0; round < 300; round++) {
		const [, card] = TEST_CARDS[round % TEST_CARDS.length]!;
		const secrets = [
			card,
			randomText(random, 6, '0123456789'),
			`TEST_${randomText(random, 20, 'abcXYZ019+/=.-_$^*')}`,
		];
		const around = () => randomText(random, Math.floor(random() * 20), 'abc ,.:"{}');
		const text = secrets.map((secret) => `${around()} ${secret} ${around()}`).join('');
		for (const secret of secrets) expect(masked(text, secrets)).not.toContain(secret);
	}
});

test.each(['\u200b', '\u2060', '\u2011', '\u2013', '\u00a0', '.', '/', '_'])(
	'a card number and a code that %j spreads are hidden',
	(by) => {
		const spread = (secret: string) => [...secret].join(by);
		expect(masked(`card ${spread('4111111111111111')}!`, ['4111111111111111'])).toBe(
			'card [hidden]!',
		);
		expect(masked(`code ${spread('123456')}!`, ['123456'])).toBe('code [hidden]!');
	},
);

test('a UUID of digits alone could be a card number', () => {
	expect(masked('41111111-1111-1111-0000-000000000000', [])).toBe('[hidden]');
});

test.each([
	['a card number in a URL', '4111111111111111', '4111%2B1111%2C1111%2f1111!', '[hidden]!'],
	['a card number in Base64', '4111111111111111', 'NDExMTExMTExMTExMTExMQ==', '[hidden]=='],
	['a code in Base64', '123456', 'b:MTIzNDU2!', 'b:[hidden]!'],
	['a code in full-width digits', '123456', '１２３４５６', '[hidden]'],
	['a code with commas', '123456', 'code 123,456', 'code [hidden]'],
	['a key in another case', 'TEST_abc', 'key test_ABC!', 'key [hidden]!'],
	['a key with signs at its ends', '+/TEST_abc==', 'key +/TEST_abc==!', 'key [hidden]!'],
	['a key in a URL', 'TEST_abc+/def==', 'key=TEST_abc%2B%2Fdef', 'key=[hidden]'],
	['a key in a URL in a URL', 'TEST_abc+/def', 'TEST%255Fabc%252B%252Fdef', '[hidden]'],
	['a key in Base64', 'TEST_abc+/def==', 'VEVTVF9hYmMrL2RlZj09', '[hidden]'],
	['a key in JSON', 'sandbox-key', 'sandbox\\u002dkey', '[hidden]'],
	['a key in HTML', 'TEST&abc', 'TEST&amp;abc', '[hidden]'],
	['a key with spaces around', ' sandbox-key ', 'sandbox-key', '[hidden]'],
	[
		'a key that is a UUID',
		'aa3d8e8e-462b-4476-9618-72db7f7b7009',
		'aa3d8e8e-462b-4476-9618-72db7f7b7009',
		'[hidden]',
	],
])('hidden as well: %s', (_name, secret, text, told) => {
	expect(masked(text, [secret])).toBe(told);
});

test.each([
	['a code in groups, in Base64', '123456', 'MTIzIDQ1Ng=='],
	['a code in UTF-16, in Base64', '123456', 'MQAyADMANAA1ADYA'],
	['a code in HTML in a URL', '123456', '%26%2349%3B%26%2350%3B%26%2351%3B456'],
	['a password in HTML in a URL', 'Tr0ub"4dor"3zz', 'Tr0ub%26quot%3B4dor%26quot%3B3zz'],
	['a password of signs, in HTML', '#$%^&*()12!', '#$%^&amp;*()12!'],
	['a password of signs, in a URL', 'p@55', 'p%4055'],
	['a password of other letters, in a URL', 'Tr0üb4dor3zz', 'Tr0%C3%BCb4dor3zz'],
])('%s is hidden', (_name, secret, text) => {
	expect(masked(`it is ${text} here`, [secret])).toMatch(/^it is \[hidden\][=A]* here$/);
});

test('however often a secret is repeated, what is told of it is no failure', () => {
	for (const secret of ['4012888888881881', '378282246310005', '123456', '123', 'sandbox-key']) {
		const told = masked(`${secret} `.repeat(20_000), [secret]);
		expect(told.startsWith('[hidden] ')).toBe(true);
		expect(told).not.toContain(secret);
	}
});

test('a secret in Base64 is hidden wherever it stands in what was encoded', () => {
	for (const secret of ['4111111111111111', '123456', KEY]) {
		for (const [before, behind] of [
			['', ''],
			['x', 'y'],
			['user:', ''],
			['', ':z'],
			['abcdefg', 'hi'],
		]) {
			const encoded = Buffer.from(`${before}${secret}${behind}`).toString('base64');
			const told = masked(`Basic ${encoded}`, [secret]);
			expect(told).toContain('[hidden]');
			// What is left decodes to no more than two characters of the secret.
			expect(told.length).toBeLessThan(
				'Basic [hidden]'.length + 4 + (encoded.length - (secret.length * 4) / 3),
			);
		}
	}
});

test('a secret of which another is part does not survive that', () => {
	const told = masked('key TEST-123456-xyz', ['123456', 'TEST-123456-xyz']);
	expect(told).toBe('key [hidden]');
});

describe('of a test card in any surroundings', () => {
	/** The number survives where it stands in the text's letters and digits. */
	const survives = (number: string, told: string) =>
		told
			.normalize('NFKC')
			.replace(/[^\p{L}\p{N}]/gu, '')
			.includes(number);

	const card = fc.constantFrom(...TEST_CARDS.map(([, number]) => number));
	const separator = fc.oneof(
		{ weight: 3, arbitrary: fc.constant('') },
		fc.constantFrom(
			' ',
			'-',
			'.',
			'_',
			'/',
			'+',
			',',
			':',
			'\t',
			'\n',
			'  ',
			' - ',
			'","',
			'|',
			'*',
		),
		fc.constantFrom('\u00a0', '\u2009', '\u3000', '\u2011', '\u2013', '\u2014', '\u2212'),
		fc.constantFrom('\u200b', '\u2060', '\ufeff', '\u00ad', '\u202e', '\u0301', '·', '•', '😀'),
	);
	/** The digits with something between them: in each place something else. */
	const written = (between: fc.Arbitrary<string>) =>
		card.chain((number) =>
			fc
				.array(between, { minLength: number.length, maxLength: number.length })
				.map((gaps): [number: string, text: string] => [
					number,
					[...number].map((digit, place) => (place ? gaps[place]! : '') + digit).join(''),
				]),
		);
	const around = fc.oneof(
		fc.string({ unit: 'binary', maxLength: 20 }),
		fc.stringMatching(/^[\d ,./:-]{0,30}$/),
		fc.stringMatching(/^[a-z%&\\u#\d;]{0,12}$/),
		fc.constantFrom('', 'Card ', '{"number":"', ' 12/27', '"}', '%', '2024-12-24 10:12:13 '),
	);
	const SEED = { seed: 20_261_124, numRuns: 20_000 };

	test('nothing survives, known or not', () => {
		fc.assert(
			fc.property(
				written(separator),
				around,
				around,
				fc.boolean(),
				([number, text], before, behind, isKnown) => {
					const told = masked(before + text + behind, isKnown ? [number] : []);
					return !survives(number, told);
				},
			),
			SEED,
		);
	});

	test('nor where it is escaped, or in full-width digits', () => {
		const escaped = fc.constantFrom(
			'',
			'%20',
			'%2B',
			'%C2%A0',
			'%2520',
			'\\u00a0',
			'\\t',
			'&nbsp;',
			'&#45;',
			'&#x2D;',
		);
		const wide = (text: string) =>
			text.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
		const plainAround = fc.stringMatching(/^[a-z\d ,:-]{0,20}$/);
		fc.assert(
			fc.property(written(escaped), plainAround, plainAround, ([number, text], before, behind) => {
				const told = masked(`${before}${text}${behind}`, []);
				return (
					!survives(number, unescape(told)) &&
					!survives(number, told.replace(/%[0-9A-F]{2}|\\u00a0|\\t|&\w+;|&#\w+;|%25/g, ''))
				);
			}),
			SEED,
		);
		fc.assert(
			fc.property(
				written(separator),
				around,
				around,
				([number, text], before, behind) =>
					!survives(number, masked(before + wide(text) + behind, [])),
			),
			SEED,
		);
	});
});

test('a key with a dash is searched in no more time than another', () => {
	const dashes = '-'.repeat(300_000);
	expect(masked(`key sandbox${dashes}key, sandbox${dashes}`, ['sandbox-key'])).toBe(
		`key [hidden], sandbox${dashes}`,
	);
});

test('a secret of nothing but dashes hides nothing else', () => {
	expect(masked('a - b', ['--'])).toBe('a - b');
});

test('a text is shortened, and not in the middle of a character', () => {
	expect(shortened('12345', 5)).toBe('12345');
	expect(shortened('123456', 5)).toBe('1234…');
	expect(shortened('123😀😀', 5)).toBe('123…');
});

test('a megabyte is read to its end', () => {
	const noise = '12 - T E-S '.repeat(100_000);
	expect(masked(`${noise}4111111111111111`, ['TEST_key', '123456'])).toBe(`${noise}[hidden]`);
});

const LONG: Array<[name: string, text: string]> = [
	['letters', 'x'.repeat(1e6)],
	['digits that hold a card number', '4'.repeat(1e6)],
	['digits that hold none', '9'.repeat(1e6)],
	['groups of digits', '4 1 1 1 '.repeat(125_000)],
	['digits far apart', `4${' '.repeat(999)}`.repeat(1_000)],
	['dashes', '1-'.repeat(5e5)],
	['beginnings of UUIDs', 'a1b2c3d4-'.repeat(111_111)],
	['UUIDs grown together', 'aa3d8e8e-462b-4476-9618-72db7f7b700'.repeat(28_000)],
	['beginnings of a key', 'sandbox-ke'.repeat(1e5)],
	['keys', 'sandbox-key '.repeat(83_333)],
	['codes', 'a123456b'.repeat(125_000)],
	['Base64', Buffer.from('4111 1111 1111 1111 sandbox-key').toString('base64').repeat(23_000)],
	['addresses', 'a1234567890123@b.c '.repeat(52_000)],
	['beginnings of tags', '<'.repeat(1e6)],
	['beginnings of a time', '2024-12-24 10:1 '.repeat(62_500)],
	['escapes', '%20'.repeat(333_333)],
	['beginnings of escapes', '%25'.repeat(333_333)],
	['beginnings of entities', '&aaaaaaaa'.repeat(111_111)],
	['zero-width spaces', `4${'\u200b'.repeat(99)}`.repeat(10_000)],
	['letters that fold', 'é'.repeat(1e6)],
];

// About a tenth of a second each; what is not linear takes minutes, and is seen by that.
test.each(LONG)('a megabyte of %s is read to its end', (_name, text) => {
	const card = '4111111111111111';
	for (const secrets of [[], [card], ['123456', 'sandbox-key']]) {
		expect(masked(`${text} ${card}`, secrets)).not.toContain(card);
	}
});
