import { NOT_IN_DOCUMENT, compared } from './differences';
import { VendorDocument } from './document';
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

/** Letters and signs without spaces and the marks of Markdown, in which pages are set anew without a change. */
const dense = (text: string) => text.replace(/[\s`*]|\\(?=[_|])/g, '').toLowerCase();

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

/** What the newest OpenAPI document has that our code does not know, or lacks what it builds on. */
export function ofDocument(text: string, exchanges: Exchange[], routes: string[]): Finding[] {
	const document = new VendorDocument(text);
	const { unknown, gone } = compared(document, exchanges, false);
	const path = (route: string) => route.replace(/:[a-z_]+(\([^)]*\))?/g, 'x').split(' ');
	const inIt = (route: string) => {
		const [method = '', place = ''] = path(route);
		return document.route({ method, path: place });
	};
	const isNew = (route: string) => route in NOT_IN_DOCUMENT;
	return [
		...DOCUMENT_FACTS.flatMap(({ where, tells, known, usedIn }) =>
			lists(tells(document), known).map((what) => `${where}: ${what} (${usedIn})`),
		),
		...unknown,
		...gone.map((each) => `A known difference is gone: ${each} (test/vendor/differences.ts)`),
		...routes
			.filter((route) => Boolean(inIt(route)) === isNew(route))
			.map((route) => `${route} is ${isNew(route) ? 'now' : 'no longer'} in it (sandbox/api)`),
	].map((what) => `OpenAPI ${document.version}: ${what}`);
}

/** What a page no longer says, and the fields of its examples that have come or gone. */
function ofPage(page: string, text: string | undefined): Finding[] {
	const told = `${PAGES}${page}`;
	if (text === undefined) return [`${told}: there is no such page any more`];
	const read = dense(text);
	const facts = PAGE_FACTS.filter((fact) => fact.page === page);
	const known = EXAMPLE_FIELDS[page];
	const fields = [...text.matchAll(/"([a-z0-9_]+)"\s*:/g)].map(([, name]) => name!);
	return [
		...facts
			.filter(({ says }) => !read.includes(dense(says)))
			.map(({ says, usedIn }) => `it no longer says “${says}” (${usedIn})`),
		...(known ? lists([...new Set(fields)], known).map((what) => `fields: ${what}`) : []),
	].map((what) => `${told}: ${what}`);
}

/**
 * Reads all of the vendor's documents and says what in them is not as our code has it.
 * @param exchanges what our node sends and the stand-in answers
 * @param routes what the stand-in answers to
 * @throws where one of them cannot be read
 */
export async function findings(
	{ read, newest }: Sources,
	exchanges: Exchange[],
	routes: string[],
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
			: ofDocument(document, exchanges, routes)),
		...pages.flatMap((page, index) => ofPage(page, texts[index])),
		...versions
			.filter(([name, version]) => PACKAGES[name as keyof typeof PACKAGES] !== version)
			.map(([name, version]) => `The package ${name} is now ${version} (package.json)`),
	];
}
