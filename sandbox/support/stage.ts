import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { withProgress } from './progress.cjs';

const ROOT = path.resolve(__dirname, '../..');

/** A part of the tests: a program of node_modules, and what it is told. */
export interface Stage {
	name: string;
	program: string;
	args: string[];
	/** What its environment has besides this one's. */
	env?: Record<string, string>;
	/** Whether n8n has to be installed. */
	needsN8n?: boolean;
}

/** Of the names of stages that run side by side. */
const WIDEST = 17;

export type Counted = Record<'passed' | 'failed' | 'skipped', number>;

export interface Result extends Counted {
	name: string;
	seconds: number;
}

/** How long the last lines of an ended program may take, in milliseconds. */
const LAST_LINES = 5_000;

/** What Jest says of the report that is read here, and gone then. */
const OF_REPORT = /^Test results written to: /;

/** Runs a program of node_modules to its end, telling each line; its exit code. */
async function runProgram(
	{ program, args, env }: Pick<Stage, 'program' | 'args' | 'env'>,
	tell: (line: string) => void,
	signal: AbortSignal,
): Promise<number> {
	const file = path.join(ROOT, 'node_modules', program);
	const child = spawn(process.execPath, [file, ...args], {
		cwd: ROOT,
		env: { ...process.env, ...(process.stdout.isTTY && { FORCE_COLOR: '1' }), ...env },
		stdio: ['inherit', 'pipe', 'pipe'],
		signal,
	});
	for (const output of [child.stdout, child.stderr] as Readable[]) {
		createInterface({ input: output }).on('line', (line) => {
			if (!OF_REPORT.test(line)) tell(line);
		});
	}
	return await new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('exit', (code) => {
			const end = () => resolve(code ?? 1);
			// The last lines are still to come; who else holds the pipe open is not waited for.
			child.on('close', end);
			setTimeout(end, LAST_LINES).unref();
		});
	});
}

/**
 * Runs a stage, with its name before each line. Its tests are counted; one that is none, such as lint,
 * counts as one test.
 *
 * @param folder where Jest's report goes
 */
export async function runStage(
	{ name, program, args, env }: Stage,
	folder: string,
	signal: AbortSignal,
): Promise<Result> {
	const began = Date.now();
	const isJest = program.startsWith('jest');
	const report = path.join(folder, 'report.json');
	const reporting = isJest ? ['--json', '--outputFile', report, '--silent'] : [];
	let files = 0;
	const code = await withProgress(name, async (howFar) => {
		const tell = (line: string) => {
			if (/\b(PASS|FAIL)\b/.test(line)) howFar(`${(files += 1)} files done`);
			console.log(`${name.padEnd(WIDEST)} | ${line}`);
		};
		return await runProgram({ program, args: [...args, ...reporting], env }, tell, signal);
	});
	const counted = { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
	if (isJest) {
		const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(
			await readFile(report, 'utf8'),
		) as Record<'numPassedTests' | 'numFailedTests' | 'numPendingTests', number>;
		counted.passed = numPassedTests;
		counted.skipped = numPendingTests;
		// A file that cannot be loaded fails without a test of its own.
		counted.failed = code === 0 ? numFailedTests : Math.max(numFailedTests, 1);
	}
	return { name, seconds: Math.round((Date.now() - began) / 1000), ...counted };
}
