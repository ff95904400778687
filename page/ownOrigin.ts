/**
 * Lets the page send to no address but its own, for as long as it is open.
 *
 * The server cannot say so in the policy that comes with the page. Only the browser knows under which
 * host and protocol people reach it, whatever a proxy makes of both. And WebKit takes `'self'` for no
 * address at all in a page that is sandboxed (tried: WebKitGTK 2.50.6).
 */
export function keepToOwnOrigin(): void {
	const policy = document.createElement('meta');
	policy.httpEquiv = 'Content-Security-Policy';
	// No policy can name an address of IPv6 (CSP 3, host-source): there, 'self' has to do.
	policy.content = `connect-src 'self' ${location.origin}`;
	document.head.append(policy);
}
