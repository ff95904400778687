import type { INodeProperties } from 'n8n-workflow';
import { inSteps, inTools } from '../input/tools';
import { EFFECTS } from './effects';
import type { Operation, Resource } from './operation';

/** The choice of an operation; a tool of an agent has not all. The first one is the default of both. */
function operationFields({ value: resource, operations }: Resource): INodeProperties[] {
	const [{ value: first }] = operations;
	const ofTools = operations.filter(({ does }) => !EFFECTS[does].isForPeople);
	const choice = (among: Operation[]): INodeProperties => ({
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource] } },
		options: among.map(({ name, value, action, description }) => ({
			name,
			value,
			action,
			description,
		})),
		default: first,
	});
	if (ofTools.length === operations.length) return [choice(operations)];
	return [inSteps(choice(operations)), inTools(choice(ofTools))];
}

const fieldsOf = (resource: Resource, operation: Operation): INodeProperties[] =>
	operation.fields.map((field) => ({
		...field,
		displayOptions: {
			...field.displayOptions,
			show: {
				...field.displayOptions?.show,
				resource: [resource.value],
				operation: [operation.value],
			},
		},
	}));

/** The node's parameters: resource, operation, and each operation's fields where they belong. */
export function panelOf(resources: [Resource, ...Resource[]]): INodeProperties[] {
	const [{ value: first }] = resources;
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: resources.map(({ name, value }) => ({ name, value })),
			default: first,
		},
		...resources.flatMap(operationFields),
		...resources.flatMap((resource) =>
			resource.operations.flatMap((operation) => fieldsOf(resource, operation)),
		),
	];
}

/** What the canvas shows under a node: the operation in words. */
export function subtitleOf(resources: Resource[]): string {
	const names = resources.map(({ value: resource, operations }): [string, object] => [
		resource,
		Object.fromEntries(operations.map(({ value, name }) => [value, name])),
	]);
	// Apart from each other, braces do not end the expression.
	const table = JSON.stringify(Object.fromEntries(names)).replace(/}(?=})/g, '} ');
	return `={{ (${table})[$parameter["resource"]][$parameter["operation"]] }}`;
}
