import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** The links of the documentation lead to what there is: files, and headings in them. */

const ROOT = path.join(__dirname, '../../..');

const pages = [
	...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'workflows/README.md'],
	...readdirSync(path.join(ROOT, 'docs')).map((name) => `docs/${name}`),
];

const read = (page: string) => readFileSync(path.join(ROOT, page), 'utf8');

/** The anchors that GitHub makes of a page's headings. */
function anchorsOf(page: string): Set<string> {
	const counts = new Map<string, number>();
	const headings = read(page).match(/^#+ .*$/gm) ?? [];
	return new Set(
		headings.map((heading) => {
			const text = heading.replace(/^#+ /, '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
			const slug = text
				.toLowerCase()
				.replace(/[^\p{L}\p{N} _-]/gu, '')
				.replaceAll(' ', '-');
			const count = counts.get(slug) ?? 0;
			counts.set(slug, count + 1);
			return count === 0 ? slug : `${slug}-${count}`;
		}),
	);
}

const links = pages.flatMap((page) =>
	[...read(page).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, to = '']): [string, string] => [
		page,
		to,
	]),
);

test('there are links to follow', () => {
	expect(links.length).toBeGreaterThan(50);
});

test.each(links)('%s links to %s', (page, to) => {
	const [file = '', anchor] = to.split('#');
	const target = file === '' ? page : path.join(path.dirname(page), file);
	expect([target, existsSync(path.join(ROOT, target))]).toEqual([target, true]);
	if (anchor !== undefined) expect([...anchorsOf(target)]).toContain(anchor);
});
