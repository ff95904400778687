import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { InstalledN8n } from './install.cjs';

/** Settings of the person's own n8n, and the key to the real API, that must not reach this one. */
const NOT_INHERITED =
	/^(N8N|DB|EXECUTIONS|QUEUE|WEBHOOK|GENERIC|NODE_OPTIONS|NODE_FUNCTION|NODE_ENV|JEST|SHIPENGINE)(_|$)/;

/** Where an n8n keeps all it has, and where it listens. */
export interface Place {
	/** n8n's `N8N_USER_FOLDER`. The key to the credentials is in it too: n8n makes one itself. */
	folder: string;
	port: number;
	brokerPort: number;
	/** What it is: with `worker`, it does what a main one puts into a queue. Default: `start`. */
	command?: 'start' | 'worker';
	/** More environment variables. */
	environment?: Record<string, string>;
}

/** What a real n8n is told so that it stays on this machine and keeps to itself. */
export function environment({
	folder,
	port,
	brokerPort,
	environment: more,
}: Place): NodeJS.ProcessEnv {
	const inherited = Object.entries(process.env).filter(([name]) => !NOT_INHERITED.test(name));
	return {
		...Object.fromEntries(inherited),
		N8N_USER_FOLDER: folder,
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_SECURE_COOKIE: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		...more,
	};
}

/** A running n8n, seen as a process. */
export class N8nProcess {
	/** Resolves when it has ended, in whatever way. */
	readonly exited: Promise<void>;

	private constructor(
		private readonly child: ChildProcess,
		private readonly logFile: string,
	) {
		this.exited = new Promise((resolve) => {
			child.once('exit', () => resolve()).once('error', () => resolve());
		});
	}

	/**
	 * Starts n8n in a process group of its own, anew or with what it kept. Its log goes to the end of
	 * the file `n8n.log` in its folder.
	 */
	static start({ node, bin }: InstalledN8n, place: Place): N8nProcess {
		const logFile = path.join(place.folder, 'n8n.log');
		const log = openSync(logFile, 'a');
		const child = spawn(
			node,
			['--require', path.join(__dirname, 'endWithParent.cjs'), bin, place.command ?? 'start'],
			{
				cwd: place.folder,
				detached: true,
				env: environment(place),
				stdio: ['ignore', log, log, 'ipc'],
			},
		);
		closeSync(log);
		return new N8nProcess(child, logFile);
	}

	get pid(): number {
		return this.child.pid!;
	}

	get hasExited(): boolean {
		return this.child.exitCode !== null || this.child.signalCode !== null;
	}

	/** The end of what n8n logged. */
	async logTail(): Promise<string> {
		const lines = (await readFile(this.logFile, 'utf8')).trimEnd().split('\n');
		return lines.slice(-25).join('\n');
	}

	/** Ends n8n and everything it started, at once (SIGKILL): it can put nothing in order. */
	async stop(): Promise<void> {
		if (!this.hasExited && this.child.pid) {
			if (process.platform === 'win32') this.child.kill();
			else process.kill(-this.child.pid, 'SIGKILL');
		}
		await this.exited;
	}
}
