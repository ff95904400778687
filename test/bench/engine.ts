import path from 'node:path';
import axios from 'axios';
import type { IConnections, IDataObject, INode } from 'n8n-workflow';
import { SANDBOX_KEY } from '../../sandbox/api';
import { apiCredential, sealCredential } from '../../sandbox/examples/contents';
import type { InstalledN8n } from '../../sandbox/n8n/install.cjs';
import { type N8n, startN8n } from '../../sandbox/n8n/instance';
import { until } from '../../sandbox/support/poll';
import type { Step } from './contenders';
import type { Measured } from './figures';
import { SEAL_SECRET } from '../support/sealing';

const node = (name: string, type: string, typeVersion: number, parameters: object): INode => ({
	id: name,
	name,
	type: `n8n-nodes-base.${type}`,
	typeVersion,
	position: [0, 0],
	parameters: parameters as INode['parameters'],
});

const CONNECTIONS: IConnections = {
	Webhook: { main: [[{ node: 'Items', type: 'main', index: 0 }]] },
	Items: { main: [[{ node: 'Step', type: 'main', index: 0 }]] },
};

/** A workflow that takes a list of items from a webhook through the measured step. */
const workflow = (path: string, step: INode) => ({
	name: path,
	nodes: [
		{
			...node('Webhook', 'webhook', 2, {
				path,
				httpMethod: 'POST',
				responseMode: 'lastNode',
				responseData: 'noData',
			}),
			webhookId: path,
		},
		node('Items', 'splitOut', 1, { fieldToSplitOut: 'body.items' }),
		step,
	],
	connections: CONNECTIONS,
	settings: { executionOrder: 'v1' as const },
});

/** A real n8n in which each step is measured in a workflow of its own. */
export class Engine {
	private constructor(
		private readonly n8n: N8n,
		private readonly steps: Step[],
	) {}

	static async start(
		installed: InstalledN8n,
		apiUrl: string,
		steps: Step[],
		signal: AbortSignal,
		environment: Record<string, string> = {},
	): Promise<Engine> {
		const contents = {
			credentials: [
				apiCredential({ apiKey: SANDBOX_KEY, baseUrl: apiUrl }),
				sealCredential(apiUrl, SEAL_SECRET),
			],
			workflows: steps.map((step, index) => workflow(`step-${index}`, step.node)),
			environment: { ...environment, N8N_CUSTOM_EXTENSIONS: path.join(__dirname, 'floor') },
		};
		return new Engine(await startN8n(installed, contents, signal), steps);
	}

	/** Where the packed node is installed. */
	get packageFolder(): string {
		return `${this.n8n.folder}/.n8n/nodes/node_modules/n8n-nodes-shipengine`;
	}

	/** Runs a step on items; the times are what n8n itself notes of the step. */
	async run(step: Step, items: IDataObject[]): Promise<Measured & { began: number }> {
		const index = this.steps.indexOf(step);
		const id = this.n8n.workflowIds[index]!;
		const before = await this.n8n.api.latestExecution(id);
		await axios.post(`${this.n8n.url}/webhook/step-${index}`, { items });
		const execution = await until(
			'the run to be saved',
			async () => {
				const latest = await this.n8n.api.latestExecution(id).catch((error: Error) => {
					// At work on so many items, n8n may find no time for its own database.
					if (/answered 503/.test(error.message)) return before;
					throw error;
				});
				return latest?.id === before?.id || latest?.status === 'running' ? undefined : latest;
			},
			300,
		);
		const run = execution.data.resultData.runData.Step?.at(-1);
		const output = run?.data?.main?.[0] ?? [];
		if (!run || output.length !== items.length) {
			throw new Error(`${step.name} put out ${output.length} of ${items.length} items`);
		}
		const failed = output.filter(({ json }) => 'error' in json).length;
		return {
			began: run.startTime,
			milliseconds: run.executionTime,
			succeeded: output.length - failed,
			failed,
		};
	}

	async stop(): Promise<void> {
		await this.n8n.stop();
	}
}
