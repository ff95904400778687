import { holdsCardNumber } from '../values/paymentCard';
import { unescaped } from './escapes';
import { type Span, skeletonOf } from './reading';

/** A UUID, such as the ID of a request, unless it is of digits alone; and a date with a time. */
const ID_OR_TIME =
	/(?<![\da-f-])(?=[\d-]*[a-f])[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}(?![\da-f-])|(?<!\d)(?:19|20)\d\d-[01]\d-[0-3]\d[T ][0-2]\d:[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?!\d)/gi;

/** The text of the same length in which nothing of these can be taken for part of a card number. */
export const withoutIds = (text: string) =>
	text.replace(ID_OR_TIME, (found) => 'x'.repeat(found.length));

/**
 * An email address (how long its parts may be: RFC 5321, 4.5.3.1, and RFC 1035, 2.3.4), and an ID of the
 * API, such as `se-123890`. None of them begins or ends in the middle of a number in groups.
 */
const NAME =
	/(?<!\d[ .]?)(?:[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}|(?<![\w-])se-\d{1,22}(?![\w-]| \d))/gi;

/** Digits in groups as they stand on cards, or with something between any two of them. */
const GROUPED = /(?:\d{4}[ .-]){3}\d|\d{4}[ .-]\d{6}[ .-]\d|(?:\d[^\da-z]){6}\d/i;

/** The text of the same length in which no name has digits, unless they are grouped like those of a card. */
const withoutNames = (text: string) =>
	text.replace(NAME, (name) => (GROUPED.test(name) ? name : 'x'.repeat(name.length)));

function spansIn(text: string): Span[] {
	const { letters, spanOf } = skeletonOf(text);
	return [...letters.matchAll(/\d{12,}/g)]
		.filter(([digits]) => holdsCardNumber(digits))
		.map(({ index, 0: digits }) => spanOf(index, digits.length));
}

/** Where a card number could be in a text: all the digits, with any separators, among which it is. */
export function cardsInText(text: string): Span[] {
	return [...new Set([text, unescaped(text)])].flatMap((reading) => {
		const numbers = withoutIds(reading);
		const found = spansIn(numbers);
		// Most texts have nothing in them that takes a closer look.
		return found.length > 0 && /@|se-/i.test(numbers) ? spansIn(withoutNames(numbers)) : found;
	});
}
