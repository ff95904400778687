import type { Fault } from './cases';
import { MAX_TRIES, type Result, type Way, saysOf, worked } from './said';

/** The operations that look what became of a lost answer, and what they come to. */
export const LOOKING_OPERATIONS = ['createSubAccount', 'connect', 'disconnect'] as const;

export type LookingOperation = (typeof LOOKING_OPERATIONS)[number];

export const looks = (operation: string): operation is LookingOperation =>
	LOOKING_OPERATIONS.includes(operation as LookingOperation);

interface Profile {
	/** Looks before the request: what is there. */
	before: 0 | 1;
	/** Looks after a refusal: somebody else may have made it. */
	afterRefusal?: 1;
	/** What an item says whose answer was lost, and that was found. */
	found: 'recovered' | 'done';
	/** The requests of each later try of n8n where the outcome is open, and whether it is sent again. */
	again: { requests: number; isSent: boolean };
	/** Whether an answer has no body, so that one with a body is odd. */
	hasNoBody?: true;
}

const PROFILES: Record<LookingOperation, Profile> = {
	// The API refuses a second one of the same ID, so that it may be sent again.
	createSubAccount: {
		before: 1,
		afterRefusal: 1,
		found: 'recovered',
		again: { requests: 2, isSent: true },
	},
	connect: { before: 1, found: 'recovered', again: { requests: 2, isSent: false } },
	// It can be done twice without harm.
	disconnect: { before: 0, found: 'done', again: { requests: 2, isSent: true }, hasNoBody: true },
};

/** How often a step looks before it gives up. */
const LOOKS = 2;

/** What a row of such an operation has to come to. */
export function expectedOfLooking(met: Fault, operation: LookingOperation, way: Way): Result {
	const { before, afterRefusal = 0, found, again, hasNoBody } = PROFILES[operation];
	// Errors in a 2xx do not tell whether it was done, where an answer has no value.
	const isOpen = hasNoBody && met.refuses && met.status === 200;
	const fault = isOpen ? { ...met, code: 'outcome_unknown', refuses: false } : met;
	const { acts, code, requests = 1 } = fault;
	const elsewhere = 0;
	const isRetried = way === 'retry';
	const isOdd = hasNoBody && code === undefined && requests === 1;

	if (code === undefined && !isOdd) {
		return { acted: 1, requests: before + requests, elsewhere, runs: [worked()] };
	}
	if (code === 'outcome_unknown' || isOdd) {
		const sent = before + requests;
		if (acts !== 'never') {
			const count = acts === 'late' ? LOOKS : 1;
			return { acted: 1, requests: sent + count, elsewhere, runs: [worked(found)] };
		}
		const failed = { acted: 0, requests: sent + LOOKS, elsewhere, runs: [saysOf(fault, way)] };
		if (!isRetried) return failed;
		return again.isSent
			? { acted: 1, requests: sent + LOOKS + again.requests, elsewhere, runs: [worked()] }
			: { ...failed, requests: sent + LOOKS + again.requests * (MAX_TRIES - 1) };
	}

	const own = fault.by ? 0 : before + requests + (fault.refuses ? afterRefusal : 0);
	const failed = { acted: 0, requests: own, elsewhere, runs: [saysOf(fault, way)] };
	if (!isRetried) return failed;
	return fault.lasts
		? { ...failed, requests: own * MAX_TRIES }
		: { acted: 1, requests: own + before + 1, elsewhere, runs: [worked()] };
}
