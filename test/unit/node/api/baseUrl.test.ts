import { baseUrlOf } from '../../../../nodes/ShipEngine/api/baseUrl';
import { Failure } from '../../../../nodes/ShipEngine/failures/failure';

function refusal(value: unknown): Failure {
	try {
		baseUrlOf(value);
	} catch (error) {
		if (error instanceof Failure) return error;
		throw error;
	}
	throw new Error('Accepted');
}

describe('accepted', () => {
	test.each([
		['the API', 'https://api.shipengine.com', 'https://api.shipengine.com'],
		['another host', 'https://proxy.example:8443', 'https://proxy.example:8443'],
		['a slash at the end', 'https://api.shipengine.com/', 'https://api.shipengine.com'],
		['slashes at the end', 'https://api.shipengine.com///', 'https://api.shipengine.com'],
		['spaces around', '  https://api.shipengine.com\n', 'https://api.shipengine.com'],
		['a path', 'https://proxy.example/shipengine', 'https://proxy.example/shipengine'],
		['a path and a slash', 'https://proxy.example/a/b/', 'https://proxy.example/a/b'],
		['http by number', 'http://127.0.0.1:1', 'http://127.0.0.1:1'],
		['http by name', 'http://localhost', 'http://localhost'],
		['http by name with a port', 'http://localhost:3000/', 'http://localhost:3000'],
		['http by IPv6', 'http://[::1]:8080', 'http://[::1]:8080'],
	])('%s', (_name, url, base) => {
		expect(baseUrlOf(url)).toBe(base);
	});

	test.each(['HTTPS://API.SHIPENGINE.COM', 'HTTP://LOCALHOST:3000', 'http://[::1]'])(
		'%s: the same address',
		(url) => {
			expect(new URL(baseUrlOf(url)).origin).toBe(new URL(url).origin);
		},
	);
});

const REFUSED: Array<[string, unknown]> = [
	['http elsewhere', 'http://api.shipengine.com'],
	['http at an example', 'http://example.com'],
	['http in the local network', 'http://192.168.0.2'],
	['http at every address', 'http://0.0.0.0'],
	['a host that begins like this machine', 'http://localhost.evil.com'],
	['a host that begins like its number', 'http://127.0.0.1.evil.com'],
	['a host that ends like this machine', 'http://evil-localhost'],
	['this machine as a user', 'http://127.0.0.1@evil.com'],
	['this machine as a user with a password', 'http://localhost:80@evil.com'],
	['a user and a password', 'https://user:pass@api.shipengine.com'],
	['a user', 'https://user@api.shipengine.com'],
	['a password', 'https://:pass@api.shipengine.com'],
	['a query', 'https://api.shipengine.com?key=1'],
	['an empty query', 'https://api.shipengine.com/?'],
	['a fragment', 'https://api.shipengine.com#top'],
	['an empty fragment', 'https://api.shipengine.com/#'],
	['ftp', 'ftp://api.shipengine.com'],
	['ftp on this machine', 'ftp://localhost'],
	['a web socket', 'wss://api.shipengine.com'],
	['a script', 'javascript:alert(1)'],
	['data', 'data:text/plain,x'],
	['a file', 'file:///etc/hosts'],
	['no protocol', 'api.shipengine.com'],
	['no protocol but a port', 'localhost:3000'],
	['a path only', '/v1'],
	['no host', 'https://'],
	['two addresses', 'https://api.shipengine.com https://evil.com'],
	['an expression that was not resolved', '={{ $json.url }}'],
	['nothing', ''],
	['spaces', '   '],
	['undefined', undefined],
	['null', null],
	['a number', 5],
	['true', true],
	['an object', {}],
	['a huge text', 'x'.repeat(1_000_000)],
];

describe('refused', () => {
	test.each(REFUSED)('%s', (_name, value) => {
		const { details } = refusal(value);
		expect(details.message).toContain("'Base URL'");
		expect(details.message).toContain("'ShipEngine API'");
		expect(details.description).toContain("'https://api.shipengine.com'");
		expect(details.description).toMatch(/Nothing was sent/);
		expect(details.reasons).toEqual([
			{ code: 'base_url_unusable', field: null, message: details.message },
		]);
	});

	test('without repeating what it was', () => {
		expect(JSON.stringify(refusal('http://user:secret-pass@evil.com').details)).not.toMatch(
			/secret-pass|evil/,
		);
	});

	test('an https address is not said to be none, or unencrypted', () => {
		const { details } = refusal('https://user:pass@api.shipengine.com');
		expect(details.message).not.toMatch(/not an https address/);
		expect(details.description).not.toMatch(/unencrypted/);
	});
});
