/** The key that the stand-in accepts unless told otherwise. It is not a key to anything. */
export const SANDBOX_KEY = 'sandbox-key';

/** A text message that the real API would have sent. */
export interface Text {
	phone: string;
	code: string;
	carrierId: string;
}

/** How the stand-in behaves. */
export interface Settings {
	/** The API keys it accepts; all of them open the same account. Default: `SANDBOX_KEY`. */
	apiKeys: string[];
	/**
	 * How many codes may be tried on one verification, the right one included; default 3. With 1, a
	 * wrong code spends the verification at once. Which of the two the real API does isn't known.
	 */
	attempts: number;
	/**
	 * How many looks at the carriers (`GET /v1/carriers`) a new account is missing from; default 0.
	 * That the real API lists an account late isn't known; its sandbox is "eventually consistent" (seen).
	 */
	listedAfter: number;
	/** Whether the keys are those of a partner, who can make sub-accounts; default true. */
	isPartner: boolean;
	/**
	 * How many requests on its behalf a new sub-account still refuses; default 0. (The vendor's script
	 * waits 30 seconds after it has made one: seen. How a request is refused until then is inferred.)
	 */
	subAccountReadyAfter: number;
	/** Whether support has enabled adding funds (documented that it has to); default true. */
	fundsEnabled: boolean;
	/**
	 * Requests that one key may make in a window; `documented` for the vendor's own numbers, 200 a
	 * minute and 20 for a key that begins `TEST_`. Default: no limit.
	 */
	rateLimit?: 'documented' | { limit: number; windowMs: number };
	/** The clock of rate limits and card expiry, in milliseconds since 1970. Default: `Date.now`. */
	now: () => number;
	/** Told of each text message. Default: nothing is said anywhere. */
	onText: (text: Text) => void;
}

export const DEFAULTS: Settings = {
	apiKeys: [SANDBOX_KEY],
	attempts: 3,
	listedAfter: 0,
	isPartner: true,
	subAccountReadyAfter: 0,
	fundsEnabled: true,
	rateLimit: undefined,
	now: Date.now,
	onText: () => {},
};
