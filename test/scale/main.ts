import { REGISTRANT, inPanel } from '../../sandbox/examples/person';
import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import axios from 'axios';
import type { IConnections, INode } from 'n8n-workflow';
import { type Api, SANDBOX_KEY, startApi } from '../../sandbox/api';
import type { WorkflowFile } from '../../sandbox/n8n/api';
import type { InstalledN8n } from '../../sandbox/n8n/install.cjs';
import { type N8n, startN8n } from '../../sandbox/n8n/instance';
import { untilServed } from '../../sandbox/n8n/triggers';
import { until } from '../../sandbox/support/poll';
import { withProgress } from '../../sandbox/support/progress.cjs';
import { table } from '../bench/figures';
import { node } from '../e2e/support/workflows';

/**
 * `npm run scale`: how time, memory, requests and n8n's database grow with the number of merchants, in
 * one run and in batches by sub-workflow. Each figure is of an n8n that has just been started, and an
 * API without a limit. What is printed is Markdown. Linux only: the memory comes from `/proc`.
 */

const COUNTS = [100, 10_000, 50_000];

/** Merchants in a batch. */
const BATCH = 500;

/** After this long, in seconds, a run counts as one that does not end. */
const LONGEST = 1_800;

const shipEngine = (name: string, parameters: INode['parameters']) =>
	node(name, 'n8n-nodes-shipengine.shipEngine', 1, {
		parameters: { ...parameters, options: { maxConcurrency: 10 } },
		credentials: { shipEngineApi: { id: null, name: 'ShipEngine API' } },
	});

/** What is done with each merchant: as in the example workflow for many merchants. */
const STEPS = [
	shipEngine('Create', {
		resource: 'subAccount',
		operation: 'create',
		externalAccountId: '={{ $json.nickname }}',
		ifExternalAccountIdExists: 'returnExisting',
	}),
	shipEngine('Register', {
		resource: 'stampsAccount',
		operation: 'register',
		dataMode: 'defineBelow',
		cardSource: 'none',
		nickname: "={{ $('Items').item.json.nickname }}",
		...inPanel<string | boolean>(REGISTRANT),
		ifNicknameExists: 'returnExisting',
	}),
];

/** As many merchants as the call says. */
const MERCHANTS = `={{ ({ items: Array.from({ length: $json.body.count }, (_each, index) => ({
	nickname: 'Shop ' + index,
})) }) }}`;

const FEED = [
	node('Webhook', 'n8n-nodes-base.webhook', 2, {
		webhookId: 'begin',
		parameters: { path: 'begin', httpMethod: 'POST', responseMode: 'onReceived' },
	}),
	node('Merchants', 'n8n-nodes-base.set', 3.4, {
		parameters: { mode: 'raw', jsonOutput: MERCHANTS, options: {} },
	}),
	node('Items', 'n8n-nodes-base.splitOut', 1, { parameters: { fieldToSplitOut: 'items' } }),
];

/** Each step's first output goes to the next. */
const inARow = (nodes: INode[]): IConnections =>
	Object.fromEntries(
		nodes
			.slice(0, -1)
			.map(({ name }, index) => [
				name,
				{ main: [[{ node: nodes[index + 1]!.name, type: 'main' as const, index: 0 }]] },
			]),
	);

const settings = { executionOrder: 'v1' as const };

const oneRun: WorkflowFile = {
	name: 'one run',
	nodes: [...FEED, ...STEPS],
	connections: inARow([...FEED, ...STEPS]),
	settings,
};

/** What is done with a batch: a run of its own, of which the caller gets one item back. */
function batchRun(): WorkflowFile {
	const nodes = [
		node('Items', 'n8n-nodes-base.executeWorkflowTrigger', 1.1, {
			parameters: { inputSource: 'passthrough' },
		}),
		...STEPS,
		node('One Item Back', 'n8n-nodes-base.limit', 1, { parameters: { maxItems: 1 } }),
	];
	return { name: 'batch', nodes, connections: inARow(nodes), settings };
}

function inBatches(batchId: string): WorkflowFile {
	const loop = node('Loop', 'n8n-nodes-base.splitInBatches', 3, {
		parameters: { batchSize: BATCH, options: {} },
	});
	const call = node('Call', 'n8n-nodes-base.executeWorkflow', 1.2, {
		parameters: {
			workflowId: { __rl: true, mode: 'id', value: batchId },
			workflowInputs: { mappingMode: 'defineBelow', value: {} },
			mode: 'once',
			options: { waitForSubWorkflow: true },
		},
	});
	const to = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];
	return {
		name: 'in batches',
		nodes: [...FEED, loop, call],
		connections: {
			...inARow([...FEED, loop]),
			Loop: { main: [[], to('Call')] },
			Call: { main: [to('Loop')] },
		},
		settings,
	};
}

/** The bytes of n8n's database, with its write-ahead log. */
async function databaseBytes({ folder }: N8n): Promise<number> {
	const own = path.join(folder, '.n8n');
	const files = (await readdir(own)).filter((name) => name.startsWith('database.sqlite'));
	const sizes = await Promise.all(
		files.map(async (name) => (await stat(path.join(own, name))).size),
	);
	return sizes.reduce((sum, size) => sum + size, 0);
}

/** The most memory that n8n had so far, in bytes. */
async function peakMemory({ pid }: N8n): Promise<number> {
	const status = await readFile(`/proc/${pid()}/status`, 'utf8');
	return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)![1]) * 1024;
}

function isAlive({ pid }: N8n): boolean {
	try {
		return process.kill(pid(), 0);
	} catch {
		return false;
	}
}

interface Measured {
	seconds: number;
	memory: number;
	requests: number;
	database: number;
	accounts: number;
	status: string;
}

async function measure(
	installed: InstalledN8n,
	shape: 'one run' | 'in batches',
	count: number,
	signal: AbortSignal,
): Promise<Measured> {
	const api = await startApi();
	try {
		const n8n = await startN8n(
			installed,
			{
				credentials: [
					{
						name: 'ShipEngine API',
						type: 'shipEngineApi',
						data: { apiKey: SANDBOX_KEY, keyType: 'partner', baseUrl: api.url },
					},
				],
				workflows: shape === 'one run' ? [oneRun] : [batchRun()],
			},
			signal,
		);
		// Whatever is being waited for ends with n8n.
		signal.addEventListener('abort', () => void n8n.stop());
		try {
			const [first] = n8n.workflowIds;
			const id = shape === 'one run' ? first! : await n8n.api.addWorkflow(inBatches(first!));
			return await run(n8n, api, id, count);
		} finally {
			await n8n.stop();
		}
	} finally {
		await api.close();
	}
}

async function run(n8n: N8n, api: Api, id: string, count: number): Promise<Measured> {
	await untilServed(`${n8n.url}/webhook/begin`);
	const before = await databaseBytes(n8n);
	const began = performance.now();
	await axios.post(`${n8n.url}/webhook/begin`, { count });
	const status = await until(
		'the run to end',
		async () => {
			// While it is busy with many items, n8n may leave a question unanswered.
			const newest = await n8n.api
				.newest(id)
				.catch(() => (isAlive(n8n) ? undefined : { status: 'n8n died' }));
			return newest && !['new', 'running'].includes(newest.status) ? newest.status : undefined;
		},
		LONGEST,
	).catch(() => `not ended after ${LONGEST} s`);
	return {
		seconds: (performance.now() - began) / 1_000,
		memory: await peakMemory(n8n).catch(() => Number.NaN),
		requests: api.requests.length,
		database: (await databaseBytes(n8n)) - before,
		accounts: api.state.accounts.length,
		status,
	};
}

const mega = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MB`;

/**
 * @param n8n the installed n8n
 * @param signal says that it is to end
 * @returns 0 when everything was measured, whatever the figures
 */
export async function main(
	args: string[],
	n8n: Promise<InstalledN8n>,
	signal: AbortSignal,
): Promise<number> {
	const installed = await n8n;
	const counts = args.length > 0 ? args.map(Number) : COUNTS;
	const head = ['', 'merchants', 'time', 'memory', 'requests', 'database', 'accounts', 'ended as'];
	console.log(table(head, []));
	for (const shape of ['one run', 'in batches'] as const) {
		for (const count of counts) {
			const title = `${count} merchants, ${shape}`;
			const measured = await withProgress(
				title,
				async () => await measure(installed, shape, count, signal),
			);
			const row = [
				shape,
				count.toLocaleString('en'),
				`${measured.seconds.toFixed(1)} s`,
				mega(measured.memory),
				measured.requests.toLocaleString('en'),
				mega(measured.database),
				measured.accounts.toLocaleString('en'),
				measured.status,
			];
			console.log(`| ${row.join(' | ')} |`);
		}
	}
	return 0;
}
