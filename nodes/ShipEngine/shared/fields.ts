import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { Checklist } from './checklist';
import type { Run } from './run';
import { type Check, Mistake, isNothing } from './validation';

/** `carrierId` as the API spells it: `carrier_id`. */
export const snakeCase = (name: string) =>
	name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** What a field has to hold, and which step or person provides it where its default expression does not. */
export interface Expected<T> {
	check: Check<T>;
	providedBy: string;
}

/** A resource locator's value (n8n leaves `__rl` out of a default), or the parameter as it is. */
const plain = (parameter: unknown) =>
	parameter !== null && typeof parameter === 'object' && 'mode' in parameter
		? (parameter as IDataObject).value
		: parameter;

/**
 * The fields of one item, checked. A field that still has its default expression, such as
 * `={{ $json.phone }}`, takes what that does not give from the nearest earlier ShipEngine step.
 *
 * @param fields - the operation's panel, for labels and defaults
 * @param expected - what to read, by parameter name
 * @returns the checked values; undefined for each that the checklist has noted
 */
export function readFields<T extends Record<string, unknown>>(
	context: IExecuteFunctions,
	itemIndex: number,
	run: Run,
	checklist: Checklist,
	fields: INodeProperties[],
	expected: { [Name in keyof T]: Expected<T[Name]> },
): Partial<T> {
	const values: Partial<T> = {};
	const { parameters } = context.getNode();
	for (const field of fields.filter(({ name }) => name in expected)) {
		const name = field.name as keyof T & string;
		const key = snakeCase(name);
		const names = { field: key, label: field.displayName };
		const { check, providedBy } = expected[name];
		const isDefault = plain(parameters[name]) === plain(field.default);
		const own = plain(context.getNodeParameter(name, itemIndex));
		const value = isNothing(own) && isDefault ? run.earlierSteps.find(key, itemIndex) : own;
		if (isNothing(value)) {
			checklist.note(names, new Mistake('field_value_required', missing(isDefault, providedBy)));
		} else {
			values[name] = checklist.check(names, value, check);
		}
	}
	return values;
}

const missing = (isDefault: boolean, providedBy: string) =>
	isDefault
		? `is empty: neither the item nor an earlier step has it. It comes from ${providedBy}`
		: 'is empty: what it is set to gave nothing for this item';
