import {
	type IDataObject,
	type INode,
	type JsonObject,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';
import { masked, shortened } from './masking';

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
	/** Whether the API itself refused the request. */
	isRefused?: boolean;
	/** The answer's HTTP status, where there was an answer. */
	httpStatus?: number;
	/** The API's `request_id`, which its support asks for. */
	requestId?: string;
	/** The carrier that the step was about, where it is known. */
	carrierId?: string;
}

/** Why an item failed. Thrown by whatever finds out; turned into n8n's shapes below, and only here. */
export class Failure extends Error {
	constructor(readonly details: FailureDetails) {
		super(details.message);
	}
}

/** Longer than what n8n says of an expression, unless it quotes a value. */
const LONGEST_TEXT = 500;

/** The failure behind whatever was thrown, with the words of n8n's own errors kept. */
export function asFailure(thrown: unknown): Failure {
	if (thrown instanceof Failure) return thrown;
	// An expression's error may quote what it was given.
	const told = (text: string) => shortened(masked(text, []), LONGEST_TEXT);
	const message = (thrown instanceof Error && told(thrown.message)) || 'The step could not be run';
	const description =
		thrown instanceof Error && 'description' in thrown && typeof thrown.description === 'string'
			? told(thrown.description)
			: "Check this step's parameters and expressions.";
	return new Failure({
		message,
		description,
		reasons: [{ code: 'step_not_run', field: null, message }],
	});
}

/** The failure as data, in the shape that an error branch or an error workflow reads. */
function errorBody(details: FailureDetails) {
	return {
		message: details.message,
		description: details.description,
		http_status: details.httpStatus ?? null,
		request_id: details.requestId ?? null,
		errors: details.reasons.map(({ code, field, message }) => ({ code, field, message })),
		...(details.carrierId === undefined ? {} : { carrier_id: details.carrierId }),
	};
}

/**
 * The output item of a failed input item, for a node that is set to continue.
 *
 * The lone `error` key and the numeric `pairedItem` are both needed: with any key beside it n8n sends
 * the item down the success output, and with `{ item }` it merges the input item, card included.
 */
export function errorItem(failure: Failure, itemIndex: number) {
	return { json: { error: errorBody(failure.details) }, pairedItem: itemIndex };
}

/** What else there is to tell of a run that stops at a failed item, by the index of the items. */
export interface OtherItems {
	/** What was done, with its output. */
	done?: ReadonlyMap<number, IDataObject>;
	/** What failed as well, once it had begun. */
	failed?: ReadonlyMap<number, Failure>;
	/** What has to be corrected as well. */
	wrong?: number[];
}

/**
 * The error that stops the node, with the item's index. n8n stores it in plain text, with the node,
 * so the node goes without its parameters: a card number may stand in them.
 */
export function nodeError(
	{ details }: Failure,
	node: INode,
	itemIndex?: number,
	others: OtherItems = {},
) {
	const { httpStatus } = details;
	// The editor shows a description as HTML, which knows no other end of a line.
	const description = [...details.description.split('\n'), ...linesOf(others)].join('<br>');
	// The editor's title does not show the index; n8n's own messages end like this.
	const message = details.message + (itemIndex === undefined ? '' : ` [item ${itemIndex}]`);
	const bareNode = { ...node, parameters: {} };
	const error =
		httpStatus === undefined
			? new NodeOperationError(bareNode, message, { description, itemIndex })
			: new NodeApiError(bareNode, { message } as JsonObject, {
					message,
					description,
					httpCode: String(httpStatus),
					itemIndex,
				});
	// n8n replaces a message in which it finds a code such as EPERM, in whatever word it stands.
	error.message = message;
	error.context.data = { ...errorBody(details), ...dataOf(others) };
	return error;
}

const unknownOf = ({ failed = new Map<number, Failure>() }: OtherItems) =>
	[...failed].filter(([, { details }]) => details.isUnknown);

function linesOf(others: OtherItems): string[] {
	const { done = new Map<number, IDataObject>(), wrong = [] } = others;
	const named = [...done].map(([index, { carrier_id: id }]) => `item ${index} (${String(id)})`);
	return [
		...(wrong.length > 0 ? [`Correct these items too: ${wrong.join(', ')}.`] : []),
		...(named.length > 0
			? [`Done all the same: ${named.join(', ')}. Leave these out when you run the others again.`]
			: []),
		...unknownOf(others).map(([index, { details }]) => `Item ${index}: ${details.message}.`),
	];
}

function dataOf(others: OtherItems): IDataObject {
	const { done = new Map<number, IDataObject>() } = others;
	const unknown = unknownOf(others);
	return {
		...(done.size > 0 && { done: [...done].map(([item, output]) => ({ item, ...output })) }),
		...(unknown.length > 0 && {
			unknown: unknown.map(([item, { details }]) => ({ item, ...errorBody(details) })),
		}),
	};
}
