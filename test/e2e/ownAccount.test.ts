import type { Browser, Page } from 'playwright-core';
import { DECLINED_CARD, type Operation } from '../../sandbox/api';
import { TEST_CARD_NUMBER, cardCredential, exampleWorkflow } from '../../sandbox/examples/contents';
import { openWorkflow, signIn } from '../../sandbox/n8n/editor';
import { BrowserFormDriver, findChromium, launchChromium } from '../../sandbox/forms/browser';
import type { FormPage } from '../../sandbox/forms/driver';
import { NEW_TEXT, PHONE, codeAnswer } from '../../sandbox/forms/registration';
import type { Execution, WorkflowFile } from '../../sandbox/n8n/api';
import { until } from '../../sandbox/support/poll';
import { type Sandbox, startSandbox } from './support/sandbox';
import { NO_TRACES, tracesOf } from '../support/traces';

/** The owner's own account: run in the real editor, the code entered in the page that it opens. */

const FILE = 'own-account';

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

/** The example with what its owner has to set: the terms accepted, another nickname and card. */
function setUp(name: string, card?: string): WorkflowFile {
	const workflow = exampleWorkflow(FILE);
	const text = JSON.stringify({ ...workflow, id: undefined, name })
		.replace('"value":false,"type":"boolean"', '"value":true,"type":"boolean"')
		.replace('My Stamps.com account', name);
	const credential = cardCredential('').name;
	return JSON.parse(card ? text.replace(credential, card) : text) as WorkflowFile;
}

/** A workflow each, since what one test registers is there in the next. */
const NAMES = ['good path', 'new text', 'expired', 'down', 'again', 'killed'];

let sandbox: Sandbox;
let browser: Browser;
let editor: Page;
let form: BrowserFormDriver;

beforeAll(async () => {
	const chromium = findChromium();
	if (!chromium) throw new Error('No Chromium was found. Install one, or set CHROMIUM_PATH.');
	sandbox = await startSandbox([FILE], {
		credentials: [{ ...cardCredential(DECLINED_CARD), name: 'Declined card' }],
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

async function clickExecute(name: string): Promise<void> {
	await openWorkflow(editor, sandbox.n8n, idOf(name));
	await editor.locator('[data-test-id=execute-workflow-button]').click();
}

/** Executes a workflow in the editor, and turns to the page that it opens. */
async function execute(name: string): Promise<FormPage> {
	// An earlier run's page would go on asking n8n for its own.
	await form?.close();
	const opened = editor.waitForEvent('popup');
	const asked = editor
		.context()
		.waitForEvent(
			'request',
			(request) => request.isNavigationRequest() && request.url().includes('/form-waiting/'),
		);
	await clickExecute(name);
	form = await BrowserFormDriver.on(await opened);
	const address = (await asked).url();
	// A page that is asked for before the run is stored as waiting, n8n leaves without an answer.
	await until(
		'the run to wait',
		async () => {
			const [latest] = await sandbox.n8n.api.executions(idOf(name));
			return latest?.status === 'waiting' || undefined;
		},
		60,
	);
	return await form.open(address);
}

/** The newest run of a workflow, once so many of its runs have come to an end. */
const ended = async (name: string, runs = 1): Promise<Execution> =>
	await until(
		'the run to end',
		async () => {
			const executions = await sandbox.n8n.api.executions(idOf(name));
			const over = executions.filter(({ status }) => ['success', 'error'].includes(status));
			return over.length === runs ? over[0] : undefined;
		},
		60,
	);

test('registers with the card of the credential; a wrong code, then the right one', async () => {
	const { api, n8n } = sandbox;
	expect(await execute('good path')).toEqual(ASKS_FOR_CODE);
	const code = api.codeFor(PHONE);
	expect(await form.submit(codeAnswer(code === '000000' ? '000001' : '000000'))).toEqual(
		notVerified('The code is not the one texted.'),
	);
	await form.send(codeAnswer(code));
	const { status, data } = await ended('good path');
	expect(status).toBe('success');
	expect(data.resultData.runData['Confirm Verification']!.at(-1)!.data!.main![0]).toMatchObject([
		{ json: { carrier_id: accountsOf('good path')[0]!.carrierId, status: 'verified' } },
	]);
	expect(accountsOf('good path')).toMatchObject([
		{ body: { credit_card: { number: TEST_CARD_NUMBER }, address: { phone: '512-485-4282' } } },
	]);
	expect(statusOf('good path')).toEqual(['verified']);
	expect(await tracesOf(TEST_CARD_NUMBER, n8n.folder)).toEqual(NO_TRACES);
}, 180_000);

test('without the terms accepted, as the file comes, nothing is sent', async () => {
	await clickExecute(FILE);
	const { status, data } = await ended(FILE);
	expect(status).toBe('error');
	expect(data.resultData.error?.message).toContain("'Agree to Carrier Terms'");
	expect(sandbox.api.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
}, 180_000);

test('a declined card stops the run with the reason', async () => {
	await clickExecute('declined');
	const { data } = await ended('declined');
	expect(data.resultData.error?.message).toContain('The card was declined by its issuer.');
	expect(accountsOf('declined')).toEqual([]);
	expect(await tracesOf(DECLINED_CARD, sandbox.n8n.folder)).toEqual(NO_TRACES);
}, 180_000);

test('a new text message brings a new code', async () => {
	await execute('new text');
	const first = sandbox.api.codeFor(PHONE);
	expect(await form.submit(NEW_TEXT)).toEqual(ASKS_FOR_CODE);
	expect(await form.submit(codeAnswer(first))).toEqual(
		notVerified('The code is not the one texted.'),
	);
	await form.send(codeAnswer(sandbox.api.codeFor(PHONE)));
	expect((await ended('new text')).status).toBe('success');
	expect(statusOf('new text')).toEqual(['unverified', 'verified']);
}, 180_000);

test('an expired code is said so, and the page can be opened anew', async () => {
	await execute('expired');
	sandbox.api.expireCodes();
	const page = await form.submit(codeAnswer(sandbox.api.codeFor(PHONE)));
	expect(page).toEqual(notVerified('The code has expired.'));
	expect(await form.reload()).toEqual(page);
	await form.submit(NEW_TEXT);
	await form.send(codeAnswer(sandbox.api.codeFor(PHONE)));
	expect((await ended('expired')).status).toBe('success');
	expect(statusOf('expired')).toEqual(['unverified', 'verified']);
}, 180_000);

test('where the API is down, the run stops before it registers, and the page asks again after', async () => {
	fail('carriers', 20);
	await clickExecute('down');
	expect((await ended('down')).status).toBe('error');
	expect(accountsOf('down')).toEqual([]);

	sandbox.api.faults.clear();
	fail('send');
	expect(await execute('down')).toMatchObject({ isForm: true });
	expect(await form.submit(NEW_TEXT)).toEqual(ASKS_FOR_CODE);
	fail('confirm');
	const code = sandbox.api.codeFor(PHONE);
	expect(await form.submit(codeAnswer(code))).toMatchObject({ isForm: true });
	await form.send(codeAnswer(code));
	expect((await ended('down', 2)).status).toBe('success');
	expect(accountsOf('down')).toHaveLength(1);
	expect(statusOf('down')).toEqual(['verified']);
}, 180_000);

test('run again, it takes the account that there is', async () => {
	sandbox.api.faults.add({ operation: 'register', kind: 'dropAfter' });
	await execute('again');
	await form.close();
	await execute('again');
	await form.send(codeAnswer(sandbox.api.codeFor(PHONE)));
	expect((await ended('again')).status).toBe('success');
	expect(accountsOf('again')).toHaveLength(1);
}, 180_000);

test('n8n is killed while the page asks for the code, and started again: the code confirms', async () => {
	await execute('killed');
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
	await form.send(codeAnswer(sandbox.api.codeFor(PHONE)));
	expect((await ended('killed')).status).toBe('success');
	expect(statusOf('killed')).toEqual(['verified']);
	expect(await tracesOf(TEST_CARD_NUMBER, sandbox.n8n.folder)).toEqual(NO_TRACES);
}, 180_000);
