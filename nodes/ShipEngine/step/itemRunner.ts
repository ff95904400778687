import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { Failure, asFailure } from '../failures/failure';
import { errorItem, nodeError } from '../failures/n8nErrors';
import { failureIn } from '../failures/passedOn';
import type { Operation, Resource } from './operation';
import { maxConcurrency } from '../input/runOptions';
import { findOperation, operationOf } from './dispatch';
import { Run } from './run';

/** The outcome of an item: one output item, or those of a list. */
type Result = IDataObject | IDataObject[];

/** What all items need. */
interface Prepared {
	operation: Operation;
	run: Run;
	/** How many items are processed in parallel. */
	width: number;
}

/**
 * Carries out the operation that is set in the panel, for every input item, some in parallel.
 *
 * @returns the output of each input item, in the same order and linked to it: one item, or those of a
 * list; where the node is set to continue, a failed item is an error item
 * @throws NodeApiError or NodeOperationError of the first failed item, where the node is set to stop
 */
export async function runItems(
	context: IExecuteFunctions,
	resources: [Resource, ...Resource[]],
): Promise<INodeExecutionData[][]> {
	const prepared = prepare(context, resources);
	if (prepared instanceof Failure) return [failAll(context, prepared)];
	const runThrough = context.continueOnFail() ? runAll : runUntilFailure;
	try {
		return [await runThrough(context, prepared)];
	} finally {
		prepared.run.close();
	}
}

/** The failure where an expression or the operation itself does not hold. */
function prepare(
	context: IExecuteFunctions,
	resources: [Resource, ...Resource[]],
): Prepared | Failure {
	try {
		const operation = operationOf(context, resources);
		const run = new Run(context, (parameters) => findOperation(resources, parameters));
		return { operation, run, width: maxConcurrency(context) };
	} catch (thrown) {
		return asFailure(thrown);
	}
}

/** Each item as failed: where a node that continues throws, n8n puts out its input, card included. */
function failAll(context: IExecuteFunctions, failure: Failure): INodeExecutionData[] {
	if (!context.continueOnFail()) throw nodeError(failure, context.getNode());
	return context
		.getInputData()
		.map((_item, itemIndex) => errorItem(failure, itemIndex, context.getNode()));
}

/**
 * What carries out an item.
 *
 * @throws a Failure: that of an earlier step first, so that a line of steps needs no wires for errors
 */
async function prepareItem(
	itemIndex: number,
	operation: Operation,
	run: Run,
): Promise<() => Promise<Result>> {
	const { json } = run.context.getInputData()[itemIndex]!;
	const earlier = operation.takesFailures ? undefined : failureIn(json);
	if (earlier) throw earlier;
	return await operation.prepare(itemIndex, run);
}

/** All items, whatever becomes of one. */
async function runAll(
	context: IExecuteFunctions,
	{ operation, run, width }: Prepared,
): Promise<INodeExecutionData[]> {
	const output: INodeExecutionData[][] = [];
	await inParallel(width, context.getInputData().keys(), async (itemIndex) => {
		const result = await prepareItem(itemIndex, operation, run)
			.then(async (act) => await act())
			.catch(asFailure);
		output[itemIndex] =
			result instanceof Failure
				? [errorItem(result, itemIndex, context.getNode())]
				: outputItems(result, itemIndex);
	});
	return output.flat();
}

/**
 * All items, unless one fails: all are checked before the first request, and once one is refused no
 * further one is sent.
 *
 * @throws the error of the first failed item, which tells what else was done, or may have been
 */
async function runUntilFailure(
	context: IExecuteFunctions,
	{ operation, run, width }: Prepared,
): Promise<INodeExecutionData[]> {
	const acts: Array<() => Promise<Result>> = [];
	const wrong = new Map<number, Failure>();
	for (const itemIndex of context.getInputData().keys()) {
		const act = await prepareItem(itemIndex, operation, run).catch(asFailure);
		if (act instanceof Failure) wrong.set(itemIndex, act);
		else acts[itemIndex] = act;
	}
	const [firstWrong] = wrong;
	if (firstWrong) {
		throw nodeError(firstWrong[1], context.getNode(), firstWrong[0], {
			wrong: [...wrong.keys()].slice(1),
		});
	}

	const done = new Map<number, Result>();
	const failed = new Map<number, Failure>();
	await inParallel(width, acts.keys(), async (itemIndex) => {
		// After a failure too: nothing is sent any more, but what an earlier try of n8n did is told.
		const result = await acts[itemIndex]!().catch(asFailure);
		if (!(result instanceof Failure)) {
			done.set(itemIndex, result);
			return;
		}
		failed.set(itemIndex, result);
		run.stop();
	});
	const [first] = failed;
	if (first) {
		const [itemIndex, failure] = first;
		failed.delete(itemIndex);
		throw nodeError(failure, context.getNode(), itemIndex, { done, failed });
	}
	return acts.flatMap((_act, itemIndex) => outputItems(done.get(itemIndex)!, itemIndex));
}

const outputItems = (result: Result, itemIndex: number): INodeExecutionData[] =>
	[result].flat().map((json) => ({ json, pairedItem: { item: itemIndex } }));

/** Works on items, so many at a time. */
async function inParallel(
	width: number,
	indexes: IterableIterator<number>,
	work: (itemIndex: number) => Promise<void>,
): Promise<void> {
	const worker = async () => {
		for (const itemIndex of indexes) await work(itemIndex);
	};
	// All take their next item from the same iterator, so that no item is taken twice.
	await Promise.all(Array.from({ length: width }, worker));
}
