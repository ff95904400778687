import {
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type INodeTypes,
	type IPairedItemData,
	type ISourceData,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { ShipEngine } from '../../../nodes/ShipEngine/ShipEngine.node.ts';

export const SHIP_ENGINE = 'n8n-nodes-shipengine.shipEngine';

/** The node as n8n makes a tool of it: a type of its own, with the same code. */
export const SHIP_ENGINE_TOOL = `${SHIP_ENGINE}Tool`;

/** The package's trigger. Here it puts out `items`, since nobody fills in its page. */
export const FORM_TRIGGER = 'n8n-nodes-shipengine.stampsOnboardingTrigger';

type Execute = (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

/** Stands around each call of a ShipEngine step: of what a step gives, n8n itself keeps not all. */
export type Around = (
	context: IExecuteFunctions,
	execute: () => Promise<INodeExecutionData[][]>,
) => Promise<INodeExecutionData[][]>;

/** Items that no parameter could hold unchanged: an expression in it would be resolved, a date copied. */
const HELD = new Map<string, IDataObject[]>();

/** Keeps items for a trigger of the kind `held`, and gives the key by which it finds them. */
export function hold(data: IDataObject[]): string {
	const key = String(HELD.size);
	HELD.set(key, data);
	return key;
}

/** What a person types into a page, by the item's index. */
export type Typed = (itemIndex: number) => IDataObject;

const PEOPLE = new Map<string, Typed>();

/** Keeps what is typed for a page of the kind `person`, and gives the key by which it finds it. */
export function ask(typed: Typed): string {
	const key = String(PEOPLE.size);
	PEOPLE.set(key, typed);
	return key;
}

/** What a step of somebody's own makes of its items, by input. */
export type Making = (...inputs: INodeExecutionData[][]) => INodeExecutionData[][];

const MAKINGS = new Map<string, Making>();

/** Keeps what a step of the kind `own` makes of its items, and gives the key by which it finds it. */
export function make(making: Making): string {
	const key = String(MAKINGS.size);
	MAKINGS.set(key, making);
	return key;
}

const json = (context: IExecuteFunctions, itemIndex: number) =>
	context.getNodeParameter('json', itemIndex) as IDataObject;

/** Nodes that do to items what the core nodes of their kind do, and no more. */
const KINDS: Record<string, { inputs: 0 | 1 | 2; outputs?: number; execute: Execute }> = {
	/** A trigger, a form or a webhook: puts out its `items`. */
	items: {
		inputs: 0,
		async execute() {
			const items = this.getNodeParameter('items', 0) as IDataObject[];
			return [items.map((item) => ({ json: item }))];
		},
	},
	/** The page's trigger: puts out its `items` on the output whose number is in `mode`. */
	page: {
		inputs: 0,
		outputs: 3,
		async execute() {
			const items = this.getNodeParameter('items', 0) as IDataObject[];
			const output = Number(this.getNodeParameter('mode', 0));
			return [0, 1, 2].map((each) => (each === output ? items.map((json) => ({ json })) : []));
		},
	},
	/** A trigger that puts out items exactly as they were held for it. */
	held: {
		inputs: 0,
		async execute() {
			const data = HELD.get(String(this.getNodeParameter('key', 0))) ?? [];
			return [data.map((item) => ({ json: item }))];
		},
	},
	/** A Set or a Form page: each item becomes another, and stays linked to the one it was. */
	replace: {
		inputs: 1,
		async execute() {
			return [
				this.getInputData().map((_item, index) => ({
					json: json(this, index),
					pairedItem: { item: index },
				})),
			];
		},
	},
	/** n8n's Loop Over Items, one at a time. (Read in its code, 2.41.1.) */
	loop: {
		inputs: 1,
		outputs: 2,
		async execute() {
			const kept = this.getContext('node') as {
				left?: INodeExecutionData[];
				source?: ISourceData;
				done: INodeExecutionData[];
			};
			const sourceOverwrite = this.getInputSourceData();
			if (kept.left === undefined) {
				Object.assign(kept, { left: [...this.getInputData()], source: sourceOverwrite, done: [] });
				return [[], kept.left!.splice(0, 1)];
			}
			kept.done.push(
				...this.getInputData().map((item, index) => ({
					...item,
					pairedItem: { item: index, sourceOverwrite },
				})),
			);
			const next = kept.left.splice(0, 1).map((item) => ({
				...item,
				pairedItem: {
					...(item.pairedItem as object),
					sourceOverwrite: kept.source,
				} as IPairedItemData,
			}));
			return next.length > 0 ? [[], next] : [kept.done, []];
		},
	},
	/** A step in which anything can be made of the items, under the name of any of n8n's types. */
	own: {
		inputs: 1,
		async execute() {
			return MAKINGS.get(String(this.getNodeParameter('key', 0)))!(this.getInputData());
		},
	},
	/** The same with two inputs. */
	ownMerge: {
		inputs: 2,
		async execute() {
			const inputs = [this.getInputData(0), this.getInputData(1)];
			return MAKINGS.get(String(this.getNodeParameter('key', 0)))!(...inputs);
		},
	},
	/** A Form page: each item becomes what a person types when the run comes to it. */
	person: {
		inputs: 1,
		async execute() {
			const typed = PEOPLE.get(String(this.getNodeParameter('key', 0)))!;
			return [
				this.getInputData().map((_item, index) => ({
					json: typed(index),
					pairedItem: { item: index },
				})),
			];
		},
	},
	/** A Filter: drops each item whose `drop` is true. */
	filter: {
		inputs: 1,
		async execute() {
			return [
				this.getInputData().flatMap((item, index) =>
					item.json.drop === true ? [] : [{ json: item.json, pairedItem: { item: index } }],
				),
			];
		},
	},
	/** A Split Out: each item becomes two, `Sub 0` and `Sub 1`. */
	split: {
		inputs: 1,
		async execute() {
			return [
				this.getInputData().flatMap((item, index) =>
					[0, 1].map((part) => ({
						json: { ...item.json, shop: `Sub ${part}` },
						pairedItem: { item: index },
					})),
				),
			];
		},
	},
	/** An Aggregate: one item, linked to all. */
	aggregate: {
		inputs: 1,
		async execute() {
			const pairedItem = this.getInputData().map((_item, item) => ({ item }));
			return [[{ json: {}, pairedItem }]];
		},
	},
	/** A Merge by position: an item of each input becomes one. */
	merge: {
		inputs: 2,
		async execute() {
			return [
				this.getInputData(0).map((_item, item) => ({
					json: {},
					pairedItem: [
						{ item, input: 0 },
						{ item, input: 1 },
					],
				})),
			];
		},
	},
	/** A Code node that links its items to one that was not there. */
	outOfRange: {
		inputs: 1,
		async execute() {
			return [this.getInputData().map(() => ({ json: {}, pairedItem: { item: 99 } }))];
		},
	},
	/** A Code node that links its items to an input that it does not have. */
	badInput: {
		inputs: 1,
		async execute() {
			return [this.getInputData().map(() => ({ json: {}, pairedItem: { item: 0, input: 5 } }))];
		},
	},
	/** A node that gives as many items, the other way round, and does not say where they come from. */
	turnRound: {
		inputs: 1,
		async execute() {
			const items = this.getInputData();
			return [items.map((_item, index) => ({ json: { ...json(this, index) } })).reverse()];
		},
	},
	/** A node that gives one item for all, and does not say where it comes from. */
	oneForAll: {
		inputs: 1,
		async execute() {
			return [[{ json: { ...json(this, 0) } }]];
		},
	},
	/** A Code node that says nothing of where its items come from. */
	unlink: {
		inputs: 1,
		async execute() {
			const items = this.getInputData();
			return [[...items, ...items].map(() => ({ json: {}, pairedItem: undefined }))];
		},
	},
};

/** What stands for n8n's own types; for all others, a step of somebody's own. */
const OWN_KINDS: Record<string, string> = {
	'n8n-nodes-base.merge': 'ownMerge',
	'n8n-nodes-base.splitInBatches': 'loop',
};

function nodeOf(kind: string): INodeType {
	const { inputs, outputs = 1, execute } = KINDS[kind]!;
	const description: INodeTypeDescription = {
		displayName: kind,
		name: kind,
		group: inputs === 0 ? ['trigger'] : ['transform'],
		version: 1,
		description: kind,
		defaults: { name: kind },
		inputs: Array<'main'>(inputs).fill(NodeConnectionTypes.Main),
		outputs: Array<'main'>(outputs).fill(NodeConnectionTypes.Main),
		properties: [
			{ displayName: 'Key', name: 'key', type: 'string', default: '' },
			{ displayName: 'Items', name: 'items', type: 'json', default: [] },
			{ displayName: 'JSON', name: 'json', type: 'json', default: {} },
			{ displayName: 'Mode', name: 'mode', type: 'string', default: '' },
			{ displayName: 'Combine By', name: 'combineBy', type: 'string', default: '' },
		],
	};
	return { description, execute };
}

function shipEngine(around?: Around): INodeType {
	const node = new ShipEngine();
	if (!around) return node;
	const { execute } = node;
	node.execute = async function () {
		return await around(this, async () => await execute.call(this));
	};
	return node;
}

function shipEngineTool(): INodeType {
	const node = new ShipEngine();
	const { name } = node.description;
	const outputs = [NodeConnectionTypes.AiTool];
	node.description = { ...node.description, name: `${name}Tool`, inputs: [], outputs };
	return node;
}

/** What n8n would have loaded: the node under test and the kinds above, by the name `test.<kind>`. */
export class TestNodes implements INodeTypes {
	private readonly types: Map<string, INodeType>;

	constructor(around?: Around) {
		this.types = new Map([
			[SHIP_ENGINE, shipEngine(around)],
			[SHIP_ENGINE_TOOL, shipEngineTool()],
			[FORM_TRIGGER, nodeOf('page')],
			...Object.keys(KINDS).map((kind): [string, INodeType] => [`test.${kind}`, nodeOf(kind)]),
		]);
	}

	getByName(type: string): INodeType {
		const found = this.types.get(type);
		if (found) return found;
		if (!type.startsWith('n8n-nodes-base.')) throw new Error(`No node of type ${type}`);
		const made = nodeOf(OWN_KINDS[type] ?? 'own');
		this.types.set(type, made);
		return made;
	}

	getByNameAndVersion(type: string): INodeType {
		return this.getByName(type);
	}

	getKnownTypes(): IDataObject {
		return {};
	}
}
