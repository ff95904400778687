import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Checklist } from './checklist';
import { FROM_EARLIER_STEP, isLeftToNode } from './defaults';
import type { EarlierSteps } from './earlierSteps';
import { keyOf } from './itemFields';
import { asSet, parameterOf } from './parameters';
import { type Check, Mistake, isNothing } from '../values/validation';

/** `carrierId` as the API spells it: `carrier_id`. */
export const snakeCase = (name: string) =>
	name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** A field of a step: how the panel shows it, what it has to hold, and who provides that. */
export interface StepField<T> {
	property: INodeProperties;
	check: Check<T>;
	/** The step that provides it, or the person. */
	providedBy: string;
	/** Whether no earlier step can provide it. */
	isOfItem?: boolean;
	/** Whether it says what the request is about: then what an earlier step provides has to be about it too. */
	isId?: boolean;
}

/** A resource locator's value (n8n leaves `__rl` out of a default), or the parameter as it is. */
const plain = (parameter: unknown) =>
	parameter !== null && typeof parameter === 'object' && 'mode' in parameter
		? (parameter as IDataObject).value
		: parameter;

/** The fields as the panel shows them. */
export const propertiesOf = (fields: Record<string, StepField<unknown>>): INodeProperties[] =>
	Object.values(fields).map(({ property }) => property);

/**
 * The fields of one item, checked. A field that still has its default expression, such as
 * `={{ $json.phone }}`, takes what that does not give from the item's field of a like name, or else
 * from the last earlier ShipEngine step.
 *
 * @param fields - each under the name of its parameter
 * @returns the checked values, by the fields' names; undefined for each that the checklist has noted
 */
export function readFields<T extends Record<string, unknown>>(
	context: IExecuteFunctions,
	itemIndex: number,
	earlierSteps: EarlierSteps,
	checklist: Checklist,
	fields: { [Name in keyof T]: StepField<T[Name]> },
): Partial<T> {
	const item = context.getInputData()[itemIndex]!.json;
	const all = Object.keys(fields).map((name) => {
		const key = snakeCase(name);
		const isDefault = isLeftToNode(plain(asSet(context, name)), key);
		const given = plain(parameterOf(context, name, itemIndex));
		const entered = isDefault && given === FROM_EARLIER_STEP ? undefined : given;
		const alike = isDefault && isNothing(entered) ? keyOf(item, key) : undefined;
		const value = alike === undefined ? entered : item[alike];
		return { name, key, isDefault, value, alike, ...fields[name as keyof T] };
	});

	const missing = all.filter(
		({ isDefault, isOfItem, value }) => isDefault && !isOfItem && isNothing(value),
	);
	const ids = all.filter(({ isId, value }) => isId && !isNothing(value));
	const { values: found, failedStep } =
		missing.length === 0
			? { values: {} as IDataObject, failedStep: undefined }
			: earlierSteps.find(
					{
						keys: missing.map(({ key }) => key),
						given: Object.fromEntries(ids.map(({ key, value }) => [key, value])) as IDataObject,
					},
					itemIndex,
				);

	const checked: Partial<T> = {};
	for (const each of all) {
		const { name, property, key, isDefault, check, isOfItem, ...given } = each;
		const field = { field: key, label: property.displayName };
		const value = isNothing(given.value) && isDefault && !isOfItem ? found[key] : given.value;
		if (isNothing(value)) {
			const says = isDefault ? absent(each, failedStep) : GAVE_NOTHING;
			checklist.note(field, new Mistake('field_value_required', says));
		} else {
			checked[name as keyof T] = checklist.check(field, value, check);
		}
	}
	return checked;
}

/** A field for which there is no value. */
type AbsentField = Pick<StepField<unknown>, 'isOfItem' | 'providedBy'> & {
	key: string;
	/** The item's field of a like name, if there is one. */
	alike?: string;
};

const GAVE_NOTHING = 'is empty: what it is set to gave nothing for this item';

/** What is said of a field that was left to the node: where it was looked for, and what provides it. */
function absent(
	{ key, alike, isOfItem, providedBy }: AbsentField,
	failedStep: string | undefined,
): string {
	if (failedStep !== undefined && !isOfItem)
		return `is empty: '${failedStep}' failed for this item`;
	const inItem =
		alike === undefined
			? `the item has no field '${key}'`
			: `the item's field '${alike}' has nothing in it`;
	const nowhere = isOfItem ? inItem : `${inItem}, and no earlier step gave one for it`;
	return `is empty: ${nowhere}. It comes from ${providedBy}`;
}
