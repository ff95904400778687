import './support/environment';
import fc from 'fast-check';
import { ExecuteContext } from 'n8n-core';
import {
	type IDataObject,
	type INode,
	type INodeTypes,
	type IWorkflowExecuteAdditionalData,
	Workflow,
	createEmptyRunExecutionData,
} from 'n8n-workflow';
import { parameterOf } from '../../nodes/ShipEngine/input/parameters';

// Whatever is set and whatever the item holds: the same as n8n's own expression engine gives.

const nodeTypes = {
	getByNameAndVersion: () => ({ description: { properties: [] } }),
} as unknown as INodeTypes;

/** A run of n8n's engine for one item, at a step with one parameter. */
function contextOf(parameter: unknown, json: IDataObject) {
	const node = {
		id: '1',
		name: 'Step',
		type: 'step',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	} as unknown as INode;
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const items = [{ json: { phone: 'of another item' } }, { json }];
	node.parameters = { field: parameter } as INode['parameters'];
	return new ExecuteContext(
		workflow,
		node,
		{} as IWorkflowExecuteAdditionalData,
		'manual',
		createEmptyRunExecutionData(),
		0,
		items,
		{ main: [items] },
		{ node, data: { main: [items] }, source: null },
		[],
	);
}

const attempt = (read: () => unknown) => {
	try {
		return { value: read() };
	} catch (thrown) {
		return { thrown: (thrown as Error).message };
	}
};

/** What the parameter comes to, what n8n's engine makes of it, and whether it was asked. */
function both(parameter: unknown, item: IDataObject) {
	const context = contextOf(parameter, item);
	const asked = jest.spyOn(context, 'getNodeParameter');
	const own = attempt(() => parameterOf(context, 'field', 1));
	const isByEngine = asked.mock.calls.length > 1;
	const engine = attempt(() => context.getNodeParameter('field', 1));
	return { own, engine, isByEngine };
}

const KEYS = [
	...['phone', 'First Name', 'carrier_id', 'a', 'b', '0', '1', '', ' ', 'é', 'a.b', 'A-1', '$x'],
	...['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', '_load'],
	...['length', 'first', 'isEmpty', 'json', 'binding', 'mainModule', 'getPrototypeOf', 'name'],
	...['prepareStackTrace', '__lookupGetter__', 'toJSON', 'then', 'class', 'null'],
];

const key = fc.constantFrom(...KEYS);

const text = fc.oneof(
	fc.string(),
	fc.constantFrom('=', '={{ 1 + 1 }}', '{{ $json.a }}', "'", '"', '\n', '={{ $json.phone }}', '0'),
);

const value = fc.letrec((tie) => ({
	any: fc.oneof(
		{ weight: 4, arbitrary: text },
		fc.double(),
		fc.boolean(),
		fc.constantFrom(null, undefined, new Date(0), 10n, [], {}),
		tie('object'),
		fc.array(tie('any'), { maxLength: 2 }),
	),
	// As JSON: with keys such as __proto__ as the object's own.
	object: fc
		.array(fc.tuple(key, tie('any')), { maxLength: 6 })
		.map((entries) => Object.fromEntries(entries)),
}));

const step = fc.oneof(
	key.map((name) => `.${name}`),
	key.map((name) => `['${name}']`),
	key.map((name) => `["${name}"]`),
	fc.constantFrom(
		'[0]',
		'?.a',
		'.toString()',
		".a['b']",
		'[`a`]',
		"['a' + 'b']",
		'.isEmpty()',
		'.a .b',
	),
);

const path = fc.array(step, { maxLength: 3 }).map((steps) => steps.join(''));

const expression = fc.oneof(
	{ weight: 6, arbitrary: path.map((steps) => `={{ $json${steps} }}`) },
	path.map((steps) => `={{$json${steps}}}`),
	path.map((steps) => `={{ $json${steps}\n}}`),
	path.map((steps) => `={{ $json${steps} }} `),
	path.map((steps) => `=${steps}{{ $json${steps} }}`),
	path.map((steps) => `={{ $json${steps} }}{{ $json${steps} }}`),
	{ weight: 2, arbitrary: path.map((steps) => `={{ $json${steps} ?? '(none)' }}`) },
	path.map((steps) => `={{ $input.item.json${steps} }}`),
	path.map((steps) => `{{ $json${steps} }}`),
	path.map((steps) => `={{ $json${steps}; }}`),
);

const parameter = fc.oneof(
	{ weight: 4, arbitrary: expression },
	text,
	fc.double(),
	fc.boolean(),
	expression.map((each) => ({ __rl: true, mode: 'id', value: each })),
	fc.record({ onBehalfOf: expression, timeout: fc.nat() }),
	fc.array(expression, { maxLength: 2 }),
	expression.map((each) => ({ values: [{ each }] })),
);

test('is what n8n gives, whatever is set and whatever the item holds', () => {
	const counts = { quick: 0, engine: 0 };
	fc.assert(
		fc.property(parameter, value.object, (set, item) => {
			const { own, engine, isByEngine } = both(set, item as IDataObject);
			expect(own).toEqual(engine);
			counts[isByEngine ? 'engine' : 'quick'] += 1;
		}),
		{ numRuns: 3_000, seed: 20_261_125 },
	);
	expect(counts).toEqual({ quick: expect.any(Number), engine: expect.any(Number) });
	expect(Math.min(...Object.values(counts))).toBeGreaterThan(300);
});

test.each([
	['={{ $json.phone }}', { phone: '512-485-4282' }, '512-485-4282'],
	["={{ $json['First Name'] }}", { 'First Name': 'Nathan' }, 'Nathan'],
	['={{ $json["ZIP code"] }}', { 'ZIP code': 78756 }, 78756],
	['={{ $json.address.city }}', { address: { city: 'Austin' } }, 'Austin'],
	["={{ $json.body['terms'] }}", { body: { terms: true } }, true],
	['={{$json.phone}}', { phone: '' }, ''],
	["={{ $json.phone ?? '(none)' }}", { phone: 0 }, 0],
	['={{ $json.phone }}', { phone: '={{ 1 + 1 }}' }, '={{ 1 + 1 }}'],
	['512-485-4282', {}, '512-485-4282'],
	[
		{ mode: 'id', value: '={{ $json.carrier_id }}' },
		{ carrier_id: 'se-1' },
		{ mode: 'id', value: 'se-1' },
	],
])('%j does without the engine', (set, item, expected) => {
	expect(both(set, item as IDataObject)).toEqual({
		own: { value: expected },
		engine: { value: expected },
		isByEngine: false,
	});
});

test.each([
	['={{ $json.phone }}', {}],
	["={{ $json.phone ?? '(none)' }}", { phone: null }],
	['={{ $json.phone }}', { phone: null }],
	['={{ $json.phone }}', { phone: ['512'] }],
	['={{ $json.address.city }}', { address: null }],
	['={{ $json.toString }}', { toString: 'own' }],
	['={{ $json.phone.trim() }}', { phone: ' 1 ' }],
	['={{ $json.phone }} x', { phone: '1' }],
])('%j is left to the engine with %j', (set, item) => {
	expect(both(set, item as IDataObject).isByEngine).toBe(true);
});
