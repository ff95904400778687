import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

/** What holds data of somebody, even if made up. */
const EXAMPLES = ['example', 'examples', 'default', 'pattern'];

const ROOT = path.resolve(__dirname, '../..');

const DOCUMENT = 'node_modules/shipengine-openapi/openapi.yaml';

/** Where our own pages are. */
const PAGES = 'docs';

/** What stands in the vendor's reference pages, and in neither. */
const OTHERS = 'sms/voice';

/** Of one letter, these are words. */
const LETTERS = ['a', 'i'];

function textsOf(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, each]) =>
		EXAMPLES.includes(name) ? [] : [name, ...textsOf(each)],
	);
}

/** The words of a text, as a dictionary has them. */
const wordsOf = (text: string) => text.toLowerCase().match(/\p{L}+/gu) ?? [];

const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

const pages = () =>
	readdirSync(path.join(ROOT, PAGES))
		.filter((file) => file.endsWith('.md'))
		.map((file) => read(`${PAGES}/${file}`));

let known: Set<string> | undefined;

/**
 * The words that the vendor's document and our own pages use: whatever else stands in an answer may be
 * somebody's name, a key or a part of either.
 */
export function vocabulary(): Set<string> {
	known ??= new Set(
		[...textsOf(parse(read(DOCUMENT))), ...pages(), OTHERS]
			.flatMap(wordsOf)
			.filter((word) => word.length > 1 || LETTERS.includes(word)),
	);
	return known;
}
