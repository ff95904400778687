import { Refusal, apiError } from './errors';
import type { Settings } from './settings';

const MINUTE = 60_000;

/** Counts each key's requests in windows that begin with the first request after the last window. */
export class RateLimit {
	private readonly windows = new Map<string, { ends: number; count: number }>();

	constructor(private readonly settings: Settings) {}

	/**
	 * Counts one request.
	 * @throws Refusal 429 with `Retry-After` in whole seconds once the key has had its share
	 */
	spend(key: string): void {
		if (!this.settings.rateLimit) return;
		const { limit, windowMs } =
			this.settings.rateLimit === 'documented' ? documented(key) : this.settings.rateLimit;

		const now = this.settings.now();
		const last = this.windows.get(key);
		const window = last && now < last.ends ? last : { ends: now + windowMs, count: 0 };
		this.windows.set(key, window);

		if (window.count >= limit) throw tooManyRequests(Math.ceil((window.ends - now) / 1000));
		window.count += 1;
	}

	/** Forgets what was counted. */
	reset(): void {
		this.windows.clear();
	}
}

/**
 * The refusal of a request too many. Documented but for `error_type`, which is inferred.
 * @param retryAfter the header's value: seconds, or whatever a test wants said; left out if undefined
 */
export function tooManyRequests(
	retryAfter: number | string | undefined,
	error_source: 'carrier' | 'shipengine' = 'shipengine',
): Refusal {
	return new Refusal(
		429,
		[
			apiError('rate_limit_exceeded', 'Too many requests; try again later.', {
				error_source,
				error_type: 'system',
			}),
		],
		retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) },
	);
}

function documented(key: string) {
	return { limit: key.startsWith('TEST_') ? 20 : 200, windowMs: MINUTE };
}
