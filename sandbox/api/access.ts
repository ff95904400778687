import type { FastifyInstance } from 'fastify';
import { Refusal, apiError } from './errors';
import { FILES } from './labels';
import type { RateLimit } from './rateLimit';
import type { Settings } from './settings';
import type { Store } from './store';

declare module 'fastify' {
	interface FastifyRequest {
		/** The sub-account the request is for; `undefined` for the account itself. */
		onBehalfOf: string | undefined;
	}
}

/**
 * A sub-account's id: as all ids (documented: this pattern, 25 characters at most), or a bare integer,
 * as the API gives it when a sub-account is made (seen in the vendor's demos).
 */
const ID = /^(?=.{1,25}$)(se(-[a-z0-9]+)+|[1-9]\d*)$/;

/**
 * What is asked of every request before its route: a known key, a share of its rate limit, a
 * well-formed sub-account, and JSON where there is a body. The statuses 401 and 429 are documented,
 * 400 and 415 inferred; so is the order.
 */
export function guardAccess(
	app: FastifyInstance,
	settings: Settings,
	rateLimit: RateLimit,
	store: Store,
): void {
	app.decorateRequest('onBehalfOf');
	app.addHook('preValidation', async (request) => {
		if (request.url.startsWith(FILES)) return;
		const { headers } = request.seen;

		const key = headers['api-key'];
		if (key === undefined || !settings.apiKeys.includes(key)) {
			throw new Refusal(401, [
				apiError('unauthorized', 'The API key is missing or not valid.', {
					error_type: 'security',
				}),
			]);
		}

		rateLimit.spend(key);

		const onBehalfOf = headers['on-behalf-of'];
		if (onBehalfOf !== undefined && !ID.test(onBehalfOf)) {
			throw new Refusal(400, [
				apiError(
					'invalid_identifier',
					'On-Behalf-Of must be the id of a sub-account, as se-123456 or 123456.',
				),
			]);
		}
		request.onBehalfOf = onBehalfOf;
		if (onBehalfOf !== undefined) requireReady(store, onBehalfOf);

		const hasBody = request.method === 'POST' || request.seen.rawBody !== '';
		if (request.method === 'GET' || request.is404 || !hasBody) return;
		if (!/^application\/json(;|$)/.test(headers['content-type'] ?? '')) {
			throw new Refusal(415, [apiError('unspecified', 'Content-Type must be application/json.')]);
		}
	});
}

/**
 * A sub-account that was disabled, or was made only just now, refuses what is done on its behalf
 * (inferred). Any other well-formed one counts as one that was made long ago.
 */
function requireReady(store: Store, id: string): void {
	const subAccount = store.subAccounts.find(id);
	if (!subAccount || (subAccount.active && subAccount.refusesLeft === 0)) return;
	if (subAccount.active) subAccount.refusesLeft -= 1;
	throw new Refusal(403, [
		apiError('forbidden', 'The API key may not act on behalf of this account.', {
			error_type: 'security',
		}),
	]);
}
