import * as workflow from 'n8n-workflow';
import type { INodeType } from 'n8n-workflow';

/** The node as a process has it that has just started: it remembers nothing of any other. */
export function startedAnew(): INodeType {
	let node: INodeType | undefined;
	jest.isolateModules(() => {
		// Of n8n's own there is one, as errors have to be of its classes.
		jest.doMock('n8n-workflow', () => workflow);
		const { ShipEngine } = jest.requireActual<
			typeof import('../../../nodes/ShipEngine/ShipEngine.node')
		>('../../../nodes/ShipEngine/ShipEngine.node');
		node = new ShipEngine();
	});
	return node!;
}
