import { type Browser, type Page, chromium } from 'playwright-core';
import { findProgram } from '../support/programs';
import {
	isRegistrationPage,
	readRegistrationPage,
	submitRegistrationPage,
} from './browserRegistration';
import type { Answers, FormDriver, FormPage } from './driver';

/** A Chromium of this machine: CHROMIUM_PATH, or one on the PATH. */
export const findChromium = (): string | undefined =>
	process.env.CHROMIUM_PATH || findProgram('chromium', 'chromium-browser', 'google-chrome');

/** With these, Chromium talks to nobody but the pages it is sent to. */
export const CHROMIUM_ARGUMENTS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** Starts a Chromium that talks to nobody but the pages it is sent to. */
export const launchChromium = async (executablePath: string): Promise<Browser> =>
	await chromium.launch({ executablePath, args: CHROMIUM_ARGUMENTS });

/** Fills in n8n's forms in a real browser, by the labels that a person sees. */
export class BrowserFormDriver implements FormDriver {
	private constructor(
		private readonly page: Page,
		private readonly browser?: Browser,
	) {}

	static async start(executablePath: string): Promise<BrowserFormDriver> {
		const browser = await launchChromium(executablePath);
		const page = await browser.newPage({ viewport: { width: 800, height: 900 } });
		return new BrowserFormDriver(page, browser);
	}

	/** On a page of somebody else's browser, which is not ended with it. */
	static async on(page: Page): Promise<BrowserFormDriver> {
		await page.waitForLoadState('load');
		return new BrowserFormDriver(page);
	}

	async open(url: string): Promise<FormPage> {
		await this.page.goto(url);
		const address = new URL(url);
		if (address.username) {
			// The browser has learnt the password; a page whose address holds it could not send its form.
			address.username = address.password = '';
			await this.page.goto(address.href);
		}
		return await this.read();
	}

	async reload(): Promise<FormPage> {
		await this.page.reload();
		return await this.read();
	}

	get address(): string {
		return this.page.url();
	}

	/** Fills in the page that is open and submits it, where no next page is awaited. */
	async send(answers: Answers): Promise<void> {
		for (const [label, answer] of Object.entries(answers)) await this.enter(label, answer);
		await this.page.click('#submit-btn');
	}

	async submit(answers: Answers): Promise<FormPage> {
		if (await isRegistrationPage(this.page)) {
			await submitRegistrationPage(this.page, answers);
			return await this.read();
		}
		// n8n's script moves on to the next page by itself, once the run has come that far, or shows
		// what a Respond to Webhook step answered in place of the form.
		const timeout = 60_000;
		const next = Promise.race([
			this.page.waitForEvent('load', { timeout }),
			this.page.locator('#n8n-form').waitFor({ state: 'detached', timeout }),
		]);
		await Promise.all([next, this.send(answers)]);
		await this.page.waitForLoadState('load');
		return await this.read();
	}

	/** Takes a picture of the page, as a PNG. */
	async photograph(file: string): Promise<void> {
		await this.page.locator('.container, main').first().screenshot({ path: file });
	}

	async close(): Promise<void> {
		await (this.browser ?? this.page).close();
	}

	private async enter(label: string, answer: Answers[string]): Promise<void> {
		if (answer instanceof File) {
			const buffer = Buffer.from(await answer.arrayBuffer());
			const file = { name: answer.name, mimeType: answer.type, buffer };
			return await this.page.getByLabel(label, { exact: true }).setInputFiles(file);
		}
		const group = this.page.locator('.inputs-wrapper > div', {
			has: this.page.locator('label.form-label', { hasText: label }),
		});
		if ((await group.locator('.multiselect').count()) === 0) {
			const input = this.page.getByLabel(label, { exact: true });
			if ((await group.locator('select').count()) > 0)
				await input.selectOption({ label: String(answer) });
			else await input.fill(String(answer));
			return;
		}
		for (const choice of [answer].flat()) await group.getByLabel(choice, { exact: true }).check();
	}

	/** The page that is open. */
	async read(): Promise<FormPage> {
		// A window that has just opened counts as loaded while it is still blank.
		const header = this.page
			.locator('#n8n-form .form-header, .card .header, #header, #code')
			.first();
		await header.or(this.page.locator('#end')).first().waitFor({ timeout: 60_000 });
		await this.page.waitForLoadState('load');
		if (await isRegistrationPage(this.page)) return await readRegistrationPage(this.page);
		const isForm = (await this.page.locator('#n8n-form').count()) > 0;
		return {
			title: (await header.locator('h1').innerText()).trim(),
			text: (await header.locator('p').innerText()).trim(),
			isForm,
		};
	}
}
