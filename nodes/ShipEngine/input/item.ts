import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { Checklist } from './checklist';
import type { EarlierSteps, Needed } from './earlierSteps';
import { keysOf } from './itemFields';
import { asSet, parameterOf } from './parameters';
import { Mistake } from '../values/mistakes';
import { isSame } from '../values/names';
import { isNothing } from '../values/validation';

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

	/** Of each credential that gives it a secret: its type's name, and to which API that may go. */
	readonly onlyTo: Array<{ credential: string; baseUrl: unknown }> = [];

	/** @param looksBack - whether the operation takes from earlier steps what the item does not have */
	constructor(
		readonly context: IExecuteFunctions,
		readonly index: number,
		readonly earlierSteps: EarlierSteps,
		readonly looksBack: boolean,
	) {}

	/** Whether an agent calls the step: then what it says stands in the item, which counts for nothing. */
	get isTool(): boolean {
		return this.earlierSteps.isOfTool;
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
		return collection === undefined
			? asSet(this.context, name, fallback)
			: within(asSet(this.context, collection, {}), name);
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
	 * What the item itself has under a name, in whatever spelling.
	 *
	 * @param isExact - whether only this spelling counts
	 * @returns undefined if there is no such field; a Mistake if there are several that differ
	 */
	fieldNamed(key: string, isExact = false): { name: string; value: unknown } | Mistake | undefined {
		if (this.isTool) return undefined;
		const { json } = this;
		const names = isExact ? [key].filter((name) => Object.hasOwn(json, name)) : keysOf(json, key);
		const [first, ...others] = names.map((name) => ({ name, value: json[name] }));
		const isOne = others.every(
			({ value }) =>
				(isNothing(value) && isNothing(first?.value)) || isSame(key, value, first?.value),
		);
		return isOne ? first : new Mistake('several_in_item', { key });
	}

	/**
	 * What an earlier step gives for this item; see {@link EarlierSteps.find}.
	 *
	 * @param set - what the user set in the item's place
	 */
	lookBack(needed: Omit<Needed, 'item'>, set: string[]): IDataObject | Mistake | undefined {
		if (this.isTool) return undefined;
		const item: IDataObject = {};
		for (const key of WHOSE.filter((each) => !set.includes(each))) {
			const field = this.fieldNamed(key, key === 'on_behalf_of');
			if (field instanceof Mistake) return field;
			if (field) item[key] = field.value as IDataObject[string];
		}
		return this.earlierSteps.find({ ...needed, item }, this.index);
	}
}
