import type { Mapped } from './mapped';
import type { Reading } from './reading';

/**
 * What a text holds in Base64 or in hexadecimal digits. All of the text is read as such, begun at each
 * of the characters at which a byte can begin: so it does not matter what stands around a secret, or
 * between its parts.
 */

/** Bytes, and the part of the text that each of them stands for. */
interface Bytes {
	bytes: Uint8Array;
	from: Uint32Array;
	to: Uint32Array;
}

/** What the characters of an encoding stand for. */
interface Encoding {
	bits: number;
	/** By the character's code; {@link NONE} of one that stands for nothing. */
	values: Uint8Array;
	/** At how many characters in a row a byte can begin. */
	begins: number;
}

const NONE = 255;

function valuesOf(...alphabets: string[]): Uint8Array {
	const values = new Uint8Array(256).fill(NONE);
	for (const alphabet of alphabets) {
		[...alphabet].forEach((character, value) => (values[character.charCodeAt(0)] = value));
	}
	return values;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** RFC 4648, 4, 5 and 8. */
const ENCODINGS: Encoding[] = [
	{ bits: 6, begins: 4, values: valuesOf(`${LETTERS}+/`, `${LETTERS}-_`) },
	{ bits: 4, begins: 2, values: valuesOf('0123456789abcdef', '0123456789ABCDEF') },
];

const emptyBytes = (length: number): Bytes => ({
	bytes: new Uint8Array(length),
	from: new Uint32Array(length),
	to: new Uint32Array(length),
});

/** Each character as a byte; of those beyond ASCII nothing is encoded. */
function bytesOf({ text, from, to }: Mapped): Bytes {
	const bytes = new Uint8Array(text.length);
	for (let at = 0; at < text.length; at += 1) {
		const code = text.charCodeAt(at);
		bytes[at] = code < NONE ? code : NONE;
	}
	return { bytes, from, to };
}

/** The bytes without those that stand for nothing. */
function without({ bytes, from, to }: Bytes, values: Uint8Array): Bytes {
	const kept = emptyBytes(bytes.length);
	let count = 0;
	for (let at = 0; at < bytes.length; at += 1) {
		if (values[bytes[at]!] === NONE) continue;
		kept.bytes[count] = bytes[at]!;
		kept.from[count] = from[at]!;
		kept.to[count] = to[at]!;
		count += 1;
	}
	return {
		bytes: kept.bytes.subarray(0, count),
		from: kept.from.subarray(0, count),
		to: kept.to.subarray(0, count),
	};
}

/** What an encoding's characters stand for, from one of them on. */
function decoded({ bytes, from, to }: Bytes, { bits, values }: Encoding, begin: number): Bytes {
	const told = emptyBytes(Math.max(0, Math.floor(((bytes.length - begin) * bits) / 8)));
	for (let at = 0; at < told.bytes.length; at += 1) {
		const first = begin + (((at * 8) / bits) | 0);
		const last = begin + (((at * 8 + 7) / bits) | 0);
		let value = 0;
		for (let place = first; place <= last; place += 1) {
			value = (value << bits) | values[bytes[place]!]!;
		}
		told.bytes[at] = value >> ((last - begin + 1) * bits - (at + 1) * 8);
		told.from[at] = from[first]!;
		told.to[at] = to[last]!;
	}
	return told;
}

/** The shortest part of a card number that has to be found has so many bytes. */
const LEAST_BYTES = 8;

/** Whether so many bytes, written in the encoding, stand in a row. */
function holdsText({ bytes }: Bytes, { bits, values }: Encoding): boolean {
	const shortest = Math.ceil((LEAST_BYTES * 8) / bits);
	for (let at = 0, row = 0; at < bytes.length; at += 1) {
		row = values[bytes[at]!] === NONE ? 0 : row + 1;
		if (row >= shortest) return true;
	}
	return false;
}

function decodings(read: Bytes, encoding: Encoding): Bytes[] {
	const characters = without(read, encoding.values);
	return Array.from({ length: encoding.begins }, (_each, begin) =>
		decoded(characters, encoding, begin),
	);
}

/** All that may be meant, also where it was encoded twice. */
const allDecoded = (read: Bytes): Bytes[] =>
	ENCODINGS.flatMap((encoding) => decodings(read, encoding)).flatMap((once) => [
		once,
		...ENCODINGS.filter((again) => holdsText(once, again)).flatMap((again) =>
			decodings(once, again),
		),
	]);

const textOf = ({ bytes, from, to }: Bytes): Mapped => ({
	text: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1'),
	from,
	to,
});

const PLAIN = valuesOf(LETTERS);

/** What a text holds encoded: as text, a character for each byte, and its plain letters and digits alone. */
export interface Encoded {
	text: Mapped;
	skeleton: Reading;
}

export const encodedIn = (read: Mapped): Encoded[] =>
	allDecoded(bytesOf(read)).map((one) => {
		const { text, from, to } = textOf(without(one, PLAIN));
		return {
			text: textOf(one),
			skeleton: {
				letters: text.toLowerCase(),
				spanOf: (first, count) => [from[first]!, to[first + count - 1]!],
			},
		};
	});
