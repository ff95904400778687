/**
 * An expiration date as people type it, and as browsers and password managers fill it in. HTML's own
 * form of it is `2029-07` (HTML Standard, autofill, `cc-exp`).
 */

/** Its digits and letters, with a space for whatever separates them. */
const plain = (text: string) =>
	text
		.normalize('NFKC')
		.replace(/\p{Cf}/gu, '')
		.replace(/[^\d\p{L}]+/gu, ' ')
		.trimStart();

/**
 * The forms that can mean only one month. One or two digits in front are the month, and the year of
 * four digits begins with 20: so `129` could be 12 / 9…, and is in no form.
 */
const FORMS = [
	/^(?<month>\d{1,2}|\p{L}{3,}) ?(?<=\D)(?<year>\d{2}|\d{4})$/u,
	/^(?<year>20\d\d)(?: |(?=\p{L}))(?<month>\d{1,2}|\p{L}{3,})$/u,
	/^(?<month>0[1-9]|1[0-2])(?<year>[2-9]\d|20\d\d)$/,
	/^(?<month>1(?=[3-9])|[2-9](?=[2-9]))(?<year>\d{2})$/,
	/^(?<month>[1-9])(?<year>20\d\d)$/,
	/^(?<year>20\d\d)(?<month>0[1-9]|1[0-2]|[2-9])$/,
];

/** The month and year of an expiration date, typed or filled in by the browser; '' where there is none. */
export function monthAndYear(text: string): { month: string; year: string } {
	const date = plain(text).trimEnd();
	const found = FORMS.map((form) => form.exec(date)?.groups).find(Boolean);
	return { month: found?.month ?? '', year: found?.year ?? '' };
}

/**
 * What can be told of a date while it is typed: a year with all of its month, or a month with what there
 * is of its year. A month ends with a separator, with its second digit (but for 12, which may be the
 * beginning of 1 2029), or where no second digit is possible.
 */
const BEGINNINGS = [
	/^(?<year>20\d\d) ?(?<month>\d\d|[2-9])$/,
	/^(?<month>\d{1,2}) (?<year>\d*)$/,
	/^(?<month>0[1-9]|1[01]|12(?=.))(?<year>[2-9]\d*|)$/,
	/^(?<month>1(?=[3-9]|20)|2(?=.)|[3-9])(?<year>[2-9]\d*|)$/,
];

/** `0728` as `07 / 28`, and so on while it is typed; what can still become something else stays. */
function grouped(text: string): string {
	const date = plain(text);
	const begun = BEGINNINGS.map((form) => form.exec(date)?.groups).find(Boolean);
	return begun ? `${begun.month!.padStart(2, '0')} / ${begun.year!}` : text;
}

/** How it looks after each change: a `Grouping` of its input. */
export const EXPIRATION_DATE = {
	added: (text: string, isAtEnd = true) => (isAtEnd ? grouped(text) : text),
	removed: (text: string) => text.replace(/[^\p{L}\p{N}]+$/u, ''),
};
