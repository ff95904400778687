import type { INode } from 'n8n-workflow';
import type { NewCredential, WorkflowFile } from '../../sandbox/n8n/api';
import { node } from '../e2e/support/workflows';
import { type Step, nameOf } from './cases';
import type { ApiCredential } from './between';
import { STEP } from './stand';
import { CARD_CREDENTIAL, SEAL_CREDENTIAL, loginOf, parametersOf, settingsOf } from './steps';

/** The steps of the table as workflows of a real n8n: a webhook gives each of them its item. */

/** The nodes that put out the item before the step gets it. */
export const BEFORE_STEP = ['Webhook', 'Items'] as const;

/** The types of the credentials that a step uses, with what they hold besides the API's address. */
const dataOf = (step: Step): Record<string, Record<string, string>> => ({
	...(step.card === 'credential' && { shipEnginePaymentCardApi: CARD_CREDENTIAL }),
	...(step.card === 'sealed' && { shipEngineCardSealApi: SEAL_CREDENTIAL }),
	...(step.operation === 'connect' && { shipEngineStampsLoginApi: loginOf(step) }),
});

/** Of a credential of a step, which no other one has. */
const nameFor = (step: Step, type: string) => `${nameOf(step)}: ${type}`;

/** The credentials of a step: its own key and API, and what may be sent to that. */
export const credentialsOf = (step: Step, given: ApiCredential): NewCredential[] => [
	{ name: nameOf(step), type: 'shipEngineApi', data: { ...given } },
	...Object.entries(dataOf(step)).map(([type, data]) => ({
		name: nameFor(step, type),
		type,
		data: { ...data, baseUrl: given.baseUrl },
	})),
];

/** A workflow that gives the item of a webhook to a step and answers when the run has ended. */
export function workflowOf(name: string, path: string, step: Partial<INode>): WorkflowFile {
	const [webhook, items] = BEFORE_STEP;
	const to = (next: string) => ({ main: [[{ node: next, type: 'main' as const, index: 0 }]] });
	return {
		name,
		nodes: [
			node(webhook, 'n8n-nodes-base.webhook', 2, {
				parameters: { path, httpMethod: 'POST', responseMode: 'lastNode' },
				webhookId: path,
			}),
			node(items, 'n8n-nodes-base.splitOut', 1, {
				parameters: { fieldToSplitOut: 'body.items' },
			}),
			{ ...node(STEP, '', 1, {}), ...step },
		],
		connections: { [webhook]: to(items), [items]: to(STEP) },
		settings: {
			executionOrder: 'v1',
			saveDataErrorExecution: 'all',
			saveDataSuccessExecution: 'all',
			saveExecutionProgress: false,
		},
	};
}

/** The node of a step, with its credentials by name. */
export const nodeOf = (step: Step): Partial<INode> => ({
	type: 'n8n-nodes-shipengine.shipEngine',
	parameters: parametersOf(step) as INode['parameters'],
	credentials: {
		shipEngineApi: { id: null, name: nameOf(step) },
		...Object.fromEntries(
			Object.keys(dataOf(step)).map((type) => [type, { id: null, name: nameFor(step, type) }]),
		),
	},
	...settingsOf(step),
	// Time enough to change credentials between two tries, as a person does; n8n takes no longer one.
	...(step.way === 'retry' && { waitBetweenTries: 5_000 }),
});
