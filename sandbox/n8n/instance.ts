import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import axios from 'axios';
import { until } from '../support/poll';
import type { InstalledN8n } from './install.cjs';
import { installNode, packNode } from './packedNode';
import { freePort } from './ports';
import { N8nProcess, type Place } from './process';
import { canBePublished, triggerUrls, untilServed } from './triggers';
import { N8nApi, type NewCredential, type WorkflowFile } from './api';

/** What a new n8n is given. */
export interface N8nContents {
	credentials: NewCredential[];
	/**
	 * Imported in this order, and published where something can start them by itself and none of their
	 * credentials is missing. n8n finds the credentials that their nodes name.
	 */
	workflows: WorkflowFile[];
	/** Whether the workflows are imported only, and none is published. */
	areDrafts?: boolean;
	/** More environment variables for n8n. */
	environment?: Record<string, string>;
}

/** A real n8n with the packed node installed. */
export interface N8n {
	/** Its address, without a slash at the end. */
	url: string;
	api: N8nApi;
	/** The ids of the workflows, in the order they were given. */
	workflowIds: string[];
	/** Of each workflow, where its forms and webhooks are; nothing of one that is not published. */
	addresses: string[][];
	/** Where it keeps all it has: its database in `.n8n`, its log as `n8n.log`. */
	folder: string;
	/** The ID of its process, which is another one after a restart. */
	pid(): number;
	/** Resolves when its process of now has ended, with the end of what it logged. */
	ended(): Promise<string>;
	/** Kills it at once (SIGKILL) and starts it again with what it kept, at the same address. */
	restart(): Promise<void>;
	/** Ends it with everything it started, and removes all it kept. May be called again. */
	stop(): Promise<void>;
}

/**
 * n8n's own port. When it is taken, the next free one is used. Tests that run side by side look
 * further apart, so that none takes the port of an n8n that is being started again.
 */
const FIRST_PORT = 5678 + 100 * Number(process.env.JEST_WORKER_ID ?? 0);

/**
 * Starts a real n8n on this machine only, in a new folder, with the node installed from its
 * tarball as a user would install it, and the given credentials and workflows imported.
 * @param installed which n8n, as `installN8n` gives it
 * @param signal ends it while it starts; once it has started, whoever started it stops it
 * @throws Error when n8n doesn't become ready, with the end of its log
 */
export async function startN8n(
	installed: InstalledN8n,
	contents: N8nContents,
	signal?: AbortSignal,
): Promise<N8n> {
	const folder = await mkdtemp(path.join(tmpdir(), 'n8n-sandbox-'));
	let started: N8nProcess | undefined;
	const stop = async () => {
		await started?.stop();
		await rm(folder, { recursive: true, force: true, maxRetries: 5 });
	};
	try {
		// Whoever starts several has packed the node for them.
		const tarball = process.env.PACKED_NODE ?? (await packNode(folder, signal));
		await installNode(tarball, folder);
		let url = '';
		let place: Place | undefined;
		let api: N8nApi | null = null;
		for (let port = FIRST_PORT; !api; port += 1) {
			port = await freePort(port);
			const brokerPort = await freePort(port + 1);
			place = { folder, port, brokerPort, environment: contents.environment };
			started = N8nProcess.start(installed, place);
			url = `http://127.0.0.1:${port}`;
			api = await setUpWhenReady(url, started, signal);
		}
		const workflowIds = await fill(api, contents);
		const addresses = contents.workflows.map((workflow) =>
			isPublished(workflow, contents) ? triggerUrls(url, workflow, contents.environment) : [],
		);
		const untilAllServed = async () => await Promise.all(addresses.flat().map(untilServed));
		await untilAllServed();
		const restart = async () => {
			await started?.stop();
			started = N8nProcess.start(installed, place!);
			await untilBack(api, started);
			await untilAllServed();
		};
		const pid = () => started!.pid;
		const ended = async () => {
			await started!.exited;
			return await started!.logTail();
		};
		return { url, api, workflowIds, addresses, folder, pid, ended, restart, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

/**
 * The API of an n8n that has just been started; null where another program took its port meanwhile.
 * @throws Error when n8n doesn't become ready, with the end of its log
 */
async function setUpWhenReady(
	url: string,
	started: N8nProcess,
	signal?: AbortSignal,
): Promise<N8nApi | null> {
	return await until(
		'n8n to become ready',
		async () => {
			signal?.throwIfAborted();
			if (started.hasExited) {
				const log = await started.logTail();
				if (log.includes('port') && log.includes('already in use')) return null;
				throw new Error(`n8n ended early:\n${log}`);
			}
			const ready = await axios.get(`${url}/healthz/readiness`).then(
				() => true,
				() => false,
			);
			return ready ? await N8nApi.setUp(url) : undefined;
		},
		120,
	);
}

/** Waits until an n8n that was started again answers. */
async function untilBack(api: N8nApi, started: N8nProcess): Promise<void> {
	await until(
		'n8n to be back',
		async () => {
			if (started.hasExited) throw new Error(`n8n ended early:\n${await started.logTail()}`);
			return (await api.isReady()) || undefined;
		},
		120,
	);
}

function isPublished(workflow: WorkflowFile, { credentials, areDrafts }: N8nContents): boolean {
	// Each n8n has one to its own API.
	const there = new Set(['n8nApi', ...credentials.map(({ type }) => type)]);
	const needed = workflow.nodes.flatMap((node) => Object.keys(node.credentials ?? {}));
	return !areDrafts && canBePublished(workflow) && needed.every((type) => there.has(type));
}

/** Imports credentials and workflows; returns the ids of the workflows. */
async function fill(api: N8nApi, contents: N8nContents): Promise<string[]> {
	for (const credential of contents.credentials) await api.addCredential(credential);
	const ids: string[] = [];
	for (const workflow of contents.workflows) {
		ids.push(await api.addWorkflow(workflow, { publish: isPublished(workflow, contents) }));
	}
	return ids;
}
