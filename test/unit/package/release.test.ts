import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Job, githubWorkflow, putProgram, runStep } from '../../support/githubJob';

/** The release: who may do what, and what the job that publishes does, with npm and GitHub put aside. */

const { permissions, jobs } = githubWorkflow<'build' | 'publish'>('release.yml');

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'release-'));
	mkdirSync(inFolder('release'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const inFolder = (...names: string[]) => path.join(folder, ...names);

const program = (name: string, script: string) => putProgram(folder, name, script);

const run = (job: Job, name: string, environment: Record<string, string>) =>
	runStep(job, folder, environment, name);

test('what runs the code of packages may only read; what may publish runs none, and waits for somebody', () => {
	expect(permissions).toEqual({});
	expect(jobs.build.permissions).toEqual({ contents: 'read' });
	expect(jobs.publish.permissions).toEqual({ contents: 'write', 'id-token': 'write' });
	expect(jobs.publish.environment).toBe('release');
	const used = jobs.publish.steps.flatMap(({ uses }) => uses?.split('@')[0] ?? []);
	expect(used).toEqual(['actions/download-artifact', 'actions/setup-node']);
	expect(JSON.stringify(jobs.publish.steps)).not.toMatch(/npm (ci|install|run|test)/);
});

test.each([
	['v1.2.3', '1.2.3', 0],
	['v1.2.4', '1.2.3', 1],
])('the tag %s of the version %s', (tag, version, code) => {
	writeFileSync(inFolder('package.json'), JSON.stringify({ version }));
	const step = 'Check that the tag is the version in package.json';
	expect(run(jobs.build, step, { GITHUB_REF_NAME: tag })).toBe(code);
});

describe('the job that publishes', () => {
	/** Puts the files there, and runs it; what npm and GitHub were told. */
	function publish({ tarball = 'built', sums = '', place = 'behind' } = {}) {
		const listed = `${sha256('built')}  node-1.2.3.tgz\n${sha256('zip')}  node-1.2.3-workflows.zip\n${sha256('script')}  node-1.2.3-page.js\n`;
		writeFileSync(inFolder('release', 'node-1.2.3.tgz'), tarball);
		writeFileSync(inFolder('release', 'node-1.2.3-workflows.zip'), 'zip');
		writeFileSync(inFolder('release', 'node-1.2.3-page.js'), 'script');
		writeFileSync(inFolder('release', 'SHA256SUMS'), listed);
		program('npm', `echo "npm $*" >> ${inFolder('told')}`);
		program(
			'gh',
			`if [ "$1" = api ]; then echo ${place}; else echo "gh $*" >> ${inFolder('told')}; fi`,
		);
		const code = run(jobs.publish, 'Publish what was built, if the tag is on main', {
			SUMS: sums || sha256(listed),
			GITHUB_REPOSITORY: 'owner/name',
			GITHUB_REF_NAME: 'v1.2.3',
			GITHUB_SHA: 'abc',
		});
		const told = existsSync(inFolder('told')) ? readFileSync(inFolder('told'), 'utf8') : '';
		return { code, told };
	}

	test.each(['behind', 'identical'])('publishes the very files, of a tag that is %s', (place) => {
		const { code, told } = publish({ place });
		expect(code).toBe(0);
		expect(told.split('\n')).toEqual([
			'npm publish ./node-1.2.3.tgz --provenance --access public',
			expect.stringMatching(
				/^gh release create v1\.2\.3 .*\.\/node-1\.2\.3\.tgz \.\/node-1\.2\.3-workflows\.zip \.\/node-1\.2\.3-page\.js SHA256SUMS$/,
			),
			'',
		]);
	});

	test.each([
		['another tarball than was built', { tarball: 'another' }],
		['other checksums than were made', { sums: sha256('others') }],
		['a tag that is ahead of main', { place: 'ahead' }],
		['a tag beside main', { place: 'diverged' }],
	])('publishes nothing of %s', (_what, changes) => {
		const { code, told } = publish(changes);
		expect(code).not.toBe(0);
		expect(told).toBe('');
	});
});
