import { type Api, startApi } from '../../sandbox/api';
import { followFirstAccount, followWrongCode } from '../../sandbox/examples/firstAccount';
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

const statuses = () => api.state.verifications.map(({ status }) => status);

test('from an empty canvas to "verified"; run again, and with a wrong code', async () => {
	const chromium = findChromium();
	if (!chromium) throw new Error('No Chromium was found. Install one, or set CHROMIUM_PATH.');
	const browser = await launchChromium(chromium);
	try {
		const hand = new ByHand(await signIn(browser, n8n), n8n);
		await followFirstAccount(hand, api);
		expect(api.state.accounts).toMatchObject([{ body: { nickname: 'My first account' } }]);
		expect(statuses()).toEqual(['verified']);

		await followWrongCode(hand, api);
		expect(api.state.accounts).toHaveLength(2);
		expect(statuses()).toEqual(['verified', 'verified']);
		expect(api.requests.filter(({ method }) => method === 'PUT')).toHaveLength(3);

		await hand.page.getByRole('button', { name: 'Execute workflow' }).last().click();
		await hand.page.getByText(/an account with the nickname/i).waitFor({ timeout: 90_000 });
		expect(api.state.accounts).toHaveLength(2);
	} finally {
		await browser.close();
	}
}, 240_000);
