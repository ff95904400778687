import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** The links of the documentation lead to what there is: files, and headings in them. */

const ROOT = path.join(__dirname, '../../..');

const pages = [
	...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', 'workflows/README.md'],
	...readdirSync(path.join(ROOT, 'docs'))
		.filter((name) => name.endsWith('.md'))
		.map((name) => `docs/${name}`),
];

/** Every page of somebody else that the documentation leads to, in this one place. */
const ELSEWHERE = [
	'https://docs.n8n.io/integrations/community-nodes/installation/index',
	'https://docs.shipstation.com/apis/shipengine/docs/partners/partner-integration-guide',
	'https://docs.shipstation.com/apis/shipengine/docs/reference/register-stamps',
	'https://docs.shipstation.com/sandbox',
	'https://help.shipstation.com/hc/en-us/articles/205900308',
	'https://help.stamps.com/hc/en-us/articles/21040347803675-Handling-Payment-Errors',
	'https://n8n.io',
	'https://semver.org',
	'https://support.shippingeasy.com/hc/en-us/articles/204307475-Why-is-my-card-being-declined-when-I-try-to-purchase-postage-',
	'https://www.npmjs.com/package/shipengine',
	'https://www.npmjs.com/package/shipengine-openapi',
	'https://www.stamps.com/conditions/',
];

/** Where the repository will be; node and credentials lead there. */
const REPOSITORY = 'https://github.com/n8n-nodes-shipengine/n8n-nodes-shipengine';

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

/** Where a page leads: by Markdown, and by the HTML of pictures. */
const linksOf = (page: string) =>
	[...read(page).matchAll(/\]\(([^)\s]+)\)|<img src="([^"]+)"/g)].map(
		([, to, image]) => to ?? image!,
	);

const isElsewhere = (to: string) => /^https?:/.test(to);

const links = pages.flatMap((page) =>
	linksOf(page)
		.filter((to) => !isElsewhere(to))
		.map((to): [string, string] => [page, to]),
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

test('the pages of others are those in the list', () => {
	const others = new Set(pages.flatMap(linksOf).filter(isElsewhere));
	expect([...others].sort()).toEqual(ELSEWHERE);
});

test('node and credentials lead to headings that there are', () => {
	const files = ['nodes', 'credentials'].flatMap((folder) =>
		readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
			.filter((name) => /\.(ts|json)$/.test(name))
			.map((name) => path.join(folder, name)),
	);
	const found = files.flatMap((file) =>
		[...read(file).matchAll(/https:\/\/github\.com[^'"`\s]*/g)].map(([url]) => url),
	);
	expect(found.length).toBeGreaterThan(5);
	for (const url of found) {
		expect(url).toContain(REPOSITORY);
		const [file = '', anchor = ''] = url.slice(REPOSITORY.length).split('#');
		const page = file === '' ? 'README.md' : file.replace('/blob/main/', '');
		if (anchor !== 'readme') expect([...anchorsOf(page)]).toContain(anchor);
	}
});
