import type { Browser, Page } from 'playwright-core';
import { FORM_PATH, PHONE } from '../../../sandbox/forms/registration';
import { findChromium, launchChromium } from '../../../sandbox/forms/browser';
import { type Sandbox, startSandbox } from '../support/sandbox';

/** Workflow 1 in a real n8n, from the first key to the verified account, without a mouse. */

let sandbox: Sandbox;
let browser: Browser;

beforeAll(async () => {
	const chromium = findChromium();
	if (!chromium) throw new Error('No Chromium was found. Install one, or set CHROMIUM_PATH.');
	sandbox = await startSandbox(['onboarding-form', 'onboarding-code']);
	browser = await launchChromium(chromium);
}, 600_000);

afterAll(async () => {
	await browser?.close();
	await sandbox?.stop();
}, 60_000);

/** Types into the fields in the order in which Tab reaches them. */
async function typeThrough(page: Page, ...answers: string[]): Promise<void> {
	for (const answer of answers) {
		await page.keyboard.press('Tab');
		await page.keyboard.type(answer);
	}
}

test('from the first key to "verified", by keyboard alone', async () => {
	const page = await browser.newPage();
	await page.goto(sandbox.n8n.url + FORM_PATH);
	await page.locator('#form').waitFor();
	const year = String(new Date().getFullYear() + 3).slice(2);
	await typeThrough(
		page,
		...['nathan@example.com', 'Nathan Smith', '5124854282', 'Example Corp.'],
		...['4009 Marathon Blvd', 'Suite 300', 'Austin', 'Texas', '78756'],
		...['Nathan Smith', '4111111111111111', `07${year}`],
		// The box of the terms.
		' ',
	);
	await page.keyboard.press('Enter');
	await page.getByLabel('Code from the text message').waitFor();

	await typeThrough(page, sandbox.api.codeFor(PHONE));
	await page.keyboard.press('Enter');
	await page.getByText('Your account is ready').waitFor();
	expect(sandbox.api.state.accounts).toHaveLength(1);
	expect(sandbox.api.state.verifications).toMatchObject([{ status: 'verified' }]);
}, 120_000);
