import { Mistake } from '../../../nodes/ShipEngine/values/mistakes';

/** The code of what a check found wrong; undefined where it found nothing. */
export const codeOf = (checked: unknown): string | undefined =>
	checked instanceof Mistake ? checked.code : undefined;

/** What gives no value at all, as a field that was left out does. */
export const NOTHING: Array<[string, unknown]> = [
	['undefined', undefined],
	['null', null],
	['empty text', ''],
	['spaces', '   '],
	['line breaks and tabs', '\r\n\t'],
	['a non-breaking space', '\u00a0'],
	['a page of spaces', ' '.repeat(10_000)],
];

/** What an item, a webhook or an expression can hold instead of text. */
export const NOT_TEXT: Array<[string, unknown]> = [
	['true', true],
	['false', false],
	['NaN', Number.NaN],
	['Infinity', Number.POSITIVE_INFINITY],
	['-Infinity', Number.NEGATIVE_INFINITY],
	['a bigint', 5124854282n],
	['a Date', new Date(0)],
	['an empty list', []],
	['a list of text', ['4111111111111111']],
	['nested lists', [[['5124854282']]]],
	['an empty object', {}],
	['an object', { value: '78756' }],
	['nested objects', { value: { value: { value: 'TX' } } }],
	['an object that cannot become text', { toString: 1, valueOf: 1 }],
	['an object without a prototype', Object.create(null)],
	['a function', () => 'TX'],
	['a symbol', Symbol('TX')],
];

/** Random numbers from 0 to 1 that are the same in each run (mulberry32). */
export function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

/** A text of so many characters of an alphabet. */
export const randomText = (random: () => number, length: number, alphabet: string) =>
	Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');

/** Words and their upper, lower and mixed case. */
export const inCases = (word: string) => [
	word,
	word.toUpperCase(),
	word.toLowerCase(),
	[...word]
		.map((letter, place) => (place % 2 ? letter.toUpperCase() : letter.toLowerCase()))
		.join(''),
];

/** The card networks' published test numbers. */
export const TEST_CARDS: Array<[brand: string, number: string]> = [
	['Visa', '4111111111111111'],
	['Visa', '4012888888881881'],
	['Visa', '4222222222222'],
	['MasterCard', '5555555555554444'],
	['MasterCard', '5105105105105100'],
	['MasterCard', '2223003122003222'],
	['AmericanExpress', '378282246310005'],
	['AmericanExpress', '371449635398431'],
	['Discover', '6011111111111117'],
	['Discover', '6011000990139424'],
];

/** Published test numbers of networks that the API's own form does not take. */
export const FOREIGN_CARDS: Array<[network: string, number: string]> = [
	['JCB', '3530111333300000'],
	['Diners Club', '30569309025904'],
];

/** The error that something comes to. */
export async function errorOf(doing: Promise<unknown>): Promise<Error> {
	try {
		await doing;
	} catch (error) {
		if (error instanceof Error) return error;
		throw error;
	}
	throw new TypeError('It came to no error');
}
