import type { IDataObject } from 'n8n-workflow';
import { type ChainField, type ChainSource, nameOf, snakeCase } from './field';
import type { Item } from './item';
import { keyOf } from './itemFields';
import { Mistake } from '../values/mistakes';
import { isNothing } from '../values/validation';

/** What the editor shows if the item lacks the field: otherwise `undefined`, in red. */
export const FROM_EARLIER_STEP = '(from an earlier ShipEngine step)';

/** The default of a field that only the item can have. */
const fromItem = (key: string) => `={{ $json.${key} }}`;

/** The default of a field that an earlier step provides if the item lacks it. */
export const fromItemOrEarlierStep = (key: string) =>
	`={{ $json.${key} ?? '${FROM_EARLIER_STEP}' }}`;

/** Whether a parameter, as it is set, leaves it to the node to find the value. */
const isLeftToNode = (parameter: unknown, key: string) =>
	parameter === fromItem(key) || parameter === fromItemOrEarlierStep(key);

/** A resource locator's value (n8n leaves `__rl` out of a default), or the parameter as it is. */
const unwrapped = (parameter: unknown) =>
	parameter !== null && typeof parameter === 'object' && 'mode' in parameter
		? (parameter as IDataObject).value
		: parameter;

/** A field whose value the chain brings along. */
export const chainField = <T>(source: ChainSource<T>): ChainField<T> => ({
	properties: [source.property],
	chain: source,
});

/** What is known of such a field before the earlier steps are asked. */
interface Entered {
	key: string;
	/** Whether it still has its default, which leaves it to the node to find the value. */
	isDefault: boolean;
	value: unknown;
	/** The item's field of a like name, if the value was looked for there. */
	alike?: string;
}

function enteredFor(item: Item, { name }: ChainSource<unknown>['property']): Entered {
	const key = snakeCase(name);
	const isDefault = isLeftToNode(unwrapped(item.asSet(name)), key);
	const given = unwrapped(item.parameter(name));
	const entered = isDefault && given === FROM_EARLIER_STEP ? undefined : given;
	const alike = isDefault && isNothing(entered) ? keyOf(item.json, key) : undefined;
	return { key, isDefault, value: alike === undefined ? entered : item.json[alike], alike };
}

/**
 * The values of such fields of one item, checked. A field that still has its default expression, such as
 * `={{ $json.phone }}`, takes what that does not give from the item's field of a like name, or else
 * from the last earlier ShipEngine step.
 *
 * @returns undefined for each that is wrong, which is noted
 * @throws a Failure if the earlier steps give different values
 */
export function readChain<T>(
	item: Item,
	sources: { [Name in keyof T]: ChainSource<T[Name]> },
): Partial<T> {
	const names = Object.keys(sources) as Array<keyof T>;
	const all = names.map((name) => ({
		name,
		source: sources[name],
		...enteredFor(item, sources[name].property),
	}));
	const missing = all.filter(
		({ isDefault, source, value }) => isDefault && !source.isOfItem && isNothing(value),
	);
	const ids = all.filter(({ source, value }) => source.isId && !isNothing(value));
	const needed = {
		keys: missing.map(({ key }) => key),
		given: Object.fromEntries(ids.map(({ key, value }) => [key, value])) as IDataObject,
	};
	const { values: found, failedStep } =
		missing.length === 0
			? { values: {} as IDataObject, failedStep: undefined }
			: item.earlierSteps.find(needed, item.index);

	const checked: Partial<T> = {};
	for (const { name, source, ...entered } of all) {
		const { property, check, isSecret } = source;
		const isMissing = missing.some(({ key }) => key === entered.key);
		const value = isMissing ? found[entered.key] : entered.value;
		if (isNothing(value)) {
			item.checklist.note(nameOf(property), absent(source, entered, failedStep));
		} else {
			checked[name] = item.checklist.check(nameOf(property), value, check);
			if (isSecret && checked[name] !== undefined) item.secrets.push(String(checked[name]));
		}
	}
	return checked;
}

/** Why there is no value: where it was looked for, and what provides it. */
function absent(
	{ isOfItem, providedBy }: ChainSource<unknown>,
	{ key, isDefault, alike }: Entered,
	failedStep: string | undefined,
): Mistake {
	if (!isDefault) return new Mistake('no_value_for_item');
	if (failedStep !== undefined && !isOfItem) {
		return new Mistake('earlier_step_failed', { step: failedStep });
	}
	if (alike === undefined) {
		return new Mistake(isOfItem ? 'not_in_item' : 'not_in_item_or_step', { key, providedBy });
	}
	return new Mistake(isOfItem ? 'empty_in_item' : 'empty_in_item_and_step', { alike, providedBy });
}
