import { SANDBOX_KEY } from '../../../sandbox/api';
import { apiCredential } from '../../../sandbox/examples/contents';
import { signIn } from '../../../sandbox/n8n/editor';
import { findChromium, launchChromium } from '../../../sandbox/forms/browser';
import { httpAnswer, startServer, startUntrusted } from '../../support/servers';
import type { Stand } from './stand';

const CARRIERS = httpAnswer(200, '{"carriers":[]}', { 'Content-Type': 'application/json' });

/** An address that is none of those which the node takes for this machine; its servers stay on loopback. */
const OTHER_ADDRESS = '127.0.0.2';

/** What n8n says when the API's credential is saved, and what it has sent by then. */
export function credentialTest(stand: Stand): void {
	const save = async (data: { apiKey?: string; baseUrl?: string; keyType?: string } = {}) =>
		await stand.n8n.api.testCredential(
			apiCredential({ apiKey: SANDBOX_KEY, baseUrl: stand.api.url, ...data }),
		);

	test('a good key works', async () => {
		stand.api.reset({ isPartner: false });
		expect(await save()).toEqual({ status: 'OK', message: 'The key works.' });
		expect(stand.api.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
			'GET /v1/carriers',
			'GET /v1/partners/accounts?page=1&page_size=1',
		]);
	});

	test("a partner's key is said to be one, and another is not taken for one", async () => {
		expect(await save({ keyType: 'partner' })).toEqual({
			status: 'OK',
			message: "The key works. It is a partner's.",
		});
		stand.api.reset({ isPartner: false });
		expect(await save({ keyType: 'partner' })).toMatchObject({
			status: 'Error',
			message: expect.stringContaining("does not take it for a partner's"),
		});
	});

	test('of a key with a line break behind it, which a secrets store has put there', async () => {
		expect(await save({ apiKey: `${SANDBOX_KEY}\n` })).toMatchObject({
			status: 'OK',
			message: expect.stringContaining('a line break'),
		});
		expect(stand.api.requests[0]?.headers['api-key']).toBe(SANDBOX_KEY);
	});

	test('a wrong key is said to be unknown', async () => {
		expect(await save({ apiKey: 'wrong-key' })).toEqual({
			status: 'Error',
			message: 'The API does not know this key. Copy it again from the ShipStation API dashboard.',
		});
	});

	test('a key that no header can carry is not sent', async () => {
		const { status, message } = await save({ apiKey: `${SANDBOX_KEY}\u200b-\u2013` });
		expect(status).toBe('Error');
		expect(message).toMatch(/^The 'API Key' .*Nothing was sent\..*Copy it again/);
		expect(stand.api.requests).toEqual([]);
	});

	test('plain http to another address: no connection', async () => {
		const server = await startServer(CARRIERS, OTHER_ADDRESS);
		const { status, message } = await save({ baseUrl: `http://${OTHER_ADDRESS}:${server.port}` });
		await server.close();
		expect(status).toBe('Error');
		expect(message).toMatch(/'Base URL' .* cannot be used\. Nothing was sent/);
		expect([server.connections, server.received]).toEqual([0, '']);
	});

	test('a redirect to a second host: nothing reaches it', async () => {
		const second = await startServer(CARRIERS);
		const location = `http://localhost:${second.port}/v1/carriers`;
		const first = await startServer(httpAnswer(302, '', { Location: location }));
		const { status, message } = await save({ baseUrl: `http://127.0.0.1:${first.port}` });
		await Promise.all([first.close(), second.close()]);
		expect(status).toBe('Error');
		expect(message).toContain('pointed to another address, which was not followed');
		expect([first.requests, second.connections]).toEqual([1, 0]);
	});

	test('a certificate that nobody trusts: no request', async () => {
		const server = await startUntrusted(CARRIERS);
		const { status, message } = await save({ baseUrl: `https://localhost:${server.port}` });
		await server.close();
		expect(status).toBe('Error');
		expect(message).toMatch(/certificate .* NODE_EXTRA_CA_CERTS/);
		expect(server.received).toBe('');
	});

	test('a web page is no list of carriers', async () => {
		const server = await startServer(httpAnswer(200, '<html></html>'));
		const { status, message } = await save({ baseUrl: `http://127.0.0.1:${server.port}` });
		await server.close();
		expect(status).toBe('Error');
		expect(message).toContain("Check the 'Base URL'");
	});

	test('the editor says so, too', async () => {
		const chromium = findChromium();
		if (!chromium) throw new Error('No Chromium was found. Install one, or set CHROMIUM_PATH.');
		const add = async (apiKey: string) =>
			await stand.n8n.api.addCredential(apiCredential({ apiKey, baseUrl: stand.api.url }));
		const [good, wrong] = [await add(SANDBOX_KEY), await add('wrong-key')];
		const browser = await launchChromium(chromium);
		try {
			const page = await signIn(browser, stand.n8n);
			await page.goto(`${stand.n8n.url}/home/credentials/${good}`);
			await page.getByText('Connection tested successfully').first().waitFor();
			await page.goto(`${stand.n8n.url}/home/credentials/${wrong}`);
			await page.getByText('More details').first().click();
			await page.getByText('The API does not know this key.').first().waitFor();
		} finally {
			await browser.close();
		}
	}, 90_000);
}
