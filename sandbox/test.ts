import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { missingEngines } from '../test/e2e/support/engines';
import { missingNginx } from '../test/e2e/support/nginx';
import { type Counted, type Result, type Stage, runStage } from './support/stage';

/**
 * `npm test`: lint, types, unit and engine tests, then the main workflow end to end.
 * `npm run test:e2e` (`--e2e`): every end-to-end test.
 * `npm run test:generated` (`--generated`): what is made up by chance, longer than in the other tests.
 * `npm run test:queue` (`--queue`): n8n in queue mode, with Redis, PostgreSQL and two workers.
 */

/** The end-to-end test that `npm test` runs too. */
const MAIN_WORKFLOW = 'test/e2e/onboarding.test';

const jest = (name: string, ring: string, ...args: string[]): Stage => ({
	name,
	program: 'jest/bin/jest.js',
	args: ['--ci', '--selectProjects', ring, ...args],
	needsN8n: ring !== 'unit' && ring !== 'engine',
});

const eslint = (name: string, ...args: string[]): Stage => ({
	name,
	program: 'eslint/bin/eslint.js',
	args: [...args, '--max-warnings', '0'],
});

/** Stages one after another; those of a group side by side, since each keeps to one core. */
const TESTS: Stage[][] = [
	[
		{ name: 'format', program: 'prettier/bin/prettier.cjs', args: ['--check', '.'] },
		eslint('lint', 'nodes', 'credentials', 'package.json'),
		eslint('lint of the rest', '-c', 'eslint.development.config.mjs', 'sandbox', 'test', 'page'),
		{
			name: 'rooms',
			program: 'dependency-cruiser/bin/dependency-cruise.mjs',
			args: ['nodes', 'credentials', 'page'],
		},
		{ name: 'types', program: 'typescript/bin/tsc', args: [] },
		{ name: 'types of the page', program: 'typescript/bin/tsc', args: ['-p', 'page'] },
	],
	[jest('unit', 'unit')],
	// Of the generated runs a part. Three files at a time on two cores, since most of their time they wait.
	[{ ...jest('engine', 'engine', '--maxWorkers', '3'), env: { RUNS: '400' } }],
	[jest('main workflow, end to end', 'e2e', '--testPathPatterns', MAIN_WORKFLOW)],
];

const LONGER_TESTS: Stage[][] = [
	// Two files side by side: each has an n8n of its own, of more than a gigabyte.
	[jest('end to end', 'e2e', '--maxWorkers', '2')],
];

/** `RUNS` and `SEED` say how many, and which. */
const GENERATED_TESTS: Stage[][] = [
	[jest('generated runs', 'engine', '--testPathPatterns', 'wholeRun')],
	[
		{
			...jest('generated bodies', 'unit', '--testPathPatterns', 'trigger/fuzz'),
			env: { RUNS: process.env.RUNS ?? '100000' },
		},
	],
	[
		{
			...jest(
				'generated texts and dates',
				'unit',
				'--testPathPatterns',
				'expiry|knownCard|noCards',
			),
			env: { RUNS: process.env.RUNS ?? '50000' },
		},
	],
];

/** One file after another: each has an n8n of three processes. */
const QUEUE_TESTS: Stage[][] = [[jest('queue mode', 'queue', '--runInBand')]];

/** The stages that are asked for. */
function stagesOf(args: string[]): Stage[][] {
	if (args.includes('--queue')) return QUEUE_TESTS;
	if (args.includes('--generated')) return GENERATED_TESTS;
	return args.includes('--e2e') ? LONGER_TESTS : TESTS;
}

/**
 * Runs the tests and says how they went.
 *
 * @param n8n resolves when n8n is installed; the stages before it are run meanwhile
 * @param signal ends the stage that runs, and with it the rest
 * @returns 0 when every test passed, else 1
 */
export async function main(
	args: string[],
	n8n: Promise<unknown>,
	signal: AbortSignal,
): Promise<number> {
	const nginx = missingNginx();
	const missing = args.includes('--e2e')
		? [
				...missingEngines(),
				...(nginx ? [`nginx is not on this machine: install ${nginx} to test a sign-in.`] : []),
			]
		: [];
	if (missing.length > 0 && process.env.CI) throw new Error(missing.join('\n'));
	const folder = await mkdtemp(path.join(tmpdir(), 'tests-'));
	const results: Result[] = [];
	try {
		for (const group of stagesOf(args)) {
			if (group.some(({ needsN8n }) => needsN8n)) await n8n;
			const run = async (stage: Stage) => await runStage(stage, folder, signal);
			results.push(...(await Promise.all(group.map(run))));
		}
	} finally {
		await rm(folder, { recursive: true });
	}
	const said = ({ passed, failed, skipped }: Counted) =>
		`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
	console.log('');
	for (const result of results) console.log(`${result.name}: ${said(result)}, ${result.seconds} s`);
	for (const engine of missing) console.log(engine);
	const sum = (kind: keyof Counted) => results.reduce((total, each) => total + each[kind], 0);
	const [passed, failed] = [sum('passed'), sum('failed')];
	console.log(`\n${said({ passed, failed, skipped: sum('skipped') })}`);
	return failed === 0 && passed > 0 ? 0 : 1;
}
