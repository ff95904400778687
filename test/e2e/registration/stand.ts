import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { CARD, PERSON, YEAR } from '../../../sandbox/examples/person';
import { findChromium, launchChromium } from '../../../sandbox/forms/browser';
import { type PageServer, startPageServer } from '../../support/pageServer';

/** What somebody fills in, by the ids of the inputs. */
export const FILLED: Record<string, string> = {
	...PERSON,
	phone: '(512) 485-4282',
	card_name: CARD.card_name,
	card_number: CARD.card_number,
	card_expiry: `07${YEAR.slice(2)}`,
};

/**
 * Fills the page in, and accepts the terms.
 * @param others - what is filled in instead; null for what the page does not ask for
 */
export async function fillIn(
	page: Page,
	others: Record<string, string | null> = {},
): Promise<void> {
	for (const [id, text] of Object.entries({ ...FILLED, ...others })) {
		if (text === null) continue;
		if (id === 'state_province') await page.selectOption(`#${id}`, text);
		else await page.fill(`#${id}`, text);
	}
	await page.check('#agree_to_carrier_terms');
}

/** What axe-core finds wrong with the page as it stands, in both colour schemes. */
export async function violations(page: Page): Promise<string[]> {
	const found: string[] = [];
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		await page.evaluate(axe.source);
		const results = (await page.evaluate('axe.run()')) as axe.AxeResults;
		found.push(
			...results.violations.map(({ id, nodes }) =>
				[colorScheme, id, ...nodes.map(({ html }) => html)].join(' '),
			),
		);
	}
	return found;
}

/** The page in a real browser, and the server that it comes from. */
export interface Stand {
	readonly server: PageServer;
	/** Opens the page in a window of its own. */
	open(options?: BrowserContextOptions, prepare?: (page: Page) => Promise<void>): Promise<Page>;
}

/**
 * One browser and one server for the tests of a file. After each test the windows are closed, and
 * none of them may have asked another host, or told of a wrong in its script.
 */
export function useRegistrationPage(): Stand {
	let server: PageServer;
	let browser: Browser;
	const wrong: string[] = [];

	beforeAll(async () => {
		const chromium = findChromium();
		if (!chromium) throw new Error('No Chromium was found. Install one, or set CHROMIUM_PATH.');
		server = await startPageServer();
		browser = await launchChromium(chromium);
	});

	beforeEach(() => {
		server.reset();
		wrong.length = 0;
	});

	afterEach(async () => {
		await Promise.all(browser.contexts().map(async (context) => await context.close()));
		expect(wrong).toEqual([]);
	});

	afterAll(async () => {
		await browser?.close();
		await server?.close();
	});

	return {
		get server() {
			return server;
		},
		async open(options = {}, prepare) {
			const context = await browser.newContext({
				viewport: { width: 800, height: 900 },
				...options,
			});
			context.setDefaultTimeout(15_000);
			const page = await context.newPage();
			page.on('pageerror', ({ message }) => wrong.push(message));
			page.on('console', (message) => {
				if (message.text().includes('Content Security Policy')) wrong.push(message.text());
			});
			page.on('request', (request) => {
				if (!request.url().startsWith(new URL(server.url).origin)) wrong.push(request.url());
			});
			if (prepare) await prepare(page);
			else await page.goto(server.url);
			return page;
		},
	};
}

/** Everything that stands in the page: its markup, and what is typed in it. */
export const allOf = async (page: Page) =>
	(await page.content()) +
	String(
		await page.evaluate(
			'JSON.stringify([...document.querySelectorAll("input, select")].map(({ value }) => value))',
		),
	);

/** Sends the page, and waits until it says that something is to be corrected. */
export async function sendInVain(page: Page): Promise<string> {
	await page.click('#send');
	const summary = page.locator('#summary');
	await summary.waitFor();
	return await summary.innerText();
}

/** Sends the page, and waits until it has gone on to the code, or to its end. */
export async function sendOn(page: Page): Promise<string> {
	await page.click('#send');
	const next = page.locator('#code:not([hidden]), #end:not([hidden])');
	await next.waitFor();
	return await next.innerText();
}

/** Sends the page, and waits until it has come to its end. */
export async function sendToEnd(page: Page): Promise<string> {
	await page.click('#send');
	const end = page.locator('#end');
	await end.waitFor();
	return await end.innerText();
}
