import { NOT_IN_DOCUMENT, compared } from './differences';
import { VendorDocument } from './document';
import known from './fingerprints.json';
import { fingerprints } from './outline';
import type { Exchange } from './exchanges';
import { DOCUMENT, DOCUMENT_FACTS, EXAMPLE_FIELDS, PACKAGES, PAGES, PAGE_FACTS } from './facts';

/** Where the vendor's documents are read from. */
export interface Sources {
	/** The text at an address; undefined where there is nothing any more. */
	read(address: string): Promise<string | undefined>;
	/** The newest version of a package. */
	newest(name: string): Promise<string>;
}

/** What has changed, in words: the document, what it says now, and which file of ours believes otherwise. */
export type Finding = string;

/** A page without what can be set anew without a change: links, marks of Markdown, what nobody sees. */
const plain = (text: string) =>
	text
		.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
		.replace(/[`*]|__|\p{Cf}|^>\s?|\\(?=[_|])/gmu, '')
		.replace(/\u2011/g, '-')
		.replace(/\s+/g, ' ');

/** Whether a page says a sentence, or has a line, and not as a part of another word, number or path. */
function isSaid(page: string, says: string): boolean {
	const words = says.split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
	return new RegExp(`(?<![\\w/.-])${words.join('\\s*')}(?![\\w/-])`, 'i').test(page);
}

/** What is in one list and not in the other, and the other way round. */
const lists = (now: string[], known: string[]) => {
	const [added, gone] = [
		now.filter((each) => !known.includes(each)),
		known.filter((each) => !now.includes(each)),
	];
	return [
		...[...new Set(added)].map((each) => `there is now “${each}”`),
		...gone.map((each) => `“${each}” is gone`),
	];
};

/** What an attempt finds, or that it could not be made: that is a change too. */
function attempt(what: string, find: () => Finding[]): Finding[] {
	try {
		return find();
	} catch (error) {
		return [`${what} cannot be read: ${(error as Error).message}`];
	}
}

/** What has changed in the parts of a document that are about our routes. */
function ofParts(now: Record<string, string>, before: Record<string, string>): Finding[] {
	const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
	const words = (name: string) => {
		if (now[name] === undefined) return 'is gone';
		// With its fingerprint, so that a further change is another finding.
		return `${before[name] === undefined ? 'is new' : 'has changed'}: ${now[name]}`;
	};
	return names
		.filter((name) => now[name] !== before[name])
		.map((name) => `${name} ${words(name)} (test/vendor/fingerprints.json)`);
}

/** What the newest OpenAPI document has that our code does not know, or lacks what it builds on. */
export function ofDocument(
	text: string,
	exchanges: Exchange[],
	routes: string[],
	parts: Record<string, string> = known,
): Finding[] {
	if (!/^\s*("?openapi"?\s*:|\{)/m.test(text))
		throw new Error(`${DOCUMENT} is no OpenAPI document`);
	let version = '';
	const found = attempt('It', () => {
		const document = new VendorDocument(text);
		version = ` ${document.version}`;
		const inIt = (route: string) => {
			const path = route.replace(/:[a-z_]+(\([^)]*\))?/g, 'x').split(' ');
			return document.route({ method: path[0] ?? '', path: path[1] ?? '' });
		};
		const isNew = (route: string) => route in NOT_IN_DOCUMENT;
		return [
			...(document.openapi.startsWith('3.0.')
				? []
				: [
						`it is OpenAPI ${document.openapi} now, which is not read rightly (test/vendor/schemas.ts)`,
					]),
			...DOCUMENT_FACTS.flatMap(({ where, tells, known: before, usedIn }) =>
				attempt(where, () =>
					lists(tells(document), before).map((what) => `${where}: ${what} (${usedIn})`),
				),
			),
			...attempt('What we send and get', () => {
				const { unknown, gone } = compared(document, exchanges, false);
				const away = gone.map(
					(each) => `A known difference is gone: ${each} (test/vendor/differences.ts)`,
				);
				return [...unknown, ...away];
			}),
			...attempt('What our routes hold', () => ofParts(fingerprints(document, routes), parts)),
			...routes
				.filter((route) => Boolean(inIt(route)) === isNew(route))
				.map((route) => `${route} is ${isNew(route) ? 'now' : 'no longer'} in it (sandbox/api)`),
		];
	});
	return found.map((what) => `OpenAPI${version}: ${what}`);
}

/** Words by which a page says that something is on its way out. */
const ALARMS = /\b(deprecated|retired?|sunset|discontinued|end of life)\b/gi;

/** The fields in the examples of a page, each with where it is: `address/name`. */
function fieldsOf(text: string): string[] {
	const found = new Set<string>();
	const above: string[] = [];
	let name = '';
	for (const [, field, brace] of text.matchAll(/"(\w+)"\s*:|([{}])/g)) {
		if (field !== undefined) {
			name = field;
			found.add([...above.filter(Boolean), field].join('/'));
		} else if (brace === '{') {
			above.push(name);
			name = '';
		} else {
			name = '';
			above.pop();
		}
	}
	return [...found];
}

/** What a page no longer says, and the fields of its examples that have come or gone. */
function ofPage(page: string, text: string | undefined): Finding[] {
	const told = `${PAGES}${page}`;
	if (text === undefined) return [`${told}: there is no such page any more`];
	const read = plain(text);
	const facts = PAGE_FACTS.filter((fact) => fact.page === page);
	const known = EXAMPLE_FIELDS[page];
	const alarms = read.match(ALARMS) ?? [];
	return [
		...facts
			.filter(({ says }) => !isSaid(read, says))
			.map(({ says, usedIn }) => `it no longer says “${says}” (${usedIn})`),
		...(known ? lists(fieldsOf(text), known).map((what) => `fields: ${what}`) : []),
		...[...new Set(alarms)].map((word) => `it says “${word}”`),
	].map((what) => `${told}: ${what}`);
}

/**
 * Reads all of the vendor's documents and says what in them is not as our code has it.
 * @param exchanges what our node sends and the stand-in answers
 * @param routes what the stand-in answers to
 * @param parts the fingerprints that are known; those of the newest document that was looked at, unless said
 * @throws where one of them cannot be read
 */
export async function findings(
	{ read, newest }: Sources,
	exchanges: Exchange[],
	routes: string[],
	parts?: Record<string, string>,
): Promise<Finding[]> {
	const pages = [...new Set(PAGE_FACTS.map(({ page }) => page))];
	const [document, texts, versions] = await Promise.all([
		read(DOCUMENT),
		Promise.all(pages.map(async (page) => await read(`${PAGES}${page}.md`))),
		Promise.all(Object.keys(PACKAGES).map(async (name) => [name, await newest(name)] as const)),
	]);
	return [
		...(document === undefined
			? [`${DOCUMENT}: there is no such document any more`]
			: ofDocument(document, exchanges, routes, parts)),
		...pages.flatMap((page, index) => ofPage(page, texts[index])),
		...versions
			.filter(([name, version]) => PACKAGES[name as keyof typeof PACKAGES] !== version)
			.map(([name, version]) => `The package ${name} is now ${version} (package.json)`),
	];
}
