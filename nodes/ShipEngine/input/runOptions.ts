import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { numberOf } from '../values/numbers';

/** The longest time that can be set, in seconds. (Timers of more than 24 days would end at once.) */
export const A_DAY = 86_400;

const MAX_CONCURRENCY: INodeProperties = {
	displayName: 'Max Concurrency',
	name: 'maxConcurrency',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 50 },
	default: 5,
	description: 'How many items to process in parallel',
};

const MAX_WAIT: INodeProperties = {
	displayName: 'Max Wait',
	name: 'maxWait',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: A_DAY },
	default: 120,
	description:
		'How many seconds to keep waiting while the API only answers "too many requests". Then the remaining items fail. A run that makes progress is never stopped by this.',
};

/** The options of a whole run, which every operation of the API has. */
export const RUN_OPTIONS = [MAX_CONCURRENCY, MAX_WAIT];

/** An option brought into its range; the default if it is no number. */
function ofRun(
	context: IExecuteFunctions,
	{ name, default: standard, typeOptions }: INodeProperties,
) {
	const value = numberOf(context.getNodeParameter(`options.${name}`, 0, standard));
	const { minValue = 0, maxValue = Infinity } = typeOptions ?? {};
	return Math.min(Math.max(value ?? (standard as number), minValue), maxValue);
}

/** How many items are processed in parallel: 1 to 50. */
export const maxConcurrency = (context: IExecuteFunctions) =>
	Math.floor(ofRun(context, MAX_CONCURRENCY));

/** How long the run waits at the API's limit without any success, in milliseconds. */
export const maxWait = (context: IExecuteFunctions) => ofRun(context, MAX_WAIT) * 1000;
