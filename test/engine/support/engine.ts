import './environment';
import { ExecutionLifecycleHooks, LoadOptionsContext, WorkflowExecute } from 'n8n-core';
import {
	type IConnections,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type IRun,
	type IRunExecutionData,
	type IWorkflowExecuteAdditionalData,
	Workflow,
	jsonParse,
} from 'n8n-workflow';
import { type Credentials, TestCredentials } from './credentials';
import {
	type Around,
	type Making,
	SHIP_ENGINE,
	TestNodes,
	type Typed,
	ask,
	hold,
	make,
} from './nodes';

/** A node as a workflow's JSON has it, without what only the canvas needs. */
export type NodeJson = Partial<INode> & Pick<INode, 'name' | 'type'>;

/** A workflow as an exported file has it, without what only the canvas needs. */
export interface WorkflowJson {
	nodes: NodeJson[];
	connections: IConnections;
}

/** What a run came to. */
export interface Outcome {
	run: IRun;
	/** The items that a node put out, the last time that it ran; `output` 1 is the error branch. */
	items(node: string, output?: number): INodeExecutionData[];
	/** The error that stopped the run, as n8n would store it. */
	error: IRun['data']['resultData']['error'];
	/** The JSON of those items. */
	json(node: string, output?: number): IDataObject[];
	/** What steps have answered to whoever waits for the run. */
	responses: IDataObject[];
}

/** Connects nodes one after another by their first output. */
export function chain(...names: string[]): IConnections {
	return Object.fromEntries(
		names
			.slice(0, -1)
			.map((name, index) => [
				name,
				{ main: [[{ node: names[index + 1]!, type: 'main' as const, index: 0 }]] },
			]),
	);
}

/** The setting with which a step goes on where an item fails. */
export const going = { onError: 'continueRegularOutput' } as const;

/** A ShipEngine step. Register takes the card of the parameters or the item, unless told otherwise. */
export function step(
	name: string,
	operation: string,
	given: IDataObject = {},
	settings: Partial<INode> = {},
): NodeJson {
	const parameters = { ...(operation === 'register' && { cardSource: 'parameters' }), ...given };
	return {
		name,
		type: SHIP_ENGINE,
		parameters: { resource: 'stampsAccount', operation, ...parameters } as INode['parameters'],
		credentials: {
			shipEngineApi: { id: '1', name: 'ShipEngine API' },
			...(parameters.cardSource === 'credential' && {
				shipEnginePaymentCardApi: { id: '2', name: 'ShipEngine Payment Card' },
			}),
			...(parameters.cardSource === 'sealed' && {
				shipEngineCardSealApi: { id: '3', name: 'ShipEngine Card Seal' },
			}),
			...(['connectExisting', 'updateLogin'].includes(operation) && {
				shipEngineStampsLoginApi: { id: '4', name: 'ShipEngine Stamps Login' },
			}),
		},
		...settings,
	};
}

/** A step about a sub-account. */
export const subAccountStep = (
	name: string,
	operation: string,
	parameters: IDataObject = {},
	settings: Partial<INode> = {},
) => step(name, operation, { resource: 'subAccount', ...parameters }, settings);

/** A step about a carrier. */
export const carrierStep = (
	name: string,
	operation: string,
	parameters: IDataObject = {},
	settings: Partial<INode> = {},
) => step(name, operation, { resource: 'carrier', ...parameters }, settings);

/** A trigger that puts out the items. */
export const items = (name: string, ...data: IDataObject[]): NodeJson => ({
	name,
	type: 'test.items',
	parameters: { items: data } as INode['parameters'],
});

/** A trigger that puts out items whose values are of any kind, also such as look like expressions. */
export const held = (name: string, data: IDataObject[]): NodeJson => ({
	name,
	type: 'test.held',
	parameters: { key: hold(data) },
});

/** A page that a person fills in while the workflow runs. */
export const person = (name: string, typed: Typed): NodeJson => ({
	name,
	type: 'test.person',
	parameters: { key: ask(typed) },
});

/** What stands between two steps and replaces every item. */
export const replace = (name: string, json: IDataObject | string): NodeJson => ({
	name,
	type: 'test.replace',
	parameters: { json } as INode['parameters'],
});

/**
 * A step of one of n8n's own types, in which anything is made of the items.
 *
 * @param type - such as `code`, of n8n-nodes-base
 */
export const own = (
	name: string,
	type: string,
	making: Making,
	parameters: IDataObject = {},
): NodeJson => ({
	name,
	type: `n8n-nodes-base.${type}`,
	parameters: { ...parameters, key: make(making) } as INode['parameters'],
});

export const workflowOf = ({ nodes, connections }: WorkflowJson, around?: Around) =>
	new Workflow({
		id: 'workflow',
		name: 'Workflow',
		nodes: nodes.map((node, index) => ({
			id: String(index),
			typeVersion: 1,
			position: [index * 200, 0],
			parameters: {},
			...node,
		})),
		connections,
		active: false,
		nodeTypes: new TestNodes(around),
		settings: { executionOrder: 'v1' },
	});

/** What n8n is told of a run, and where it leaves the responses of its steps. */
function hooks(responses: IDataObject[]): ExecutionLifecycleHooks {
	const all = new ExecutionLifecycleHooks('manual', '1', {
		id: 'workflow',
		name: 'Workflow',
		active: false,
		createdAt: new Date(0),
		updatedAt: new Date(0),
		nodes: [],
		connections: {},
	} as unknown as ConstructorParameters<typeof ExecutionLifecycleHooks>[2]);
	all.addHandler('sendResponse', async (response) => {
		responses.push(response as IDataObject);
	});
	return all;
}

/** What n8n-core is given of the n8n around it: as much as a run in this process asks for. */
export const surroundings = (
	credentials: Credentials,
	currentNodeParameters?: object,
	responses: IDataObject[] = [],
) =>
	({
		credentialsHelper: new TestCredentials(credentials),
		hooks: hooks(responses),
		executionId: '1',
		currentNodeExecutionIndex: 0,
		currentNodeParameters,
		variables: {},
	}) as unknown as IWorkflowExecuteAdditionalData;

/** What the editor gives a list of a step, while the step is open. */
export function editorContext(node: NodeJson, credentials: Credentials): LoadOptionsContext {
	const workflow = workflowOf({ nodes: [node], connections: {} });
	const additionalData = surroundings(credentials, node.parameters);
	return new LoadOptionsContext(workflow, workflow.getNode(node.name)!, additionalData, '');
}

let executions = 0;

/** Each execution has an ID of its own, as in n8n. */
const newExecution = () => String((executions += 1));

/**
 * Runs a workflow in n8n-core's own engine, in this process.
 *
 * @param cancelled - cancels the execution when it resolves
 * @param around - sees each call of a ShipEngine step
 */
export async function runWorkflow(
	json: WorkflowJson,
	credentials: Credentials,
	cancelled?: Promise<unknown>,
	around?: Around,
	executionId = newExecution(),
): Promise<Outcome> {
	const workflow = workflowOf(json, around);
	const responses: IDataObject[] = [];
	const own = { ...surroundings(credentials, undefined, responses), executionId };
	const execution = new WorkflowExecute(own, 'manual').run({
		workflow,
		startNode: workflow.getNode(json.nodes[0]!.name)!,
	});
	void cancelled?.then(() => execution.cancel());
	return outcomeOf(await execution, responses);
}

/** n8n's "Retry with currently saved workflow": the failed step runs again, with what the run has kept. */
export async function retryWorkflow(
	{ data }: IRun,
	json: WorkflowJson,
	credentials: Credentials,
	around?: Around,
): Promise<Outcome> {
	const kept = jsonParse<IRunExecutionData>(JSON.stringify(data));
	const failed = kept.resultData.lastNodeExecuted!;
	kept.resultData.error = undefined;
	kept.resultData.runData[failed]!.pop();
	const workflow = workflowOf(json, around);
	for (const entry of kept.executionData!.nodeExecutionStack) {
		entry.node = workflow.getNode(entry.node.name)!;
	}
	const again = { ...surroundings(credentials), executionId: newExecution() };
	return outcomeOf(
		await new WorkflowExecute(again, 'retry', kept).processRunExecutionData(workflow),
	);
}

function outcomeOf(run: IRun, responses: IDataObject[] = []): Outcome {
	const itemsOf = (node: string, output = 0) =>
		run.data.resultData.runData[node]?.at(-1)?.data?.main?.[output] ?? [];
	return {
		run,
		responses,
		error: run.data.resultData.error,
		items: itemsOf,
		json: (node, output) => itemsOf(node, output).map((item) => item.json),
	};
}
