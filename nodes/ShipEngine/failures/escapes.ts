import { ASCII, FILLER } from './reading';

/** A character as URLs (also twice), JavaScript, JSON and HTML write it; of what has no code, a separator. */
const ESCAPE =
	/%(?:25)*([0-7][\da-f])|\\{1,8}u([\da-f]{4})|\\{1,8}u\{0{0,6}([\da-f]{1,6})\}|\\{1,8}x([\da-f]{2})|&#x0{0,6}([\da-f]{1,6});|&#(\d{1,8});|&(amp|lt|gt);|%(?:25)*[89a-f][\da-f]|\\[bfnrt]|&[a-z]{2,8};/gi;

const NAMED: Record<string, number> = { amp: 0x26, lt: 0x3c, gt: 0x3e };

const SPACE = 0x20;

const LAST_CODE = 0x10ffff;

/** What is escaped more often, nobody has seen. */
const MOST_ROUNDS = 4;

/**
 * The text of the same length in which each escape is the character that it stands for, also where it
 * was escaped again.
 *
 * @param keepsLetters - whether letters and digits stay as they are in URLs. No URL needs to escape
 * them: it may be a percent sign in front of a number
 */
export function unescaped(text: string, keepsLetters = true): string {
	const character = (found: string, ...groups: Array<string | undefined>) => {
		const [url, json, script, hex, html, decimal, name = ''] = groups;
		const inHex = url ?? json ?? script ?? hex ?? html ?? '20';
		const code = decimal ? Number(decimal) : (NAMED[name.toLowerCase()] ?? parseInt(inHex, 16));
		if (url && keepsLetters && ASCII[code]) return found;
		return String.fromCodePoint(code > LAST_CODE ? SPACE : code).padStart(found.length, FILLER);
	};
	let [read, before] = [text, ''];
	for (let round = 0; read !== before && round < MOST_ROUNDS; round += 1) {
		[read, before] = [read.replace(ESCAPE, character), read];
	}
	return read;
}

/** The text of the same length with spaces in place of the tags of HTML. */
export const withoutTags = (text: string) =>
	text.replace(/<[^<>]{0,200}>/g, (tag) => ' '.repeat(tag.length));
