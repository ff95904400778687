import { masked, shortened } from '../../../../nodes/ShipEngine/failures/masking';

const CARD = '4111111111111111';

describe('each side of a boundary', () => {
	test.each([
		['a key of four letters, spread', 'k3yz', 'k-3-y-z', '[hidden]'],
		['a key of three, as it is', 'k3y', 'k3y k-3-y', '[hidden] k-3-y'],
		['the Base64 of five characters', '12345', 'b MTIzNDU=', 'b [hidden]='],
		// Its Base64 in the middle of others is A4MD.
		['the Base64 of four', '0802', 'a4md', 'a4md'],
		['a code of eleven digits in a longer number', '23456789012', '923456789012', '923456789012'],
		['a key of twelve digits in a longer number', '999999999999', '99999999999990', '[hidden]0'],
		['a key of letters between digits', 'TEST_abc', '5TEST_abc6', '5[hidden]6'],
		['a key that ends in digits between digits', 'abc123', '5abc1236', '5[hidden]6'],
		['a key that begins with digits between digits', '123abc', '5123abc6', '5[hidden]6'],
		['a short key with spaces around', ' .* ', 'nothing.*', 'nothing[hidden]'],
		['two secrets next to each other', 'TEST_abc', 'TEST_abcTEST_abc', '[hidden]'],
	])('%s', (_name, secret, text, told) => {
		expect(masked(text, [secret])).toBe(told);
	});

	test('a code in digits that take two places each', () => {
		expect(masked('code 𝟏𝟐𝟑𝟒𝟓𝟔!', ['123456'])).toBe('code [hidden]!');
	});

	test('a percent sign in front of a number is none of a URL', () => {
		expect(masked('%4111%2D1111%2D1111%2D1111', [])).toBe('%[hidden]');
	});

	test('a text that begins with a character of two places is shortened at its end', () => {
		expect(shortened('😀😀😀', 5)).toBe('😀😀…');
		expect(shortened('😀😀😀', 4)).toBe('😀…');
	});
});

describe('a UUID', () => {
	/** Whose digits hold a card number. */
	const UUID = 'a0000000-4111-1111-1111-11111111000a';

	test.each([
		['alone', UUID],
		['in capitals', UUID.toUpperCase()],
		['after a space', `request ${UUID}`],
		['before a full stop', `${UUID}.`],
		['in quotes', `"${UUID}"`],
		['next to words', `id_${UUID}_x`],
	])('stays %s', (_name, text) => {
		expect(masked(text, [])).toBe(text);
	});

	test.each([
		['after a digit', `1${UUID}`],
		['after one of its letters', `f${UUID}`],
		['after a dash', `1-${UUID}`],
		['before a digit', `${UUID}1`],
		['before one of its letters', `${UUID}f`],
		['before a dash', `${UUID}-1`],
		['with other groups', UUID.replace('-1111-1111-', '-11111111-')],
		['with another letter', UUID.replace('a', 'g')],
	])('is none %s', (_name, text) => {
		expect(masked(text, [])).toContain('[hidden]');
	});
});

describe('a time', () => {
	const two = (number: number) => String(number).padStart(2, '0');
	/** A time for each second of two hours, in the form that is asked for. */
	const times = (form: (date: string, hour: string, minute: string, second: string) => string) =>
		Array.from({ length: 7_200 }, (_each, number) =>
			form(
				'2028-07-31',
				two(4 + Math.floor(number / 3_600)),
				two(Math.floor(number / 60) % 60),
				two(number % 60),
			),
		);
	/** Those whose digits, written together, hold a card number. */
	const likeCards = (texts: string[]) =>
		texts.filter((text) => masked(text.replace(/[^\dT]/g, ''), []).includes('[hidden]'));

	test.each([
		['seconds', times((date, h, m, s) => `${date} ${h}:${m}:${s}`)],
		['a T', times((date, h, m, s) => `${date}T${h}:${m}:${s}.000000005`)],
		['tenths', times((date, h, m, s) => `${date} ${h}:${m}:${s}.5`)],
		['nanoseconds', times((date, h, m, s) => `${date} ${h}:${m}:${s}.000000005`)],
		['minutes', times((_date, h, m, s) => `20${m}-1${m[0]}-0${s[0]} ${h}:${s}`)],
	])('with %s stays, whatever stands around', (_name, all) => {
		const risky = likeCards(all);
		expect(risky.length).toBeGreaterThan(20);
		for (const time of risky) {
			for (const text of [time, `at ${time}`, `${time}Z`, `(${time})`, `"${time}",`]) {
				expect(masked(text, [])).toBe(text);
			}
			expect(masked(`1${time}`, []) + masked(`${time}1`, [])).not.toBe(`1${time}${time}1`);
		}
	});

	test.each([
		['seconds', '2024-12-24 10:12:41 11111111111111'],
		['a fraction', '2024-12-24 10:12:13.4111 111111111111'],
	])('with %s is no part of the number behind it', (_name, text) => {
		expect(masked(text, [])).toBe(text);
	});

	test('does not move what is hidden behind it', () => {
		expect(masked(`2024-12-24 10:12:13: ${CARD}!`, [])).toBe('2024-12-24 10:12:13: [hidden]!');
	});
});
