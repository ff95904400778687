import { cardsInText, withoutIds } from './cardsInText';
import { type Encoded, encodedIn } from './encodings';
import { shown, unescaped } from './escapes';
import { type Mapped, type Span, mapped } from './mapped';
import { type Reading, digitsIn, skeletonOf, verbatim } from './reading';

const HIDDEN = '[hidden]';

/** No code is as long as the shortest card number. */
const LONGEST_CODE = 11;

/** A key with fewer letters and digits could be found in any text. */
const SHORTEST_KEY = 4;

/** So many digits of a card number in a row are as good as the number; the first six, or the last four, are not. */
const TELLING_DIGITS = 8;

/** Where a word begins in a text, each time. */
function beginnings(text: string, word: string): number[] {
	const found: number[] = [];
	for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) {
		found.push(at);
	}
	return found;
}

/** Where a word of plain letters and digits stands in the text, spread or not. */
const occurrences = ({ letters, spanOf }: Reading, word: string): Span[] =>
	beginnings(letters, word).map((first) => spanOf(first, word.length));

/** Where enough digits of a card number stand in a row. */
function telling({ letters, spanOf }: Reading, number: string): Span[] {
	const found: Array<[first: number, end: number]> = [];
	for (let part = 0; part + TELLING_DIGITS <= number.length; part += 1) {
		const word = number.slice(part, part + TELLING_DIGITS);
		for (let at = letters.indexOf(word); at !== -1; at = letters.indexOf(word, at + 1)) {
			const last = found.at(-1);
			if (last && last[0] <= at && at <= last[1]) last[1] = at + TELLING_DIGITS;
			else found.push([at, at + TELLING_DIGITS]);
		}
	}
	return found.map(([first, end]) => spanOf(first, end - first));
}

/** Whether digits belong to a longer number, which has nothing to do with a code. */
const isPartOfNumber = (text: string, [from, to]: Span) =>
	/\d/.test(text.charAt(from - 1) + text.charAt(to));

/** What a text can be read as, where secrets are looked for. */
interface Readings {
	/** As it is, without escapes, and as a browser shows it. */
	texts: Mapped[];
	/** The same of what it holds encoded. */
	encoded: Encoded[];
	skeletons: Reading[];
}

/** What is encoded is text again where so many characters of ASCII or UTF-8 stand in a row. */
const IS_TEXT = /(?:[ -~]|[\xc2-\xf4][\x80-\xbf]{1,3}){8}/;

function readingsOf(text: string): Readings {
	const read = mapped(text);
	const texts = [...new Set([read, unescaped(read), ...shown(read)])];
	const encoded = [...new Set([texts[0]!, texts.at(-1)!])].flatMap(encodedIn);
	const inside = encoded.filter(({ text: { text } }) => IS_TEXT.test(text));
	return {
		texts,
		encoded,
		skeletons: [
			...texts.map(skeletonOf),
			...encoded.map(({ skeleton }) => skeleton),
			...inside.flatMap((each) => shown(each.text)).map(skeletonOf),
		],
	};
}

/** Fewer digits or letters of something encoded could be found in any text. */
const LEAST_ENCODED = 6;

/** A code, but for where it is part of a longer number, or of an ID. */
function codeSpans(text: string, code: string, { texts, encoded }: Readings): Span[] {
	const isLong = code.length >= LEAST_ENCODED;
	return [
		...texts.flatMap((read) =>
			occurrences(skeletonOf(withoutIds(read)), code).filter((span) => !isPartOfNumber(text, span)),
		),
		...encoded.flatMap((each) => occurrences(isLong ? each.skeleton : verbatim(each.text), code)),
	];
}

/** A card's number, or what is left of it. */
const numberSpans = (number: string, { skeletons }: Readings): Span[] =>
	skeletons.map(digitsIn).flatMap((reading) => telling(reading, number));

/** Any other secret: as it is, spread, or in another case. */
function keySpans(key: string, letters: string, { texts, encoded, skeletons }: Readings): Span[] {
	const inBytes = Buffer.from(key).toString('latin1');
	return [
		...texts.flatMap((read) => occurrences(verbatim(read), key)),
		...encoded.flatMap(({ text }) =>
			[inBytes, key].flatMap((word) => occurrences(verbatim(text), word)),
		),
		...(letters.length >= SHORTEST_KEY
			? skeletons
					.slice(0, letters.length < LEAST_ENCODED ? texts.length : undefined)
					.flatMap((reading) => occurrences(reading, letters))
			: []),
	];
}

/** Where a text holds a secret: as it is, spread, in another case or script, escaped or encoded. */
function secretSpans(text: string, secret: string, readings: Readings): Span[] {
	const { letters } = skeletonOf(mapped(secret));
	const isNumber = /^\d+$/.test(letters) && letters.length >= SHORTEST_KEY;
	if (!isNumber) return keySpans(secret, letters, readings);
	return letters.length <= LONGEST_CODE
		? codeSpans(text, letters, readings)
		: numberSpans(letters, readings);
}

function withoutSpans(text: string, spans: Span[]): string {
	const told: string[] = [];
	let end = 0;
	for (const [from, to] of spans.sort(([one], [other]) => one - other)) {
		if (from > end || told.length === 0) told.push(text.slice(end, from));
		end = Math.max(end, to);
	}
	return [...told, text.slice(end)].join(HIDDEN);
}

/**
 * A text from elsewhere, fit to be stored and shown: without the given secrets, however they are
 * spread, escaped or encoded, without what tells most of a card number, and without any digits among
 * which a card number could be. Rather too much is hidden than a card told.
 *
 * @param secrets - card number, verification code, API key, as sent
 */
export function masked(text: string, secrets: readonly string[]): string {
	const given = secrets.map((secret) => secret.trim()).filter((secret) => secret !== '');
	try {
		const readings = given.length > 0 ? readingsOf(text) : undefined;
		const known = readings && given.flatMap((secret) => secretSpans(text, secret, readings));
		return withoutSpans(text, [...cardsInText(text), ...(known ?? [])]);
	} catch {
		// What is told of a failure must not become another one, which would forget that it may have acted.
		return HIDDEN;
	}
}

/** How much of a name, and of a sentence, a message repeats. */
export const LONGEST_NAME = 100;
export const LONGEST_TEXT = 500;

/** Of a longer text, the rest is not read: it would take seconds, and nobody would see it. */
const MOST_READ = 20 * LONGEST_TEXT;

/**
 * A text from elsewhere as a message repeats it: {@link masked}, and of a bounded length.
 *
 * @param longest - how many characters of it, {@link LONGEST_TEXT} at most
 */
export function told(text: string, secrets: readonly string[], longest: number): string {
	if (text.length <= MOST_READ) return shortened(masked(text, secrets), longest);
	// At the end, half a secret may stand that only the rest would have shown to be one.
	const safe = masked(text.slice(0, MOST_READ), secrets).slice(0, -LONGEST_TEXT);
	return shortened(safe.length > longest ? safe : `${safe}…`, longest);
}

/** A word of plain text, or a name that everybody knows, with what may stand around it. */
const WORD =
	/^["'(]?(?:Stamps\.com|Ship(?:Station|Engine)|USPS|ZIP|PO|US|ID|API|[aAI]|[A-Za-z][a-z]{1,19}(?:['’-][a-z]{1,12})*)[.,;:!?"')]*$/;

/**
 * Of a text from elsewhere the plain words, with `…` for all else, such as digits. Of a card, the same is
 * told whatever its number is: otherwise somebody who does not know it could have guesses repeated, and
 * see which are hidden.
 */
export const wordsOnly = (text: string): string =>
	text
		.slice(0, MOST_READ)
		.split(/\s+/)
		.filter((each) => each !== '')
		.map((each) => (WORD.test(each) ? each : '…'))
		.join(' ')
		.replace(/…(?: …)+/g, '…');

/** A name that a user gave, as a message may repeat it: a card number may have been typed there. */
export const quoted = (name: string) => `'${told(name, [], LONGEST_NAME)}'`;

/** A text of a bounded length: what an answer says is stored with the execution, and shown. */
export function shortened(text: string, longest: number): string {
	if (text.length <= longest) return text;
	// Not in the middle of a pair of surrogates.
	return `${text.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
