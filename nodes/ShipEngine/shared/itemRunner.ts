import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { Failure, asFailure, errorItem, nodeError } from './failure';
import type { Resource } from './operation';
import { operationOf } from './panel';
import { Run } from './run';

/**
 * Carries out the operation that is set in the panel, for every input item.
 *
 * @returns one output item for each input item, in the same order and linked to it; where the node is
 * set to continue, a failed item is an error item
 * @throws NodeApiError or NodeOperationError of the first failed item, where the node is set to stop
 */
export async function runItems(
	context: IExecuteFunctions,
	resources: Resource[],
): Promise<INodeExecutionData[][]> {
	const operation = operationOf(context, resources);
	const run = new Run(context);
	const output: INodeExecutionData[] = [];
	for (const itemIndex of context.getInputData().keys()) {
		const result = await operation.execute.call(context, itemIndex, run).catch(asFailure);
		if (!(result instanceof Failure)) {
			output.push({ json: result, pairedItem: { item: itemIndex } });
		} else if (context.continueOnFail()) {
			output.push(errorItem(result, itemIndex));
		} else {
			throw nodeError(result, context.getNode(), itemIndex);
		}
	}
	return [output];
}
