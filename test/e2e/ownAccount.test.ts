import { setTimeout } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { DECLINED_CARD, type Operation } from '../../sandbox/api';
import { CARD_ACCOUNT, cardCredential, exampleWorkflow } from '../../sandbox/examples/contents';
import { TEST_CARD_NUMBER } from '../../sandbox/examples/person';
import { executeForm, signIn } from '../../sandbox/n8n/editor';
import { BrowserFormDriver, findChromium, launchChromium } from '../../sandbox/forms/browser';
import type { Answers, FormPage } from '../../sandbox/forms/driver';
import {
	NEW_TEXT,
	OWNER,
	PHONE,
	TERMS,
	codeAnswer,
	wrongCode,
} from '../../sandbox/forms/registration';
import type { Execution, WorkflowFile } from '../../sandbox/n8n/api';
import { until } from '../../sandbox/support/poll';
import { type Sandbox, startSandbox } from './support/sandbox';
import { NO_TRACES, tracesOf } from '../support/traces';

/** The owner's own account: run in the real editor, with the pages that it opens. */

const FILE = 'own-account';

const BEGIN: FormPage = {
	title: 'Open your Stamps.com account',
	text: 'A free account for USPS postage. The card comes from your credential in n8n. We will send a text message with a code to your phone.',
	isForm: true,
};

const ASKS_FOR_CODE: FormPage = {
	title: 'Confirm your phone number',
	text: 'We sent a text message to the phone number that ends in 4282.',
	isForm: true,
};

const notVerified = (text: string): FormPage => ({
	title: 'The phone number was not verified',
	text,
	isForm: true,
});

/** What stands under the mistakes of the first page. */
const NEXT =
	"Correct it here, or in n8n's credentials if it is about the card or the API key. Then send this page again. No second account is opened.";

/** The example under another name, with a nickname and maybe a card of its own. */
function setUp(name: string, card?: string): WorkflowFile {
	const workflow = exampleWorkflow(FILE);
	const text = JSON.stringify({ ...workflow, id: undefined, name })
		.replace('"value":"My Stamps.com account"', `"value":${JSON.stringify(name)}`)
		// Two workflows with one address would answer each other's pages.
		.replaceAll('open-my-stamps-account', name.replaceAll(' ', '-'));
	return JSON.parse(card ? text.replace(CARD_ACCOUNT, card) : text) as WorkflowFile;
}

/** A workflow each, since what one test registers is there in the next. */
const NAMES = ['mistakes', 'new text', 'no code', 'expired', 'down', 'lost', 'again', 'killed'];

let sandbox: Sandbox;
let browser: Browser;
let editor: Page;
let page: Page | undefined;
let form: BrowserFormDriver;

beforeAll(async () => {
	const chromium = findChromium();
	if (!chromium) throw new Error('No Chromium was found. Install one, or set CHROMIUM_PATH.');
	sandbox = await startSandbox([FILE], {
		areDrafts: true,
		credentials: ({ url }) => [{ ...cardCredential(url, DECLINED_CARD), name: 'Declined card' }],
		workflows: [...NAMES.map((name) => setUp(name)), setUp('declined', 'Declined card')],
	});
	browser = await launchChromium(chromium);
	editor = await signIn(browser, sandbox.n8n);
}, 600_000);

afterAll(async () => {
	await browser?.close();
	await sandbox?.stop();
}, 60_000);

beforeEach(() => {
	sandbox.api.faults.clear();
	sandbox.api.requests.length = 0;
});

const idOf = (name: string) => sandbox.n8n.workflowIds[[FILE, ...NAMES, 'declined'].indexOf(name)]!;

const accountsOf = (name: string) =>
	sandbox.api.state.accounts.filter(({ body }) => (body as { nickname: string }).nickname === name);

const statusOf = (name: string) => {
	const carrierIds = accountsOf(name).map(({ carrierId }) => carrierId);
	return sandbox.api.state.verifications
		.filter(({ carrierId }) => carrierIds.includes(carrierId))
		.map(({ status }) => status);
};

const fail = (operation: Operation, times = 1) =>
	sandbox.api.faults.add({ operation, kind: 'serverErrorBefore', times });

const sent = () => sandbox.api.requests.filter(({ method }) => method !== 'GET');

/** The last page, once the phone number is verified. */
const ready = (name: string): FormPage => ({
	title: 'Your account is ready',
	text: `Your phone number is verified. The account is connected as carrier ${accountsOf(name)[0]!.carrierId}. You can buy labels with it now.`,
	isForm: false,
});

/** Loads the page for the code anew and types it: whether the phone is verified by it, soon. */
async function typedAndConfirmed(name: string): Promise<true | undefined> {
	await form.reload();
	await form.send(codeAnswer(sandbox.api.codeFor(PHONE)));
	const isVerified = async () => statusOf(name).includes('verified') || undefined;
	return await until('the phone to be verified', isVerified, 25).catch(() => undefined);
}

/** Executes a workflow in the editor, and turns to the page that it opens. */
async function execute(name: string): Promise<FormPage> {
	// An earlier run's page would go on asking n8n for its own.
	await page?.close();
	page = await executeForm(editor, sandbox.n8n, idOf(name));
	form = await BrowserFormDriver.on(page);
	return await form.read();
}

/** Executes a workflow, and sends its first page filled in. */
async function register(name: string): Promise<FormPage> {
	expect(await execute(name)).toEqual(BEGIN);
	return await form.submit({ ...OWNER, ...TERMS });
}

/** The newest run of a workflow, once it has come to an end. */
const ended = async (name: string): Promise<Execution> =>
	await until(
		'the run to end',
		async () => {
			const latest = await sandbox.n8n.api.latestExecution(idOf(name));
			return latest && ['success', 'error'].includes(latest.status) ? latest : undefined;
		},
		60,
	);

/** What stands in the page's fields. */
async function entered(): Promise<Answers> {
	const values = Object.keys(OWNER).map(async (label) => [
		label,
		await page!.getByLabel(label, { exact: true }).inputValue(),
	]);
	return Object.fromEntries(await Promise.all(values)) as Answers;
}

test('from the first page to the last: registers with the card of the credential', async () => {
	const { api, n8n } = sandbox;
	const name = 'My Stamps.com account';
	expect(await register(FILE)).toEqual(ASKS_FOR_CODE);
	const code = api.codeFor(PHONE);
	expect(await form.submit(codeAnswer(wrongCode(code)))).toEqual(
		notVerified('The code is not the one texted.'),
	);
	expect(await form.submit(codeAnswer(code))).toEqual(ready(name));
	expect((await ended(FILE)).status).toBe('success');
	expect(accountsOf(name)).toMatchObject([
		{
			body: {
				email: 'nathan@example.com',
				credit_card: { number: TEST_CARD_NUMBER },
				address: {
					name: 'Nathan Smith',
					company_name: 'Example Corp.',
					address_line1: '4009 Marathon Blvd',
					address_line2: 'Suite 300',
					city_locality: 'Austin',
					state_province: 'TX',
					postal_code: '78756',
					phone: '512-485-4282',
				},
			},
		},
	]);
	expect(statusOf(name)).toEqual(['verified']);
	expect(await tracesOf(TEST_CARD_NUMBER, n8n.folder)).toEqual(NO_TRACES);
}, 180_000);

test('mistakes come back with all that was typed, as often as they are made', async () => {
	await execute('mistakes');
	const wrong = { Phone: '12', State: 'Texass' };
	expect(await form.submit({ ...OWNER, ...TERMS, ...wrong })).toEqual({
		title: 'The Stamps account was not registered',
		text: expect.stringMatching(/'Phone'.*\n.*'State'/) as string,
		isForm: true,
	});
	expect(await entered()).toEqual({ ...OWNER, ...wrong });
	const stillWrong = { Phone: '5124854282', State: 'T' };
	expect((await form.submit(stillWrong)).text).not.toContain('Phone');
	expect(await entered()).toEqual({ ...OWNER, ...stillWrong });
	expect(sent()).toEqual([]);
	expect(await form.submit({ State: 'TX' })).toEqual(ASKS_FOR_CODE);
	expect(await form.submit(codeAnswer(sandbox.api.codeFor(PHONE)))).toEqual(ready('mistakes'));
	expect(accountsOf('mistakes')).toHaveLength(1);
}, 180_000);

test('a declined card is told on the page, and nothing that was typed is lost', async () => {
	expect(await register('declined')).toEqual({
		title: 'The Stamps account was not registered',
		text: `The card was declined by its issuer.\n\n${NEXT}`,
		isForm: true,
	});
	expect(await entered()).toEqual(OWNER);
	expect(accountsOf('declined')).toEqual([]);
	expect(await tracesOf(DECLINED_CARD, sandbox.n8n.folder)).toEqual(NO_TRACES);
}, 180_000);

test('a new text message brings a new code', async () => {
	await register('new text');
	const first = sandbox.api.codeFor(PHONE);
	expect(await form.submit(NEW_TEXT)).toEqual(ASKS_FOR_CODE);
	expect(await form.submit(codeAnswer(first))).toEqual(
		notVerified('The code is not the one texted.'),
	);
	expect(await form.submit(codeAnswer(sandbox.api.codeFor(PHONE)))).toEqual(ready('new text'));
	expect(statusOf('new text')).toEqual(['unverified', 'verified']);
}, 180_000);

test('what is no code is not tried, and the page says what to type', async () => {
	await register('no code');
	for (const [typed, says] of [
		['', 'Type the code from the text message.'],
		['abc', 'The code must be the digits of the text message'],
	] as const) {
		expect(await form.submit(codeAnswer(typed))).toEqual(notVerified(says));
	}
	expect(sent()).toHaveLength(2);
}, 180_000);

test('an expired code is said so, and the page can be opened anew', async () => {
	await register('expired');
	sandbox.api.expireCodes();
	const expired = await form.submit(codeAnswer(sandbox.api.codeFor(PHONE)));
	expect(expired).toEqual(notVerified('The code has expired.'));
	expect(await form.reload()).toEqual(expired);
	await form.submit(NEW_TEXT);
	expect(await form.submit(codeAnswer(sandbox.api.codeFor(PHONE)))).toEqual(ready('expired'));
	expect(statusOf('expired')).toEqual(['unverified', 'verified']);
}, 180_000);

test('where the API is down, each page says so and can be sent again', async () => {
	fail('carriers', 20);
	const down = await register('down');
	expect(down).toMatchObject({
		title: 'The Stamps account was not registered, since its nickname could not be looked up',
		isForm: true,
	});
	expect(accountsOf('down')).toEqual([]);

	sandbox.api.faults.clear();
	fail('send');
	expect(await form.submit({})).toMatchObject({ isForm: true });
	expect(await form.submit(NEW_TEXT)).toEqual(ASKS_FOR_CODE);
	fail('confirm');
	const code = sandbox.api.codeFor(PHONE);
	expect(await form.submit(codeAnswer(code))).toMatchObject({ isForm: true });
	expect(await form.submit(codeAnswer(code))).toEqual(ready('down'));
	expect(accountsOf('down')).toHaveLength(1);
	expect(statusOf('down')).toEqual(['verified']);
}, 180_000);

test('where it stays unknown whether there is an account, the page sent again finds it', async () => {
	sandbox.api.faults.add({ operation: 'register', kind: 'dropAfter' });
	// The first look, before it registers, finds that there is none.
	sandbox.api.faults.add({ operation: 'carriers', kind: 'delayBefore', ms: 0 });
	fail('carriers', 50);
	expect(await register('lost')).toMatchObject({
		title: 'The Stamps account may or may not have been registered',
		isForm: true,
	});
	sandbox.api.faults.clear();
	expect(await form.submit({})).toEqual(ASKS_FOR_CODE);
	expect(await form.submit(codeAnswer(sandbox.api.codeFor(PHONE)))).toEqual(ready('lost'));
	expect(accountsOf('lost')).toHaveLength(1);
}, 180_000);

test('run again, it takes the account that there is', async () => {
	await register('again');
	await register('again');
	expect(await form.submit(codeAnswer(sandbox.api.codeFor(PHONE)))).toEqual(ready('again'));
	expect(accountsOf('again')).toHaveLength(1);
}, 180_000);

test('n8n is killed while the page asks for the code, and started again: the code confirms', async () => {
	await register('killed');
	// The page is there a moment before n8n has stored the run that waits for it.
	await until(
		'the run to be stored',
		async () => {
			const [run] = await sandbox.n8n.api.executions(idOf('killed'));
			return run?.status === 'waiting' || undefined;
		},
		60,
	);
	await sandbox.n8n.restart();
	// n8n's page may stay as it is once its n8n was away: whoever sits there loads it anew.
	await until('the code to confirm', async () => await typedAndConfirmed('killed'), 100);
	let shown = await form.read();
	for (let waited = 0; shown.isForm && waited < 10; waited++) {
		await setTimeout(1000);
		shown = await form.read();
	}
	if (shown.isForm) shown = await form.reload();
	expect(shown).toEqual(ready('killed'));
	expect((await ended('killed')).status).toBe('success');
	expect(statusOf('killed')).toEqual(['verified']);
	expect(await tracesOf(TEST_CARD_NUMBER, sandbox.n8n.folder)).toEqual(NO_TRACES);
}, 180_000);
