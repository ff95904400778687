import { holdsCardNumber } from '../values/paymentCard';

const HIDDEN = '[hidden]';

/** No code is as long as the shortest card number. */
const LONGEST_CODE = 11;

/** A key with fewer letters and digits could be found in any text. */
const SHORTEST_KEY = 4;

/** Shorter ones are found in words: `ODAy`, which stands for 802, in "today". */
const SHORTEST_BASE64 = 6;

/** A part of a text: its first place, and the one after its last. */
type Span = [from: number, to: number];

/** What is left of a text without its separators, in plain letters and digits. */
interface Skeleton {
	text: string;
	letters: string;
	/** Where in the text each letter stands. */
	places: number[];
}

/** The plain letter or digit of a character, as `e` of `É` and `4` of a full-width 4; '' of a separator. */
const plain = (character: string) =>
	character
		.normalize('NFKD')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]/gu, '')
		// A ligature's first, since a letter has one place.
		.charAt(0);

const ASCII = Array.from({ length: 128 }, (_each, code) => plain(String.fromCharCode(code)));

/** Whatever spreads a secret, or changes its case or width, leaves its skeleton as it is. */
function skeletonOf(text: string): Skeleton {
	const letters: string[] = [];
	const places: number[] = [];
	const others = new Map<string, string>();
	let place = 0;
	for (const character of text) {
		let letter = ASCII[character.charCodeAt(0)] ?? others.get(character);
		if (letter === undefined) others.set(character, (letter = plain(character)));
		if (letter !== '') {
			letters.push(letter);
			places.push(place);
		}
		place += character.length;
	}
	return { text, letters: letters.join(''), places };
}

/** The part of the text that so many letters of its skeleton stand for. */
function spanOf({ text, places }: Skeleton, first: number, count: number): Span {
	const last = places[first + count - 1]!;
	return [places[first]!, last + (text.codePointAt(last)! > 0xffff ? 2 : 1)];
}

/** Where a word begins in a text, each time. */
function beginnings(text: string, word: string): number[] {
	const found: number[] = [];
	for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) {
		found.push(at);
	}
	return found;
}

/** Where a word of plain letters and digits stands in the text, spread or not. */
const occurrences = (skeleton: Skeleton, word: string): Span[] =>
	beginnings(skeleton.letters, word).map((first) => spanOf(skeleton, first, word.length));

/** Whether digits belong to a longer number, which has nothing to do with a code. */
const isPartOfNumber = (text: string, [from, to]: Span) =>
	/\d/.test(text.charAt(from - 1) + text.charAt(to));

/** The Base64 of a secret, in three words: it depends on how many bytes stand before the secret. */
const base64Of = (secret: string) =>
	[0, 1, 2]
		.map((before) => {
			const bytes = Buffer.from(' '.repeat(before) + secret);
			// The outer characters depend on what surrounds the secret.
			const [from, to] = [Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6)];
			return skeletonOf(bytes.toString('base64').slice(from, to)).letters;
		})
		.filter((word) => word.length >= SHORTEST_BASE64);

/** Where the text holds a secret: spread, in another case or width, or in Base64. */
function secretSpans(skeleton: Skeleton, secret: string): Span[] {
	const { text } = skeleton;
	const { letters } = skeletonOf(secret);
	const asItIs = beginnings(text, secret).map((from): Span => [from, from + secret.length]);
	if (letters.length < SHORTEST_KEY) return asItIs;
	const isCode = letters.length <= LONGEST_CODE && /^\d+$/.test(letters);
	return [
		...[...asItIs, ...occurrences(skeleton, letters)].filter(
			(span) => !isCode || !isPartOfNumber(text, span),
		),
		...base64Of(secret).flatMap((word) => occurrences(skeleton, word)),
	];
}

/** The digits, with any separators, among which a card number could be: all of them, to be safe. */
const cardSpans = (skeleton: Skeleton): Span[] =>
	[...skeleton.letters.matchAll(/\d{12,}/g)]
		.filter(([digits]) => holdsCardNumber(digits))
		.map(({ index, 0: digits }) => spanOf(skeleton, index, digits.length));

/** A UUID, such as the ID of a request, unless it is of digits alone; and a date with a time. */
const NO_CARD =
	/(?<![\da-f-])(?=[\d-]*[a-f])[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}(?![\da-f-])|(?<!\d)(?:19|20)\d\d-[01]\d-[0-3]\d[T ][0-2]\d:[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?!\d)/gi;

/** The text of the same length in which nothing of these can be taken for part of a card number. */
const withoutNoCards = (text: string) => text.replace(NO_CARD, (found) => 'x'.repeat(found.length));

/** A character as URLs (also twice), JSON and HTML write it. */
const ESCAPE =
	/%(?:25)*([0-7][\da-f])|\\u([\da-f]{4})|&#x([\da-f]{1,5});|&#(\d{1,6});|%(?:25)*[89a-f][\da-f]|\\[bfnrt]|&[a-z]{2,8};/gi;

/** The text of the same length in which each escape is the character that it stands for. */
function unescaped(text: string): string {
	return text.replace(ESCAPE, (found: string, ...groups: Array<string | undefined>) => {
		const [url, json, hex, decimal] = groups;
		const code = decimal ? Number(decimal) : parseInt(url ?? json ?? hex ?? '20', 16);
		const character = String.fromCodePoint(code);
		// No URL needs to escape these: it is a percent sign in front of a number.
		return url && ASCII[code] ? found : character.padStart(found.length);
	});
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
 * spread or escaped, and without any digits among which a card number could be. Rather too much is
 * hidden than a card told.
 *
 * @param secrets - card number, verification code, API key, as sent
 */
export function masked(text: string, secrets: readonly string[]): string {
	const given = secrets.map((secret) => secret.trim()).filter((secret) => secret !== '');
	const spans = [...new Set([text, unescaped(text)])].flatMap((reading) => {
		const skeleton = skeletonOf(reading);
		const numbers = withoutNoCards(reading);
		return [
			...given.flatMap((secret) => secretSpans(skeleton, secret)),
			...cardSpans(numbers === reading ? skeleton : skeletonOf(numbers)),
		];
	});
	return withoutSpans(text, spans);
}

/** A text of a bounded length: what an answer says is stored with the execution, and shown. */
export function shortened(text: string, longest: number): string {
	if (text.length <= longest) return text;
	// Not in the middle of a pair of surrogates.
	return `${text.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
