import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeParameters,
} from 'n8n-workflow';

export const SHIP_ENGINE = 'n8n-nodes-shipengine.shipEngine';

/** A step of the workflow, as n8n lists it before this one. */
interface Step {
	name: string;
	type?: string;
	disabled?: boolean;
	parameters?: INodeParameters;
}

/** Where an item stands among all that a step has put out. */
interface Place {
	previousNode: string;
	previousNodeOutput: number;
	previousNodeRun: number;
	item: number;
}

/** What n8n throws where nothing links an item to a step. */
const notLinked = () => new Error('Paired item data is unavailable');

/** What it throws where several items do. */
const linkedToSeveral = () =>
	Object.assign(new Error('Multiple matching items'), {
		context: { type: 'paired_item_multiple_matches' },
	});

/** What ran before a step, with n8n's item linking: which item became which. */
export class Past {
	/** Of each step, its runs, with the items of each output. */
	private readonly outputs = new Map<string, INodeExecutionData[][][]>();

	private readonly origins = new Map<INodeExecutionData, INodeExecutionData[]>();

	private readonly steps: Step[] = [];

	/** How often n8n was asked for its data, which takes time. */
	proxies = 0;

	/** A step that is connected to this one, whether it has run or not. */
	step(name: string, more: Partial<Step> = {}): this {
		this.steps.push({ name, type: SHIP_ENGINE, ...more });
		return this;
	}

	/**
	 * An item that a step has put out.
	 *
	 * @param from - the items that it comes from
	 */
	put(
		name: string,
		json: IDataObject,
		from: INodeExecutionData[] = [],
		{ output = 0, run = 0 } = {},
	): INodeExecutionData {
		const item = { json };
		const runs = this.outputs.get(name) ?? [];
		this.outputs.set(name, runs);
		const outputs = (runs[run] ??= []);
		(outputs[output] ??= []).push(item);
		this.origins.set(item, from);
		return item;
	}

	/** What a step finds that has these items before it. */
	seenBy(input: INodeExecutionData[], name = 'This'): IExecuteFunctions {
		const proxy = {
			$: (step: string, isStrict: boolean) => {
				if (!isStrict) throw new Error('Not as n8n asks itself');
				const runs = this.outputs.get(step);
				if (!runs) throw new Error(`Node '${step}' hasn't been executed`);
				return {
					itemMatching: (index: number) => this.find(step, [input[index]!]),
					all: (output: number, run: number) => {
						const items = runs[run]?.[output];
						if (!items) throw new Error('No such output');
						return items;
					},
				};
			},
			$node: new Proxy(
				{},
				{
					get: (_target, step: string) => ({
						runIndex: (this.outputs.get(step)?.length ?? 0) - 1,
					}),
				},
			),
			$getPairedItem: (step: string, source: Place, { item }: { item: number }) => {
				const { previousNode, previousNodeRun: run, previousNodeOutput: output } = source;
				return this.find(step, [this.outputs.get(previousNode)![run]![output]![item]!]);
			},
		};
		return {
			getNode: () => ({ name, type: SHIP_ENGINE }),
			getInputData: () => input,
			getParentNodes: (of: string, { includeNodeParameters = false } = {}) =>
				of === name
					? this.steps.map(({ parameters, ...step }) => ({
							...step,
							...(includeNodeParameters && { parameters }),
						}))
					: [],
			getWorkflowDataProxy: () => {
				this.proxies += 1;
				return proxy;
			},
		} as unknown as IExecuteFunctions;
	}

	/** The item of a step from which items come. */
	private find(step: string, items: INodeExecutionData[]): INodeExecutionData {
		const own = new Set((this.outputs.get(step) ?? []).flat(2));
		const found = new Set<INodeExecutionData>();
		const rest = [...items];
		for (let item = rest.pop(); item; item = rest.pop()) {
			if (own.has(item)) found.add(item);
			else rest.push(...(this.origins.get(item) ?? []));
		}
		if (found.size > 1) throw linkedToSeveral();
		const [only] = found;
		if (!only) throw notLinked();
		return only;
	}
}
