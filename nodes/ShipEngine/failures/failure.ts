import { LONGEST_TEXT, told as toldOf } from './masking';

/** One thing that is wrong: the API's words, or the node's own in the same shape. */
export interface Reason {
	/** The API's `error_code`, or one of the node's own where the API said nothing. */
	code: string;
	/** The API's name of the field, such as `credit_card.number`. */
	field: string | null;
	message: string;
}

/** All that is told and kept of a failure. Nothing else of a request or an answer leaves the node. */
export interface FailureDetails {
	/** What happened. */
	message: string;
	/** What to do next. */
	description: string;
	reasons: Reason[];
	/** Whether the API may have acted all the same. */
	isUnknown?: boolean;
	/** Which registration it is that may have been carried out. */
	registration?: string;
	/** The accounts of its nickname that are known to be of other registrations. */
	notOwn?: string[];
	/** Whether such a registration was still open when this run left, so that any account may be its. */
	isContested?: boolean;
	/** Whether the request was that of another item or run, for which this item has to wait. */
	isOfOther?: boolean;
	/** The charge that is open because of it, or in its way. */
	openChargeId?: string;
	/** Whether the API itself refused the request. */
	isRefused?: boolean;
	/** The answer's HTTP status, where there was an answer. */
	httpStatus?: number;
	/** The API's `request_id`, which its support asks for. */
	requestId?: string;
	/** The carrier that the step was about, where it is known. */
	carrierId?: string;
}

/** Why an item failed. Thrown by whatever finds out; turned into n8n's shapes in n8nErrors.ts, and only there. */
export class Failure extends Error {
	constructor(readonly details: FailureDetails) {
		super(details.message);
	}

	/** Whether the API knows no such thing. */
	get isNotFound(): boolean {
		return this.details.isRefused === true && this.details.httpStatus === 404;
	}
}

/** What to do next, where n8n does not say: it only names the credential's type. */
const adviceFor = (message: string) =>
	/credentials set for/.test(message)
		? "Open this step and choose a credential in each field whose name begins with 'Credential'."
		: "Check this step's parameters and expressions.";

/** The failure behind whatever was thrown, with the words of n8n's own errors kept. */
export function asFailure(thrown: unknown): Failure {
	if (thrown instanceof Failure) return thrown;
	// An expression's error may quote what it was given.
	const message =
		(thrown instanceof Error && toldOf(thrown.message, [], LONGEST_TEXT)) ||
		'The step could not be run';
	const description =
		thrown instanceof Error && 'description' in thrown && typeof thrown.description === 'string'
			? toldOf(thrown.description, [], LONGEST_TEXT)
			: adviceFor(message);
	return new Failure({
		message,
		description,
		reasons: [{ code: 'step_not_run', field: null, message }],
	});
}
