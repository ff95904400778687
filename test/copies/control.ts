import type { INode } from 'n8n-workflow';
import type { WorkflowFile } from '../../sandbox/n8n/api';
import { CARD, PERSON } from '../../sandbox/examples/person';
import type { Answers } from '../../sandbox/forms/driver';

/** The control that shows that the counting counts: the same registration by a form of n8n's own. */

const FIELDS = {
	...PERSON,
	...CARD,
	phone: '512-485-4299',
	agree_to_carrier_terms: 'yes',
	nickname: 'By a form of n8n',
};

export const CONTROL_PATH = 'control';

const node = (name: string, type: string, typeVersion: number, parameters: object): INode => ({
	id: name,
	name,
	type,
	typeVersion,
	position: [0, 0],
	parameters: parameters as INode['parameters'],
	webhookId: name,
	credentials: { shipEngineApi: { id: null, name: 'ShipEngine account' } },
});

const values = (labels: string[]) => ({
	values: labels.map((fieldLabel) => ({ fieldLabel, fieldName: fieldLabel })),
});

const next = (name: string) => ({ main: [[{ node: name, type: 'main' as const, index: 0 }]] });

/** A form takes the card, and the run waits at the page that asks for the code. */
export const CONTROL: WorkflowFile = {
	name: 'Control',
	nodes: [
		node('Form', 'n8n-nodes-base.formTrigger', 2.5, {
			formTitle: 'Control',
			formFields: values(Object.keys(FIELDS)),
			options: { path: CONTROL_PATH },
		}),
		node('Register', 'n8n-nodes-shipengine.shipEngine', 1, {
			resource: 'stampsAccount',
			operation: 'register',
			dataMode: 'autoMapInputData',
			cardSource: 'parameters',
		}),
		node('Code', 'n8n-nodes-base.form', 2.5, { formFields: values(['verification_code']) }),
	],
	connections: { Form: next('Register'), Register: next('Code') },
	settings: { executionOrder: 'v1' },
};

/** What somebody enters there. */
export const controlAnswers = (cardNumber: string): Answers => ({
	...FIELDS,
	card_number: cardNumber,
});
