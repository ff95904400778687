import { holdsCardNumber } from '../values/paymentCard';
import { unescaped } from './escapes';
import { type Mapped, type Span, mapped, replaced, spanOf } from './mapped';
import { skeletonOf } from './reading';

/** A UUID, such as the ID of a request, unless it is of digits alone; and a date with a time. */
const ID_OR_TIME =
	/(?<![\da-f]|\d-)(?=[\d-]{0,35}[a-f])[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}(?![\da-f-])|(?<!\d)(?:19|20)\d\d-[01]\d-[0-3]\d[T ][0-2]\d:[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?!\d)/gi;

/** The text in which nothing of these can be taken for part of a card number, or for a code. */
export const withoutIds = (read: Mapped) => replaced(read, ID_OR_TIME, () => 'x');

/**
 * An email address in its usual letters (how long its parts may be: RFC 5321, 4.5.3.1, and RFC 1035,
 * 2.3.4), and an ID of the API, such as `se-123890`.
 */
const LABEL =
	/(?<![\w.+-])[\w+-][\w.+-]{0,63}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}(?![\w-]|\.\w)|(?<![\w-])se-\d{1,22}(?![\w-])/giu;

/** Digits as they stand on cards, or halves of them, or with something between any two of them. */
const GROUPED =
	/\d{4}(?:[^\da-z]+\d{4}){2}|\d{4}[^\da-z]+\d{6}[^\da-z]+\d{4}|\d{8}[^\da-z]+\d{8}|\d{10}[^\da-z]+\d{5}|(?:\d[^\da-z]+){6}\d/i;

/** So many digits in a row are no group of a card number. */
const NO_GROUP = /^\d{9}|\d{9}$/;

/** How far separators are looked through. */
const FAR = 20;

/** Whether a number goes on in front of a place, or behind another one. */
const goesOn = (text: string, from: number, to: number) =>
	/\d[^\p{L}\p{N}]*\d$/u.test(text.slice(Math.max(0, from - FAR), from + 1)) ||
	/^\d[^\p{L}\p{N}]*\d/u.test(text.slice(to - 1, to + FAR));

/** The password in a URL stands in front of the host as the first part of an address does. */
const IN_URL = /\/\/[^\s/]{0,64}:$/;

/**
 * Whether the digits of a name are no card number: they are not grouped like one, and do not go on
 * outside of the name, unless there are more in a row than in any group.
 */
function isInnocent(name: string, at: number, text: string): boolean {
	if (GROUPED.test(name) || IN_URL.test(text.slice(Math.max(0, at - 2 * FAR), at))) return false;
	const own = name.replace(/^se-|@.*/gis, '');
	return NO_GROUP.test(own) || !goesOn(text, at, at + name.length);
}

const withoutNames = (read: Mapped) =>
	replaced(read, LABEL, (name, _groups, at) => (isInnocent(name, at, read.text) ? 'x' : name));

const namesIn = (read: Mapped): Span[] =>
	[...read.text.matchAll(LABEL)]
		.filter(({ index, 0: name }) => isInnocent(name, index, read.text))
		.map(({ index, 0: name }) => spanOf(read, index, name.length));

function spansIn(read: Mapped): Span[] {
	const { letters, spanOf } = skeletonOf(read);
	return [...letters.matchAll(/\d{12,}/g)]
		.filter(([digits]) => holdsCardNumber(digits))
		.map(({ index, 0: digits }) => spanOf(index, digits.length));
}

/** Where a card number could be in a text: all the digits, with any separators, among which it is. */
export function cardsInText(text: string): Span[] {
	const read = mapped(text);
	const bare = unescaped(read);
	const readings = (bare === read ? [read] : [read, bare]).map(withoutIds);
	const found = readings.flatMap(spansIn);
	// Most texts have nothing in them that takes a closer look.
	if (found.length === 0 || !/@|se-/i.test(bare.text)) return found;
	const names = namesIn(bare);
	return readings
		.map(withoutNames)
		.flatMap(spansIn)
		.filter(([from, to]) => !names.some(([begin, end]) => begin <= from && to <= end));
}
