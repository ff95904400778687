import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';
import type { ErrorBeside } from './answer';

/** How an operation speaks of a request that did not work. */
export interface FailureWords {
	/** What did not happen: "The verification code was not sent". */
	failed: string;
	/** What may have happened, if the outcome is unknown. */
	unknown: string;
	/** What the user does if the outcome is unknown. */
	ifUnknown: string;
}

/** What the policy must know of a request, and the words of its failure. */
type Kind =
	| { kind: 'write'; words: FailureWords }
	/** Whatever becomes of it, nothing happened. */
	| { kind: 'read'; words: Pick<FailureWords, 'failed'> };

/** A request of an operation, and what must be known to send it safely and to speak of it. */
export type ApiRequest<T> = Kind & {
	method: IHttpRequestMethods;
	/** Begins with a slash. IDs in it have passed their check, which lets no slash through. */
	path: string;
	body?: IDataObject;
	/** The sub-account that a partner key acts for, sent as `On-Behalf-Of` (documented). */
	onBehalfOf?: string;
	/** Whether that was created only moments ago, so that the API may not know it yet. */
	isNewSubAccount?: boolean;
	/** Seconds until the answer counts as lost. */
	timeout: number;
	/**
	 * Takes what the operation is for out of the answer; nothing else of it reaches the output. A bare
	 * array, as rates come in, is the field `list`; an answer without a body takes `parseNoBody`.
	 *
	 * @returns undefined if it is not there
	 */
	parse: (answer: IDataObject, status: number) => T | undefined;
	/** Whether an error beside the answer is fine, as in a list that is not complete. */
	accepts?: (error: ErrorBeside) => boolean;
	/** Masked wherever the API repeats it, as the API key is. */
	secrets?: string[];
	/**
	 * Whether it carries a secret of a credential or a seal, which whoever runs the step may not know: then
	 * of the API's messages only plain words are told.
	 */
	tellsWordsOnly?: boolean;
	/** The carrier that the request is about. */
	carrierId?: string;
	/** What the user does if there is no such thing; for a carrier it is known. */
	ifNotFound?: string;
};
