import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { IDataObject, IRunExecutionData } from 'n8n-workflow';
import type { InstalledN8n } from '../../sandbox/n8n/install.cjs';

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

	/** @param folder what n8n keeps all it has in */
	constructor(installed: InstalledN8n, folder: string) {
		const ofN8n = createRequire(installed.bin);
		const sqlite = ofN8n('sqlite3') as Sqlite;
		this.parse = (ofN8n('flatted') as { parse: (text: string) => unknown }).parse;
		this.file = path.join(folder, '.n8n', 'database.sqlite');
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

	/** The names of the tables that hold a text in any row. */
	async tablesWith(text: string): Promise<string[]> {
		const executions = {
			table: 'execution_data',
			rows: await this.all('SELECT * FROM execution_data'),
		};
		return [executions, ...(await this.otherTables())]
			.filter(({ rows }) => JSON.stringify(rows).includes(text))
			.map(({ table }) => table)
			.sort();
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
