import axios from 'axios';
import type { INode } from 'n8n-workflow';
import { SANDBOX_KEY, startApi } from '../../sandbox/api';
import { apiCredential, sealCredential } from '../../sandbox/examples/contents';
import type { InstalledN8n } from '../../sandbox/n8n/install.cjs';
import { startN8n } from '../../sandbox/n8n/instance';
import { until } from '../../sandbox/support/poll';
import { SEAL_SECRET } from '../support/sealing';
import { registerInLoop } from './contenders';
import { median, table } from './figures';
import { REGISTER } from './jobs';

/**
 * `npm run bench:loop`: Register in a loop of one item, and how long n8n notes for it in each round:
 * the last rounds beside the first ones. What is printed is Markdown.
 */

const ROUNDS = 2_000;

/** How many rounds make one figure. */
const SHARE = 200;

const node = (name: string, type: string, typeVersion: number, parameters: object): INode => ({
	id: name,
	name,
	type: `n8n-nodes-base.${type}`,
	typeVersion,
	position: [0, 0],
	parameters: parameters as INode['parameters'],
});

const to = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];

const WORKFLOW = {
	name: 'loop',
	nodes: [
		{
			...node('Webhook', 'webhook', 2, {
				path: 'loop',
				httpMethod: 'POST',
				responseMode: 'onReceived',
			}),
			webhookId: 'loop',
		},
		node('Items', 'splitOut', 1, { fieldToSplitOut: 'body.items' }),
		node('Loop', 'splitInBatches', 3, {}),
		registerInLoop().node,
	],
	connections: {
		Webhook: { main: [to('Items')] },
		Items: { main: [to('Loop')] },
		Loop: { main: [[], to('Step')] },
		Step: { main: [to('Loop')] },
	},
	settings: { executionOrder: 'v1' as const },
};

/**
 * @param installing - the installed n8n
 * @param signal says that it is to end
 * @returns 0 once it is measured, whatever the figures
 */
export async function main(
	_args: string[],
	installing: Promise<InstalledN8n>,
	signal: AbortSignal,
): Promise<number> {
	const installed = await installing;
	const api = await startApi();
	const credentials = [
		apiCredential({ apiKey: SANDBOX_KEY, baseUrl: api.url }),
		sealCredential(api.url, SEAL_SECRET),
	];
	const n8n = await startN8n(installed, { credentials, workflows: [WORKFLOW] }, signal);
	try {
		const items = REGISTER.items(api, ROUNDS);
		await axios.post(`${n8n.url}/webhook/loop`, { items });
		const execution = await until(
			'the loop to end',
			async () => {
				const latest = await n8n.api.latestExecution(n8n.workflowIds[0]!).catch(() => undefined);
				return latest?.status === 'success' ? latest : undefined;
			},
			900,
		);
		const rounds = execution.data.resultData.runData.Step!.map((run) => run.executionTime);
		const looks = api.requests.filter(({ method }) => method === 'GET').length;
		const first = median(rounds.slice(1, SHARE));
		const rows = Array.from({ length: rounds.length / SHARE }, (_share, index) => {
			const share = rounds.slice(Math.max(1, index * SHARE), (index + 1) * SHARE);
			const middle = median(share);
			return [
				`${index * SHARE + 1} to ${(index + 1) * SHARE}`,
				`${middle.toFixed(1)} ms`,
				(middle / first).toFixed(2),
			];
		});
		console.log(
			`n8n ${installed.version}: ${rounds.length} rounds, ${looks} looks at the carriers\n`,
		);
		console.log(table(['rounds', 'median', '÷ first'], rows));
		return 0;
	} finally {
		await n8n.stop();
		await api.close();
	}
}
