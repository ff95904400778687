import { type Mapped, type Span, spanOf } from './mapped';

/** A text as letters in a row, and the part of the text that so many of them stand for. */
export interface Reading {
	letters: string;
	spanOf(first: number, count: number): Span;
}

/** Unicode has the digits of each script in their order. */
function digitOf(character: string): string {
	const code = character.codePointAt(0)!;
	let zero = code;
	while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
	return String((code - zero) % 10);
}

/** The plain letter or digit of a character, as `e` of `É` and `4` of `４` and `٤`; '' of a separator. */
function plain(character: string): string {
	if (/\p{Nd}/u.test(character)) return digitOf(character);
	const letters = character.normalize('NFKD').toLowerCase();
	// A ligature's first, since a letter has one place.
	return letters.replace(/[^\p{L}\p{N}]/gu, '').charAt(0);
}

/** The plain letter or digit of each character of ASCII. */
export const ASCII = Array.from({ length: 128 }, (_each, code) => plain(String.fromCharCode(code)));

/** As many letters between two digits, as in `4111 and 1111`, leave them one number. */
const MOST_BETWEEN = 3;

/** The digits of a reading, with a space where what is between them keeps them apart. */
export function digitsIn({ letters, spanOf }: Reading): Reading {
	const digits: string[] = [];
	const places: number[] = [];
	let end = -1;
	for (const { index, 0: digit } of letters.matchAll(/\d/g)) {
		if (index - end > MOST_BETWEEN + 1) {
			digits.push(' ');
			places.push(index);
		}
		digits.push(digit);
		places.push(index);
		end = index;
	}
	return {
		letters: digits.join(''),
		spanOf(first, count) {
			const [from, last] = [places[first]!, places[first + count - 1]!];
			return spanOf(from, last - from + 1);
		},
	};
}

/**
 * A text in plain letters and digits. Whatever spreads a secret, or changes its case, width or script,
 * leaves them as they are.
 */
export function skeletonOf(read: Mapped): Reading {
	const letters: string[] = [];
	const places: number[] = [];
	const others = new Map<string, string>();
	let place = 0;
	for (const character of read.text) {
		let letter = ASCII[character.charCodeAt(0)] ?? others.get(character);
		if (letter === undefined) others.set(character, (letter = plain(character)));
		if (letter !== '') {
			letters.push(letter);
			places.push(place);
		}
		place += character.length;
	}
	return {
		letters: letters.join(''),
		spanOf(first, count) {
			const last = places[first + count - 1]!;
			const size = read.text.codePointAt(last)! > 0xffff ? 2 : 1;
			return spanOf(read, places[first]!, last + size - places[first]!);
		},
	};
}

/** Each character as it is. */
export const verbatim = (read: Mapped): Reading => ({
	letters: read.text,
	spanOf: (first, count) => spanOf(read, first, count),
});
