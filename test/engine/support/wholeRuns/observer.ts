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
	/** Of the answer, where one came. */
	status?: number;
	/** Whether the answer told the node that the API did nothing. */
	didNothing: boolean;
}

/** One call of a step: with Retry On Fail there are several of the same. */
export interface Call {
	step: string;
	items: IDataObject[];
	sent: Sent[];
	output?: INodeExecutionData[];
	error?: NodeApiError | NodeOperationError;
	/** All that it gave n8n, as text: output, error with its stack, and what is kept of the node. */
	given: string;
}

/** What any call sent after it had given its output or its error. */
const LATE: Sent[] = [];

/** Fails if anything was sent late, now or by an earlier case. */
export const expectNoneLate = () => expect(LATE).toEqual([]);

/** 429, 4xx and 3xx; a 2xx with nothing but errors (documented), or that does not say "verified". */
function tellsOfNothing(method: string, code: number, body: string): boolean {
	if (code >= 300) return code < 500;
	try {
		const { errors, carrier_id, verification_id, status } = JSON.parse(body) as IDataObject;
		const hasErrors = Array.isArray(errors) && errors.length > 0;
		return hasErrors
			? !carrier_id && !verification_id
			: method === 'PUT' && Boolean(status) && status !== 'verified';
	} catch {
		return false;
	}
}

/** Notes every request of a call. */
function watchRequests({ helpers }: IExecuteFunctions, note: (sent: Sent) => void): void {
	const { httpRequestWithAuthentication: send } = helpers;
	helpers.httpRequestWithAuthentication = async function (type, options, more) {
		const { method = 'GET', url, body } = options as IHttpRequestOptions;
		const path = new URL(url).pathname;
		const sent: Sent = { method, path, body: (body ?? {}) as IDataObject, didNothing: false };
		note(sent);
		const answer = (await send.call(this, type, options, more)) as {
			statusCode: number;
			body: unknown;
		};
		sent.status = answer.statusCode;
		sent.didNothing = tellsOfNothing(method, answer.statusCode, String(answer.body));
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
			given: '',
		};
		this.calls.push(call);
		let hasSettled = false;
		watchRequests(context, (sent) => (hasSettled ? LATE : call.sent).push(sent));
		try {
			const output = await execute();
			// n8n goes on to change what it was given.
			call.output = structuredClone(output[0]!);
			return output;
		} catch (error) {
			call.error = error as NodeApiError;
			throw error;
		} finally {
			hasSettled = true;
			const { output, error } = call;
			call.given = [
				JSON.stringify(output),
				inspect(error, { depth: 20, showHidden: true, maxStringLength: null }),
				JSON.stringify(context.getContext('node')),
			].join('\n');
		}
	};
}
