import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { VISITOR } from '../../../sandbox/examples/callers';
import { findChromium, launchChromium } from '../../../sandbox/forms/browser';
import { FORM_PATH } from '../../../sandbox/forms/registration';
import { openWorkflow, signIn } from '../../../sandbox/n8n/editor';
import { untilServed } from '../../../sandbox/n8n/triggers';
import { type Sandbox, startSandbox } from '../support/sandbox';
import { fillIn } from './stand';

/** The page while whoever builds the workflow tests it in n8n's editor, which listens for one call. */

let sandbox: Sandbox;
let browser: Browser;
let editor: Page;
let page: Page;

beforeAll(async () => {
	const chromium = findChromium();
	if (!chromium) throw new Error('No Chromium was found. Install one, or set CHROMIUM_PATH.');
	sandbox = await startSandbox(['onboarding']);
	browser = await launchChromium(chromium);
	editor = await signIn(browser, sandbox.n8n);
	await openWorkflow(editor, sandbox.n8n, sandbox.n8n.workflowIds[0]!);
	const { user: username, password } = VISITOR;
	const context = await browser.newContext({ httpCredentials: { username, password } });
	page = await context.newPage();
}, 600_000);

afterAll(async () => {
	await browser?.close();
	await sandbox?.stop();
}, 60_000);

const testUrl = () => sandbox.n8n.url + FORM_PATH.replace('webhook', 'webhook-test');

/** Where pictures are left, if anybody wants to look at them. */
const { PICTURES } = process.env;

async function look(at: Page, name: string): Promise<void> {
	if (!PICTURES) return;
	mkdirSync(PICTURES, { recursive: true });
	await at.screenshot({ path: path.join(PICTURES, `test mode ${name}.png`), fullPage: true });
}

async function listen(): Promise<void> {
	await editor.locator('[data-test-id=execute-workflow-button]').click();
	await untilServed(testUrl());
}

const still = async () =>
	await page.locator('[aria-busy="true"]').waitFor({ state: 'detached', timeout: 60_000 });

test('it says what to click, and goes to the end', async () => {
	await listen();
	await look(editor, 'editor listens');
	await page.goto(testUrl());
	expect(await page.locator('#test').innerText()).toContain('n8n listens for one call');
	await fillIn(page);
	await page.click('#send');
	await page.locator('#code:not([hidden])').waitFor({ timeout: 60_000 });
	await look(page, 'code');

	const code = sandbox.api.codeFor('5124854282');
	await page.fill('#verification_code', code);
	await page.click('#confirm');
	await still();
	expect(await page.locator('#summary').innerText()).toContain('No answer came');
	await look(page, 'not listening');
	await listen();
	await page.click('#confirm');
	await page.locator('#end:not([hidden])').waitFor({ timeout: 60_000 });
	expect(await page.locator('#end').innerText()).toContain('Your account is ready');
	expect(sandbox.api.state.verifications).toMatchObject([{ status: 'verified' }]);
	await look(editor, 'editor at the end');
}, 240_000);
