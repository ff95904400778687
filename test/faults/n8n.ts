import { open, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import axios from 'axios';
import type { IDataObject } from 'n8n-workflow';
import type { NewCredential, WorkflowFile } from '../../sandbox/n8n/api';
import type { InstalledN8n } from '../../sandbox/n8n/install.cjs';
import { type N8n, startN8n } from '../../sandbox/n8n/instance';
import { triggerUrls } from '../../sandbox/n8n/triggers';
import { until } from '../../sandbox/support/poll';
import { STEP } from './stand';
import { N8nDatabase, type StoredExecution } from './database';

/** A real n8n that logs all it can, and saves every run. */
export class WatchedN8n {
	private readonly last = new Map<WorkflowFile, number>();

	/** What credentials hold, by their names: each change of one keeps n8n busy for all steps. */
	private readonly held: Map<string, string>;

	private constructor(
		private readonly n8n: N8n,
		private readonly workflows: WorkflowFile[],
		credentials: NewCredential[],
		readonly database: N8nDatabase,
	) {
		this.held = new Map(credentials.map(({ name, data }) => [name, JSON.stringify(data)]));
	}

	static async start(
		installed: InstalledN8n,
		contents: {
			credentials: NewCredential[];
			workflows: WorkflowFile[];
			environment: Record<string, string>;
		},
		signal?: AbortSignal,
	): Promise<WatchedN8n> {
		// The database's own logging stays off, as it is unless somebody turns it on.
		const environment = { ...contents.environment, N8N_LOG_LEVEL: 'debug' };
		const n8n = await startN8n(installed, { ...contents, environment }, signal);
		// Whatever is being waited for ends with n8n.
		signal?.addEventListener('abort', () => void n8n.stop());
		const database = new N8nDatabase(installed, n8n.folder);
		return new WatchedN8n(n8n, contents.workflows, contents.credentials, database);
	}

	/** Changes what credentials hold, where it is something else than before. */
	async trust(credentials: NewCredential[]): Promise<void> {
		const changed = credentials.filter(({ name, data }) => {
			const now = JSON.stringify(data);
			const isOther = this.held.get(name) !== now;
			this.held.set(name, now);
			return isOther;
		});
		await Promise.all(changed.map(async (each) => await this.n8n.api.changeCredential(each)));
	}

	/**
	 * Runs a workflow on one item, and gives what n8n stored of the run.
	 *
	 * @param onRetry called once n8n tries the step again
	 */
	async run(
		workflow: WorkflowFile,
		item: IDataObject,
		onRetry?: () => Promise<void>,
	): Promise<StoredExecution> {
		const [url = ''] = triggerUrls(this.n8n.url, workflow);
		const id = this.n8n.workflowIds[this.workflows.indexOf(workflow)] ?? '';
		const { size: logged } = await stat(this.logFile);
		await Promise.all([
			// A run that stops is answered with 500, and one that puts out nothing on the success output too.
			axios.post(url, { items: [item] }, { validateStatus: () => true }),
			onRetry && this.untilRetried(id, logged).then(onRetry),
		]);
		const stored = await until(
			`the run of ${workflow.name}`,
			async () => await this.database.executionAfter(id, this.last.get(workflow) ?? 0),
			10,
		);
		this.last.set(workflow, stored.id);
		return stored;
	}

	/** Waits until the log says, after so many bytes, that a workflow's step was begun twice. */
	private async untilRetried(workflowId: string, logged: number): Promise<void> {
		const begun = `Running node "${STEP}" started`;
		const hasRetried = async () => {
			const lines = (await this.logAfter(logged)).split('\n');
			const ofStep = lines.filter((line) => line.includes(begun) && line.includes(workflowId));
			return ofStep.length > 1 || undefined;
		};
		await until(`n8n to try workflow ${workflowId} again`, hasRetried, 30);
	}

	/** What n8n has logged so far. */
	async log(): Promise<string> {
		return await readFile(this.logFile, 'utf8');
	}

	/** The log after so many bytes. It is long, and asked for often while steps are tried again. */
	private async logAfter(position: number): Promise<string> {
		const file = await open(this.logFile);
		try {
			return await file
				.createReadStream({ start: position, autoClose: false })
				.setEncoding('utf8')
				.toArray()
				.then((parts) => parts.join(''));
		} finally {
			await file.close();
		}
	}

	private get logFile(): string {
		return path.join(this.n8n.folder, 'n8n.log');
	}

	/** What n8n notes of runs and sign-ins, in a file of its own. */
	async eventLog(): Promise<string> {
		return await readFile(path.join(this.n8n.folder, '.n8n', 'n8nEventLog.log'), 'utf8');
	}

	async stop(): Promise<void> {
		await this.database.close();
		await this.n8n.stop();
	}
}
