import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { type ChainField, type ChainSource, keyIn, nameOf } from './field';
import { inSteps, inTools } from './tools';
import type { Item } from './item';
import { Mistake } from '../values/mistakes';
import { isErrorItem } from './itemFields';
import { isNothing } from '../values/validation';

/** A field whose value the chain brings along. */
export const chainField = <T>(chain: ChainSource<T>): ChainField<T> => ({ chain });

/**
 * What the panel shows of such a field, which is empty at first: so that what stands in it is the user's.
 *
 * @param looksBack - whether the operation takes values from earlier steps
 */
export function chainProperty(
	source: ChainSource<unknown>,
	looksBack: boolean = false,
): INodeProperties {
	const hint =
		looksBack && !source.isOfItem
			? 'Empty: from the item, or from an earlier ShipEngine step'
			: `Empty: the item's '${keyIn(source)}'`;
	return { ...source.property, hint };
}

/** The same, and what a tool of an agent shows, which takes nothing from items or steps. */
export const chainProperties = (
	source: ChainSource<unknown>,
	looksBack?: boolean,
): INodeProperties[] => [
	inSteps(chainProperty(source, looksBack)),
	inTools({ ...source.property, hint: 'Set it, or let the model define it' }),
];

/** A resource locator's value (n8n leaves `__rl` out of a default), or the parameter as it is. */
const unwrapped = (parameter: unknown) =>
	parameter !== null && typeof parameter === 'object' && 'mode' in parameter
		? (parameter as IDataObject).value
		: parameter;

/** Whether nothing was set: also if an expression was begun, and nothing put into it. */
export const isLeftEmpty = (parameter: unknown) => isNothing(parameter) || parameter === '=';

/** What is known of such a field before the earlier steps are asked. */
interface Entered {
	/** Whether the user set it: then it is used, or the item fails. */
	isSet: boolean;
	value: unknown;
	/** The item's field of that name, if it was not set. */
	inItem?: string;
	/** Why the item's own value is none. */
	wrong?: Mistake;
}

function enteredFor(item: Item, source: ChainSource<unknown>): Entered {
	if (!isLeftEmpty(unwrapped(item.asSet(source.property.name, undefined, source.within)))) {
		const given = item.parameter(source.property.name, undefined, source.within);
		return { isSet: true, value: unwrapped(given) };
	}
	const field = item.fieldNamed(keyIn(source), source.isExact);
	return field instanceof Mistake
		? { isSet: false, value: undefined, wrong: field }
		: { isSet: false, inItem: field?.name, value: field?.value };
}

/** What was read, and the output of the earlier step that some of it is from. */
export interface ReadChain<T> {
	values: Partial<T>;
	found: IDataObject;
}

/**
 * The values of such fields of one item, checked. What is not set is taken from the item; what the item
 * does not have either, all of it, from the output of one earlier ShipEngine step, if the operation does
 * that at all.
 *
 * @returns without those that are wrong, which are noted
 */
export function readChain<T>(
	item: Item,
	sources: { [Name in keyof T]: ChainSource<T[Name]> },
): ReadChain<T> {
	const names = Object.keys(sources) as Array<keyof T>;
	const all = names.map((name) => ({
		name,
		source: sources[name] as ChainSource<T[keyof T]>,
		key: keyIn(sources[name]),
		...enteredFor(item, sources[name]),
	}));
	// From one source: what the item lacks comes from a step that knows all of it, the rest too.
	const open = all.filter(({ isSet, source }) => item.looksBack && !isSet && !source.isOfItem);
	const lacks = open.some(({ value }) => isNothing(value));
	const about = all.filter(({ isSet, source }) => (isSet ? source.isId : !source.isOfItem));
	const needed = {
		keys: open.map(({ key }) => key),
		known: Object.fromEntries(about.map(({ key, value }) => [key, value])) as IDataObject,
	};
	const wrong = all.find((each) => each.wrong)?.wrong;
	const set = all.filter(({ isSet }) => isSet).map(({ key }) => key);
	const found = wrong ?? (lacks ? item.lookBack(needed, set) : undefined);
	const why = found instanceof Mistake ? found : undefined;
	const output = found === undefined || found instanceof Mistake ? {} : found;

	const values: Partial<T> = {};
	for (const each of all) {
		const { name, source, key } = each;
		const isOpen = open.includes(each);
		const value = (isOpen ? output[key] : undefined) ?? each.value;
		const named = nameOf(source.property, source.within);
		if (isNothing(value)) {
			item.checklist.note(named, (isOpen && why) || absent(item, source, each));
			continue;
		}
		values[name] = item.checklist.check(named, value, source.check);
		if (source.isSecret && values[name] !== undefined) item.secrets.push(String(values[name]));
	}
	return { values, found: output };
}

/** A step's name in an expression. */
const quoted = (step: string) => step.replace(/[\\']/g, '\\$&');

/** Why there is no value: where it was looked for, and what provides it. */
function absent(
	item: Item,
	source: ChainSource<unknown>,
	{ isSet, inItem, wrong }: Entered,
): Mistake {
	if (isSet) return new Mistake('no_value_for_item');
	if (wrong) return wrong;
	if (isErrorItem(item.json)) return new Mistake('item_of_failed_step');
	if (item.isTool) return new Mistake('not_set_in_tool');
	const { providedBy, isOfItem, ifNone } = source;
	const key = keyIn(source);
	const looksBack = item.looksBack && !isOfItem;
	const step = looksBack ? undefined : item.earlierSteps.nearest(key);
	const disabled = step === undefined ? item.earlierSteps.disabled(key) : undefined;
	if (disabled !== undefined) return new Mistake('step_disabled', { step: disabled });
	const details = {
		key,
		providedBy,
		alike: inItem ?? '',
		expression: step === undefined ? '' : ` to {{ $('${quoted(step)}').item.json.${key} }}`,
	};
	if (ifNone) return new Mistake(ifNone, details);
	if (step !== undefined) return new Mistake('not_taken_from_step', details);
	if (inItem === undefined) {
		return new Mistake(looksBack ? 'not_in_item_or_step' : 'not_in_item', details);
	}
	return new Mistake(looksBack ? 'empty_in_item_and_step' : 'empty_in_item', details);
}
