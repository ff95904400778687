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

/** 429, 4xx and 3xx, and the documented 2xx with nothing but errors. */
function tellsOfNothing(status: number, body: string): boolean {
	if (status >= 300) return status < 500;
	try {
		const { errors, carrier_id, verification_id } = JSON.parse(body) as IDataObject;
		return Array.isArray(errors) && errors.length > 0 && !carrier_id && !verification_id;
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
		sent.didNothing = tellsOfNothing(answer.statusCode, String(answer.body));
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
