import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Checklist } from './checklist';
import { asSet, parameterOf } from './parameters';
import { subAccountId } from '../values/identifiers';
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

const ON_BEHALF_OF: INodeProperties = {
	displayName: 'On Behalf Of',
	name: 'onBehalfOf',
	type: 'string',
	default: '',
	placeholder: 'e.g. se-123456',
	description:
		'The ID of the sub-account to act for, with a partner API key. Set it on every step of the chain.',
};

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
		"How many seconds to wait at the API's limit of requests a minute without any success. A run that makes progress is never ended by it.",
};

/** The collection that every operation of the API has, with what else an operation lets people set. */
export const optionsField = (...others: INodeProperties[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [MAX_CONCURRENCY, MAX_WAIT, ON_BEHALF_OF, ...others, TIMEOUT],
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

const nameOf = ({ name, displayName }: INodeProperties) => ({
	field: `options.${name}`,
	label: displayName,
});

const optionsOf = (context: IExecuteFunctions, itemIndex: number) =>
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
		nameOf(property),
		optionsOf(context, itemIndex)[property.name] ?? property.default,
		check,
	);

/** The options of an item, as a request takes them; what is wrong with them is noted. */
export function readOptions(
	context: IExecuteFunctions,
	itemIndex: number,
	checklist: Checklist,
): { onBehalfOf?: string; timeout: number } {
	const { onBehalfOf } = optionsOf(context, itemIndex);
	const entered = asSet(context, 'options', {}) as IDataObject;
	return {
		// An expression that gives nothing must not fall back to the account of the key itself.
		onBehalfOf:
			isNothing(entered.onBehalfOf) && isNothing(onBehalfOf)
				? undefined
				: checklist.check(nameOf(ON_BEHALF_OF), onBehalfOf, subAccountId),
		timeout: readOption(context, itemIndex, checklist, TIMEOUT, seconds) ?? 0,
	};
}
