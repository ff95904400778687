/** `write` makes, sends or uses up something at the API; `read` changes nothing. */
export type RequestKind = 'write' | 'read';

/** How a try ended, where it did not end with the answer that was asked for. */
export type Situation =
	/** 429: the API has not looked at the request yet. */
	| 'throttled'
	/** No connection came about: nothing was sent. */
	| 'unreached'
	/** The server's certificate was not accepted: nothing was sent. */
	| 'untrusted'
	/** HTTP has no way to send it, or a proxy let nothing through: nothing was sent. */
	| 'unsendable'
	/** The API was out of reach so often that it was not tried again. */
	| 'unavailable'
	/** The request may have arrived, but its answer was lost or is a 5xx. */
	| 'interrupted'
	/** The API does not know the sub-account yet, which was made only seconds ago: nothing was done. */
	| 'notReady'
	/** 4xx, or a 2xx with nothing but errors: the API's own refusal. */
	| 'refused'
	/** A 2xx that is not JSON, lacks what the operation is for, or has it beside errors. */
	| 'unusable'
	/** 3xx: following it would carry the key and the card to another host. */
	| 'redirected';

/**
 * `wait` is for the API's limit, `later` for what will be in a minute at the most. `unknown` fails the
 * item too, and says that the API may have acted.
 */
export type Reaction = 'wait' | 'retry' | 'later' | 'fail' | 'unknown';

/** The whole retry policy: a write is sent again only where it certainly did nothing at the API. */
export const POLICY: Record<RequestKind, Record<Situation, Reaction>> = {
	write: {
		throttled: 'wait',
		unreached: 'retry',
		untrusted: 'fail',
		unsendable: 'fail',
		unavailable: 'fail',
		interrupted: 'unknown',
		notReady: 'later',
		refused: 'fail',
		unusable: 'unknown',
		redirected: 'fail',
	},
	read: {
		throttled: 'wait',
		unreached: 'retry',
		untrusted: 'fail',
		unsendable: 'fail',
		unavailable: 'fail',
		interrupted: 'retry',
		notReady: 'later',
		refused: 'fail',
		unusable: 'fail',
		redirected: 'fail',
	},
};

/** The situations in which nothing got as far as the API. */
export const NEVER_ARRIVED: ReadonlySet<Situation> = new Set([
	'unreached',
	'untrusted',
	'unsendable',
]);

/** How often a request is sent in all where the reaction is `retry`. */
export const MAX_TRIES = 3;

/** After so many tries in a row that never arrived, the rest of a run is not tried. */
export const MAX_UNREACHED = 10;

/** A pause with some chance in it, so that many runs do not knock in step; never shorter. */
export const jittered = (pause: number) => pause + Math.random() * Math.min(pause / 4, 1_000);

/**
 * How long after the beginning of a run a sub-account may not be known yet, in milliseconds: all are
 * older than the run. (The vendor's script waits 30 s after it has made one: seen.)
 */
export const READY_AFTER = 60_000;

/** The longest pause between two tries, in milliseconds. */
const LONGEST_PAUSE = 5_000;

/** After a lost answer the API may still be at work: the pauses before each look, in milliseconds. */
export const LOOK_PAUSES = [0, 2_000];

/** The pause after try n where the reaction is `retry` or `later`, in milliseconds. */
export const retryPause = (tries: number) => jittered(Math.min(1_000 * tries, LONGEST_PAUSE));

/** The pause after a 429 that names none, in milliseconds: a part of the API's window of a minute. */
export const DEFAULT_THROTTLE_PAUSE = 5_000;

/** The shortest pause after a 429, in milliseconds: an API that asks for none is not asked at once. */
export const MIN_THROTTLE_PAUSE = 1_000;
