import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { Checklist } from './checklist';
import type { EarlierSteps } from './earlierSteps';
import { asSet, parameterOf } from './parameters';

/** An input item of a step, as its fields are read from it. */
export class Item {
	/** What is wrong with it. */
	readonly checklist = new Checklist();

	/** Masked wherever the API repeats it: a card number, a code, a password. */
	readonly secrets: string[] = [];

	constructor(
		readonly context: IExecuteFunctions,
		readonly index: number,
		readonly earlierSteps: EarlierSteps,
	) {}

	get json(): IDataObject {
		return this.context.getInputData()[this.index]!.json;
	}

	/** A parameter as it is set in the panel: an expression as its text. */
	asSet(name: string, fallback?: unknown): unknown {
		return asSet(this.context, name, fallback);
	}

	/**
	 * What a parameter is for this item.
	 *
	 * @throws what n8n throws if an expression cannot be worked out
	 */
	parameter(name: string, fallback?: unknown): unknown {
		return parameterOf(this.context, name, this.index, fallback);
	}
}
