import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { Checklist } from './checklist';
import type { EarlierSteps, Needed } from './earlierSteps';
import { keyOf } from './itemFields';
import { asSet, parameterOf } from './parameters';
import type { Mistake } from '../values/mistakes';

/** What an item may say of whose it is. */
const WHOSE = [
	...['carrier_id', 'verification_id', 'on_behalf_of', 'external_account_id'],
	...['nickname', 'email', 'phone'],
];

/** What an object has under a name, if it is one. */
const within = (parameter: unknown, name: string) => (parameter as IDataObject | undefined)?.[name];

/** An input item of a step, as its fields are read from it. */
export class Item {
	/** What is wrong with it. */
	readonly checklist = new Checklist();

	/** Masked wherever the API repeats it: a card number, a code, a password. */
	readonly secrets: string[] = [];

	/** Whether an agent calls the step: then what it says stands in the item, which counts for nothing. */
	readonly isTool: boolean;

	/** @param looksBack - whether the operation takes from earlier steps what the item does not have */
	constructor(
		readonly context: IExecuteFunctions,
		readonly index: number,
		readonly earlierSteps: EarlierSteps,
		readonly looksBack: boolean,
	) {
		// n8n gives a node that is a tool a type of its own; `isToolExecution()` is false in Agent V3 (read).
		this.isTool = context.getNode().type.endsWith('Tool');
	}

	get json(): IDataObject {
		return this.context.getInputData()[this.index]!.json;
	}

	/**
	 * A parameter as it is set in the panel: an expression as its text.
	 *
	 * @param collection - the parameter in which it stands, such as `options`
	 */
	asSet(name: string, fallback?: unknown, collection?: string): unknown {
		if (collection === undefined) return asSet(this.context, name, fallback);
		const all = asSet(this.context, collection, {});
		// A whole collection can be an expression, in a workflow that was written by hand.
		return typeof all === 'string' ? this.parameter(name, fallback, collection) : within(all, name);
	}

	/**
	 * What a parameter is for this item.
	 *
	 * @param collection - the parameter in which it stands, such as `options`
	 * @throws what n8n throws if an expression cannot be worked out
	 */
	parameter(name: string, fallback?: unknown, collection?: string): unknown {
		return collection === undefined
			? parameterOf(this.context, name, this.index, fallback)
			: within(parameterOf(this.context, collection, this.index, {}), name);
	}

	/**
	 * The key of the item's own field of a name, in whatever spelling.
	 *
	 * @param isExact - whether only this spelling counts
	 */
	fieldNamed(key: string, isExact = false): string | undefined {
		if (this.isTool) return undefined;
		return isExact ? [key].find((each) => Object.hasOwn(this.json, each)) : keyOf(this.json, key);
	}

	/** What an earlier step gives for this item; see {@link EarlierSteps.find}. */
	lookBack(needed: Omit<Needed, 'item'>): IDataObject | Mistake | undefined {
		if (this.isTool) return undefined;
		const whose = WHOSE.flatMap((key) => {
			const found = this.fieldNamed(key, key === 'on_behalf_of');
			return found === undefined ? [] : [[key, this.json[found]] as const];
		});
		return this.earlierSteps.find({ ...needed, item: Object.fromEntries(whose) }, this.index);
	}
}
