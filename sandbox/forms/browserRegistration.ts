import type { Page, Response } from 'playwright-core';
import type { Answers, FormPage } from './driver';

/** The registration page in a real browser, filled in by the labels that a person sees. */

/** Whether the page that is open is the registration page. */
export const isRegistrationPage = async (page: Page) =>
	(await page.locator('#settings').count()) > 0;

/** What the page says: at its end, above the form, or at first. */
export async function readRegistrationPage(page: Page): Promise<FormPage> {
	const textOf = async (selector: string) => (await page.locator(selector).innerText()).trim();
	if (await page.locator('#end').isVisible()) {
		return { title: await textOf('#end-title'), text: await textOf('#end-text'), isForm: false };
	}
	if (await page.locator('#summary').isVisible()) {
		const lines = [await textOf('#summary-text'), await textOf('#summary-list')];
		return { title: await textOf('#summary-title'), text: lines.join('\n').trim(), isForm: true };
	}
	return { title: await textOf('#header h1'), text: await textOf('#header p'), isForm: true };
}

async function enter(page: Page, label: string, answer: string): Promise<void> {
	const field = page.getByLabel(label, { exact: true });
	const kind = await field.evaluate((input) => `${input.tagName} ${input.getAttribute('type')}`);
	if (kind.startsWith('SELECT')) await field.selectOption({ label: answer });
	else if (kind.endsWith('checkbox')) await field.check();
	else await field.fill(answer);
}

/** What the trigger answered; where the browser has left the page already, it has led on. */
const bodyOf = async (response: Response) => await response.text().catch(() => LEADS_ON);

const LEADS_ON = '"redirect_url"';

/** Fills in the page and sends it, and waits until it says what came of that, or has led on. */
export async function submitRegistrationPage(page: Page, answers: Answers): Promise<void> {
	for (const [label, answer] of Object.entries(answers)) await enter(page, label, String(answer));
	const timeout = 60_000;
	const next = page.waitForEvent('load', { timeout }).catch(() => undefined);
	const answered = page
		.waitForResponse((response) => response.request().method() === 'POST', { timeout })
		.then(bodyOf)
		.catch(() => '');
	await page.click('#send');
	// Mistakes are told without asking anybody.
	const told = page
		.locator('#summary')
		.waitFor({ timeout })
		.catch(() => undefined);
	const answer = await Promise.race([answered, told]);
	if (answer?.includes(LEADS_ON)) await next;
	else
		await page.locator('#summary:not([hidden]), #end:not([hidden])').first().waitFor({ timeout });
}
