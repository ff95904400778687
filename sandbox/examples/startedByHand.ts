import type { IDataObject, INode } from 'n8n-workflow';
import type { WorkflowFile } from '../n8n/api';

/**
 * A workflow of one ShipEngine step, which somebody starts by hand.
 *
 * @param item - pinned to the trigger
 */
export const startedByHand = (
	name: string,
	step: string,
	parameters: INode['parameters'],
	item?: IDataObject,
): WorkflowFile => ({
	name,
	nodes: [
		{
			id: '1',
			name: 'Start',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
		{
			id: '2',
			name: step,
			type: 'n8n-nodes-shipengine.shipEngine',
			typeVersion: 1,
			position: [220, 0],
			parameters,
			credentials: { shipEngineApi: { id: null, name: 'ShipEngine account' } },
		},
	],
	connections: { Start: { main: [[{ node: step, type: 'main', index: 0 }]] } },
	pinData: item && { Start: [{ json: item }] },
	settings: { executionOrder: 'v1' },
});
