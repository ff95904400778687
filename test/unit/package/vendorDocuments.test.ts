import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Job, githubWorkflow, putProgram, runStep } from '../../support/githubJob';

/** The weekly job that holds the vendor's documents against the code: its rights, and its steps as they run. */

const { permissions, jobs } = githubWorkflow<'look' | 'tell'>('vendor-documents.yml');

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'vendor-documents-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const inFolder = (name: string) => path.join(folder, name);

const program = (name: string, script: string) => putProgram(folder, name, script);

const run = (job: Job, environment: Record<string, string>) => runStep(job, folder, environment);

test('what runs the code of packages may only read, and what may write runs none', () => {
	expect(permissions).toEqual({});
	expect(jobs.look.permissions).toEqual({ contents: 'read' });
	expect(jobs.tell.permissions).toEqual({ issues: 'write' });
	expect(jobs.tell.steps.filter(({ uses }) => uses)).toEqual([]);
});

test.each([
	[0, 0, ''],
	[1, 1, ''],
])('exit code %d of the watch opens no issue', (code, expected, output) => {
	program('npm', `exit ${code}`);
	writeFileSync(inFolder('output'), '');
	expect(run(jobs.look, { RUNNER_TEMP: folder, GITHUB_OUTPUT: inFolder('output') })).toBe(expected);
	expect(readFileSync(inFolder('output'), 'utf8')).toBe(output);
});

test('findings become the title and the text of an issue', () => {
	program('npm', `printf 'The title\\nOne\\n\\n- \`two\` $(three)\\n' > "$4"; exit 2`);
	const output = inFolder('output');
	expect(run(jobs.look, { RUNNER_TEMP: folder, GITHUB_OUTPUT: output })).toBe(0);
	expect(readFileSync(output, 'utf8')).toMatch(
		/^title=The title\nbody<<([0-9a-f]{32})\nOne\n\n- `two` \$\(three\)\n\1\n$/,
	);
});

test.each([
	['0', true],
	['1', false],
])('with %s open issues of the title', (open, opens) => {
	program(
		'gh',
		`if [ "$2" = list ]; then echo ${open}; else printf '%s\\n' "$@" > "${inFolder('issue')}"; fi`,
	);
	expect(run(jobs.tell, { TITLE: 'The "title" $(x)', BODY: '- `a` $(b)\n- c' })).toBe(0);
	const issue = () => readFileSync(inFolder('issue'), 'utf8');
	if (opens) {
		expect(issue()).toBe('issue\ncreate\n--title\nThe "title" $(x)\n--body\n- `a` $(b)\n- c\n');
	} else {
		expect(issue).toThrow('ENOENT');
	}
});
