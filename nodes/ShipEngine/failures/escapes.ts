import { type Mapped, replaced } from './mapped';
import { ASCII } from './reading';

/** A character as URLs (also twice), JavaScript, JSON and HTML write it; of what has no code, a separator. */
const ESCAPE =
	/%(?:25)*([\da-f]{2})|\\{1,8}u([\da-f]{4})|\\{1,8}u\{0{0,6}([\da-f]{1,6})\}|\\{1,8}x([\da-f]{2})|&#x0{0,6}([\da-f]{1,6});?|&#(\d{1,8});?|&(amp|lt|gt|quot|apos);|\\[abefnrtv]|&[a-z][\da-z]{1,30};|&nbsp/gi;

const NAMED: Record<string, number> = { amp: 0x26, lt: 0x3c, gt: 0x3e, quot: 0x22, apos: 0x27 };

const LAST_ASCII = 0x7f;

const LAST_CODE = 0x10ffff;

/** What is escaped more often, nobody has seen. */
const MOST_ROUNDS = 4;

/** A character beyond ASCII in the bytes of UTF-8, each of which was escaped. */
const UTF8 = /[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}/g;

const utf8 = (bytes: string) => Buffer.from(bytes, 'latin1').toString('utf8');

/**
 * A text in which each escape is the character that it stands for, also where it was escaped again.
 *
 * @param keepsLetters - whether letters and digits stay as they are in URLs. No URL needs to escape
 * them: it may be a percent sign in front of a number
 */
export function unescaped(text: Mapped, keepsLetters = true): Mapped {
	const character = (found: string, groups: Array<string | undefined>) => {
		const [url, json, script, hex, html, decimal, name = ''] = groups;
		const inHex = url ?? json ?? script ?? hex ?? html ?? '20';
		const code = decimal ? Number(decimal) : (NAMED[name.toLowerCase()] ?? parseInt(inHex, 16));
		if (url && keepsLetters && ASCII[code]) return found;
		const isByte = url && keepsLetters && code > LAST_ASCII;
		return isByte || code > LAST_CODE ? ' ' : String.fromCodePoint(code);
	};
	let read = text;
	for (let round = 0; round < MOST_ROUNDS; round += 1) {
		const next = replaced(read, ESCAPE, character);
		if (next.text === read.text) break;
		read = next;
	}
	return read;
}

/** Comments and tags of HTML, and the bounds of text in XML that is none. */
const TAG =
	/<!--.{0,300}?-->|<[/?]?[a-z](?:"[^"]{0,300}"|'[^']{0,300}'|[^<>"'])*>|<!\[CDATA\[|\]\]>/gis;

const withoutTags = (text: Mapped) => replaced(text, TAG, () => ' ');

/** A text without escapes and tags, as a browser shows it; and where it has bytes of UTF-8, also without them. */
export function shown(text: Mapped): Mapped[] {
	const bare = unescaped(text, false);
	return [...new Set([bare, replaced(bare, UTF8, utf8)])].map(withoutTags);
}
