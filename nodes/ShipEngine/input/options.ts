import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Checklist } from './checklist';
import { parameterOf } from './parameters';
import { type Check, Mistake, isNothing } from '../values/validation';

/** In seconds. Timers of more than 24 days end at once. */
const A_DAY = 86_400;

/** Numbers, and text that is one, as an expression such as `=7` gives it. */
const numberOf = (value: unknown) => {
	const number = typeof value === 'string' && !isNothing(value) ? Number(value) : value;
	return typeof number === 'number' && !Number.isNaN(number) ? number : undefined;
};

/**
 * A number above zero, or a text that is one.
 *
 * @param says - what it is a number of, as the rest of a sentence: "of seconds, up to a day"
 */
export const upTo =
	(most: number, says: string): Check<number> =>
	(value) => {
		const number = numberOf(value);
		return number !== undefined && number > 0 && number <= most
			? number
			: new Mistake('invalid_field_value', `needs a number ${says}`);
	};

const seconds = upTo(A_DAY, 'of seconds, above zero and within a day');

const TIMEOUT: INodeProperties = {
	displayName: 'Timeout',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: A_DAY },
	default: 60,
	description: "How many seconds to wait for the API's answer",
};

const MAX_CONCURRENCY: INodeProperties = {
	displayName: 'Max Concurrency',
	name: 'maxConcurrency',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 50 },
	default: 5,
	description: 'How many items are worked on side by side',
};

const MAX_WAIT: INodeProperties = {
	displayName: 'Max Wait',
	name: 'maxWait',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: A_DAY },
	default: 120,
	description:
		'How many seconds the API may answer nothing but "too many requests". After that, the items that are left fail. A run that makes progress is never ended by it.',
};

/** The collection that every operation of the API has, by name, with what else an operation lets people set. */
export const optionsField = (...others: INodeProperties[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [MAX_CONCURRENCY, MAX_WAIT, ...others, TIMEOUT].sort((one, other) =>
		one.displayName.localeCompare(other.displayName),
	),
});

/** An option of the whole run, brought into its range: the default where it is no number. */
function ofRun(
	context: IExecuteFunctions,
	{ name, default: standard, typeOptions }: INodeProperties,
) {
	const value = numberOf(context.getNodeParameter(`options.${name}`, 0, standard));
	const { minValue = 0, maxValue = Infinity } = typeOptions ?? {};
	return Math.min(Math.max(value ?? (standard as number), minValue), maxValue);
}

/** How many items are worked on side by side: 1 to 50. */
export const maxConcurrency = (context: IExecuteFunctions) =>
	Math.floor(ofRun(context, MAX_CONCURRENCY));

/** How long the run waits at the API's limit without any success, in milliseconds. */
export const maxWait = (context: IExecuteFunctions) => ofRun(context, MAX_WAIT) * 1000;

/** An option as mistakes name it. */
export const optionNamed = ({ name, displayName }: INodeProperties) => ({
	field: `options.${name}`,
	label: displayName,
});

/** The options of an item, as they come. */
export const optionsOf = (context: IExecuteFunctions, itemIndex: number) =>
	parameterOf(context, 'options', itemIndex, {}) as IDataObject;

/** An option of an item: its default where it is not set, undefined where it is wrong, which is noted. */
export const readOption = <T>(
	context: IExecuteFunctions,
	itemIndex: number,
	checklist: Checklist,
	property: INodeProperties,
	check: Check<T>,
): T | undefined =>
	checklist.check(
		optionNamed(property),
		optionsOf(context, itemIndex)[property.name] ?? property.default,
		check,
	);

/** How many seconds an item waits for the API's answer; what is wrong with it is noted. */
export const readTimeout = (
	context: IExecuteFunctions,
	itemIndex: number,
	checklist: Checklist,
): number => readOption(context, itemIndex, checklist, TIMEOUT, seconds) ?? 0;
