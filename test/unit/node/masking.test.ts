import { masked, shortened } from '../../../nodes/ShipEngine/shared/masking';
import { passesLuhn } from '../../../nodes/ShipEngine/shared/paymentCard';
import { FOREIGN_CARDS, TEST_CARDS, randomText, seeded } from './support';

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
		['a key in another case', 'TEST_abc', 'test_ABC'],
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
		expect(masked('4111111111111111, 378282246310005', [])).toBe('[hidden], [hidden]');
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
		'one digit too many: 41234567890123456787',
		'4111111111111112',
		'9'.repeat(40),
		'4111 1111 1111 1112',
		'192.168.100.200:8080',
		'$1 $& $$ \\1',
	])("'%s'", (text) => {
		expect(masked(text, ['654321', 'TEST_key'])).toBe(text);
	});

	test('numbers of 12 to 19 digits that fail the Luhn formula', () => {
		const random = seeded(7);
		let kept = 0;
		for (let round = 0; round < 2_000; round++) {
			const number = randomText(random, 12 + Math.floor(random() * 8), '0123456789');
			if (passesLuhn(number)) continue;
			kept++;
			expect(masked(`number ${number}.`, [])).toBe(`number ${number}.`);
		}
		expect(kept).toBeGreaterThan(1_500);
	});

	test.each([
		'aa3d8e8e-462b-4476-9618-72db7f7b7009',
		'00000000-0000-0000-0000-000000000000',
		'99999999-0000-4000-8000-000000000000',
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

test('a card number that other digits have grown onto is hidden', () => {
	expect(masked('0741111111111111112028', ['4111111111111111'])).toBe('07[hidden]2028');
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
	const noise = 'T E-S 12 - '.repeat(100_000);
	expect(masked(`${noise}4111111111111111`, ['TEST_key', '123456'])).toBe(`${noise}[hidden]`);
});
