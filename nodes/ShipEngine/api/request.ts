import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';
import type { ErrorBeside } from './answer';

/** How an operation speaks of a request that did not work. */
export interface FailureWords {
	/** What did not happen: "The verification code was not sent". */
	failed: string;
	/** What may have happened, where the outcome is unknown. */
	unknown: string;
	/** What the user does when the outcome is unknown. */
	ifUnknown: string;
	/** What the user does when there is no such thing; for a carrier it is known. */
	ifNotFound?: string;
}

/** What the policy has to know of a request, and what its failure is told with. */
type Kind =
	| { kind: 'write'; words: FailureWords }
	/** Whatever becomes of it, nothing happened. */
	| { kind: 'read'; words: Pick<FailureWords, 'failed' | 'ifNotFound'> };

/** A request of an operation, and what has to be known to send it safely and to speak of it. */
export type ApiRequest<T> = Kind & {
	method: IHttpRequestMethods;
	/** Begins with a slash; ids in it have passed their checks. */
	path: string;
	body?: IDataObject;
	/** The sub-account that a partner key acts for, sent as `On-Behalf-Of` (documented). */
	onBehalfOf?: string;
	/** Whether that was made only just now, so that the API may not know it yet. */
	isNewSubAccount?: boolean;
	/** Seconds until the answer counts as lost. */
	timeout: number;
	/**
	 * Takes what the operation is for out of the answer, or out of its status where it has no body;
	 * undefined where it is not there. A bare array, as rates come in, is the field `list`.
	 */
	parse: (answer: IDataObject, status: number) => T | undefined;
	/** Whether an error beside the answer is fine, as in a list that is not complete. */
	accepts?: (error: ErrorBeside) => boolean;
	/** What must not be repeated from the API's messages; the API key is known already. */
	secrets?: string[];
	/** The carrier that the request is about. */
	carrierId?: string;
};
