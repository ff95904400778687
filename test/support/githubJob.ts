import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

/** A job of a workflow of GitHub's, as far as it is looked at. */
export interface Job {
	permissions: Record<string, string>;
	environment?: string;
	steps: Array<{ name?: string; uses?: string; run?: string }>;
}

/** A workflow of the folder `.github/workflows`, by the name of its file. */
export const githubWorkflow = <Name extends string>(file: string) =>
	parse(readFileSync(path.resolve(__dirname, '../../.github/workflows', file), 'utf8')) as {
		permissions: object;
		jobs: Record<Name, Job>;
	};

/** Puts a program into a folder, to stand in front of the machine's own. */
export function putProgram(folder: string, name: string, script: string): void {
	const file = path.join(folder, name);
	writeFileSync(file, `#!/bin/bash\n${script}\n`);
	chmodSync(file, 0o755);
}

/**
 * Runs the script of a step as GitHub does, in a folder whose programs go first.
 * @param name the step's; the first one with a script unless said
 * @returns its exit code
 */
export function runStep(
	{ steps }: Job,
	folder: string,
	environment: Record<string, string>,
	name?: string,
): number {
	const step = steps.find((each) => each.run !== undefined && (!name || each.name === name))!;
	try {
		execFileSync('bash', ['-e', '-o', 'pipefail', '-c', step.run!], {
			cwd: folder,
			env: { ...process.env, PATH: `${folder}:${process.env.PATH}`, ...environment },
			stdio: 'ignore',
		});
		return 0;
	} catch (error) {
		return (error as { status: number }).status;
	}
}
