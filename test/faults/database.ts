import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { IDataObject, IRunExecutionData } from 'n8n-workflow';
import type { InstalledN8n } from '../../sandbox/n8n/install.cjs';
import { STEP } from './stand';

/** What is used of n8n's own database driver. */
interface Sqlite {
	OPEN_READONLY: number;
	Database: new (
		file: string,
		mode: number,
	) => {
		all(
			sql: string,
			parameters: unknown[],
			done: (error: Error | null, rows: IDataObject[]) => void,
		): void;
		close(done: () => void): void;
	};
}

/** An execution as its row in the database has it. */
export interface StoredExecution {
	id: number;
	data: IRunExecutionData;
	/** The workflow as it was when it was run. */
	workflowData: IDataObject;
}

/**
 * The database of a running n8n, read with the driver and the format of that n8n itself, so that
 * nothing is between us and what is stored.
 */
export class N8nDatabase {
	private readonly database: InstanceType<Sqlite['Database']>;
	private readonly parse: (flatted: string) => unknown;
	private readonly file: string;

	constructor(installed: InstalledN8n, userFolder: string) {
		const ofN8n = createRequire(installed.bin);
		const sqlite = ofN8n('sqlite3') as Sqlite;
		this.parse = (ofN8n('flatted') as { parse: (text: string) => unknown }).parse;
		this.file = path.join(userFolder, '.n8n', 'database.sqlite');
		this.database = new sqlite.Database(this.file, sqlite.OPEN_READONLY);
	}

	/** The first run of a workflow after another, once it has ended. */
	async executionAfter(workflowId: string, previous: number): Promise<StoredExecution | undefined> {
		const [row] = await this.all(
			`SELECT e.id, d.data, d.workflowData FROM execution_entity e
			JOIN execution_data d ON d.executionId = e.id
			WHERE e.workflowId = ? AND e.id > ? AND e.stoppedAt IS NOT NULL ORDER BY e.id`,
			[workflowId, previous],
		);
		if (!row) return undefined;
		return {
			id: Number(row.id),
			data: this.parse(String(row.data)) as IRunExecutionData,
			workflowData: JSON.parse(String(row.workflowData)) as IDataObject,
		};
	}

	/** Every row of every table but the executions' own data. */
	async otherTables(): Promise<Array<{ table: string; rows: IDataObject[] }>> {
		const names = await this.all(
			"SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'execution_data'",
		);
		return await Promise.all(
			names.map(async ({ name }) => ({
				table: String(name),
				rows: await this.all(`SELECT * FROM "${String(name)}"`),
			})),
		);
	}

	/** The bytes of its files, each byte a character: the database, its write-ahead log and its index. */
	async bytes(): Promise<string> {
		const files = ['', '-wal', '-shm'].map(
			async (end) => await readFile(this.file + end, 'latin1'),
		);
		return (await Promise.all(files)).join('\n');
	}

	async close(): Promise<void> {
		await new Promise<void>((resolve) => this.database.close(resolve));
	}

	private async all(sql: string, parameters: unknown[] = []): Promise<IDataObject[]> {
		return await new Promise((resolve, reject) => {
			this.database.all(sql, parameters, (error, rows) => (error ? reject(error) : resolve(rows)));
		});
	}
}

/**
 * An execution without the input items and the parameters, which n8n itself stores whatever the
 * step does: the output of the nodes before the step, the items that wait for a step that stopped
 * (n8n keeps them so that the run can be retried), and the parameters of its nodes.
 *
 * Why that is sound: only what n8n writes before the step has begun, or of the step's input, is left
 * out, each by its place. Whatever the step itself puts out, throws or remembers stays, and so does
 * every place that is not known here.
 */
export function beyondInput({ data, workflowData }: StoredExecution): string {
	const { resultData, executionData, ...rest } = data;
	const { [STEP]: ofStep, ...before } = resultData.runData;
	for (const name of Object.keys(before)) {
		if (!BEFORE_STEP.includes(name)) throw new Error(`${name} is no node of these workflows`);
	}
	const waiting = (executionData?.nodeExecutionStack ?? []).map((execution) => ({
		...execution,
		data: undefined,
		node: withoutParameters(execution.node),
	}));
	const left = [
		rest,
		{ ...resultData, runData: ofStep },
		{ ...executionData, nodeExecutionStack: waiting },
		{ ...workflowData, nodes: (workflowData.nodes as object[]).map(withoutParameters) },
	];
	// Each object once, as n8n stores it: the error of a run is the error of its step.
	const seen = new WeakSet<object>();
	return JSON.stringify(left, (_key, value: unknown) => {
		if (value === null || typeof value !== 'object') return value;
		if (seen.has(value)) return undefined;
		seen.add(value);
		return value;
	});
}

/** The nodes of these workflows that put out the item before the step gets it. */
export const BEFORE_STEP = ['Webhook', 'Items'];

/** A row of another table without the parameters of a workflow's nodes, where it holds a workflow. */
export const beyondParameters = (row: IDataObject): IDataObject =>
	typeof row.nodes === 'string'
		? { ...row, nodes: (JSON.parse(row.nodes) as object[]).map(withoutParameters) }
		: row;

const withoutParameters = (node: object) => ({ ...node, parameters: undefined });
