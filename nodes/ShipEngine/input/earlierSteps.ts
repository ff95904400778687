import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeParameters,
} from 'n8n-workflow';
import { ItemHistory, type Origin, Unlinked } from './itemHistory';
import { isErrorItem } from './itemFields';
import { Mistake } from '../values/mistakes';
import { isSame } from '../values/names';
import { isToolType } from '../values/tool';
import { isNothing } from '../values/validation';

/** What a request lacks, and what is known of it: by names such as `carrier_id`. */
export interface Needed {
	/** What an earlier step has to provide, all of it. */
	keys: string[];
	/** What is set, and what else the item has of a request's values. */
	known: IDataObject;
	/** What the item says of whose it is. */
	item: IDataObject;
}

/** What a step puts out, and what of it no older step can stand for. */
export interface StepOutput {
	does: string;
	makes: string[];
	output: object;
	isOfPartner?: boolean;
}

/** What a step of this package has put out for an item. */
export interface Passed {
	type: string;
	/** What its operation does; undefined for the trigger. */
	does?: string;
	/** The number of the output. */
	output: number;
	json: IDataObject;
}

const packageOf = (type: string) => type.replace(/\.[^.]*$/, '');

/** The output of a step in which all was found, or why there is none. */
type Answer = { from: string; values: IDataObject } | Mistake;

/** What names an account. Where two have it, they are of the same one only if it is the same. */
const NAMES = ['carrier_id', 'on_behalf_of', 'external_account_id', 'nickname'];

/** Of these and a verification's, those that the API gives, each once. */
const FROM_API = ['carrier_id', 'verification_id'];

/** Of so many items it is found out whether all were made of the same one. */
const MOST_ALIKE = 20;

/** The ShipEngine steps before this one, asked for what they put out for the same item. */
export class EarlierSteps {
	/** Whether the step is a tool of an agent: then there are none. */
	readonly isOfTool: boolean;

	private readonly history: ItemHistory;

	private readonly self: string;

	private readonly type: string;

	private readonly outputs = new Map<string, INodeExecutionData[]>();

	/** @param outputOf - what a step of such parameters puts out */
	constructor(
		context: IExecuteFunctions,
		private readonly outputOf: (parameters: INodeParameters) => StepOutput | undefined,
	) {
		this.history = new ItemHistory(context);
		const { name, type } = context.getNode();
		this.self = name;
		this.type = type;
		this.isOfTool = isToolType(type);
	}

	/**
	 * What a request lacks, from the last step that knows all of it for this item, and that is about the same
	 * account and person as the item. It holds where a Form, Wait or Set step replaced the item.
	 *
	 * @returns the step's whole output; undefined if there is none, a Mistake if that is not certain
	 */
	find(needed: Needed, itemIndex: number): IDataObject | Mistake | undefined {
		const others: Mistake[] = [];
		const answers = this.follow(this.history.of(itemIndex), needed, others);
		const wrong = answers.find((answer) => answer instanceof Mistake);
		if (wrong) return wrong;
		const [first, ...more] = answers as Array<Exclude<Answer, Mistake>>;
		if (!first) return others[0];
		const second = more.find(({ values }) => !saysTheSame(needed.keys, values, first.values));
		return second
			? new Mistake('ambiguous_value', { first: first.from, second: second.from })
			: first.values;
	}

	/**
	 * What steps of this package have put out on the way to an item, the nearest first. Where n8n does not
	 * know the way, that of a step which has put out one item only.
	 */
	wayTo(itemIndex: number): Passed[] {
		const { origins, isWhole } = this.history.wayTo(itemIndex);
		const others = isWhole ? [] : [...this.history.steps.keys()].flatMap((step) => this.only(step));
		return [...origins, ...others].flatMap(({ step, output, item }) => {
			const { type, disabled } = this.history.steps.get(step) ?? {};
			if (disabled || type === undefined || packageOf(type) !== packageOf(this.type)) return [];
			const does = type === this.type ? this.operationOf(step)?.does : undefined;
			return [{ type, does, output, json: item.json }];
		});
	}

	/** The item of a step that has put out no other. */
	private only(step: string): Array<Pick<Origin, 'step' | 'output' | 'item'>> {
		const [one, ...more] = this.history.placesOfAll(step);
		return one && more.length === 0 ? [one] : [];
	}

	/** The nearest step before this one that puts out a value of such a name: an expression can ask it. */
	nearest(key: string): string | undefined {
		return [...this.history.steps.values()].find(({ name, parameters = {} }) => {
			const isAnother = this.isOwn(name) && name !== this.self;
			const { output = {} } = (isAnother && this.outputOf(parameters)) || {};
			return key in output || `${key}?` in output;
		})?.name;
	}

	/** The nearest step before this one that would make a value of such a name, and is disabled. */
	disabled(key: string): string | undefined {
		return [...this.history.steps.values()].find(
			({ type, disabled, parameters = {} }) =>
				type === this.type && disabled && this.outputOf(parameters)?.makes.includes(key),
		)?.name;
	}

	/** A step before this one that only partners have, also if it is disabled. */
	ofPartner(): string | undefined {
		return [...this.history.steps.values()].find(
			({ type, parameters = {} }) => type === this.type && this.outputOf(parameters)?.isOfPartner,
		)?.name;
	}

	/**
	 * What the steps on the way to an item say, the nearest on each way.
	 *
	 * @param others - gets the Mistake for each step that knows all, but of something else
	 * @param nearer - the steps on the way that know a part
	 */
	private follow(
		origin: Origin | Unlinked,
		needed: Needed,
		others: Mistake[],
		nearer: Origin[] = [],
	): Answer[] {
		if (origin instanceof Unlinked) return [unlinked(origin, needed)];
		const isOwn = this.isOwn(origin.step);
		const answer = isOwn ? this.answerOf(origin, needed, others, nearer) : undefined;
		if (answer) return [answer];
		const before = this.history.before(origin);
		if (before instanceof Unlinked) return [unlinked(before, needed)];
		const known = isOwn ? [...nearer, origin] : nearer;
		const { items, among = [] } = before;
		const one = among.length <= MOST_ALIKE ? this.onlyAnswer(among, needed, known) : undefined;
		return one ? [one] : items.flatMap((each) => this.follow(each, needed, others, known));
	}

	/** The answer that is the same for each of some items: then it does not matter which of them it is. */
	private onlyAnswer(items: Origin[], needed: Needed, nearer: Origin[]): Answer | undefined {
		const all = items.map((item) => this.follow(item, needed, [], nearer));
		const [first] = all[0] ?? [];
		if (first === undefined || first instanceof Mistake) return undefined;
		const isSame = ([answer, ...more]: Answer[]) =>
			answer !== undefined &&
			!(answer instanceof Mistake) &&
			more.length === 0 &&
			answer.values === first.values;
		return all.every(isSame) ? first : undefined;
	}

	private isOwn(step: string): boolean {
		const { type, disabled } = this.history.steps.get(step) ?? {};
		return type === this.type && !disabled;
	}

	/** What a step says for an item; undefined if that is nothing, or of something else. */
	private answerOf(
		origin: Origin,
		needed: Needed,
		others: Mistake[],
		nearer: Origin[],
	): Answer | undefined {
		const { step, item, guessedAt } = origin;
		const { keys } = needed;
		const { makes = [] } = this.operationOf(step) ?? {};
		const made = makes.filter((key) => keys.includes(key));
		const failed = new Mistake('earlier_step_failed', { step });
		if (isErrorItem(item.json)) {
			const isOfOther = conflict(item.json.error as IDataObject, needed, NAMES) !== undefined;
			return made.length > 0 && !isOfOther ? failed : undefined;
		}
		// n8n puts out an empty item for a step that failed, if it is set to always put out one.
		if (made.some((key) => isNothing(item.json[key]))) return failed;
		if (keys.some((key) => isNothing(item.json[key]))) return undefined;

		const other = conflict(item.json, needed, guessedAt ? [...NAMES, 'email'] : NAMES);
		if (other !== undefined) {
			others.push(new Mistake('other_in_item', { step, key: other }));
			return undefined;
		}
		const first = nearer.find((each) => isOfOther(each.item.json, item.json, keys));
		if (first) return new Mistake('ambiguous_value', { first: first.step, second: step });
		return guessedAt === undefined || this.isProven(origin, needed)
			? { from: step, values: item.json }
			: new Mistake('item_link_guessed', { step: guessedAt, key: keys[0]! });
	}

	/** Whether a name on both sides picks out this output among all of that step, and no other has it. */
	private isProven({ step, item }: Origin, { known, item: own }: Needed): boolean {
		const said: IDataObject = { ...own, ...known };
		return [...NAMES, 'verification_id'].some((name) => {
			const value = item.json[name];
			if (isNothing(value) || isNothing(said[name]) || !isSame(name, value, said[name]))
				return false;
			const isOnly = this.outputsOf(step).every(
				({ json }) => json === item.json || !isSame(name, json[name], value),
			);
			return isOnly && (FROM_API.includes(name) || this.isOfNoOther(name, item.json));
		});
	}

	/**
	 * Whether no other account has a name that people give; one whose step failed might have had it. A
	 * nickname is one account's only among those of one sub-account.
	 */
	private isOfNoOther(name: string, output: IDataObject): boolean {
		const { carrier_id: carrier } = output;
		if (name === 'nickname' && !isNothing(output.on_behalf_of)) return false;
		return [...this.history.steps.keys()]
			.filter((step) => this.isOwn(step))
			.every((step) => {
				const makesAccount = this.operationOf(step)?.makes.includes('carrier_id') === true;
				return this.outputsOf(step).every(({ json }) =>
					isErrorItem(json)
						? !makesAccount
						: !isSame(name, json[name], output[name]) ||
							isNothing(json.carrier_id) ||
							isSame('carrier_id', json.carrier_id, carrier),
				);
			});
	}

	private outputsOf(step: string): INodeExecutionData[] {
		const known = this.outputs.get(step) ?? this.history.everyItemOf(step);
		this.outputs.set(step, known);
		return known;
	}

	private operationOf(step: string): StepOutput | undefined {
		return this.outputOf(this.history.steps.get(step)?.parameters ?? {});
	}
}

/** Whether a step on the way is about another carrier. A verification names its own. */
const isOfOther = (nearer: IDataObject, found: IDataObject, keys: string[]) =>
	keys.includes('carrier_id') &&
	!keys.includes('verification_id') &&
	!isNothing(nearer.carrier_id) &&
	!isSame('carrier_id', nearer.carrier_id, found.carrier_id);

const unlinked = ({ code, step }: Unlinked, { keys: [key = ''] }: Needed) =>
	new Mistake(code, { step, key });

/** The name under which a step's output has another value than the item or what is set. */
const conflict = (output: IDataObject, { known, item }: Needed, names: string[]) => {
	const said: IDataObject = { ...item, ...known };
	return [...new Set([...Object.keys(known), ...names, 'phone'])].find(
		(name) =>
			!isNothing(said[name]) && !isNothing(output[name]) && !isSame(name, said[name], output[name]),
	);
};

const saysTheSame = (keys: string[], one: IDataObject, other: IDataObject) =>
	keys.every((key) => isSame(key, one[key], other[key]));
