import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runStage } from '../../../sandbox/support/stage';

/** What `npm test` says while it runs. */

let folder: string;
let said: string[];
beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'stages-'));
	said = [];
	jest.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
});
afterEach(() => {
	jest.restoreAllMocks();
	rmSync(folder, { recursive: true });
});

const run = async (program: string, ...args: string[]) =>
	await runStage({ name: 'a stage', program, args }, folder, new AbortController().signal);

test('each line has the stage’s name, no file that is gone is named, and the tests are counted', async () => {
	const file = 'test/unit/node/values/phone.test.ts';
	const result = await run(
		'jest/bin/jest.js',
		'--selectProjects',
		'unit',
		'--runTestsByPath',
		file,
	);
	expect(result).toMatchObject({ name: 'a stage', failed: 0, skipped: 0 });
	expect(result.passed).toBeGreaterThan(5);
	expect(said.some((line) => line.includes(`PASS unit ${file}`))).toBe(true);
	expect(said.filter((line) => !line.startsWith('a stage '))).toEqual([]);
	expect(said.join('\n')).not.toContain('report.json');
});

test('what is no test of Jest’s counts as one', async () => {
	expect(await run('prettier/bin/prettier.cjs', '--check', 'tsconfig.json')).toMatchObject({
		passed: 1,
		failed: 0,
	});
	expect(await run('prettier/bin/prettier.cjs', '--check', 'nothing.json')).toMatchObject({
		passed: 0,
		failed: 1,
	});
});
