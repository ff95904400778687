import axios from 'axios';
import type { INode } from 'n8n-workflow';
import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../support/poll';
import type { WorkflowFile } from './api';

/**
 * Whether something starts a workflow by itself once it is published, rather than only somebody who
 * clicks in the editor. n8n publishes no other workflows.
 */
export function canBePublished({ nodes }: WorkflowFile): boolean {
	return nodes.some(
		({ type, disabled }) =>
			!disabled && /(Trigger|\.webhook)$/.test(type) && !type.endsWith('.manualTrigger'),
	);
}

/** By which variable n8n is told another name for where it serves what starts a workflow over HTTP. */
const ENDPOINTS: Record<string, [variable: string, usual: string]> = {
	'n8n-nodes-base.formTrigger': ['N8N_ENDPOINT_FORM', 'form'],
	'n8n-nodes-base.webhook': ['N8N_ENDPOINT_WEBHOOK', 'webhook'],
	'n8n-nodes-shipengine.stampsOnboardingTrigger': ['N8N_ENDPOINT_WEBHOOK', 'webhook'],
};

function pathOf({ parameters, webhookId }: INode): string {
	const { options } = parameters as { options?: { path?: string } };
	return String(parameters.path ?? options?.path ?? webhookId);
}

/**
 * @param url n8n's address
 * @param environment what n8n was told of its endpoints
 * @returns the addresses of a workflow's form and webhook triggers
 */
export function triggerUrls(
	url: string,
	{ nodes }: WorkflowFile,
	environment: Record<string, string> = {},
): string[] {
	return nodes.flatMap((node) => {
		const [variable, usual] = ENDPOINTS[node.type] ?? [];
		return variable ? [`${url}/${environment[variable] ?? usual}/${pathOf(node)}`] : [];
	});
}

/** Waits until n8n serves a trigger: it does so a moment after the workflow is published. */
export async function untilServed(triggerUrl: string): Promise<void> {
	await until(
		`n8n to serve ${triggerUrl}`,
		async () => {
			const { headers } = await axios.options(triggerUrl, {
				headers: { Origin: triggerUrl },
				// An n8n that still starts knows no form or webhook at all.
				validateStatus: (status) => status < 300 || status === 404,
			});
			const methods = String(headers['access-control-allow-methods'] ?? '').split(', ');
			return methods.some((method) => method !== '' && method !== 'OPTIONS') || undefined;
		},
		30,
	);
}

/** Waits until n8n serves a trigger that was changed: it takes the old one away only after it has said that the new one is published. */
export async function untilServedAnew(triggerUrl: string): Promise<void> {
	for (let look = 0; look < 10; look++) {
		await untilServed(triggerUrl);
		await pause(100);
	}
}
