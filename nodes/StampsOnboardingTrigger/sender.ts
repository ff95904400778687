import type { IWebhookFunctions } from 'n8n-workflow';

/** What a reverse proxy adds to a request. */
const OF_PROXIES = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'];

/** Addresses of this machine and of its own network: there stands a proxy, and no stranger. */
const OWN_NETWORK =
	/^(?:::1$|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|f[cd]|fe[89ab])/i;

/** Of the eight parts of an IPv6 address, those of the network: whoever has one address has all of it. */
const PARTS = 8;
const NETWORK_PARTS = 4;

function networkOf(address: string): string {
	if (!address.includes(':')) return address;
	const [head = [], tail = []] = address.split('::').map((side) => side.split(':').filter(Boolean));
	const zeros = Array.from({ length: Math.max(0, PARTS - head.length - tail.length) }, () => '0');
	return [...head, ...zeros, ...tail]
		.slice(0, NETWORK_PARTS)
		.map((part) => parseInt(part, 16).toString(16))
		.join(':');
}

/** The address that a request comes from, as n8n knows it; undefined where that may be a proxy's. */
export function addressOf(context: IWebhookFunctions): string | undefined {
	const { ip = '', ips } = context.getRequestObject();
	const address = ip.replace(/^::ffff:/i, '');
	const headers = context.getHeaderData();
	// Express fills the list only if n8n was told to trust the proxy in front of it.
	const isOfProxy = ips.length === 0 && OF_PROXIES.some((name) => name in headers);
	return address === '' || isOfProxy || OWN_NETWORK.test(address) ? undefined : address;
}

/** What limits count a sender by. */
export function networkOfSender(context: IWebhookFunctions): string | undefined {
	const address = addressOf(context);
	return address === undefined ? undefined : networkOf(address);
}

/**
 * Whether a request says that it was sent by another site's page. The page itself has no origin, and
 * programs name none: those need a pass.
 */
export function isOfOtherSite(context: IWebhookFunctions): boolean {
	const { origin, host } = context.getHeaderData();
	if (origin === undefined || origin === 'null') return false;
	try {
		return new URL(String(origin)).host !== host;
	} catch {
		return true;
	}
}
