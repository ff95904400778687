import { Failure } from './failure';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

function isSafe(url: string): boolean {
	if (!URL.canParse(url)) return false;
	const { protocol, hostname, username, search, hash } = new URL(url);
	const encrypted = protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname));
	return encrypted && !username && !search && !hash;
}

/**
 * The API's address from the credential, without a slash at the end.
 *
 * @throws {@link Failure} unless it is https, or http on this machine: it carries the key and the card
 */
export function baseUrlOf(value: unknown): string {
	const url = String(value ?? '').trim();
	if (isSafe(url)) return url.replace(/\/+$/, '');
	const message = "The 'Base URL' of the 'ShipEngine API' credential is not an https address";
	throw new Failure({
		message,
		description:
			"Set it to 'https://api.shipengine.com'. Nothing was sent, since the API key and the card would have travelled unencrypted.",
		reasons: [{ code: 'invalid_field_value', field: null, message }],
	});
}
