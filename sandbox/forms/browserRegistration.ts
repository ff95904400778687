import type { Page } from 'playwright-core';
import type { Answers, FormPage } from './driver';
import { NEW_CODE, OTHER_PHONE } from './registration';

/** The registration page in a real browser, filled in by the labels that a person sees. */

/** Whether the page that is open is the registration page. */
export const isRegistrationPage = async (page: Page) =>
	(await page.locator('#settings').count()) > 0;

/** What the page says: at its end, above a form, or at first. */
export async function readRegistrationPage(page: Page): Promise<FormPage> {
	const textOf = async (selector: string) => (await page.locator(selector).innerText()).trim();
	if (await page.locator('#end').isVisible()) {
		return { title: await textOf('#end-title'), text: await textOf('#end-text'), isForm: false };
	}
	if (await page.locator('#summary').isVisible()) {
		const lines = [await textOf('#summary-text'), await textOf('#summary-list')];
		return { title: await textOf('#summary-title'), text: lines.join('\n').trim(), isForm: true };
	}
	if (await page.locator('#code').isVisible()) {
		return { title: await textOf('#code-title'), text: await textOf('#code-text'), isForm: true };
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

/** Clicks the button for a new code as if its countdown were over: time passes on the server only. */
export const CLICK_NEW_CODE =
	"(button => { button.ariaDisabled = 'false'; button.click(); })(document.getElementById('new-code'))";

/** Enters what somebody wants to send; the button that they click then. */
async function fillIn(page: Page, answers: Answers): Promise<string> {
	if (OTHER_PHONE in answers) {
		await page.click('#other-phone');
		await page.fill('#new_phone', String(answers[OTHER_PHONE]));
		return '#text-phone';
	}
	for (const [label, answer] of Object.entries(answers)) await enter(page, label, String(answer));
	return (await page.locator('#code').isVisible()) ? '#confirm' : '#send';
}

/** Fills in the page and sends it, and waits until it says what came of that. */
export async function submitRegistrationPage(page: Page, answers: Answers): Promise<void> {
	const timeout = 60_000;
	const button = NEW_CODE in answers ? undefined : await fillIn(page, answers);
	const answered = page
		.waitForResponse((response) => response.request().method() === 'POST', { timeout })
		.catch(() => undefined);
	if (button === undefined) await page.evaluate(CLICK_NEW_CODE);
	else await page.click(button);
	// Mistakes are told without asking anybody.
	const told = page
		.locator('#summary')
		.waitFor({ timeout })
		.catch(() => undefined);
	await Promise.race([answered, told]);
	await page.locator('[aria-busy="true"]').waitFor({ state: 'detached', timeout });
}
