import { type Api, startApi } from '../../sandbox/api';
import { follow } from '../../sandbox/examples/firstAccount';
import { findChromium, launchChromium } from '../../sandbox/forms/browser';
import { ByHand } from '../../sandbox/n8n/byHand';
import { signIn } from '../../sandbox/n8n/editor';
import { installN8n } from '../../sandbox/n8n/install.cjs';
import { type N8n, startN8n } from '../../sandbox/n8n/instance';

/** The README's "Your first account", done in an empty n8n by its own words, with one wrong code on the way. */

let api: Api;
let n8n: N8n;

beforeEach(async () => {
	api = await startApi();
	n8n = await startN8n(await installN8n('2.41.1'), { credentials: [], workflows: [] });
}, 600_000);

afterEach(async () => {
	await n8n?.stop();
	await api?.close();
}, 60_000);

/** Follows the part of the README about the credentials, then one of the others. */
async function inEmptyN8n(way: string, then: (hand: ByHand) => Promise<void>): Promise<void> {
	const chromium = findChromium();
	if (!chromium) throw new Error('No Chromium was found. Install one, or set CHROMIUM_PATH.');
	const browser = await launchChromium(chromium);
	try {
		const hand = new ByHand(await signIn(browser, n8n), n8n);
		await follow('Your first account', hand, api);
		await follow(way, hand, api);
		await then(hand);
	} finally {
		await browser.close();
	}
}

/** One account, one wrong code, and then the right one. */
function expectVerified(nickname: string): void {
	expect(api.state.accounts).toMatchObject([{ body: { nickname } }]);
	expect(api.state.verifications.map(({ status }) => status)).toEqual(['verified']);
	expect(api.requests.filter(({ method }) => method === 'PUT')).toHaveLength(2);
}

test('by importing a workflow', async () => {
	await inEmptyN8n('By importing a workflow', async () => {
		expectVerified('My Stamps.com account');
	});
}, 240_000);

test('by hand; run again, nothing is registered twice', async () => {
	await inEmptyN8n('By hand', async (hand) => {
		expectVerified('My first account');
		await hand.close();
		await hand.page.getByRole('button', { name: 'Execute workflow' }).last().click();
		await hand.page.getByText(/an account with the nickname/i).waitFor({ timeout: 90_000 });
		expect(api.state.accounts).toHaveLength(1);
	});
}, 240_000);
