import type { INodeProperties } from 'n8n-workflow';
import { inSteps, inTools } from '../input/tools';
import { EFFECTS } from './effects';
import type { Operation, Resource } from './operation';

const forTools = (operations: Operation[]) =>
	operations.filter(({ does }) => !EFFECTS[does].isForPeople);

/** The choice of a resource; a tool of an agent has none of which all operations are for people. */
function resourceFields(resources: [Resource, ...Resource[]]): INodeProperties[] {
	const [{ value: first }] = resources;
	const ofTools = resources.filter(({ operations }) => forTools(operations).length > 0);
	const choice = (among: Resource[]): INodeProperties => ({
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: among.map(({ name, value }) => ({ name, value })),
		default: first,
	});
	return [inSteps(choice(resources)), inTools(choice(ofTools))];
}

/** The choice of an operation; a tool of an agent has not all. The first one is the default of both. */
function operationFields({ value: resource, operations }: Resource): INodeProperties[] {
	const [{ value: first }] = operations;
	const ofTools = forTools(operations);
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
	// n8n does not start with a list that is empty. (Tried: 2.41.1.)
	const inTool = ofTools.length === 0 ? [] : [inTools(choice(ofTools))];
	return [inSteps(choice(operations)), ...inTool];
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
	return [
		...resourceFields(resources),
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
