import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** `npm run grade`: how many years of school the documentation asks for. */

const ROOT = path.resolve(__dirname, '../../..');

/** The pages by name, with their grade. */
function grades(...pages: string[]): Record<string, number> {
	const printed = execFileSync(
		process.execPath,
		['sandbox/bootstrap.mjs', '--without-n8n', 'sandbox/grade.mts', ...pages],
		{ cwd: ROOT, encoding: 'utf8', env: { ...process.env, npm_lifecycle_event: '' } },
	);
	const rows = [...printed.matchAll(/^ *(-?[\d.]+) +\d+ {2}(\S+)$/gm)];
	return Object.fromEntries(rows.map(([, grade, page]) => [page!, Number(grade)]));
}

test('every page can be read after eight years of school', () => {
	const all = grades();
	expect(Object.keys(all)).toEqual(
		expect.arrayContaining(['README.md', 'docs/security.md', 'workflows/README.md']),
	);
	expect(Object.entries(all).filter(([, grade]) => grade > 8)).toEqual([]);
});

test('the README is short enough to be read', () => {
	const lines = readFileSync(path.join(ROOT, 'README.md'), 'utf8').trimEnd().split('\n');
	expect(lines.length).toBeLessThanOrEqual(140);
});

test('long words in long sentences need more school than short ones in short ones', () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'grade-'));
	const easy = path.join(folder, 'easy.md');
	const hard = path.join(folder, 'hard.md');
	try {
		// Flesch and Kincaid by hand: 6 words, 2 sentences, 6 syllables; 8 words, 1 sentence, 31 syllables.
		writeFileSync(easy, '# Extraordinarily\n\nThe cat sat. The dog ran.\n');
		writeFileSync(
			hard,
			'Unquestionably, administrative responsibilities necessitate considerable organizational documentation capabilities.\n',
		);
		const found = Object.values(grades(easy, hard));
		expect(found[0]).toBeCloseTo(0.39 * 3 + 11.8 * 1 - 15.59, 1);
		expect(found[1]).toBeGreaterThan(20);
	} finally {
		rmSync(folder, { recursive: true });
	}
});
