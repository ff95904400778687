import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'crypto';

/**
 * What a page brings along that was given to somebody who knew the password. The page has no origin,
 * so its requests carry no password themselves.
 */

const VALID_SECONDS = 24 * 60 * 60;

/** What a token is bound to. */
export interface TokenBinding {
	/** The secret of the card seal. */
	secret: string;
	/** The page's path. */
	path: string;
	/** The name and the password: once they are changed, no older page can send. */
	login: string;
}

function signature({ secret, path, login }: TokenBinding, expiry: number): string {
	const key = Buffer.from(hkdfSync('sha256', secret, '', 'n8n-nodes-shipengine page token', 32));
	return createHmac('sha256', key)
		.update(JSON.stringify([path, login, expiry]))
		.digest('base64url');
}

/** Compares without telling by its time how much is the same. */
export function isSame(one: string, other: string): boolean {
	const [first, second] = [one, other].map((text) => createHash('sha256').update(text).digest());
	return timingSafeEqual(first!, second!);
}

/** @param now - in seconds since 1970 */
export function tokenOf(binding: TokenBinding, now: number): string {
	const expiry = now + VALID_SECONDS;
	return `${expiry}.${signature(binding, expiry)}`;
}

/** Whether a token was given out for just this, and has not expired. */
export function isValidToken(token: unknown, binding: TokenBinding, now: number): boolean {
	const [, expiry, signed = ''] = /^(\d{1,12})\.([\w-]{43})$/.exec(String(token)) ?? [];
	if (expiry === undefined || Number(expiry) < now) return false;
	return isSame(signed, signature(binding, Number(expiry)));
}
