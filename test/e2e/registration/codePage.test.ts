import type { Page } from 'playwright-core';
import { A_DAY, letPass } from '../../support/clock';
import { linkTo } from '../../support/links';
import { now } from '../../support/sealing';
import { fillIn, sendOn, useRegistrationPage, violations } from './stand';

/** The page's second stage in a real browser, as somebody uses it; the workflow behind it is a stand-in. */

const stand = useRegistrationPage();

const TO_CODE = {
	...{ stage: 'code', link: '', phone_end: '82' },
	...{ texted: true, existing: null, can_change_phone: true },
};

const NOT_RIGHT = {
	error: {
		message: 'The phone number was not verified',
		errors: [{ code: 'verification_failure', field: null }],
	},
};

const HOUR = 3_600;

/** In seconds: what the stand-in lets pass after each run. */
const AFTER_A_RUN = 20 * 60;

let carriers = 0;

/** A link to an account of its own: the limits of others are not met. */
async function ownLink(more: object = {}): Promise<string> {
	carriers += 1;
	return await linkTo({
		...{ carrierId: `se-p${carriers}`, phone: `512487${1000 + carriers}` },
		...{ verificationId: `vfn_p${carriers}`, end: now() + 7 * A_DAY, ...more },
	});
}

/** A page on which somebody has registered, and which asks for the code. */
async function registered(more: object = {}): Promise<Page> {
	const page = await stand.open();
	await fillIn(page);
	stand.server.answers = [{ body: { ...TO_CODE, link: await ownLink(), ...more } }];
	await sendOn(page);
	return page;
}

const focused = async (page: Page) => await page.evaluate('document.activeElement.id');

const text = async (page: Page) => await page.locator('#code-text').innerText();

const untilStill = async (page: Page) =>
	await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' });

/** Goes on with an account that this page has opened, to where its phone is corrected. */
async function askForOtherPhone(page: Page): Promise<void> {
	const passId = (await page.evaluate(
		'JSON.parse(document.getElementById("settings").textContent).passId',
	)) as string;
	const link = await ownLink({ openedBy: passId });
	stand.server.answers = [{ body: { ...TO_CODE, texted: false, link } }];
	await page.click('#new-code');
	await untilStill(page);
	await page.click('#other-phone');
}

async function confirm(page: Page, code: string): Promise<void> {
	await page.fill('#verification_code', code);
	await page.click('#confirm');
	await untilStill(page);
}

test('follows the registration without loading, and takes the code by keyboard', async () => {
	const page = await registered();
	expect(await focused(page)).toBe('code-title');
	expect(await page.title()).toBe('Confirm your phone number');
	expect(await text(page)).toBe(
		'Your account is open. To use it, enter the code that we texted to the phone that ends in 82.',
	);
	expect(await page.locator('#form, #card, #header').count()).toBe(0);
	await page.keyboard.press('Tab');
	expect(await focused(page)).toBe('verification_code');
	await page.keyboard.type('12 34-56');
	stand.server.answers = [{ body: { stage: 'ready' } }];
	await page.keyboard.press('Enter');
	await page.locator('#end').waitFor();
	expect(await focused(page)).toBe('end-title');
	expect(await page.locator('#end').innerText()).toMatch(/^Your account is ready\n\n.*USPS labels/);
	expect(stand.server.items[1]).toMatchObject({ verification_code: '123456' });
});

test.each([
	[
		{ texted: false },
		'The code could not be texted to the phone that ends in 82',
		'Text me a code',
	],
	[{ texted: null }, 'We do not know whether the code was texted', 'Send a new code'],
	[{ existing: 'other' }, 'nothing that you sent now was used', 'Send a new code'],
	[{ existing: 'own' }, 'What you sent now was not used', 'Send a new code'],
])('says what came of the registration: %j', async (more, said, button) => {
	const page = await registered(more);
	expect(await text(page)).toContain(said);
	expect(await page.locator('#new-code').innerText()).toBe(button);
});

test('a code that is none is told beside its field, and nothing is sent', async () => {
	const page = await registered();
	const before = stand.server.posts;
	await page.click('#confirm');
	expect(await page.locator('#verification_code-mistake').innerText()).toBe(
		'Enter the code from the text message',
	);
	await page.fill('#verification_code', 'abc');
	await page.click('#confirm');
	expect(await page.locator('#verification_code-mistake').innerText()).toBe(
		'Code from the text message must be the digits of the text message',
	);
	expect(await focused(page)).toBe('summary');
	expect(stand.server.posts).toBe(before);
});

test('a wrong code is told; the right one then ends it', async () => {
	const page = await registered();
	stand.server.answers = [{ body: NOT_RIGHT }, { body: { stage: 'ready' } }];
	await confirm(page, '000000');
	expect((await page.locator('#summary').innerText()).split(/\n+/)).toEqual([
		'The code was not accepted',
		'Only the code of the newest text message counts.',
		'This code is not right.',
	]);
	await confirm(page, '123456');
	expect(await page.locator('#end').innerText()).toContain('Your account is ready');
});

test('after too many codes only a new text message helps', async () => {
	const page = await registered();
	stand.server.answers = [{ body: NOT_RIGHT }];
	for (let count = 0; count < 5; count += 1) await confirm(page, '000000');
	await confirm(page, '000000');
	expect(await page.locator('#summary').innerText()).toContain('Too many codes were tried');
	expect(stand.server.items).toHaveLength(6);
});

test('a new code is counted down to, then sent; its link goes on', async () => {
	const page = await registered();
	expect(await page.getAttribute('#new-code', 'aria-disabled')).toBe('true');
	const before = stand.server.posts;
	await page.click('#new-code', { force: true });
	expect(stand.server.posts).toBe(before);
	expect(await page.locator('#new-code-wait').innerText()).toMatch(
		/^You can ask for another code in \d\d seconds\.$/,
	);
	await page.clock.install();
	await page.clock.fastForward(61_000);
	await page.locator('#new-code[aria-disabled="false"]').waitFor({ timeout: 70_000 });
	const link = await ownLink({ verificationId: 'vfn_second' });
	stand.server.answers = [{ body: { ...TO_CODE, link, phone_end: '99' } }];
	await page.fill('#verification_code', '11');
	await page.click('#new-code');
	await untilStill(page);
	expect(stand.server.items.at(-1)).not.toHaveProperty('verification_code');
	expect(await text(page)).toContain('ends in 99');
	expect(await page.inputValue('#verification_code')).toBe('');
	await confirm(page, '123456');
	expect(stand.server.items.at(-1)).toMatchObject({ verification_id: 'vfn_second' });
}, 120_000);

test('a wrong number is corrected where this page has opened the account', async () => {
	const page = await registered({ texted: false });
	await askForOtherPhone(page);
	expect(await focused(page)).toBe('new_phone');
	await page.fill('#new_phone', '512');
	await page.click('#text-phone');
	expect(await page.locator('#new_phone-mistake').innerText()).toBe(
		'Right mobile phone must be a US phone number with ten digits',
	);
	await page.fill('#new_phone', '(512) 487-9999');
	await page.click('#text-phone');
	await untilStill(page);
	expect(stand.server.items.at(-1)).toMatchObject({ phone: '5124879999' });
	expect(await page.locator('#phone-change').isVisible()).toBe(false);
});

test('another phone that has to wait says for how long; Enter in its field sends it, not the code', async () => {
	const page = await registered({ texted: false });
	const { posts } = stand.server;
	await askForOtherPhone(page);
	await page.fill('#verification_code', '123456');
	const send = async () => {
		await page.fill('#new_phone', '512-487-9998');
		await page.press('#new_phone', 'Enter');
		await untilStill(page);
	};
	await send();
	expect(stand.server.posts).toBe(posts + 2);
	expect(stand.server.items.at(-1)).toMatchObject({ phone: '5124879998' });
	expect(stand.server.items.at(-1)).not.toHaveProperty('verification_code');
	letPass(-AFTER_A_RUN);
	await page.click('#other-phone');
	await send();
	expect(await page.locator('#summary').innerText()).toMatch(
		/^It is too early for that\s+A text message was asked for.*\s+You can send it again in \d+ seconds\.$/,
	);
	expect(await page.getAttribute('#text-phone', 'aria-disabled')).toBe('false');
});

test('what is refused at the code is not told as a registration', async () => {
	const page = await registered();
	stand.server.answers = [
		{ body: { error: { message: 'x', errors: [{ code: 'page_not_ready', field: null }] } } },
	];
	await confirm(page, '123456');
	expect(await page.locator('#summary').innerText()).toMatch(/^This could not be done\s+Something/);
});

test('a wait of hours is told in hours, and ends', async () => {
	const page = await registered({ texted: false });
	await page.clock.install();
	stand.server.answers = [
		{ status: 429, body: { error: { message: '', errors: [], retry_after: 3 * HOUR } } },
	];
	await page.click('#new-code');
	await untilStill(page);
	const wait = page.locator('#new-code-wait');
	expect(await wait.innerText()).toBe('You can ask for another code in about 3 hours.');
	await page.clock.fastForward(3 * HOUR * 1000 + 1000);
	await page.locator('#new-code[aria-disabled="false"]').waitFor();
	expect(await wait.innerText()).toBe('');
});

test('is not offered where it is not taken', async () => {
	const page = await registered({ can_change_phone: false });
	expect(await page.locator('#other-phone').isVisible()).toBe(false);
});

test.each([
	['nothing', { body: '' }, 'We do not know what came of it'],
	['a run that stopped', { status: 500, body: {} }, 'We do not know what came of it'],
	['a page of elsewhere', { status: 302, location: '/x' }, 'We do not know what came of it'],
	['that nobody is there', { status: 404, body: {} }, 'This page is closed at the moment'],
])('where the answer is %s, it can be tried again', async (_what, answer, title) => {
	const page = await registered();
	stand.server.answers = [answer, { body: { stage: 'ready' } }];
	await confirm(page, '123456');
	expect(await page.locator('#summary').innerText()).toContain(title);
	expect(await page.inputValue('#verification_code')).toBe('123456');
	await confirm(page, '123456');
	expect(await page.locator('#end').isVisible()).toBe(true);
});

test('by a link, it shows nothing of a person before a click; its end forgets the link', async () => {
	const link = await ownLink();
	const page = await stand.open({}, async (page) => {
		await page.goto(`${stand.server.url}?link=${link}`);
	});
	expect(await text(page)).toBe(
		'Enter the code from the text message. If you have none, let us text you one.',
	);
	expect(await page.locator('#form').isVisible()).toBe(false);
	expect(stand.server.posts).toBe(0);
	stand.server.answers = [{ body: { ...TO_CODE, link } }, { body: { stage: 'ready' } }];
	await page.click('#new-code');
	await untilStill(page);
	expect(await text(page)).toContain('ends in 82');
	await confirm(page, '123456');
	expect(await page.locator('#end').innerText()).toContain('Your account is ready');
	expect(page.url()).toBe(stand.server.url);
});

test('open for more than a day, it says to load it again; before that, it renews itself', async () => {
	const page = await registered();
	letPass(3 * HOUR);
	stand.server.answers = [{ body: NOT_RIGHT }];
	await confirm(page, '000000');
	expect(await page.locator('#summary').innerText()).toContain('The code was not accepted');
	letPass(27 * HOUR);
	await confirm(page, '000000');
	expect(await page.locator('#summary').innerText()).toContain('Load this page again');
	await page.reload();
	expect(await text(page)).toContain('Enter the code from the text message');
	expect(await page.locator('#summary').isVisible()).toBe(false);
});

test('a link that is not valid leads to a short page', async () => {
	const page = await stand.open({}, async (page) => {
		await page.goto(`${stand.server.url}?link=made-up`);
	});
	expect(await page.locator('body').innerText()).toBe(
		'This link is not valid. Ask us for a new one.',
	);
});

test('at 360 pixels nothing is beyond the edge, and axe-core finds nothing in any state', async () => {
	const page = await registered();
	await page.setViewportSize({ width: 360, height: 740 });
	const expectGood = async () => {
		expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
		expect(await violations(page)).toEqual([]);
	};
	await expectGood();
	await page.click('#confirm');
	await expectGood();
	await page.click('#other-phone');
	await expectGood();
	stand.server.answers = [{ body: NOT_RIGHT }, { body: { stage: 'ready' } }];
	await confirm(page, '000000');
	await expectGood();
	await confirm(page, '123456');
	await expectGood();
});
