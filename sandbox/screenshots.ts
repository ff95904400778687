import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { SANDBOX_KEY, startApi } from './api';
import { TEST_CARD_NUMBER, apiCredential, cardCredential, exampleWorkflow } from './contents';
import { photographCanvas, signIn } from './editor';
import { BrowserFormDriver, findChromium, launchChromium } from './forms/browser';
import { FORM_PATH, REGISTRATION, codeAnswer } from './forms/registration';
import type { InstalledN8n } from './n8n/install.cjs';
import { type N8n, startN8n } from './n8n/instance';

/** `npm run screenshots`: takes the pictures of the example workflows anew, in a real n8n. */

const FOLDER = path.join(__dirname, '../workflows/images');
const picture = (name: string) => path.join(FOLDER, `${name}.png`);

async function photographForms(n8n: N8n, chromium: string): Promise<void> {
	const form = await BrowserFormDriver.start(chromium);
	try {
		await form.open(n8n.url + FORM_PATH);
		await form.photograph(picture('registration-form'));
		await form.submit(REGISTRATION);
		await form.photograph(picture('ask-for-code'));
		await form.submit(codeAnswer('000000'));
		await form.photograph(picture('code-not-accepted'));
	} finally {
		await form.close();
	}
}

async function photographEditor(n8n: N8n, chromium: string): Promise<void> {
	const browser = await launchChromium(chromium);
	try {
		const page = await signIn(browser, n8n);
		await photographCanvas(page, n8n, n8n.workflowIds[0] ?? '', picture('register-and-verify'));
	} finally {
		await browser.close();
	}
}

export async function main(
	_args: string[],
	installing: Promise<InstalledN8n>,
	signal: AbortSignal,
): Promise<number> {
	const chromium = findChromium();
	if (!chromium) throw new Error('No Chromium was found. Install one, or set CHROMIUM_PATH.');
	await mkdir(FOLDER, { recursive: true });
	const api = await startApi();
	try {
		const n8n = await startN8n(
			await installing,
			{
				credentials: [
					apiCredential({ apiKey: SANDBOX_KEY, baseUrl: api.url }),
					cardCredential(TEST_CARD_NUMBER),
				],
				workflows: [exampleWorkflow('register-and-verify')],
			},
			signal,
		);
		try {
			await photographForms(n8n, chromium);
			await photographEditor(n8n, chromium);
			return 0;
		} finally {
			await n8n.stop();
		}
	} finally {
		await api.close();
	}
}
