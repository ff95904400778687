import './environment';
import { SupplyDataContext } from 'n8n-core';
import type { IDataObject, INode, INodeType } from 'n8n-workflow';
import { type NodeJson, surroundings, workflowOf } from './engine';
import type { Credentials } from './credentials';
import { SHIP_ENGINE_TOOL, TestNodes } from './nodes';

type Invoke = (parameters: object) => Promise<string>;

interface ToolModule {
	makeHandleToolInvocation(
		contextOf: (runIndex: number) => SupplyDataContext,
		node: INode,
		type: INodeType,
		runExecutionData: object,
	): Invoke;
}

/** n8n's own way to call a node as a tool; n8n-core does not export it. */
const { makeHandleToolInvocation } = jest.requireActual<ToolModule>(
	'../../../node_modules/n8n-core/dist/execution-engine/node-execution-context/utils/get-input-connection-data.js',
);

/**
 * A step as the tool of an agent, within one execution.
 *
 * @param item - what the agent works on
 */
export function toolOf(step: NodeJson, credentials: Credentials, item: IDataObject = {}) {
	const node = { ...step, type: SHIP_ENGINE_TOOL };
	const workflow = workflowOf({
		nodes: [node, { name: 'Agent', type: 'test.replace' }],
		connections: { [node.name]: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] } },
	});
	const runExecutionData = {
		startData: {},
		resultData: { runData: {} },
		executionData: {
			contextData: {},
			nodeExecutionStack: [],
			metadata: {},
			waitingExecution: {},
			waitingExecutionSource: {},
		},
	};
	const tool = workflow.getNode(node.name)!;
	const agent = workflow.getNode('Agent')!;
	const contextOf = (runIndex: number) =>
		new SupplyDataContext(
			...([
				workflow,
				tool,
				{ ...surroundings(credentials), hooks: { runHook: async () => {} } },
				'manual',
				runExecutionData,
				runIndex,
				[{ json: item }],
				{},
				'ai_tool',
				{ node: agent, data: { main: [[{ json: item }]] }, source: null },
				[],
				undefined,
				agent,
			] as unknown as ConstructorParameters<typeof SupplyDataContext>),
		);
	return {
		/** A call of the agent's. n8n counts the runs of the tool from when this is made. */
		call: (): Invoke =>
			makeHandleToolInvocation(
				contextOf,
				tool,
				new TestNodes().getByName(SHIP_ENGINE_TOOL),
				runExecutionData,
			),
		kept: runExecutionData.executionData.contextData,
	};
}
