import type { IDataObject, IExecuteFunctions, INodeParameters } from 'n8n-workflow';
import { Failure } from '../failures/failure';
import { ItemLinks, type Linked } from './itemLinks';
import { isNothing } from '../values/validation';

/** Which values a step needs, by their names in outputs such as `carrier_id`. */
export interface Needed {
	/** Those that an earlier step has to provide. */
	keys: string[];
	/** IDs that are given already: nothing is taken from a step that is about others. */
	given: IDataObject;
	/** Whether the step would go on without them, so that a link that n8n has lost would not be noticed. */
	isOptional?: boolean;
}

/** The values of one step, or the step that should have provided them and failed. */
export interface Found {
	values: IDataObject;
	failedStep?: string;
}

/** What a step put out for an item, and what of it counts. */
interface StepOutput extends Linked {
	values: IDataObject;
	/** Whether the step failed for this item; what it would have made anew is then nowhere. */
	hasFailed: boolean;
}

/** The trigger of the same package as a node of a type such as `n8n-nodes-shipengine.shipEngine`. */
const triggerBeside = (type: string) => type.replace(/\.[^.]*$/, '.stampsRegistrationFormTrigger');

/** The ShipEngine steps before this one, asked for what they put out for the same item. */
export class EarlierSteps {
	private readonly links: ItemLinks;

	private readonly steps: Array<{ name: string; makes: string[] }>;

	/** @param makesOf - what a step of such parameters makes anew, so that older values no longer count */
	constructor(context: IExecuteFunctions, makesOf: (parameters: INodeParameters) => string[]) {
		const { name: self, type } = context.getNode();
		this.links = new ItemLinks(context);
		this.steps = context
			.getParentNodes(self, { includeNodeParameters: true })
			.filter((step) => step.type === type || step.type === triggerBeside(type))
			.filter((step) => step.name !== self && !step.disabled)
			.map((step) => ({
				name: step.name,
				// The package's trigger makes nothing anew.
				makes: step.type === type ? makesOf(step.parameters ?? {}) : [],
			}));
	}

	/**
	 * The values of the last earlier step that knows them for this item, by n8n's item linking. It
	 * holds where a Form, Wait or Set node between the two steps replaced the item. All of them come
	 * from one step, so that a verification goes with the carrier it was sent for.
	 *
	 * @throws {@link Failure} where the item is linked to several items of a step, and where steps of
	 * which none came after the other know different values
	 */
	find(needed: Needed, itemIndex: number): Found {
		const { keys } = needed;
		const outputs = this.steps.flatMap((step) => this.outputs(step, itemIndex, needed));
		const complete = outputs.filter(
			({ item, hasFailed, values }) =>
				!item || hasFailed || keys.every((key) => !isNothing(values[key])),
		);
		// Where no step knows all of them, the item fails; then it is told which of them are missing.
		const last = this.lastOf(complete.length > 0 ? complete : outputs, keys);
		if (!last) return { values: {} };
		if (!last.item) throw last.isLost ? lostLink(last.step, keys) : severalItems(last.step, keys);
		return last.hasFailed ? { values: {}, failedStep: last.step } : { values: last.values };
	}

	/** What an earlier step put out for this item that is about something; undefined where none is. */
	about(id: IDataObject, itemIndex: number): IDataObject | undefined {
		const keys = Object.keys(id);
		const outputs = this.steps
			.flatMap((step) => this.outputs(step, itemIndex, { keys, given: id }))
			.filter(({ item, hasFailed }) => item && !hasFailed);
		return this.lastOf(outputs, keys)?.values;
	}

	/** What a step put out for the item, if it has to do with what is needed. */
	private outputs(
		{ name, makes }: { name: string; makes: string[] },
		itemIndex: number,
		{ keys, given, isOptional }: Needed,
	): StepOutput[] {
		const linked = this.links.of(name, itemIndex);
		const makesNeeded = makes.some((key) => keys.includes(key));
		if (!linked?.item) {
			const counts = linked && makesNeeded && (!linked.isLost || isOptional);
			return counts ? [{ ...linked, values: {}, hasFailed: false }] : [];
		}
		const { json } = linked.item;
		const hasFailed = json.error !== null && typeof json.error === 'object';
		const values = hasFailed ? (json.error as IDataObject) : named(json);
		const isAboutOthers = Object.entries(given).some(
			([key, id]) => values[key] !== id && !(hasFailed && isNothing(values[key])),
		);
		const isNeeded = hasFailed ? makesNeeded : keys.some((key) => !isNothing(values[key]));
		return isNeeded && !isAboutOthers ? [{ ...linked, values, hasFailed }] : [];
	}

	/** The output that came after all others that say something else. */
	private lastOf(outputs: StepOutput[], keys: string[]): StepOutput | undefined {
		const last = outputs.find((output) =>
			outputs.every(
				(other) => saysTheSame(output, other, keys) || this.links.isAfter(output, other),
			),
		);
		if (last || outputs.length === 0) return last;
		const several = outputs.find(({ item }) => !item);
		if (several) return several;
		const [first, ...others] = outputs;
		throw ambiguous(first!, others.find((other) => !saysTheSame(first!, other, keys))!, keys);
	}
}

/** A sub-account is named by its own `account_id`; later steps act on behalf of it. */
const named = (json: IDataObject): IDataObject =>
	isNothing(json.account_id) ? json : { on_behalf_of: json.account_id, ...json };

const saysTheSame = (one: StepOutput, other: StepOutput, keys: string[]) =>
	one.hasFailed === other.hasFailed && keys.every((key) => one.values[key] === other.values[key]);

function ambiguous(
	{ step: first }: StepOutput,
	{ step: second }: StepOutput,
	keys: string[],
): Failure {
	const [key = ''] = keys;
	const message = `'${first}' and '${second}' both lead here and gave different values of ${key}`;
	return new Failure({
		message,
		description: `Nothing was sent. Choose one: set the field with an expression such as {{ $('${first}').item.json.${key} }}.`,
		reasons: [{ code: 'ambiguous_value', field: key, message }],
	});
}

function lostLink(step: string, [key = '']: string[]): Failure {
	const message = `n8n does not know which item of '${step}' this item comes from`;
	return new Failure({
		message,
		description: `Nothing was sent. A step between the two, for example a Code step, does not say where its items come from. Make it return 'pairedItem', or set the field for ${key} with an expression.`,
		reasons: [{ code: 'item_link_lost', field: key, message }],
	});
}

function severalItems(step: string, keys: string[]): Failure {
	const [key = ''] = keys;
	const message = `This item comes from several items of '${step}', which have different values of ${key}`;
	return new Failure({
		message,
		description: `Nothing was sent. Let each item of '${step}' come here by itself, or set the field with an expression.`,
		reasons: [{ code: 'several_items', field: key, message }],
	});
}
