import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { NewCredential } from '../n8n/api';
import { freePort } from '../n8n/ports';
import { Service, folderFor, programAt, required } from './service';

const DEBIAN = '/usr/lib/postgresql';

/** Where Debian has PostgreSQL's programs, the newest version's. */
function binaries(): string {
	let versions: string[] = [];
	try {
		versions = readdirSync(DEBIAN).sort((one, other) => Number(other) - Number(one));
	} catch {
		// There is no such folder.
	}
	const found = programAt(...versions.map((version) => path.join(DEBIAN, version, 'bin/initdb')));
	return path.dirname(required(found, 'PostgreSQL', 'postgresql'));
}

/** PostgreSQL does not run as root: then as the user that Debian's package makes. */
function owner(): { uid: number; gid: number } | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const id = (of: string) => Number(execFileSync('id', [of, 'postgres'], { encoding: 'utf8' }));
	return { uid: id('-u'), gid: id('-g') };
}

/** A PostgreSQL of one database. */
export interface Postgres {
	service: Service;
	/** What n8n has to be told to keep what it has in it. */
	environment: Record<string, string>;
	/** What the steps of a workflow have to be given to use it. */
	credential: NewCredential;
	/** Runs a statement. @returns its rows as lines, the values with `|` between them */
	query(statement: string): string;
	/** All that it has, as SQL. Its own files are compressed in part. */
	dump(): string;
	/** Puts what was dumped in place of all that it has. Nothing else may use it meanwhile. */
	restore(dump: string): void;
}

const HOST = '127.0.0.1';
const USER = 'n8n';
const DATABASE = 'postgres';

/**
 * A new PostgreSQL on this machine only, with one empty database.
 *
 * @param parent a folder that everybody may enter
 */
export async function startPostgres(parent: string): Promise<Postgres> {
	const bin = binaries();
	const user = owner();
	const folder = await folderFor(parent, 'postgres', user);
	const data = path.join(folder, 'data');
	execFileSync(
		path.join(bin, 'initdb'),
		['-D', data, '-U', USER, '--auth=trust', '-E', 'UTF8', '--no-sync'],
		{ cwd: folder, stdio: 'ignore', ...user },
	);
	const port = await freePort(5_433 + 100 * Number(process.env.JEST_WORKER_ID ?? 0));
	const service = await Service.start(
		{
			name: 'postgres',
			package: 'postgresql',
			file: path.join(bin, 'postgres'),
			args: [
				...['-D', data, '-p', String(port)],
				...['-c', `listen_addresses=${HOST}`, '-c', 'unix_socket_directories='],
			],
			user,
			isReady: () => programAnswers(path.join(bin, 'pg_isready'), ['-h', HOST, '-p', String(port)]),
		},
		folder,
	);
	const client = (program: string, args: string[] = [], input?: string) =>
		execFileSync(
			path.join(bin, program),
			[...['-h', HOST, '-p', String(port), '-U', USER, '-d', DATABASE], ...args],
			{ cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28, input },
		);
	const query = (statement: string) => client('psql', ['-Atc', statement]).trim();
	return {
		service,
		environment: {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: HOST,
			DB_POSTGRESDB_PORT: String(port),
			DB_POSTGRESDB_DATABASE: DATABASE,
			DB_POSTGRESDB_USER: USER,
		},
		credential: {
			name: 'Postgres account',
			type: 'postgres',
			data: { host: HOST, port, database: DATABASE, user: USER, ssl: 'disable', sshTunnel: false },
		},
		query,
		dump: () => client('pg_dump'),
		restore(dump) {
			// Without this it names each table that it drops.
			query('SET client_min_messages TO warning; DROP SCHEMA public CASCADE; CREATE SCHEMA public');
			client('psql', ['-q', '-v', 'ON_ERROR_STOP=1'], dump);
		},
	};
}

function programAnswers(file: string, args: string[]): boolean {
	try {
		execFileSync(file, args, { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
}
