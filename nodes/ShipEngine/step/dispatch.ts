import { type IExecuteFunctions, type INodeParameters, NodeOperationError } from 'n8n-workflow';
import type { Operation, Resource } from './operation';

/** The operation of a step's parameters; n8n leaves out of them what is the default. */
export function findOperation(
	resources: [Resource, ...Resource[]],
	{ resource: wanted = resources[0].value, operation }: INodeParameters,
): Operation | undefined {
	const operations = resources.find(({ value }) => value === wanted)?.operations;
	return operations?.find(({ value }) => value === (operation ?? operations[0].value));
}

/**
 * The operation that is set in the panel; it is the same for all items.
 *
 * @throws NodeOperationError if there is no such operation
 */
export function operationOf(
	context: IExecuteFunctions,
	resources: [Resource, ...Resource[]],
): Operation {
	const found = findOperation(resources, {
		resource: context.getNodeParameter('resource', 0) as string,
		// Of a resource that this version does not know, n8n gives no operation.
		operation: context.getNodeParameter('operation', 0, '') as string,
	});
	if (found) return found;
	throw new NodeOperationError(context.getNode(), 'This step has no such operation', {
		description:
			"Open the step and choose its 'Operation' again. If n8n runs on several machines, each of them needs the same version of n8n-nodes-shipengine.",
	});
}
