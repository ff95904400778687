import type { INodeProperties } from 'n8n-workflow';
import type { Operation, Resource } from './operation';

function operationField(resource: Resource): INodeProperties {
	const [{ value: first }] = resource.operations;
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource.value] } },
		options: resource.operations.map(({ name, value, action, description }) => ({
			name,
			value,
			action,
			description,
		})),
		default: first,
	};
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
		...resources.map(operationField),
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
