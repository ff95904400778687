import { createHmac, randomBytes } from 'crypto';

/** Of this process, and nowhere else: without it, not even a short code can be found from its fingerprint. */
const KEY = randomBytes(32);

/** Tells whether values are the same ones, without holding them. It changes with each start of n8n. */
export const fingerprint = (...values: unknown[]): string =>
	createHmac('sha256', KEY).update(JSON.stringify(values)).digest('base64url');
