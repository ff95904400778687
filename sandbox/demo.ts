import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { startApi } from './api';
import { exampleWorkflow, sealCredential } from './examples/contents';
import { followFirstAccount } from './examples/firstAccount';
import { BrowserFormDriver, findChromium, launchChromium } from './forms/browser';
import { FORM_PATH, PHONE, REGISTRATION, codeAnswer } from './forms/registration';
import { ByHand } from './n8n/byHand';
import { openWorkflow, signIn } from './n8n/editor';
import type { InstalledN8n } from './n8n/install.cjs';
import { startN8n } from './n8n/instance';
import { untilServed } from './n8n/triggers';

/**
 * `npm run demo`: plays docs/demo.md in a real n8n and a real browser, against the stand-in, and leaves
 * a picture of each scene in the folder `demo`.
 */

const FOLDER = path.join(__dirname, '../demo');

/** How long n8n's panels and messages move, in milliseconds. */
const REST = 700;

/** Takes numbered pictures, one after another. */
class Film {
	private count = 0;

	/** @param scene what it shows, in a word or two */
	async take(page: Page, scene: string): Promise<void> {
		this.count += 1;
		// What slides in has to have come to rest.
		await page.waitForTimeout(REST);
		const name = `${String(this.count).padStart(2, '0')}-${scene}.png`;
		await page.screenshot({ path: path.join(FOLDER, name) });
		console.log(`  ${name}`);
	}
}

const ONBOARDING = ['onboarding-form', 'onboarding-code'].map(exampleWorkflow);

/**
 * @param n8n the installed n8n
 * @param signal says that it is to end
 * @returns 0 once every scene was played and the accounts are verified, else 1
 */
export async function main(
	_args: string[],
	n8n: Promise<InstalledN8n>,
	signal: AbortSignal,
): Promise<number> {
	const chromium = findChromium();
	if (!chromium) throw new Error('No Chromium was found. Install one, or set CHROMIUM_PATH.');
	await rm(FOLDER, { recursive: true, force: true });
	await mkdir(FOLDER);
	const film = new Film();
	const api = await startApi();
	const running = await startN8n(await n8n, { credentials: [], workflows: [] }, signal);
	const browser = await launchChromium(chromium);
	try {
		const editor = await signIn(browser, running);
		let step = 0;
		const hand = new ByHand(editor, running);
		await followFirstAccount(hand, api, async (moment, page) => {
			if (moment === 'step') step += 1;
			await film.take(page, moment === 'step' ? `step-${step}` : moment);
		});
		await hand.close();
		await editor.getByRole('button', { name: 'Execute workflow' }).last().click();
		await editor.getByText('Problem in node').waitFor();
		await film.take(editor, 'again');

		// The credential with the API key is there by now.
		await running.api.addCredential(sealCredential());
		for (const workflow of ONBOARDING) {
			const id = await running.api.addWorkflow(workflow);
			await openWorkflow(editor, running, id);
			await film.take(editor, 'onboarding');
		}
		await untilServed(running.url + FORM_PATH);
		const page = await browser.newPage({ viewport: { width: 800, height: 900 } });
		const form = await BrowserFormDriver.on(page);
		await form.open(running.url + FORM_PATH);
		await film.take(page, 'registration-page');
		await form.submit(REGISTRATION);
		await film.take(page, 'code-page');
		await form.submit(codeAnswer(api.codeFor(PHONE)));
		await film.take(page, 'account-ready');
		return api.state.verifications.every(({ status }) => status === 'verified') ? 0 : 1;
	} finally {
		await browser.close();
		await running.stop();
		await api.close();
	}
}
