import { type Api, startApi } from '../../sandbox/api';
import { followFirstAccount } from '../../sandbox/examples/firstAccount';
import { findChromium, launchChromium } from '../../sandbox/forms/browser';
import { ByHand } from '../../sandbox/n8n/byHand';
import { signIn } from '../../sandbox/n8n/editor';
import { installN8n } from '../../sandbox/n8n/install.cjs';
import { type N8n, startN8n } from '../../sandbox/n8n/instance';

/** The README's "Your first account", done in the editor by its own words. */

let api: Api;
let n8n: N8n;

beforeAll(async () => {
	api = await startApi();
	n8n = await startN8n(await installN8n('2.41.1'), { credentials: [], workflows: [] });
}, 600_000);

afterAll(async () => {
	await n8n?.stop();
	await api?.close();
}, 60_000);

test('from an empty canvas to "verified"', async () => {
	const chromium = findChromium();
	if (!chromium) throw new Error('No Chromium was found. Install one, or set CHROMIUM_PATH.');
	const browser = await launchChromium(chromium);
	try {
		await followFirstAccount(new ByHand(await signIn(browser, n8n), n8n), api);
	} finally {
		await browser.close();
	}
	expect(api.state.accounts).toHaveLength(1);
	expect(api.state.accounts[0]?.body).toMatchObject({ nickname: 'My first account' });
	expect(api.state.verifications.map(({ status }) => status)).toEqual(['verified']);
}, 180_000);
