import {
	type IDataObject,
	type INode,
	type JsonObject,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';
import { isToolType } from '../values/tool';
import type { Failure, FailureDetails } from './failure';
import { MARK, passesOn } from './passedOn';

/** The failure as data, in the shape that an error branch or an error workflow reads. */
function errorBody(details: FailureDetails) {
	return {
		message: details.message,
		description: details.description,
		http_status: details.httpStatus ?? null,
		request_id: details.requestId ?? null,
		errors: details.reasons.map(({ code, field, message }) => ({ code, field, message })),
		...(details.carrierId === undefined ? {} : { carrier_id: details.carrierId }),
		...(details.openChargeId === undefined ? {} : { open_charge_id: details.openChargeId }),
	};
}

/**
 * The output item of a failed input item, for a node that is set to continue.
 *
 * The lone `error` key and the numeric `pairedItem` are both needed: with any key beside it n8n sends
 * the item down the success output, and with `{ item }` it merges the input item, card included.
 */
export function errorItem({ details }: Failure, itemIndex: number, node?: INode) {
	const told = node && isToolType(node.type) ? toldToModel(details) : {};
	const mark = node && passesOn(node) ? MARK : {};
	return { json: { error: { ...errorBody(details), ...told, ...mark } }, pairedItem: itemIndex };
}

/** What else there is to tell of a run that stops at a failed item, by the index of the items. */
export interface OtherItems {
	/** What was done, with its output: a list, where it was but read. */
	done?: ReadonlyMap<number, IDataObject | IDataObject[]>;
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
	const { message, description } = isToolType(node.type)
		? toldToModel(details)
		: {
				// The editor's title does not show the index; n8n's own messages end like this.
				message: details.message + (itemIndex === undefined ? '' : ` [item ${itemIndex}]`),
				// The editor shows it as HTML, which knows no other end of a line.
				description: [...details.description.split('\n'), ...linesOf(others)].join('<br>'),
			};
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

/** A model sees nothing but the message (Agent V3: seen), which n8n completes where it lacks the description. */
function toldToModel({ message, description: advice, isUnknown }: FailureDetails) {
	const said = (line: string) => message.endsWith(line.replace(/\.$/, ''));
	const description = [
		...advice.split('\n').filter((line) => !said(line)),
		...(isUnknown ? ['Do not try it again before a person has looked.'] : []),
	].join(' ');
	return { message: `${message.replace(/\.$/, '')}. ${description}`, description };
}

const unknownOf = ({ failed = new Map<number, Failure>() }: OtherItems) =>
	[...failed].filter(([, { details }]) => details.isUnknown);

/** What was done, without what was but read. */
const doneOf = ({ done = new Map<number, IDataObject>() }: OtherItems) =>
	[...done].flatMap(([item, output]) => (Array.isArray(output) ? [] : [{ item, ...output }]));

function linesOf(others: OtherItems): string[] {
	const { wrong = [] } = others;
	const named = doneOf(others).map(({ item, ...output }: IDataObject) => {
		const id = output.carrier_id ?? output.account_id;
		return `item ${String(item)}${id === undefined ? '' : ` (${String(id)})`}`;
	});
	return [
		...(wrong.length > 0 ? [`Correct these items too: ${wrong.join(', ')}.`] : []),
		...(named.length > 0
			? [`Already completed: ${named.join(', ')}. Leave these out when you run the rest again.`]
			: []),
		...unknownOf(others).map(([index, { details }]) => `Item ${index}: ${details.message}.`),
	];
}

function dataOf(others: OtherItems): IDataObject {
	const done = doneOf(others);
	const unknown = unknownOf(others);
	return {
		...(done.length > 0 && { done }),
		...(unknown.length > 0 && {
			unknown: unknown.map(([item, { details }]) => ({ item, ...errorBody(details) })),
		}),
	};
}
