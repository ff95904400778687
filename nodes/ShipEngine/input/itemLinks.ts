import type { IExecuteFunctions, INodeExecutionData, IWorkflowDataProxyData } from 'n8n-workflow';

/** What an earlier step put out for an item; no `item` where n8n links it to several of that step's. */
export interface Linked {
	step: string;
	item?: INodeExecutionData;
	/** Whether n8n cannot tell, since a step between the two does not say where its items come from. */
	isLost?: boolean;
}

/** What n8n says of an error, in words of its own: what it is, and the step that is the cause. */
const saidOf = (thrown: unknown) =>
	(thrown as { context?: { type?: unknown; nodeCause?: unknown } } | null)?.context ?? {};

/** n8n's outputs of a node that can have an error output. */
const OUTPUTS = [0, 1];

/** n8n's item linking: which item of an earlier step became an item of this one. */
export class ItemLinks {
	private proxy?: IWorkflowDataProxyData;

	constructor(private readonly context: IExecuteFunctions) {}

	/** What a step put out for an item; undefined where it has not run, or nothing links the two. */
	of(step: string, itemIndex: number): Linked | undefined {
		return this.follow(step, () => this.data.$(step, true).itemMatching(itemIndex));
	}

	/** Whether something that was put out goes back to what another step had put out before. */
	isAfter({ step, item }: Linked, earlier: Linked): boolean {
		const source = item && this.placeOf(step, item);
		if (!source) return false;
		const found = this.follow(earlier.step, () =>
			this.data.$getPairedItem(earlier.step, source, { item: source.item }),
		);
		return found !== undefined && found.item === earlier.item;
	}

	/** One for all items, since to make it takes n8n longer than to use it. */
	private get data(): IWorkflowDataProxyData {
		return (this.proxy ??= this.context.getWorkflowDataProxy(0));
	}

	private follow(step: string, find: () => unknown): Linked | undefined {
		try {
			const item = find();
			return item ? { step, item: item as INodeExecutionData } : undefined;
		} catch (thrown) {
			const { type, nodeCause } = saidOf(thrown);
			if (type === 'paired_item_multiple_matches') return { step };
			// A trigger's items come from nowhere: then the item has nothing to do with that step.
			const isLost =
				type === 'paired_item_no_info' &&
				typeof nodeCause === 'string' &&
				this.context.getParentNodes(nodeCause).length > 0;
			return isLost ? { step, isLost } : undefined;
		}
	}

	/** Where an item stands among all that a step has put out. */
	private placeOf(step: string, item: INodeExecutionData) {
		for (let run = Number(this.data.$node[step].runIndex); run >= 0; run -= 1) {
			for (const output of OUTPUTS) {
				const place = this.itemsOf(step, output, run).indexOf(item);
				if (place >= 0) {
					return {
						previousNode: step,
						previousNodeOutput: output,
						previousNodeRun: run,
						item: place,
					};
				}
			}
		}
		return undefined;
	}

	private itemsOf(step: string, output: number, run: number): INodeExecutionData[] {
		try {
			return this.data.$(step, true).all(output, run) as INodeExecutionData[];
		} catch {
			// It has no such output.
			return [];
		}
	}
}
