/** What the runs of a step come to, and what they say. */

/** How the step goes on after a failure; `retry` is n8n's Retry On Fail. */
export type Way = 'stop' | 'continue' | 'branch' | 'retry';

/** What one run of the workflow says. */
export interface Said {
	/** `done`, `recovered` or `existing`, or the first code of the failure. */
	code: string;
	/** The failure's HTTP status. */
	status?: number | null;
	/** How the failure's message begins: that it was not done, or that it may have been. */
	begins?: 'not done' | 'may be done' | 'otherwise';
	/** What has to be in the failure's description; null where it is not, or nothing has to be. */
	advice?: string | null;
	/** Where the item or the failure is: thrown, or at the success output or the error branch. */
	at: 'thrown' | 'output' | 'branch';
}

/** What a row comes to. */
export interface Result {
	/** How often the API acted: accounts made, text messages sent, phones verified. */
	acted: number;
	/** Requests on the wire. */
	requests: number;
	/** Requests that another host got. */
	elsewhere: number;
	runs: Said[];
}

/** What of a fault a step repeats. */
interface Failing {
	code?: string;
	status?: number | null;
	advice?: string | null;
}

const FAILS_AT: Record<Way, Said['at']> = {
	stop: 'thrown',
	continue: 'output',
	branch: 'branch',
	retry: 'thrown',
};

export const worked = (code = 'done'): Said => ({ code, at: 'output' });

/** What a step says of a fault that it fails at. */
export function saysOf({ code = '', status, advice = null }: Failing, way: Way): Said {
	const begins = code === 'outcome_unknown' ? 'may be done' : 'not done';
	return { code, status, begins, advice, at: FAILS_AT[way] };
}

/** n8n's `maxTries` in these steps. */
export const MAX_TRIES = 3;
