import fc from 'fast-check';
import type { INode } from 'n8n-workflow';

/** When an execution is cancelled: so many milliseconds after so many requests. */
export interface Moment {
	requests: number;
	ms: number;
}

/** How a step is set, and whether its execution is cancelled. */
export interface Settings {
	onError: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
	/** How often n8n tries, with Retry On Fail. */
	maxTries?: number;
	maxConcurrency: number;
	/** In seconds. */
	maxWait: number;
	cancelled?: Moment;
}

const moment: fc.Arbitrary<Moment> = fc.record({
	requests: fc.integer({ min: 0, max: 8 }),
	ms: fc.constantFrom(0, 1, 5, 20, 60, 200),
});

export const onError = fc.constantFrom<Array<Settings['onError']>>(
	...(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const),
);

/** Given once in so many times. */
const onceIn = <T>(times: number, value: fc.Arbitrary<T>) =>
	fc.oneof(
		{ weight: times - 1, arbitrary: fc.constant(undefined) },
		{ weight: 1, arbitrary: value },
	);

export const settings: fc.Arbitrary<Settings> = fc.record({
	onError,
	maxTries: onceIn(2, fc.constantFrom(2, 3)),
	maxConcurrency: fc.integer({ min: 1, max: 6 }),
	maxWait: fc.constantFrom(120, 3, 0),
	cancelled: onceIn(4, moment),
});

/** The settings as a node has them. */
export const nodeSettings = ({ onError: given, maxTries }: Settings): Partial<INode> => ({
	onError: given,
	...(maxTries !== undefined && { retryOnFail: true, maxTries, waitBetweenTries: 1 }),
});

/** In seconds: most requests are answered at once, and what is late is late by far. */
export const timeout = fc.constantFrom(0.2, 0.3);

/** In seconds, where nothing is late. */
export const NO_HURRY = 20;
