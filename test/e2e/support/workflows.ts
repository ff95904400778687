import type { IConnections, INode } from 'n8n-workflow';
import { exampleWorkflow } from '../../../sandbox/examples/contents';
import type { WorkflowFile } from '../../../sandbox/n8n/api';

/** A node of a workflow that n8n is given. */
export const node = (
	name: string,
	type: string,
	typeVersion: number,
	more: Partial<INode>,
): INode => ({
	id: name,
	name,
	type,
	typeVersion,
	position: [0, 0],
	parameters: {},
	...more,
});

/** An example workflow whose page everybody may open, as often as tests do. */
export function openToAll(file: string): WorkflowFile {
	const workflow = exampleWorkflow(file);
	const page = workflow.nodes.find(({ type }) => type.endsWith('.stampsOnboardingTrigger'))!;
	page.parameters = {
		...page.parameters,
		access: 'anyone',
		options: { registrationsAnHour: 10_000 },
	};
	return workflow;
}

/** A workflow that takes a list of items from a webhook through steps, and answers with the last one's. */
export function workflow(name: string, steps: INode[], output = 0) {
	const nodes = [
		node('Webhook', 'n8n-nodes-base.webhook', 2, {
			webhookId: name,
			parameters: {
				path: name,
				httpMethod: 'POST',
				responseMode: 'lastNode',
				responseData: 'allEntries',
			},
		}),
		node('Items', 'n8n-nodes-base.splitOut', 1, { parameters: { fieldToSplitOut: 'body.items' } }),
		...steps,
		node('End', 'n8n-nodes-base.noOp', 1, {}),
	];
	const connections: IConnections = Object.fromEntries(
		nodes.slice(0, -1).map(({ name: from }, index) => {
			const to = [{ node: nodes[index + 1]!.name, type: 'main' as const, index: 0 }];
			return [from, { main: index === nodes.length - 2 && output === 1 ? [[], to] : [to] }];
		}),
	);
	return { name, nodes, connections, settings: { executionOrder: 'v1' as const } };
}
