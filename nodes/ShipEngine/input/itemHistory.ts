import type {
	IExecuteFunctions,
	INodeExecutionData,
	IPairedItemData,
	ISourceData,
	IWorkflowDataProxyData,
	NodeTypeAndVersion,
} from 'n8n-workflow';
import { isMadeUp } from './madeUpLinks';

/** An item that an item was made of, and where it was put out. */
export interface Origin {
	step: string;
	run: number;
	output: number;
	/** Its place among all that the step put out there. */
	index: number;
	item: INodeExecutionData;
	/** The first step on the way from it whose links n8n may have made up. */
	guessedAt?: string;
}

/** The items that an item was made of. */
export interface Before {
	items: Origin[];
	/** Where that is a guess: all the items of which it may be made. */
	among?: Origin[];
}

/** That n8n does not know which item an item was made of. */
export class Unlinked {
	constructor(
		readonly code: 'item_link_lost' | 'several_items',
		/** The step that does not say it, or that made one item of several. */
		readonly step: string,
	) {}
}

/** More outputs than any step has of which one item was made. */
const MOST_OUTPUTS = 50;

/** The items of which each link of an item says that it was made. */
const linksOf = ({ pairedItem }: INodeExecutionData): IPairedItemData[] =>
	(pairedItem === undefined ? [] : [pairedItem].flat()).map((link) =>
		typeof link === 'number' ? { item: link } : link,
	);

/** What n8n puts out for a step that has nothing to put out, and is set to always put out something. */
const isPlaceholder = ({ json, pairedItem }: INodeExecutionData) =>
	Object.keys(json).length === 0 &&
	Array.isArray(pairedItem) &&
	pairedItem.every((link) => typeof link === 'object' && link.input === 0);

/** What n8n says of an error: whether it found several items. */
const foundSeveral = (thrown: unknown) =>
	(thrown as { context?: { type?: unknown } } | null)?.context?.type ===
	'paired_item_multiple_matches';

/** Which items an item was made of, one step after another, by n8n's item linking. */
export class ItemHistory {
	private proxy?: IWorkflowDataProxyData;

	/** The steps before this one, by name; in a loop, it is one of them itself. */
	readonly steps: ReadonlyMap<string, NodeTypeAndVersion>;

	private readonly ownType: string;

	private readonly parents = new Map<string, NodeTypeAndVersion[]>();

	constructor(private readonly context: IExecuteFunctions) {
		const { name, type, typeVersion, parameters } = context.getNode();
		this.ownType = type;
		const before = context.getParentNodes(name, { includeNodeParameters: true });
		const self = { name, type, typeVersion, parameters, disabled: false };
		this.steps = new Map([...before, self].map((step) => [step.name, step]));
	}

	/** An item of this step, where the step before put it out. */
	of(itemIndex: number): Origin | Unlinked {
		const source = this.inputSource();
		if (!source) return new Unlinked('item_link_lost', this.context.getNode().name);
		const { previousNode: step, previousNodeRun: run = 0, previousNodeOutput: output = 0 } = source;
		const item = this.itemsOf(step, run, output)?.[itemIndex];
		if (!item) return new Unlinked('item_link_lost', step);
		return { step, run, output, index: itemIndex, item };
	}

	/** The items that an item was made of: one, or one of each input of a Merge; none where it began. */
	before(origin: Origin): Before | Unlinked {
		const parents = this.parentsOf(origin.step);
		if (parents.length === 0) return { items: [] };
		if (isPlaceholder(origin.item)) return new Unlinked('item_link_lost', origin.step);
		const links = linksOf(origin.item);
		const asked = parents.map(({ name }) => ({ name, item: this.ask(name, origin) }));
		if (asked.some(({ item }) => item === 'several')) {
			return new Unlinked('several_items', origin.step);
		}
		const found = asked.flatMap(({ name, item }) =>
			item === undefined || item === 'several' ? [] : this.placesOf(name, item, links),
		);
		const inputs = new Set(links.map(({ item, input = 0 }) => `${input}:${item}`));
		if (inputs.size === 0 || found.length < inputs.size) {
			return new Unlinked('item_link_lost', origin.step);
		}
		// A step may lead here in two ways: then the item that came later is the one of this link.
		const direct =
			found.length === inputs.size
				? found
				: found.filter((each) =>
						found.every((other) => other === each || !this.goesBackTo(other, each)),
					);
		const { guessedAt } = origin;
		if (!this.isGuess(origin, direct)) {
			return { items: direct.map((each) => ({ ...each, guessedAt })) };
		}
		const items = direct.map((each) => ({ ...each, guessedAt: guessedAt ?? origin.step }));
		const [only, ...others] = direct;
		if (!only || others.length > 0) return { items };
		const all = this.itemsOf(only.step, only.run, only.output) ?? [];
		return { items, among: all.map((item, index) => ({ ...only, item, index, guessedAt })) };
	}

	/**
	 * All items on the way to an item of this step, the nearest first.
	 *
	 * @returns `isWhole` says whether n8n knows the whole way
	 */
	wayTo(itemIndex: number): { origins: Origin[]; isWhole: boolean } {
		const origins: Origin[] = [];
		let isWhole = true;
		let next: Array<Origin | Unlinked> = [this.of(itemIndex)];
		while (next.length > 0) {
			// A guess says nothing of whose an item is.
			const found = next.filter(
				(each): each is Origin => !(each instanceof Unlinked) && each.guessedAt === undefined,
			);
			isWhole &&= found.length === next.length;
			const isNew = ({ item }: Origin) => origins.every((known) => known.item !== item);
			const fresh = found.filter(isNew);
			origins.push(...fresh);
			next = fresh.flatMap((each): Array<Origin | Unlinked> => {
				const before = this.before(each);
				return before instanceof Unlinked ? [before] : before.items;
			});
		}
		return { origins, isWhole };
	}

	/** Every item that a step has put out so far. */
	everyItemOf(step: string): INodeExecutionData[] {
		return this.placesOfAll(step).map(({ item }) => item);
	}

	/** The same, with where each was put out. */
	placesOfAll(step: string): Origin[] {
		const all: Origin[] = [];
		for (let run = this.lastRunOf(step); run >= 0; run -= 1) {
			for (let output = 0, items; (items = this.itemsOf(step, run, output)); output += 1) {
				all.push(...items.map((item, index) => ({ step, run, output, index, item })));
			}
		}
		return all;
	}

	/** Where the step's input comes from; undefined where n8n was given it in another way. */
	private inputSource(): ISourceData | undefined {
		try {
			return this.context.getInputSourceData();
		} catch {
			return undefined;
		}
	}

	/** Where a step put out an item to which there is a link; nothing if it came there in another way. */
	private placesOf(step: string, item: INodeExecutionData, links: IPairedItemData[]): Origin[] {
		for (let run = this.lastRunOf(step); run >= 0; run -= 1) {
			for (let output = 0; output < MOST_OUTPUTS; output += 1) {
				const items = this.itemsOf(step, run, output);
				if (!items) break;
				const link = links.find((each) => items[each.item] === item);
				if (link) return [{ step, run, output, index: link.item, item }];
			}
		}
		return [];
	}

	/** What n8n's own linking gives; undefined if the two have nothing to do with each other, or it cannot tell. */
	private ask(
		step: string,
		{ step: previousNode, run, output, index }: Origin,
	): INodeExecutionData | 'several' | undefined {
		const source = { previousNode, previousNodeRun: run, previousNodeOutput: output };
		try {
			return this.data.$getPairedItem(step, source, { item: index }) as
				| INodeExecutionData
				| undefined;
		} catch (thrown) {
			return foundSeveral(thrown) ? 'several' : undefined;
		}
	}

	private goesBackTo(later: Origin, earlier: Origin): boolean {
		return this.ask(earlier.step, later) === earlier.item;
	}

	/** Whether it is a guess that an item was made of these. */
	private isGuess({ step, run, output, item, index }: Origin, before: Origin[]): boolean {
		const count = (at: Pick<Origin, 'step' | 'run' | 'output'>) =>
			this.itemsOf(at.step, at.run, at.output)?.length ?? 0;
		const takes = Math.max(...before.map(count));
		const { type, parameters = {}, disabled } = this.steps.get(step)!;
		// A ShipEngine step says it of every item.
		if (disabled || takes <= 1 || type === this.ownType) return false;
		const puts = count({ step, run, output });
		const isBranching = this.itemsOf(step, run, 1) !== undefined;
		const { pairedItem } = item;
		return isMadeUp({ type, parameters, pairedItem, index, puts, takes, isBranching });
	}

	private parentsOf(step: string): NodeTypeAndVersion[] {
		const known = this.parents.get(step);
		if (known) return known;
		// n8n 2.8 names a step once for each of its outputs that lead here.
		const named = this.context.getParentNodes(step, { depth: 1 });
		const parents = [...new Map(named.map((parent) => [parent.name, parent])).values()];
		this.parents.set(step, parents);
		return parents;
	}

	private lastRunOf(step: string): number {
		return Number(this.data.$node[step].runIndex);
	}

	/** What a step put out; undefined where it has no such run or output. */
	private itemsOf(step: string, run: number, output: number): INodeExecutionData[] | undefined {
		try {
			return this.data.$(step, true).all(output, run) as INodeExecutionData[];
		} catch {
			return undefined;
		}
	}

	/** One for all items, since to make it takes n8n longer than to use it. */
	private get data(): IWorkflowDataProxyData {
		return (this.proxy ??= this.context.getWorkflowDataProxy(0));
	}
}
