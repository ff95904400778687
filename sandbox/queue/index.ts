import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { InstalledN8n } from '../n8n/install.cjs';
import { type N8n, type N8nContents, startN8n } from '../n8n/instance';
import { installNode, packNode } from '../n8n/packedNode';
import { freePort } from '../n8n/ports';
import { N8nProcess, type Place } from '../n8n/process';
import { until } from '../support/poll';
import { type Postgres, startPostgres } from './postgres';
import { startRedis } from './redis';
import { type Service, folderFor } from './service';

/** What a worker logs once it takes what is in the queue. */
const READY = 'n8n worker is now ready';

/** A worker of an n8n in queue mode. */
export class Worker {
	private process?: N8nProcess;

	constructor(
		private readonly installed: InstalledN8n,
		private readonly place: Place,
	) {}

	/** Installs a packed node in it, in place of the one it has; it takes effect when it starts again. */
	async install(tarball: string): Promise<void> {
		await installNode(tarball, this.place.folder);
	}

	/** Takes from it all that it keeps. */
	async reset(): Promise<void> {
		await rm(path.join(this.place.folder, '.n8n'), { recursive: true, force: true });
	}

	/**
	 * Starts it, anew or again, and waits until it takes what is in the queue.
	 *
	 * @param signal ends the wait
	 */
	async start(signal?: AbortSignal): Promise<void> {
		const before = (await this.log()).length;
		const started = N8nProcess.start(this.installed, this.place);
		this.process = started;
		await until(
			'a worker to become ready',
			async () => {
				signal?.throwIfAborted();
				if (started.hasExited) {
					throw new Error(`A worker ended early:\n${await started.logTail()}`);
				}
				return (await this.log()).slice(before).includes(READY) || undefined;
			},
			120,
		);
	}

	/** Ends it at once (SIGKILL), in the middle of whatever it does. */
	async kill(): Promise<void> {
		await this.process?.stop();
	}

	/** All that it has logged. */
	async log(): Promise<string> {
		return await readFile(path.join(this.place.folder, 'n8n.log'), 'utf8').catch(() => '');
	}

	/** The ids of the executions that it has begun. */
	async executions(): Promise<string[]> {
		return [...(await this.log()).matchAll(/Worker started execution (\d+)/g)].map(([, id]) => id!);
	}
}

/** A real n8n in queue mode: one main, and workers that do what it puts into the queue. */
export interface QueueN8n {
	main: N8n;
	workers: Worker[];
	redis: Service;
	redisPort: number;
	postgres: Postgres;
	/** What PostgreSQL, Redis and the workers keep; the main has a folder of its own. */
	folder: string;
	/** Ends all of it, and removes all that it kept. May be called again. */
	stop(): Promise<void>;
}

export interface QueueSettings {
	/** How many workers. Default: 2. */
	count?: number;
	/** Which package a worker has; the packed node, unless said. */
	tarballOf?: (worker: number) => string | undefined;
	/** Ends it while it starts. */
	signal?: AbortSignal;
}

/** How many executions a worker works on side by side. */
const CONCURRENCY = '5';

/**
 * Starts n8n in queue mode on this machine only: Redis, PostgreSQL, one main and workers, each with the
 * packed node in a user folder of its own, as on a machine of its own. Besides its contents, it has a
 * credential for its PostgreSQL.
 */
export async function startQueueN8n(
	installed: InstalledN8n,
	contents: N8nContents,
	{ count = 2, tarballOf, signal }: QueueSettings = {},
): Promise<QueueN8n> {
	const folder = await mkdtemp(path.join(tmpdir(), 'n8n-queue-'));
	// PostgreSQL, as another user, has to get to its own folder in it.
	await chmod(folder, 0o755);
	const ends: Array<() => Promise<void>> = [];
	const end = async () => {
		for (const each of ends.reverse()) await each();
		await rm(folder, { recursive: true, force: true, maxRetries: 5 });
	};
	let ended: Promise<void> | undefined;
	const stop = async () => await (ended ??= end());
	try {
		const postgres = await startPostgres(folder);
		ends.push(async () => await postgres.service.stop('SIGINT'));
		const redis = await startRedis(folder);
		ends.push(async () => await redis.service.stop());
		const environment = {
			...postgres.environment,
			...redis.environment,
			EXECUTIONS_MODE: 'queue',
			N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
			// What is in the middle of a step when its worker dies is noticed in seconds, not in minutes.
			QUEUE_WORKER_LOCK_DURATION: '5000',
			QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
			QUEUE_WORKER_STALLED_INTERVAL: '2000',
			...contents.environment,
		};
		const credentials = [...contents.credentials, postgres.credential];
		const main = await startN8n(installed, { ...contents, credentials, environment }, signal);
		ends.push(async () => await main.stop());
		const packed = process.env.PACKED_NODE ?? (await packNode(folder, signal));
		const workers: Worker[] = [];
		for (let index = 0; index < count; index += 1) {
			const own = await folderFor(folder, `worker-${index}`);
			const port = await freePort(Number(new URL(main.url).port) + 10 + 10 * index);
			const worker = new Worker(installed, {
				folder: own,
				port,
				brokerPort: await freePort(port + 1),
				command: 'worker',
				environment: {
					...environment,
					N8N_CONCURRENCY_PRODUCTION_LIMIT: CONCURRENCY,
					// Else a worker makes up the addresses of pages from its own port.
					WEBHOOK_URL: main.url,
				},
			});
			ends.push(async () => await worker.kill());
			await worker.install(tarballOf?.(index) ?? packed);
			workers.push(worker);
		}
		await Promise.all(workers.map(async (worker) => await worker.start(signal)));
		return {
			main,
			workers,
			redis: redis.service,
			redisPort: redis.port,
			postgres,
			folder,
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}
