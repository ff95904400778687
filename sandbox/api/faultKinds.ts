import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal, apiError, envelope } from './errors';
import { tooManyRequests } from './rateLimit';
import type { Carrier } from './carrier';
import type { Store } from './store';

/**
 * The kinds of faults and what each has to be told. `…Before` happens instead of acting (a delay:
 * ahead of it), `…After` once the request was acted upon; of the others it is said.
 */
export interface FaultOptions {
	/** Waits, then acts and answers; a client that has given up meanwhile doesn't stop it. */
	delayBefore: { ms: number };
	/** Waits for something to happen, then acts and answers: as a delay, but without a clock. */
	actsAfter: { event: Promise<unknown> };
	/** Acts, waits, then answers. */
	delayAfter: { ms: number };
	/** Ends the connection without a word. */
	dropBefore: object;
	dropAfter: object;
	/** 500 with the error envelope. */
	serverErrorBefore: object;
	serverErrorAfter: object;
	/** 502 with a gateway's HTML page. */
	badGatewayBefore: object;
	badGatewayAfter: object;

	/** Doesn't act: 429. The header is sent as given (seconds or an HTTP date), or not at all. */
	tooManyRequests: { retryAfter?: number | string; errorSource?: 'carrier' | 'shipengine' };
	/** Doesn't act: 307 to an address. */
	redirect: { to: string };
	/** Doesn't act: 400 with these words, about a field if one is named. */
	refusal: { message: string; field?: string };
	/** Doesn't act: 200 with the error envelope and nothing else. */
	errorsOnly: object;
	/**
	 * Doesn't act: 400 with a message that repeats the API key and, from the body, the card number, the
	 * password and the code; with a separator, in groups of four (the code of three).
	 */
	echoSecrets: { separator?: string };
	/** Doesn't act, so that the code stays good: the answer to Confirm with another `status`. */
	notVerified: { operation: 'confirm'; status: string };

	/** Acts: the ordinary answer with errors beside it, which repeat the key of a new sub-account. */
	errorsBeside: object;
	/** Acts: the ordinary answer with other values in these fields; `undefined` leaves a field out. */
	replaceFields: { fields: Record<string, unknown> };
	/** Acts: what something on the way, such as a proxy, answers in place of the API. */
	answeredBetween: { status: number; body: object | string };
	/** Acts: half of the answer's JSON, with headers that fit the half. */
	truncatedJson: object;
	/** Acts: headers that promise the whole answer, half of it, then the connection ends. */
	cutShort: object;
	/** Acts: 200 without a body. */
	emptyBody: object;
	/** Acts: the ordinary answer with five megabytes more. */
	huge: object;
	/** 207: the carriers without these ids, and an error about each of these. */
	partialCarriers: { operation: 'carriers'; without: string[] };
}

/** A request that meets a fault. */
export interface Exchange {
	request: FastifyRequest;
	reply: FastifyReply;
	store: Store;
	/** Aborted when the stand-in forgets its faults or closes: no delay outlives that. */
	ended: AbortSignal;
	/**
	 * Does what the route does, refusals included. A fault acts exactly where it calls this. Where the
	 * ordinary answer has no body, it is empty.
	 */
	act: () => Promise<object>;
}

/** What each kind does with a request. */
export const faultKinds: {
	[K in keyof FaultOptions]: (exchange: Exchange, options: FaultOptions[K]) => Promise<unknown>;
} = {
	async delayBefore({ act, ended }, { ms }) {
		await sleep(ms, undefined, { signal: ended });
		return act();
	},
	async actsAfter({ act, ended }, { event }) {
		await Promise.race([event, once(ended, 'abort').then(() => ended.throwIfAborted())]);
		return act();
	},
	async delayAfter({ act, ended }, { ms }) {
		const answer = await act();
		await sleep(ms, undefined, { signal: ended });
		return answer;
	},

	async dropBefore({ reply }) {
		return drop(reply);
	},
	async dropAfter({ reply, act }) {
		await act();
		return drop(reply);
	},

	async serverErrorBefore() {
		throw serverError();
	},
	async serverErrorAfter({ act }) {
		await act();
		throw serverError();
	},

	async badGatewayBefore({ reply }) {
		return badGateway(reply);
	},
	async badGatewayAfter({ reply, act }) {
		await act();
		return badGateway(reply);
	},

	async tooManyRequests(_exchange, { retryAfter, errorSource }) {
		throw tooManyRequests(retryAfter, errorSource);
	},

	async redirect({ reply }, { to }) {
		return reply.redirect(to, 307);
	},

	async refusal(_exchange, { message, field }) {
		const about = field === undefined ? {} : { field_name: field };
		throw new Refusal(400, [apiError('invalid_field_value', message, about)]);
	},

	async errorsOnly({ request }) {
		return envelope(request, [CARRIER_SILENT]);
	},

	async echoSecrets({ request }, { separator = '' }) {
		const { headers, body } = request.seen;
		const sent = body as SecretsSent | undefined;
		const secrets = [
			inGroups(headers['api-key'], 4, separator),
			inGroups(sent?.credit_card?.number, 4, separator),
			inGroups(sent?.password, 4, separator),
			inGroups(sent?.verification_code, 3, separator),
		];
		throw new Refusal(400, [
			apiError('invalid_field_value', `Not accepted: ${secrets.filter(Boolean).join(' ')}.`),
		]);
	},

	async notVerified({ request, store }, { status }) {
		const { verification_id } = request.params as { verification_id: string };
		const phone = store.verifications.find(({ id }) => id === verification_id)?.phone;
		return { phone, verification_id, verification_method: 'sms', status };
	},

	async errorsBeside({ request, reply, act }) {
		const answer: { api_key?: { encrypted_api_key?: string } } = await act();
		const key = answer.api_key?.encrypted_api_key;
		const error = {
			...CARRIER_SILENT,
			message: [CARRIER_SILENT.message, ...(key ? [`Key: ${key}`] : [])].join(' '),
		};
		reply.code(200);
		return { ...answer, ...envelope(request, [error]) };
	},

	async replaceFields({ reply, act }, { fields }) {
		const answer = await act();
		reply.code(200);
		return { ...answer, ...fields };
	},

	async answeredBetween({ reply, act }, { status, body }) {
		await act();
		const type = typeof body === 'string' ? 'text/html' : JSON_TYPE;
		return reply.code(status).type(type).send(body);
	},

	async truncatedJson({ reply, act }) {
		const body = JSON.stringify(await act());
		return reply.code(200).type(JSON_TYPE).send(half(body));
	},

	async cutShort({ reply, act }) {
		const body = JSON.stringify(await act());
		const headers = { 'Content-Type': JSON_TYPE, 'Content-Length': Buffer.byteLength(body) };
		reply.hijack();
		reply.raw.writeHead(200, headers).write(half(body), () => reply.raw.destroy());
		return reply;
	},

	async emptyBody({ reply, act }) {
		await act();
		return reply.code(200).type(JSON_TYPE).send('');
	},

	async huge({ reply, act }) {
		const answer = await act();
		reply.code(200);
		return { ...answer, padding: 'x'.repeat(5_000_000) };
	},

	async partialCarriers({ request, reply, act }, { without }) {
		const { carriers } = (await act()) as { carriers: Carrier[] };
		const isLost = ({ carrier_id }: Carrier) => without.includes(carrier_id);
		const errors = carriers.filter(isLost).map(({ carrier_id, carrier_code }) => ({
			...CARRIER_SILENT,
			carrier_id,
			carrier_code,
		}));
		reply.code(207);
		return {
			carriers: carriers.filter((carrier) => !isLost(carrier)),
			...envelope(request, errors),
		};
	},
};

const JSON_TYPE = 'application/json; charset=utf-8';

const CARRIER_SILENT = apiError('unspecified', 'The carrier did not answer.', {
	error_source: 'carrier',
	error_type: 'integrations',
});

/** Where a request may hold a secret; each is absent from the bodies of other operations. */
interface SecretsSent {
	credit_card?: { number?: string };
	password?: string;
	verification_code?: string;
}

function drop(reply: FastifyReply): FastifyReply {
	reply.hijack();
	reply.raw.destroy();
	return reply;
}

function serverError(): Refusal {
	return new Refusal(500, [
		apiError('unspecified', 'An unexpected error occurred.', { error_type: 'system' }),
	]);
}

function badGateway(reply: FastifyReply): FastifyReply {
	const page = '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>';
	return reply.code(502).type('text/html').send(page);
}

function inGroups(secret: string | undefined, size: number, separator: string): string {
	return (secret?.match(new RegExp(`.{1,${size}}`, 'g')) ?? []).join(separator);
}

function half(text: string): string {
	return text.slice(0, text.length / 2);
}
