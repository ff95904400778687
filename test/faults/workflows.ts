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

const CARD = 'Card';
const SEAL = 'Seal';

export const cardCredential: NewCredential = {
	name: CARD,
	type: 'shipEnginePaymentCardApi',
	data: CARD_CREDENTIAL,
};

export const sealCredential: NewCredential = {
	name: SEAL,
	type: 'shipEngineCardSealApi',
	data: SEAL_CREDENTIAL,
};

/** The login of a step that connects an account. */
export const loginCredential = (step: Step): NewCredential => ({
	name: `Login: ${nameOf(step)}`,
	type: 'shipEngineStampsLoginApi',
	data: loginOf(step),
});

/** The credential with a step's own key and API. */
export const apiCredential = (step: Step, given: ApiCredential): NewCredential => ({
	name: nameOf(step),
	type: 'shipEngineApi',
	data: { ...given },
});

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
		...(step.card === 'credential' && { shipEnginePaymentCardApi: { id: null, name: CARD } }),
		...(step.card === 'sealed' && { shipEngineCardSealApi: { id: null, name: SEAL } }),
		...(step.operation === 'connect' && {
			shipEngineStampsLoginApi: { id: null, name: loginCredential(step).name },
		}),
	},
	...settingsOf(step),
	// Time enough to change a credential between two tries, as a person does.
	...(step.way === 'retry' && { waitBetweenTries: 3_000 }),
});
