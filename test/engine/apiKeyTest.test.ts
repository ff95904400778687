import './support/environment';
import { CredentialTestContext } from 'n8n-core';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { checkShipEngineApi } from '../../nodes/ShipEngine/credentialTests/checkShipEngineApi';
import { SANDBOX_KEY } from '../../sandbox/api';
import type { Recorder } from '../support/recorder';
import { httpAnswer, startRefusingProxy, startServer, startUntrusted } from '../support/servers';
import { useApi } from './support/fixtures';

/** The test of the API's credential with n8n's own helper, over real connections on this machine. */

const stand = useApi();
const open: Recorder[] = [];

afterEach(async () => {
	delete process.env.HTTPS_PROXY;
	await Promise.all(open.splice(0).map(async (server) => await server.close()));
});

async function started<T extends Recorder>(server: Promise<T>): Promise<T> {
	open.push(await server);
	return await server;
}

/** What saving the credential comes to. */
const check = async (data: ICredentialDataDecryptedObject = {}) =>
	await checkShipEngineApi.call(new CredentialTestContext(), {
		id: '1',
		name: 'ShipEngine API',
		type: 'shipEngineApi',
		data: { apiKey: SANDBOX_KEY, baseUrl: stand.api.url, ...data },
	});

const keysSent = () => stand.api.requests.map(({ headers }) => headers['api-key']);

const PARTNER_LOOK = 'GET /v1/partners/accounts?page=1&page_size=1';

test.each([
	[
		'own',
		true,
		'OK',
		"The key works. It is also a partner's: to act for sub-accounts, set 'Key Type' to 'Partner'.",
	],
	['own', false, 'OK', 'The key works.'],
	['partner', true, 'OK', "The key works. It is a partner's."],
	[
		'partner',
		false,
		'Error',
		"The key works, but the API does not take it for a partner's. Set 'Key Type' to 'Own', or ask ShipStation for a partner's key.",
	],
])(
	'a good key of type %s, a partner at the API: %s',
	async (keyType, isPartner, status, message) => {
		stand.api.reset({ isPartner });
		expect(await check({ keyType })).toEqual({ status, message });
		expect(stand.calls()).toEqual(['GET /v1/carriers', PARTNER_LOOK]);
		for (const { headers } of stand.api.requests) {
			expect(headers).toMatchObject({ 'api-key': SANDBOX_KEY, accept: 'application/json' });
		}
	},
);

test.each([
	['own', 'OK', 'The key works.'],
	[
		'partner',
		'Error',
		"The key works, but whether it is a partner's could not be checked. Try again later.",
	],
])('a key of type %s, where the API does not say', async (keyType, status, message) => {
	stand.api.faults.add({ operation: 'subAccounts', kind: 'serverErrorBefore' });
	expect(await check({ keyType })).toEqual({ status, message });
});

test.each(['\n', '\r\n', ' ', '\u00a0'])('what is behind the key (%j) is not sent', async (end) => {
	expect(await check({ apiKey: SANDBOX_KEY + end })).toEqual({
		status: 'OK',
		message: expect.stringContaining('a line break around it, which are not sent'),
	});
	expect(new Set(keysSent())).toEqual(new Set([SANDBOX_KEY]));
});

test('a key that the API does not know', async () => {
	expect(await check({ apiKey: 'wrong-key' })).toEqual({
		status: 'Error',
		message: 'The API does not know this key. Copy it again from the ShipStation API dashboard.',
	});
});

test.each(['a\u200bb', 'a\u2013b', 'a\nb', 'a b', 'a\0b', ''])(
	'a key that no header can carry (%j) is not sent',
	async (apiKey) => {
		const { status, message } = await check({ apiKey });
		expect(status).toBe('Error');
		expect(message).toMatch(
			/^The 'API Key' .* cannot be used\. Nothing was sent\. .*Copy it again/,
		);
		expect(stand.calls()).toEqual([]);
	},
);

/** An address that is none of those which the node takes for this machine; its servers stay on loopback. */
const OTHER_ADDRESS = '127.0.0.2';

test('over plain http, nothing goes to another address', async () => {
	const server = await started(startServer(httpAnswer(200, '{"carriers":[]}'), OTHER_ADDRESS));
	const { status, message } = await check({ baseUrl: `http://${OTHER_ADDRESS}:${server.port}` });
	expect(status).toBe('Error');
	expect(message).toMatch(/'Base URL' .* cannot be used\. Nothing was sent\./);
	expect(server.connections).toBe(0);
});

test.each([301, 302, 303, 307, 308])('a redirect (%s) is not followed', async (status) => {
	const second = await started(startServer(httpAnswer(200, '{"carriers":[]}')));
	const to = `http://localhost:${second.port}/v1/carriers`;
	const first = await started(startServer(httpAnswer(status, '', { Location: to })));
	const result = await check({ baseUrl: `http://127.0.0.1:${first.port}` });
	expect(result).toMatchObject({
		status: 'Error',
		message: expect.stringMatching(
			/another address, which was not followed\. Check the 'Base URL'/,
		),
	});
	expect([first.requests, second.connections]).toEqual([1, 0]);
});

test.each([
	['vouches for itself', {}],
	['has ended', { notAfter: new Date('2020-01-01') }],
	['is for another host', { hostname: 'other.example' }],
])('a certificate that %s is not trusted', async (_name, options) => {
	const server = await started(startUntrusted(httpAnswer(200, '{"carriers":[]}'), options));
	const { status, message } = await check({ baseUrl: `https://localhost:${server.port}` });
	expect(status).toBe('Error');
	expect(message).toContain('certificate');
	expect(message).toContain('NODE_EXTRA_CA_CERTS');
	expect(server.received).toBe('');
});

test('https where only http is spoken', async () => {
	const server = await started(startServer(httpAnswer(400, 'Bad Request')));
	const { status, message } = await check({ baseUrl: `https://localhost:${server.port}` });
	expect(status).toBe('Error');
	expect(message).toMatch(/the API could not be reached\. Nothing was sent\. Check the 'Base URL'/);
	expect(server.received).not.toContain(SANDBOX_KEY);
});

test('where nobody listens', async () => {
	const server = await startServer('');
	await server.close();
	const { status, message } = await check({ baseUrl: `http://127.0.0.1:${server.port}` });
	expect(status).toBe('Error');
	expect(message).toMatch(/the API could not be reached\. Nothing was sent\./);
});

test('where the proxy wants a password, nothing goes to the API', async () => {
	const proxy = await started(startRefusingProxy(407));
	process.env.HTTPS_PROXY = `http://127.0.0.1:${proxy.port}`;
	const { status, message } = await check({ baseUrl: 'https://api.example' });
	expect(status).toBe('Error');
	expect(message).toMatch(/Nothing was sent\. Check the proxy of this n8n/);
	expect([proxy.connections, proxy.requests]).toEqual([1, 1]);
	expect(proxy.received).not.toContain(SANDBOX_KEY);
});

test('a connection that is lost', async () => {
	const server = await started(startServer(''));
	const { status, message } = await check({ baseUrl: `http://127.0.0.1:${server.port}` });
	expect(status).toBe('Error');
	expect(message).toMatch(/could not be checked: no answer came: .*Try again later\./);
});

test.each(['serverErrorBefore', 'badGatewayBefore', 'tooManyRequests'] as const)(
	'%s: the key could not be checked',
	async (kind) => {
		stand.api.faults.add({ operation: 'carriers', kind });
		const { status, message } = await check();
		expect(status).toBe('Error');
		expect(message).toMatch(/^The API key could not be checked.*Try again/);
	},
);

test('an answer that repeats the key is told without it', async () => {
	for (const separator of ['', '-', ' ']) {
		stand.api.faults.add({ operation: 'carriers', kind: 'echoSecrets', separator });
		const { status, message } = await check();
		expect(status).toBe('Error');
		expect(message).toContain('Not accepted: [hidden]');
	}
});
