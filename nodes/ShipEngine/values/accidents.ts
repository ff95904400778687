import type { MistakeCode } from './mistakes';

/**
 * What happens to a text on its way through spreadsheets, exports and other programs. What they put
 * around it is taken off. Where the text itself was lost or changed, nobody knows what it was.
 */

/** An apostrophe in front of a number, such as `'02134` and `'+1 512`; names may begin with one. */
const KEPT_AS_TEXT = /^['\u2018\u2019\u02bc`\u00b4](?=[\d+(][\d\s().+-]*$|=")/;

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
		.replace(TEXT_FORMULA, (_formula, inner: string) => inner.replaceAll('""', '"'))
		.replace(QUOTED, '$1$2')
		.replace(KEPT_AS_TEXT, '')
		.trim();
}

/** The text without what is only around it; an export of an export has it twice. */
export const withoutMarks = (text: string) => unmarkedOnce(unmarkedOnce(text));

/**
 * Letters that were lost: what a program puts in place of a character that it cannot read, half of one,
 * the control characters as which another encoding's letters are read, and signs of private meaning.
 */
export const LOST = /[\ufffd\p{Cs}\p{Co}\x80-\x84\x86-\x9f]/u;

/** Signs as which Windows-1252 shows the second byte of a letter in UTF-8, and those behind it. */
const BYTE =
	'[\\xa0-\\xbf\\u0152\\u0153\\u0160\\u0161\\u0178\\u017d\\u017e\\u0192\\u02c6\\u02dc\\u2013-\\u203a\\u20ac\\u2122]';

/** Those of them that are no letters. */
const SIGN =
	'[\\xa1-\\xa9\\xab-\\xb4\\xb6-\\xb9\\xbb-\\xbf\\u02c6\\u02dc\\u2013-\\u203a\\u20ac\\u2122]';

/** UTF-8 read as Windows-1252, such as `JosÃ©` and `Josï¿½`; as Windows-1250, 1251, Mac Roman and DOS. */
const TWO_FOR_ONE = new RegExp(
	`[\\xc2-\\xc5\\xcc]${BYTE}|[\\xe0-\\xef](?:${SIGN}${BYTE}|${BYTE}${SIGN})|[\\xf0-\\xf4]${BYTE}{3}|[\\u0102\\u0413][\\xa1-\\xbf]|\\u221a[\\xa1-\\xbf\\u2020-\\u2265]|[\\u2500-\\u259f]`,
);

/** A sign in the middle of a word, as where another alphabet's letter stood: `Pe?a`, `Pe¤a`. */
const SIGN_IN_WORD =
	/\p{L}[?\xa1-\xa9\xab\xac\xaf\xb1-\xb3\xb5\xb6\xb8\xb9\xbb-\xbf\xd7\xf7]\p{L}/u;

/** Characters written as a program writes them: `\u00e9`, `%C3%A9`, `&eacute;`, `<br>`, `=?UTF-8?Q?…`. */
const ESCAPED =
	/\\u[\da-f]{4}|\\x[\da-f]{2}|\\['"]|\\[nrt](?=[A-Z\s]|$)|%20|\p{L}%[2ce][\da-f]|&[a-z]{2,8};|&#\d|<\/?[a-z][^<>@]*>|_x[\da-f]{4}_|=c[2-5]=[89ab]|=\?[\w-]+\?[bq]\?/iu;

/** Errors of spreadsheets, in the language of whoever saved them, and cells that were too narrow. */
const CELL_ERROR =
	/(?:^|\s)#[\u00a1\u00bf]?[\p{Lu}0/_]+[!?](?:\s|$)|(?:^|\s)#N\/[AD](?:\s|$)|^#(?:NV|GETTING_DATA|REF|VALUE|NAME|NULL|NUM|ERROR)$|^#{3,}$|^Err:\d{3}$/u;

/** A formula that was not worked out. */
const FORMULA = /^['\u2019]?=/;

/** What spreadsheets and programs make of `3-12`, of a date and of a long number. */
const DATE_OR_POWER =
	/^\d{1,2}-(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?:-\d{2,4})?$|^(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)-\d{2,4}$|^\d(?:[.,]\d+E\+?|E\+)\d{1,3}$|^\d{1,2}\/\d{1,2}\/(?:\d{2}|\d{4})$|^\d{4}-\d\d-\d\d(?:T|$)|^Invalid Date$/i;

/** A place that a program should have filled in, or the name of what belongs there. */
const NOT_FILLED_IN =
	/\{\{.*\}\}|[$#]\{.*\}|<%.*%>|<<.*>>|%%.*%%|\*\|.*\|\*|^\u00ab.*\u00bb$|^(?:\{\w+\}\s*)+$|\[object \w+\]|^\[[A-Z][\w ]* [\w ]*\]$|^(?:first|last|full)_?name\b|\bundefined\b|^(?:null|NULL|nan|NaN|[Nn]one|NONE|\(null\)|<null>|\[null\]|\\N|nil|N\/A|n\/a|-|\s)+$/;

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
