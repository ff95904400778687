import { inspect } from 'node:util';
import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';
import type { Around } from '../nodes';

/** A request as the node gave it to n8n. */
export interface Sent {
	method: string;
	path: string;
	body: IDataObject;
	/** Its place among all that was sent, by whatever call. */
	order: number;
	/** Of the answer, where one came. */
	status?: number;
	answer?: string;
	/** Whether the answer told that the API did nothing. */
	didNothing: boolean;
	/** Whether the answer came when the node had given it up. */
	isGivenUp: boolean;
	/** Why it was not to be sent any more. */
	after?: string;
}

/** One call of a step: with Retry On Fail there are several of the same. */
export interface Call {
	step: string;
	items: IDataObject[];
	sent: Sent[];
	/** What it sent when nothing was to be sent any more. */
	late: Sent[];
	output?: INodeExecutionData[];
	error?: NodeApiError | NodeOperationError;
	/** All that it gave n8n, as text: output, error with its stack, and what is kept of the node. */
	given: string;
}

/** What any call sent late, also when nobody looked any more. */
const LATE: Sent[] = [];

/** Fails if anything was sent late, by whatever case. */
export const expectNoneLate = () => expect(LATE).toEqual([]);

/** Steps that look what is there now, before a refusal fails the item. */
const looksFirst = ({ method, path }: Sent) =>
	method === 'DELETE' || path.startsWith('/v1/partners/');

/** Whether an answer fails an item at once. */
const isRefusal = (sent: Sent) =>
	sent.method !== 'GET' &&
	sent.didNothing &&
	!sent.isGivenUp &&
	sent.status !== 429 &&
	!looksFirst(sent);

/** 429, 4xx and 3xx; a 2xx with nothing but errors (documented), or that does not say "verified". */
function tellsOfNothing(method: string, code: number, body: string): boolean {
	if (code >= 300) return code < 500;
	try {
		const { errors, status, ...values } = JSON.parse(body) as IDataObject;
		const { carrier_id, verification_id, account_id, balance } = values;
		const hasErrors = Array.isArray(errors) && errors.length > 0;
		return hasErrors
			? ![carrier_id, verification_id, account_id, balance].some(Boolean)
			: method === 'PUT' && Boolean(status) && status !== 'verified';
	} catch {
		return false;
	}
}

let count = 0;

/** Tells of every request of a call and of its answer. */
function watchRequests(
	{ helpers }: IExecuteFunctions,
	asked: (sent: Sent) => void,
	answered: (sent: Sent) => void,
): void {
	const { httpRequestWithAuthentication: send } = helpers;
	helpers.httpRequestWithAuthentication = async function (type, options, more) {
		const { method = 'GET', url, body, timeout = 0 } = options as IHttpRequestOptions;
		// Begun with the node's own, and of the same kind, so that both end at the same moment.
		const givenUp = AbortSignal.timeout(timeout);
		const path = new URL(url).pathname;
		const sent: Sent = {
			method,
			path,
			body: (body ?? {}) as IDataObject,
			order: (count += 1),
			didNothing: false,
			isGivenUp: false,
		};
		asked(sent);
		const answer = (await send.call(this, type, options, more)) as {
			statusCode: number;
			body: unknown;
		};
		sent.status = answer.statusCode;
		sent.answer = String(answer.body);
		sent.didNothing = tellsOfNothing(method, answer.statusCode, String(answer.body));
		sent.isGivenUp = givenUp.aborted;
		answered(sent);
		return answer as unknown;
	};
}

/** Sees what each call of a ShipEngine step sends and gives. */
export class Observer {
	readonly calls: Call[] = [];

	readonly around: Around = async (context, execute) => {
		const call: Call = {
			step: context.getNode().name,
			items: context.getInputData().map(({ json }) => structuredClone(json)),
			sent: [],
			late: [],
			given: '',
		};
		this.calls.push(call);
		let end: string | undefined;
		context.getExecutionCancelSignal()?.addEventListener('abort', () => (end ??= 'canceled'));
		watchRequests(
			context,
			(sent) => {
				if (end === undefined) return call.sent.push(sent);
				sent.after = end;
				call.late.push(sent);
				return LATE.push(sent);
			},
			(sent) => {
				// The node knows of it within the same turn of the event loop.
				if (isRefusal(sent) && !context.continueOnFail()) setImmediate(() => (end ??= 'refused'));
			},
		);
		try {
			const output = await execute();
			// n8n goes on to change what it was given.
			call.output = structuredClone(output[0]!);
			return output;
		} catch (error) {
			call.error = error as NodeApiError;
			throw error;
		} finally {
			end ??= 'settled';
			const { output, error } = call;
			call.given = [
				JSON.stringify(output),
				inspect(error, { depth: 20, showHidden: true, maxStringLength: null }),
				JSON.stringify(context.getContext('node')),
			].join('\n');
		}
	};
}
