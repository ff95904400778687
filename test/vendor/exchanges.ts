import axios from 'axios';
import fastify from 'fastify';

/** A request and its answer, as they went over the wire. */
export interface Exchange {
	method: string;
	/** The path with its query. */
	path: string;
	/** The body parsed; `undefined` for none. */
	sent: unknown;
	/** 0 where no answer came, or none yet. */
	status: number;
	/** By lower-cased name. */
	headers: Record<string, string>;
	/** The answer's body parsed; its text where it is no JSON, `undefined` where it is empty. */
	answered: unknown;
}

/** Passes requests on to the API, and keeps them with their answers. */
export interface Between {
	/** Its address, to be given to the node in place of the API's. */
	url: string;
	/** In the order in which they were sent. */
	exchanges: Exchange[];
	/** Ends it, and what is under way. */
	close(): Promise<void>;
}

const parsed = (text: string): unknown => {
	if (text === '') return undefined;
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
};

/** What is passed on of a request: what the API needs of it. */
const PASSED_ON = ['api-key', 'on-behalf-of', 'content-type', 'accept', 'user-agent'];

/** What is passed back of an answer. Not where it leads to: nobody is to follow it. */
const PASSED_BACK = ['content-type', 'retry-after'];

/** Longer than any step waits, in milliseconds. */
const LONGEST_WAIT = 120_000;

/** No answer of the API is as long, in bytes. */
const LONGEST_ANSWER = 20_000_000;

const picked = (headers: Record<string, unknown>, names: string[]) =>
	Object.fromEntries(
		names.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]])),
	);

/**
 * Starts to stand between a client and the API.
 * @param api the API's address, without a slash at the end
 */
export async function standBetween(api: string): Promise<Between> {
	const exchanges: Exchange[] = [];
	const closing = new AbortController();
	const app = fastify({ forceCloseConnections: true });
	app.removeAllContentTypeParsers();
	app.addContentTypeParser(
		'*',
		{ parseAs: 'string' },
		async (_request: unknown, body: string) => body,
	);
	app.all('/*', async (request, reply) => {
		const body = typeof request.body === 'string' ? request.body : '';
		const exchange: Exchange = {
			method: request.method,
			path: request.url,
			sent: parsed(body),
			status: 0,
			headers: {},
			answered: undefined,
		};
		exchanges.push(exchange);
		const asking = axios.request<string>({
			method: request.method,
			url: api + request.url,
			headers: picked(request.headers, PASSED_ON),
			data: body === '' ? undefined : body,
			// As it comes: nothing is followed, parsed or thought an error.
			transformRequest: (sent: unknown) => sent,
			responseType: 'text',
			transformResponse: (text: unknown) => text,
			maxRedirects: 0,
			maxContentLength: LONGEST_ANSWER,
			validateStatus: () => true,
			timeout: LONGEST_WAIT,
			signal: closing.signal,
		});
		const answer = await asking.catch(() => undefined);
		if (!answer) {
			reply.hijack();
			reply.raw.destroy();
			return reply;
		}
		const { status, data, headers } = answer;
		const text = data ?? '';
		const back = picked(headers, PASSED_BACK);
		Object.assign(exchange, { status, headers: back, answered: parsed(text) });
		return reply.code(status).headers(back).send(text);
	});
	const url = await app.listen({ host: '127.0.0.1', port: 0 });
	return {
		url,
		exchanges,
		async close() {
			closing.abort();
			await app.close();
		},
	};
}
