import type { IExecuteFunctions, INodeExecutionData, NodeError } from 'n8n-workflow';
import { Failure, asFailure, errorItem, nodeError } from './failure';
import type { Resource } from './operation';
import { maxConcurrency } from './options';
import { operationOf } from './panel';
import { Run } from './run';

/**
 * Carries out the operation that is set in the panel, for every input item, some side by side.
 *
 * @returns one output item for each input item, in the same order and linked to it; where the node is
 * set to continue, a failed item is an error item
 * @throws NodeApiError or NodeOperationError of the first failed item, where the node is set to stop
 */
export async function runItems(
	context: IExecuteFunctions,
	resources: Resource[],
): Promise<INodeExecutionData[][]> {
	const prepared = prepare(context, resources);
	if (prepared instanceof Failure) return [failAll(context, prepared)];
	const { operation, run, width } = prepared;
	const indexes = context.getInputData().keys();
	const output: INodeExecutionData[] = [];
	let stopped: NodeError | undefined;

	const work = async () => {
		for (const itemIndex of indexes) {
			const result = await operation.execute.call(context, itemIndex, run).catch(asFailure);
			if (!(result instanceof Failure)) {
				output[itemIndex] = { json: result, pairedItem: { item: itemIndex } };
			} else if (context.continueOnFail()) {
				output[itemIndex] = errorItem(result, itemIndex);
			} else {
				stopped ??= nodeError(result, context.getNode(), itemIndex);
			}
			if (stopped) return;
		}
	};
	// All take their next item from the same iterator, so that no item is taken twice.
	await Promise.all(Array.from({ length: width }, work));
	if (stopped) throw stopped;
	return [output];
}

/** What all items need; the failure where an expression or the operation itself does not hold. */
function prepare(context: IExecuteFunctions, resources: Resource[]) {
	try {
		const operation = operationOf(context, resources);
		return { operation, run: new Run(context), width: maxConcurrency(context) };
	} catch (thrown) {
		return asFailure(thrown);
	}
}

/** Each item as failed: where a node that continues throws, n8n puts out its input, card included. */
function failAll(context: IExecuteFunctions, failure: Failure): INodeExecutionData[] {
	if (!context.continueOnFail()) throw nodeError(failure, context.getNode());
	return context.getInputData().map((_item, itemIndex) => errorItem(failure, itemIndex));
}
