import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, closeSync, openSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { until } from '../support/poll';

/** A program that n8n's queue mode needs beside it, and how it is run. */
export interface Program {
	/** Its name, for messages and its log. */
	name: string;
	/** The Debian package that has it. */
	package: string;
	file: string;
	args: string[];
	/** Another user to run it as; only root can be another. */
	user?: { uid: number; gid: number };
	/** Whether it answers by now. */
	isReady(): boolean;
}

/** A program that runs in the background, in a folder of its own. */
export class Service {
	private child?: ChildProcess;

	private constructor(
		private readonly program: Program,
		readonly folder: string,
	) {}

	/**
	 * Starts a program, and waits until it answers.
	 *
	 * @throws Error with the end of its log where it does not
	 */
	static async start(program: Program, folder: string): Promise<Service> {
		const service = new Service(program, folder);
		await service.start();
		return service;
	}

	async start(): Promise<void> {
		const { name, file, args, user } = this.program;
		const log = openSync(path.join(this.folder, `${name}.log`), 'a');
		this.child = spawn(file, args, { cwd: this.folder, stdio: ['ignore', log, log], ...user });
		closeSync(log);
		const child = this.child;
		// Node tells of a program that is not there only by this event.
		child.once('error', () => {});
		await until(
			`${name} to answer`,
			async () => {
				if (child.exitCode !== null || child.pid === undefined) {
					const said = await readFile(path.join(this.folder, `${name}.log`), 'utf8');
					throw new Error(`${name} ended early:\n${said.split('\n').slice(-15).join('\n')}`);
				}
				return this.program.isReady() || undefined;
			},
			30,
		);
	}

	/** Ends it, and waits for its end. */
	async stop(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
		const { child } = this;
		if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
		const exited = new Promise((resolve) => child.once('exit', resolve));
		child.kill(signal);
		await exited;
	}

	/** Ends it as a machine's update does, and starts it again with what it kept. */
	async restart(signal?: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): Promise<void> {
		await this.stop(signal);
		await this.start();
	}
}

/** A program by its path or name; undefined where this machine has none of them. */
export const programAt = (...files: string[]): string | undefined =>
	files.find((file) => {
		try {
			execFileSync(file, ['--version'], { stdio: 'ignore' });
			return true;
		} catch {
			return false;
		}
	});

/** @throws Error that says what to install */
export function required(found: string | undefined, name: string, debian: string): string {
	if (found !== undefined) return found;
	throw new Error(`${name} was not found. On Debian: apt-get install ${debian}`);
}

/** A new folder for a program, which belongs to the user it runs as. */
export async function folderFor(
	parent: string,
	name: string,
	user?: { uid: number; gid: number },
): Promise<string> {
	const folder = path.join(parent, name);
	await mkdir(folder, { mode: 0o700 });
	if (user) chownSync(folder, user.uid, user.gid);
	return folder;
}
