import type { FaultKind, FaultOptions } from '../../sandbox/api';
import { LOOKING_OPERATIONS, type LookingOperation, expectedOfLooking, looks } from './looking';
import { MAX_TRIES, type Result, type Way, saysOf, worked } from './said';

/**
 * The table of faults: what the API does to a step, and what the step has to come to. It is run in
 * n8n-core's engine (test/engine/faults.test.ts) and in a real n8n (`npm run faults`).
 */

/** A fault of the stand-in, at whichever operation. */
export type Misbehaviour = {
	[K in FaultKind]: { kind: K; times?: number } & Omit<FaultOptions[K], 'operation'>;
}[FaultKind];

/**
 * What keeps a step from the API, so that nothing is sent. It is put right once the step has failed:
 * a later try of n8n's Retry On Fail, or a later run, finds the way.
 */
export type Hindrance = 'untrusted' | 'refusingProxy' | 'closingProxy' | 'badKey';

/** What some faults have to know of the run that meets them. */
export interface Meeting {
	/** The address of another host. */
	elsewhere: string;
	/** Resolves when the step waits no longer: it has looked once what became of the request, or is at its end. */
	isGivenUp: Promise<unknown>;
}

/** A fault, and what becomes of any operation that meets it once. */
export interface Fault {
	name: string;
	/** What the stand-in is told. */
	does?: Misbehaviour | ((run: Meeting) => Misbehaviour);
	/** How the step reaches the API, where it does not. */
	by?: Hindrance;
	/** What the failure's description has to say. */
	advice?: string;
	/** Whether the API does what was asked for all the same; late: after the step has given up. */
	acts: 'never' | 'at once' | 'late';
	/** The first code of the failure. Undefined where the step works. */
	code?: string;
	/** The failure's HTTP status; null where no answer came. */
	status?: number | null;
	/** How often the request goes out, 1 unless said. */
	requests?: number;
	/** Whether the fault is still there when n8n's Retry On Fail runs the step again. */
	lasts?: boolean;
	/** Whether the API itself says no, which uses up one of the attempts that a code has. */
	refuses?: boolean;
	/** The step's options, in seconds. */
	timeout?: number;
	maxWait?: number;
}

/** Nothing gets to the API, and the failure says so. */
const unsent = (code: string, advice: string, status: number | null = null) => ({
	acts: 'never' as const,
	requests: 0,
	code,
	status,
	advice: `Nothing was sent. ${advice}`,
});

/** The answer is lost or cannot be used, so that nobody knows whether the API acted. */
const unknown = (status: number | null) => ({ code: 'outcome_unknown', status });

/** In seconds: longer than a busy machine lets a request wait that meets no fault. */
const TIMEOUT = 8;

export const FAULTS: Fault[] = [
	{
		name: 'delay past the timeout, before acting',
		does: ({ isGivenUp }) => ({ kind: 'actsAfter', event: isGivenUp }),
		acts: 'late',
		...unknown(null),
		timeout: TIMEOUT,
	},
	{
		name: 'delay past the timeout, after acting',
		does: { kind: 'delayAfter', ms: 600_000 },
		acts: 'at once',
		...unknown(null),
		timeout: TIMEOUT,
	},
	{
		name: 'drop before acting',
		does: { kind: 'dropBefore' },
		acts: 'never',
		...unknown(null),
	},
	{
		name: 'drop after acting',
		does: { kind: 'dropAfter' },
		acts: 'at once',
		...unknown(null),
	},
	{
		name: '429 once',
		does: { kind: 'tooManyRequests', retryAfter: 1 },
		acts: 'at once',
		requests: 2,
	},
	{
		name: '429 for ever',
		// Longer than Max Wait, so that no busy machine changes the number of requests.
		does: { kind: 'tooManyRequests', retryAfter: 600, times: Infinity },
		acts: 'never',
		code: 'rate_limit_exceeded',
		status: 429,
		lasts: true,
		maxWait: 2,
	},
	{
		name: '500 before acting',
		does: { kind: 'serverErrorBefore' },
		acts: 'never',
		...unknown(500),
	},
	{
		name: '500 after acting',
		does: { kind: 'serverErrorAfter' },
		acts: 'at once',
		...unknown(500),
	},
	{
		name: '502 with HTML, before acting',
		does: { kind: 'badGatewayBefore' },
		acts: 'never',
		...unknown(502),
	},
	{
		name: '502 with HTML, after acting',
		does: { kind: 'badGatewayAfter' },
		acts: 'at once',
		...unknown(502),
	},
	{
		name: 'truncated JSON',
		does: { kind: 'truncatedJson' },
		acts: 'at once',
		...unknown(200),
	},
	{
		name: 'body cut short',
		does: { kind: 'cutShort' },
		acts: 'at once',
		...unknown(null),
	},
	{
		name: '2xx with errors only',
		does: { kind: 'errorsOnly' },
		acts: 'never',
		code: 'unspecified',
		status: 200,
		refuses: true,
	},
	{
		name: '2xx with errors beside the value',
		does: { kind: 'errorsBeside' },
		acts: 'at once',
		...unknown(200),
	},
	{
		name: '2xx, empty',
		does: { kind: 'emptyBody' },
		acts: 'at once',
		...unknown(200),
	},
	{
		name: 'wrong types',
		does: {
			kind: 'replaceFields',
			fields: { carrier_id: [1], verification_id: {}, status: 7, account_id: {}, balance: [] },
		},
		acts: 'at once',
		...unknown(200),
	},
	{
		name: 'answer of 5 MB',
		does: { kind: 'huge' },
		acts: 'at once',
	},
	{
		name: 'redirect to another host',
		does: ({ elsewhere }) => ({ kind: 'redirect', to: elsewhere }),
		acts: 'never',
		code: 'redirected',
		status: 307,
	},
	...['', ' ', '-'].map(
		(separator): Fault => ({
			name: `400 that repeats card, code and key${{ '': '', ' ': ', with spaces', '-': ', with dashes' }[separator]}`,
			does: { kind: 'echoSecrets', separator },
			acts: 'never',
			code: 'invalid_field_value',
			status: 400,
			refuses: true,
		}),
	),
	{
		name: 'a certificate that is not trusted',
		by: 'untrusted',
		...unsent('certificate_not_trusted', 'If a company proxy replaces certificates'),
	},
	{
		name: 'a proxy that refuses',
		by: 'refusingProxy',
		...unsent('not_sendable', 'Check the proxy of this n8n', 407),
	},
	{
		name: 'a proxy that hangs up',
		by: 'closingProxy',
		...unsent('not_reached', "Check the 'Base URL' of the credential and this n8n's connection"),
	},
	{
		name: 'a key that HTTP cannot send',
		by: 'badKey',
		...unsent('api_key_unusable', 'It has a space, or a character that no key has. Copy it'),
	},
];

export type Operation = 'register' | 'send' | 'confirm' | 'addFunds' | LookingOperation;

/** Where the card stands: an encrypted credential, the step's own fields, the input item, or in it sealed. */
export type CardSource = 'credential' | 'parameters' | 'item' | 'sealed';

/** A step that meets each of the faults. */
export interface Step {
	operation: Operation;
	card?: CardSource;
	way: Way;
	/** Whether If Nickname Exists is Return Existing; the workflow is then run three times. */
	returnsExisting?: boolean;
}

export const WAYS: Way[] = ['stop', 'continue', 'branch', 'retry'];

export const STEPS: Step[] = [
	...(['credential', 'parameters', 'item', 'sealed'] as const).flatMap((card): Step[] =>
		WAYS.map((way) => ({ operation: 'register', card, way })),
	),
	{ operation: 'register', card: 'credential', way: 'stop', returnsExisting: true },
	...(['send', 'confirm', 'addFunds', ...LOOKING_OPERATIONS] as const).flatMap(
		(operation): Step[] => WAYS.map((way) => ({ operation, way })),
	),
];

/** One row of the table. */
export interface Row {
	fault: Fault;
	step: Step;
}

/**
 * Looking for the account settles what is not known; other faults of the API leave nothing to be
 * settled. Where the API cannot be reached, the look is what fails.
 */
const concerns = (fault: Fault, { returnsExisting }: Step) =>
	!returnsExisting ||
	fault.by !== undefined ||
	(fault.code === 'outcome_unknown' && fault.acts !== 'never');

/** All rows, the steps of a fault together. */
export const ROWS: Row[] = FAULTS.flatMap((fault) =>
	STEPS.filter((step) => concerns(fault, step)).map((step) => ({ fault, step })),
);

/** What a row has to come to. */
export function expected({ fault, step }: Row): Result {
	if (looks(step.operation)) return expectedOfLooking(fault, step.operation, step.way);
	const { acts, code, requests = 1 } = fault;
	const acted = acts === 'never' ? 0 : 1;
	const elsewhere = 0;
	if (code === undefined) return { acted, requests, elsewhere, runs: [worked()] };

	// Errors in a 2xx do not tell that nothing was charged.
	const isOpen = step.operation === 'addFunds' && fault.refuses && fault.status === 200;
	const isUnknown = code === 'outcome_unknown' || isOpen;
	const failed = saysOf(isOpen ? { ...fault, code: 'outcome_unknown' } : fault, step.way);
	if (step.returnsExisting && fault.by) {
		// A look and the registration, and a look in the last run: as if the first had not been.
		return { acted: 1, requests: 3, elsewhere, runs: [failed, worked(), worked('existing')] };
	}
	if (step.returnsExisting) {
		// A look, the registration, a look at what became of it (two where it takes its time); then
		// one look in each of the other runs.
		const runs = ['recovered', 'existing', 'existing'].map((how) => worked(how));
		return { acted, requests: acts === 'late' ? 6 : 5, elsewhere, runs };
	}
	const isFinal = isUnknown || (step.operation === 'confirm' && fault.refuses);
	if (step.way === 'retry' && !isFinal) {
		// Nothing was done or used up, so that n8n may run the step again.
		return fault.lasts
			? { acted, requests: requests * MAX_TRIES, elsewhere, runs: [failed] }
			: { acted: 1, requests: requests + 1, elsewhere, runs: [worked()] };
	}
	return { acted, requests, elsewhere, runs: [failed] };
}

const OPERATION_NAMES: Record<Operation, string> = {
	register: 'Register',
	send: 'Send',
	confirm: 'Confirm',
	createSubAccount: 'Create Sub-Account',
	addFunds: 'Add Funds',
	connect: 'Connect Existing',
	disconnect: 'Disconnect',
};

/** A step in words: "Register, card in the item, branch". */
export function nameOf({ operation, card, way, returnsExisting }: Step): string {
	return [
		OPERATION_NAMES[operation],
		...(card ? [`card in the ${card}`] : []),
		returnsExisting ? 'Return Existing, three runs' : way,
	].join(', ');
}
