import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import puppeteer, { type Browser, type LaunchOptions, type Page } from 'puppeteer-core';
import { CHROMIUM_ARGUMENTS } from '../../../sandbox/forms/browser';
import { findProgram } from '../../../sandbox/support/programs';
import { until } from '../../../sandbox/support/poll';
import { type PageServer, startPageServer } from '../../support/pageServer';
import { describeWith } from '../support/describeWith';
import { ENGINES } from '../support/engines';
import { FILLED } from './stand';

/** What a browser keeps of the card in its profile: the files for a restored session, of forms, of Back. */

/** A published test number of Discover, whose digits repeat so little that no compression hides them. */
const CARD = '6011000990139424';

const CARD_IN_BYTES = new RegExp(CARD.replace(/(\d{4})(?=\d)/g, '$1[ -]?'), 'g');

/** What is typed into another field, and has to be found: the control. */
const MARK = 'kept-by-the-browser';

/** What is read, unless the browser has just removed it. */
function unlessGone<T>(read: () => T): T | undefined {
	try {
		return read();
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
		throw error;
	}
}

/** How often the card, and the mark, stand in the files of a profile: also in UTF-16. */
function copiesIn(folder: string): { card: number; mark: number } {
	const files = readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((each) => each.isFile())
		.map(({ parentPath, name }) => path.join(parentPath, name));
	const texts = files.map((file) => {
		const bytes = unlessGone(() => readFileSync(file));
		return bytes?.toString('latin1').replaceAll('\0', '') ?? '';
	});
	const count = (pattern: RegExp) =>
		texts.reduce((sum, text) => sum + [...text.matchAll(pattern)].length, 0);
	return { card: count(CARD_IN_BYTES), mark: count(new RegExp(MARK, 'g')) };
}

interface Profiled {
	name: string;
	options(): LaunchOptions;
}

const BROWSERS: Profiled[] = [
	{
		name: 'Chromium',
		options: () => ({
			executablePath: process.env.CHROMIUM_PATH || findProgram('chromium', 'chromium-browser'),
			args: CHROMIUM_ARGUMENTS,
		}),
	},
	{
		name: 'Firefox',
		options: () => ({
			browser: 'firefox',
			executablePath: findProgram('firefox-esr', 'firefox'),
			extraPrefsFirefox: {
				// As a person's browser, which keeps its session; more often than each 15 seconds.
				'browser.sessionstore.interval': 500,
				'browser.sessionstore.resume_from_crash': true,
				'browser.startup.page': 3,
			},
		}),
	},
];

const missing = (name: string) => ENGINES.find((engine) => engine.name === name)?.missing();

let server: PageServer;

beforeAll(async () => {
	server = await startPageServer();
});

afterAll(async () => await server?.close());

beforeEach(() => server.reset());

async function fill(page: Page): Promise<void> {
	await page.waitForSelector('#form:not([hidden])');
	for (const [id, text] of Object.entries({ ...FILLED, company_name: MARK, card_number: CARD })) {
		if (id === 'state_province') await page.select(`#${id}`, text);
		else await page.type(`#${id}`, text);
	}
	await page.click('#agree_to_carrier_terms');
}

const send = async (page: Page) => {
	await page.click('#send');
	await page.waitForSelector('#end:not([hidden])');
};

for (const { name, options } of BROWSERS) {
	describeWith(missing(name))(name, () => {
		let folder: string;
		let browser: Browser;

		beforeEach(async () => {
			folder = mkdtempSync(path.join(tmpdir(), 'profile-'));
			browser = await puppeteer.launch({ ...options(), userDataDir: folder });
		}, 60_000);

		afterEach(async () => {
			await browser?.close();
			rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
		}, 60_000);

		const open = async () => {
			const page = await browser.newPage();
			await page.goto(server.url);
			return page;
		};

		const WAYS: Array<[string, (page: Page) => Promise<unknown>]> = [
			['after a good send', send],
			['left without sending', async (page) => await page.goto('about:blank')],
			['left open', async () => {}],
			['its window closed', async (page) => await page.close()],
			[
				'left, and come Back to',
				async (page) => {
					await page.goto('about:blank');
					await page.goBack();
					await page.waitForSelector('#form:not([hidden])');
					expect(await page.$eval('#card_number', (input) => input.value)).toBe('');
				},
			],
			[
				'sent, and come Back to',
				async (page) => {
					await send(page);
					await page.goto('about:blank');
					await page.goBack();
				},
			],
		];

		test.each(WAYS)(
			'%s: nothing of the card',
			async (_way, leave) => {
				const page = await open();
				await fill(page);
				await leave(page);
				// So that what the browser writes by itself now and then is written.
				await pause(3_000);
				expect(copiesIn(folder).card).toBe(0);
				await browser.close();
				expect(copiesIn(folder).card).toBe(0);
			},
			90_000,
		);

		test('what stands in another field is kept, which shows that it is looked for in the right place', async () => {
			const page = await open();
			await fill(page);
			await until('the browser to keep it', async () => copiesIn(folder).mark > 0 || undefined, 40);
			expect(copiesIn(folder).card).toBe(0);
		}, 90_000);
	});
}
