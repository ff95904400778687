import type { FastifyInstance, FastifyRequest } from 'fastify';

/** A request as it came in. */
export interface SeenRequest {
	method: string;
	/** The path with its query. */
	path: string;
	/** By lower-cased name. */
	headers: Record<string, string>;
	/** Names as the client spelt them, in the client's order. */
	rawHeaders: Array<[name: string, value: string]>;
	/** The body's text; empty for none. */
	rawBody: string;
	/** The body parsed; `undefined` where it isn't JSON. */
	body: unknown;
	/** Whether the whole answer has been sent. */
	isAnswered: boolean;
}

declare module 'fastify' {
	interface FastifyRequest {
		seen: SeenRequest;
	}
}

/**
 * Records every request into `requests` in the order of their arrival, whatever becomes of it, and
 * reads bodies of any Content-Type; what isn't JSON is left to be refused by whoever wants JSON.
 */
export function recordRequests(app: FastifyInstance, requests: SeenRequest[]): void {
	app.decorateRequest('seen');
	app.addHook('onRequest', async (request) => {
		const { rawHeaders } = request.raw;
		const pairs = rawHeaders.flatMap(
			(name, index): Array<[string, string]> =>
				index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? '']] : [],
		);
		request.seen = {
			method: request.method,
			path: request.url,
			headers: Object.fromEntries(pairs.map(([name, value]) => [name.toLowerCase(), value])),
			rawHeaders: pairs,
			rawBody: '',
			body: undefined,
			isAnswered: false,
		};
		requests.push(request.seen);
	});
	app.addHook('onResponse', async (request) => {
		request.seen.isAnswered = true;
	});

	app.removeAllContentTypeParsers();
	app.addContentTypeParser(
		'*',
		{ parseAs: 'string' },
		async (request: FastifyRequest, body: string) => {
			request.seen.rawBody = body;
			request.seen.body = parsed(request.seen.rawBody);
			return request.seen.body;
		},
	);
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
