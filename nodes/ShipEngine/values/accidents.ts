import type { MistakeCode } from './mistakes';

/**
 * What happens to a text on its way through spreadsheets, exports and other programs. What they put
 * around it is taken off. Where the text itself was lost or changed, nobody knows what it was.
 */

/** An apostrophe in front of what a spreadsheet would work out otherwise, such as `'02134` and `'+1 512`. */
const KEPT_AS_TEXT = /^['\u2018\u2019\u02bc`\u00b4](?=[\d=+@(])/;

/** `="02134"`, by which an export keeps its zeros. */
const TEXT_FORMULA = /^="((?:[^"]|"")*)"$/;

/** Quotes around the whole text, left over from a list. */
const QUOTED = /^"([^"]*)"$|^'([^']*)'$/;

/** What shops and pages write for a character in HTML. */
const ENTITY = /&(?:(amp|lt|gt|quot|apos|nbsp)|#(\d{1,7})|#x([\da-f]{1,6}));/gi;

const NAMED: Record<string, string> = {
	...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' },
};

const LAST_CHARACTER = 0x10ffff;

function characterOf(name = '', decimal = '0', hex?: string): string {
	const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
	return NAMED[name.toLowerCase()] ?? String.fromCodePoint(code <= LAST_CHARACTER ? code : 0xfffd);
}

function unmarkedOnce(text: string): string {
	return text
		.replace(ENTITY, (_entity, name?: string, decimal?: string, hex?: string) =>
			characterOf(name, decimal, hex),
		)
		.replace(KEPT_AS_TEXT, '')
		.replace(TEXT_FORMULA, (_formula, inner: string) => inner.replaceAll('""', '"'))
		.replace(QUOTED, '$1$2')
		.trim();
}

/** The text without what is only around it; an export of an export has it twice. */
export const withoutMarks = (text: string) => unmarkedOnce(unmarkedOnce(text));

/**
 * Letters that were lost: what a program puts in place of a character that it cannot read, half of one,
 * the control characters as which another encoding's letters are read, and signs of private meaning.
 */
export const LOST = /[\ufffd\p{Cs}\p{Co}\x80-\x84\x86-\x9f]/u;

/** UTF-8 read as Windows-1252 or Mac Roman, such as `JosÃ©`. */
const TWO_FOR_ONE =
	/[\u00c2-\u00c5][\xa0-\xbf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]|\u00e2\u20ac|\u221a/;

/** A sign in the middle of a word, as where another alphabet's letter stood: `Pe?a`, `Pe¤a`. */
const SIGN_IN_WORD =
	/\p{L}[?\xa1-\xa9\xab\xac\xaf\xb1-\xb3\xb5\xb6\xb8\xb9\xbb-\xbf\xd7\xf7]\p{L}/u;

/** Characters written as a program writes them: `\u00e9`, `%C3%A9`, `&eacute;`, `=?UTF-8?Q?…`. */
const ESCAPED =
	/\\u[\da-f]{4}|\\x[\da-f]{2}|%20|%c[2-5]%[89ab][\da-f]|&[a-z]{2,8};|=\?[\w-]+\?[bq]\?/i;

/** Errors of spreadsheets, in the language of whoever saved them, and cells that were too narrow. */
const CELL_ERROR =
	/(?:^|\s)#[\u00a1\u00bf]?[\p{Lu}0/_]+[!?](?:\s|$)|(?:^|\s)#N\/[AD](?:\s|$)|^#(?:NV|GETTING_DATA)$|^#{3,}$|^Err:\d{3}$/u;

/** A formula that was not worked out. */
const FORMULA = /^=/;

/** What a spreadsheet makes of `3-12` and of a long number. */
const DATE_OR_POWER =
	/^\d{1,2}-(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?:-\d{2,4})?$|^(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)-\d{2,4}$|^\d(?:[.,]\d+)?E\+?\d{2,3}$/;

/** A place that a program should have filled in. */
const NOT_FILLED_IN =
	/\{\{.*\}\}|^\$\{.*\}$|^<%.*%>$|^\[(?:object \w+|undefined|null)\]$|^(?:undefined|null|NaN|\(null\)|<null>)$/;

const DAMAGE: Array<[RegExp, MistakeCode]> = [
	...[TWO_FOR_ONE, SIGN_IN_WORD, ESCAPED].map((sign): [RegExp, MistakeCode] => [
		sign,
		'damaged_text',
	]),
	...[CELL_ERROR, FORMULA, DATE_OR_POWER, NOT_FILLED_IN].map((sign): [RegExp, MistakeCode] => [
		sign,
		'not_a_value',
	]),
];

/** What is wrong with a text, in which nothing is {@link LOST}, that was another one, or never was one. */
export const damageOf = (text: string): MistakeCode | undefined =>
	DAMAGE.find(([sign]) => sign.test(text))?.[1];
