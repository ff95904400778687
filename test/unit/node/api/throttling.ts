import type { Unsuccessful } from '../../../../nodes/ShipEngine/api/answer';
import { Throttle } from '../../../../nodes/ShipEngine/api/throttle';
import { Waits } from '../../../../nodes/ShipEngine/api/waits';

/** What the step's options set, in milliseconds. */
export const MAX_WAIT = 120_000;

export const throttleOf = (maxWait = MAX_WAIT, waits = new Waits(undefined)) =>
	new Throttle(maxWait, waits);

/** A 429 that asks for so long a pause. */
export const limit = (retryAfter?: number): Unsuccessful => ({
	situation: 'throttled',
	status: 429,
	reasons: [],
	retryAfter,
});

export const NOT_REACHED: Unsuccessful = { situation: 'unreached', reasons: [] };

/** How a wait stands, from now on. */
export function watch(wait: Promise<unknown>) {
	const seen: { state: 'waiting' | 'through' | 'stopped'; came?: unknown } = { state: 'waiting' };
	wait.then(
		(came) => Object.assign(seen, { state: 'through', came }),
		(came: unknown) => Object.assign(seen, { state: 'stopped', came }),
	);
	return seen;
}

export const pass = (milliseconds: number) => jest.advanceTimersByTimeAsync(milliseconds);

/** Time that passes as tests tell it; returns what stands for chance. */
export function stopTime(): jest.SpyInstance<number> {
	jest.useFakeTimers();
	// No more than what the API asks for, so that moments can be told exactly.
	return jest.spyOn(Math, 'random').mockReturnValue(0);
}

export function letTimePass(): void {
	jest.useRealTimers();
	jest.restoreAllMocks();
}
