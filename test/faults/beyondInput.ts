import type { IDataObject } from 'n8n-workflow';
import type { StoredExecution } from './database';
import { BEFORE_STEP } from './workflows';

/**
 * An execution without the input items and the parameters, which n8n itself stores whatever the
 * step does: the output of the nodes before the step, the items that wait for a step that stopped
 * (n8n keeps them so that the run can be retried), and the parameters of its nodes.
 *
 * Why that is sound: only what n8n writes before the step has begun, or of the step's input, is left
 * out, each by its place. Whatever the step itself puts out, throws or remembers stays, and so does
 * every place that is not known here.
 */
export function beyondInput({ data, workflowData }: StoredExecution): string {
	const { resultData, executionData, ...rest } = data;
	const before = new Set<string>(BEFORE_STEP);
	const runs = Object.entries(resultData.runData).filter(([node]) => !before.has(node));
	const waiting = (executionData?.nodeExecutionStack ?? []).map((execution) => ({
		...execution,
		data: undefined,
		node: withoutParameters(execution.node),
	}));
	const left = [
		rest,
		{ ...resultData, runData: runs },
		{ ...executionData, nodeExecutionStack: waiting },
		{ ...workflowData, nodes: (workflowData.nodes as object[]).map(withoutParameters) },
	];
	// Each object once, as n8n stores it: the error of a run is the error of its step.
	const seen = new WeakSet<object>();
	return JSON.stringify(left, (_key, value: unknown) => {
		if (value === null || typeof value !== 'object') return value;
		if (seen.has(value)) return undefined;
		seen.add(value);
		return value;
	});
}

/** A row of another table without the parameters of a workflow's nodes, where it holds a workflow. */
export const beyondParameters = (row: IDataObject): IDataObject =>
	typeof row.nodes === 'string'
		? { ...row, nodes: (JSON.parse(row.nodes) as object[]).map(withoutParameters) }
		: row;

const withoutParameters = (node: object) => ({ ...node, parameters: undefined });
