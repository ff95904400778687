import puppeteer, { type LaunchOptions, type Page } from 'puppeteer-core';
import { CHROMIUM_ARGUMENTS, findChromium } from '../../../../sandbox/forms/browser';
import { findProgram } from '../../../../sandbox/support/programs';
import type { Engine, Visit, Visitor } from './visitor';

/** Chromium and Firefox, driven by their own protocols: DevTools, and WebDriver BiDi. */

const WITHOUT_SCRIPT = '--blink-settings=scriptEnabled=false';

const visitorOn = (page: Page): Visitor => ({
	async open(url) {
		await page.goto(url);
	},
	evaluate: async <T>(expression: string) => (await page.evaluate(expression)) as T,
	type: async (text) => await page.keyboard.type(text),
	press: async (key) => await page.keyboard.press(key === 'Space' ? ' ' : key),
	click: async (selector) => await page.click(selector),
	async photograph(file) {
		await page.screenshot({ path: file as `${string}.png` });
	},
	close: async () => await page.browser().close(),
});

async function visit({ width, height }: Visit, options: LaunchOptions): Promise<Visitor> {
	const browser = await puppeteer.launch({
		acceptInsecureCerts: true,
		defaultViewport: { width, height },
		...options,
	});
	return visitorOn(await browser.newPage());
}

export const CHROMIUM: Engine = {
	name: 'Chromium',
	missing: () => (findChromium() ? undefined : 'chromium'),
	visit: async (how) =>
		await visit(how, {
			executablePath: findChromium(),
			args: how.script ? CHROMIUM_ARGUMENTS : [...CHROMIUM_ARGUMENTS, WITHOUT_SCRIPT],
		}),
};

const findFirefox = () => findProgram('firefox-esr', 'firefox');

export const FIREFOX: Engine = {
	name: 'Firefox',
	missing: () => (findFirefox() ? undefined : 'firefox-esr'),
	visit: async (how) =>
		await visit(how, {
			browser: 'firefox',
			executablePath: findFirefox(),
			extraPrefsFirefox: { 'javascript.enabled': how.script },
		}),
};
