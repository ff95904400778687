import axios from 'axios';
import type { IConnections } from 'n8n-workflow';
import type { WorkflowFile } from '../../../sandbox/n8n/api';
import { until } from '../../../sandbox/support/poll';
import { node } from '../../e2e/support/workflows';
import { ACCOUNT, PHONE, type QueueSandbox, register, step } from './sandbox';

/** The chain with a pause in it, for which whatever worker is free goes on. */

/** Registers and sends, gives the address to go on at, waits for the code, and confirms it. */
export function chainWithPause(): WorkflowFile {
	const nodes = [
		node('Webhook', 'n8n-nodes-base.webhook', 2, {
			webhookId: 'pause',
			parameters: { path: 'pause', httpMethod: 'POST', responseMode: 'responseNode' },
		}),
		node('Items', 'n8n-nodes-base.splitOut', 1, { parameters: { fieldToSplitOut: 'body.items' } }),
		register(),
		step('Send', 'sendVerification'),
		node('Answer', 'n8n-nodes-base.respondToWebhook', 1.1, {
			parameters: {
				respondWith: 'json',
				responseBody: '={{ { address: $execution.resumeUrl } }}',
			},
		}),
		node('Wait', 'n8n-nodes-base.wait', 1.1, {
			webhookId: 'pause-wait',
			parameters: { resume: 'webhook', httpMethod: 'POST', responseMode: 'lastNode' },
		}),
		step('Confirm', 'confirmVerification', {
			verificationCode: '={{ $json.body.verification_code }}',
		}),
	];
	const connections: IConnections = Object.fromEntries(
		nodes
			.slice(0, -1)
			.map(({ name }, index) => [
				name,
				{ main: [[{ node: nodes[index + 1]!.name, type: 'main' as const, index: 0 }]] },
			]),
	);
	return { name: 'pause', nodes, connections, settings: { executionOrder: 'v1' } };
}

/** Begins an onboarding, and lets it come to its pause: the address where it goes on. */
export async function begin(sandbox: QueueSandbox, nickname: string): Promise<string> {
	const { data } = await sandbox.call('pause', { ...ACCOUNT, nickname });
	// n8n answers a moment before it has stored that the run waits.
	await until(
		'the run to wait',
		async () => {
			const latest = await sandbox.n8n.main.api.latestExecution(sandbox.idOf('pause'));
			return latest?.status === 'waiting' || undefined;
		},
		90,
	);
	return (data as { address: string }).address;
}

/** Types the code that was texted; what the workflow answers. */
export async function typeCode({ api }: QueueSandbox, address: string): Promise<unknown> {
	const body = { verification_code: api.codeFor(PHONE) };
	const { data } = await axios.post<unknown>(address, body, { validateStatus: () => true });
	return data;
}
