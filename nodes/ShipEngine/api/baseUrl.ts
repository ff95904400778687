import { Failure } from '../failures/failure';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

function isSafe(url: string): boolean {
	// A user name, a password or a query in the address is never legitimate here.
	if (!URL.canParse(url) || /[?#@]/.test(url)) return false;
	const { protocol, hostname } = new URL(url);
	return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname));
}

/**
 * The API's address from the credential, without a slash at the end.
 *
 * @throws {@link Failure} unless it is https, or http on this machine: it carries the key and the card
 */
export function baseUrlOf(value: unknown): string {
	const url = String(value ?? '').trim();
	if (isSafe(url)) return url.replace(/\/+$/, '');
	const message = "The 'Base URL' of the 'ShipEngine API' credential cannot be used";
	throw new Failure({
		message,
		description:
			"Nothing was sent. Set it to 'https://api.shipengine.com', or for tests to another https address without a name, a password or a query.",
		reasons: [{ code: 'base_url_unusable', field: null, message }],
	});
}
