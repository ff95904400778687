import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { MISTAKES } from '../../../nodes/ShipEngine/values/mistakes';
import { REFERENCE, reference } from '../../../sandbox/reference';

/** The pages that are made from the code, or have to name all that it has. */

const ROOT = path.join(__dirname, '../../..');

const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

test('docs/reference.md is what `npm run reference` makes of the node', () => {
	expect(readFileSync(REFERENCE, 'utf8')).toBe(reference());
});

test('docs/troubleshooting.md and docs/reference.md explain every code that the node gives by itself', () => {
	const sources = readdirSync(path.join(ROOT, 'nodes/ShipEngine'), {
		recursive: true,
		encoding: 'utf8',
	}).filter((name) => name.endsWith('.ts'));
	const codes = new Set(
		sources.flatMap((name) =>
			[...read(`nodes/ShipEngine/${name}`).matchAll(/(?:\bcode: |isUnknown \? )'([a-z_]+)'/g)].map(
				([, code]) => code!,
			),
		),
	);
	expect(codes.size).toBeGreaterThan(10);
	const pages = read('docs/troubleshooting.md') + read('docs/reference.md');
	const rows = pages.match(/^\| `.*? \|/gm) ?? [];
	const explained = rows.flatMap((row) => [...row.matchAll(/`(\w+)`/g)].map(([, code]) => code));
	for (const code of [...codes, ...Object.keys(MISTAKES)]) expect(explained).toContain(code);
});
