import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { asVisitor } from '../../sandbox/examples/callers';
import { type Change, LOOK, changeLook, changes, make } from '../../sandbox/examples/changes';
import { exampleWorkflow } from '../../sandbox/examples/contents';
import { PERSON, PHONE } from '../../sandbox/examples/person';
import { BrowserFormDriver, findChromium, launchChromium } from '../../sandbox/forms/browser';
import { FORM_PATH, REGISTRATION, codeAnswer, wrongCode } from '../../sandbox/forms/registration';
import { type Mailbox, startMailbox } from '../../sandbox/mail';
import type { Execution } from '../../sandbox/n8n/api';
import { ByHand } from '../../sandbox/n8n/byHand';
import { openWorkflow, signIn } from '../../sandbox/n8n/editor';
import { untilServedAnew } from '../../sandbox/n8n/triggers';
import { until } from '../../sandbox/support/poll';
import { fillIn } from './registration/stand';
import { type Sandbox, startSandbox } from './support/sandbox';

/** docs/change-it.md: each change made in the editor by its words, and then the merchant's whole way. */

jest.setTimeout(180_000);

const FROM = 'platform@example.com';

const PAGE = () => asVisitor(sandbox.n8n.url + FORM_PATH);

let sandbox: Sandbox;
let mailbox: Mailbox;
let browser: Browser;
let hand: ByHand;
let form: BrowserFormDriver;

beforeAll(async () => {
	const chromium = findChromium();
	if (!chromium) throw new Error('No Chromium was found. Install one, or set CHROMIUM_PATH.');
	mailbox = await startMailbox();
	sandbox = await startSandbox(['onboarding'], { credentials: [mailbox.credential] });
	browser = await launchChromium(chromium);
	hand = new ByHand(await signIn(browser, sandbox.n8n), sandbox.n8n);
}, 600_000);

afterAll(async () => {
	await browser?.close();
	await sandbox?.stop();
	await mailbox?.close();
}, 60_000);

beforeEach(async () => {
	sandbox.api.reset();
	mailbox.mails.length = 0;
	await sandbox.n8n.api.changeWorkflow(sandbox.idOf('onboarding'), exampleWorkflow('onboarding'));
	await openWorkflow(hand.page, sandbox.n8n, sandbox.idOf('onboarding'));
	form = await BrowserFormDriver.on(await browser.newPage());
	await form.open(PAGE());
});

afterEach(async () => await form.close());

const changeOf = (file: string): Change => changes().find((change) => change.file === file)!;

async function makeAndServe(change: Change): Promise<void> {
	await make(change, hand, FROM);
	await untilServedAnew(sandbox.n8n.url + FORM_PATH);
}

/** A phone of its own for each change: the same one is not texted again at once. */
const phoneOf = (index: number) => String(Number(PHONE) + index);

/** Registers, types a wrong code, then the right one; what the page says meanwhile. */
async function onboard(index: number): Promise<string[]> {
	const phone = phoneOf(index);
	await form.open(PAGE());
	const pages = [await form.submit({ ...REGISTRATION, 'Mobile phone': phone })];
	const code = sandbox.api.codeFor(phone);
	pages.push(await form.submit(codeAnswer(wrongCode(code))));
	pages.push(await form.submit(codeAnswer(code)));
	expect(sandbox.api.state.accounts).toHaveLength(1);
	expect(sandbox.api.state.verifications.map(({ status }) => status)).toEqual(['verified']);
	return pages.map(({ title }) => title);
}

const WHOLE = ['Confirm your phone number', 'The code was not accepted', 'Your account is ready'];

/** The runs of the workflow since the change, once there are so many that have ended. */
const runs = async (since: number, count: number): Promise<Execution[]> =>
	await until(
		'the runs to end',
		async () => {
			const all = await sandbox.n8n.api.executions(sandbox.idOf('onboarding'));
			const ended = all.filter(({ id }) => Number(id) > since);
			return ended.length === count ? ended.reverse() : undefined;
		},
		60,
	);

const newestRun = async () =>
	Number((await sandbox.n8n.api.newestId(sandbox.idOf('onboarding'))) ?? 0);

test('each file of a change is on the page', () => {
	const files = readdirSync(path.join(__dirname, '../../workflows/changes'));
	expect(changes().map(({ file }) => `${file}.json`)).toEqual(expect.arrayContaining(files));
	expect(changes()).toHaveLength(files.length);
});

test('a row for each account', async () => {
	await makeAndServe(changeOf('row-for-each-account'));
	expect(await onboard(0)).toEqual(WHOLE);
	const [account] = sandbox.api.state.accounts;
	const rows = await until(
		'the row to be verified',
		async () => {
			const all = await sandbox.n8n.api.dataTable('Stamps accounts');
			return all?.some((row) => row.verified_at) ? all : undefined;
		},
		30,
	);
	expect(rows).toMatchObject([
		{
			...{ carrier_id: account!.carrierId, email: PERSON.email },
			...{ seen_at: expect.stringMatching(/^20/), verified_at: expect.stringMatching(/^20/) },
		},
	]);
});

test('a row for an account whose code could not be texted', async () => {
	await makeAndServe(changeOf('row-for-each-account'));
	sandbox.api.faults.add({ operation: 'send', kind: 'refusal', message: 'No' });
	await form.open(PAGE());
	await form.submit({ ...REGISTRATION, 'Mobile phone': phoneOf(6) });
	const { carrierId } = sandbox.api.state.accounts[0]!;
	await until(
		'the row',
		async () => {
			const rows = await sandbox.n8n.api.dataTable('Stamps accounts');
			return rows?.find((row) => row.carrier_id === carrierId);
		},
		30,
	);
});

test('an email when it is ready', async () => {
	await makeAndServe(changeOf('email-when-ready'));
	expect(await onboard(1)).toEqual(WHOLE);
	await until('the email', async () => mailbox.mails[0], 30);
	expect(mailbox.mails).toMatchObject([
		{
			to: PERSON.email,
			subject: 'Your Stamps.com account is ready',
			text: expect.stringContaining(sandbox.api.state.accounts[0]!.carrierId),
		},
	]);
});

test('the link by email leads on to the code; a new code brings no second email', async () => {
	await makeAndServe(changeOf('link-by-email'));
	await form.open(PAGE());
	await form.submit({ ...REGISTRATION, 'Mobile phone': phoneOf(2) });
	const { to, text } = await until('the email', async () => mailbox.mails[0], 30);
	expect(to).toBe(PERSON.email);
	const page = await form.open(/https?:\S+/.exec(text)![0]);
	expect(page).toMatchObject({ title: 'Confirm your phone number' });
	const code = sandbox.api.codeFor(phoneOf(2));
	expect(await form.submit(codeAnswer(code))).toMatchObject({ title: WHOLE.at(-1) });
	expect(mailbox.mails).toHaveLength(1);

	sandbox.api.reset();
	expect(await onboard(3)).toEqual(WHOLE);
});

test('a run that fails where something was refused; the page says the same', async () => {
	await makeAndServe(changeOf('fail-where-refused'));
	const since = await newestRun();
	expect(await onboard(4)).toEqual(WHOLE);
	const three = await runs(since, 3);
	expect(three.map(({ status }) => status)).toEqual(['success', 'error', 'success']);
	expect(three[1]!.data.resultData.error?.message).toMatch(/^The phone number was not verified/);
});

test('language, texts, color, logo', async () => {
	await changeLook(hand);
	await untilServedAnew(sandbox.n8n.url + FORM_PATH);
	const page = await browser.newPage();
	try {
		const looks = await BrowserFormDriver.on(page);
		await looks.open(PAGE());
		await page.getByText(LOOK.title).waitFor();
		await page.getByText(LOOK.description).waitFor();
		expect(await page.locator('html').getAttribute('lang')).toBe('es');
		expect(await page.locator('img').getAttribute('src')).toBe(LOOK.logo);
		const style = "getComputedStyle(document.querySelector('#send'))";
		const color = await page.evaluate(`${style}.backgroundColor`);
		expect(color).toBe('rgb(10, 125, 79)');

		await fillIn(page, { phone: phoneOf(5) });
		await page.click('#send');
		await page.locator('#code').waitFor();
		const code = sandbox.api.codeFor(phoneOf(5));
		const confirm = async (typed: string) => {
			await page.fill('#verification_code', typed);
			await page.click('#confirm');
		};
		await confirm(wrongCode(code));
		await page.getByText('El código no es válido').waitFor();
		await confirm(code);
		await page.getByText('Su cuenta está lista').waitFor();
		expect(sandbox.api.state.verifications.map(({ status }) => status)).toEqual(['verified']);
	} finally {
		await page.close();
	}
});
