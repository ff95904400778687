import type { Browser } from 'playwright-core';
import { exampleWorkflow, pointedAt } from '../../sandbox/examples/contents';
import { BrowserFormDriver, findChromium, launchChromium } from '../../sandbox/forms/browser';
import { HttpFormDriver } from '../../sandbox/forms/http';
import { OWNER, TERMS } from '../../sandbox/forms/registration';
import type { Execution, WorkflowFile } from '../../sandbox/n8n/api';
import { executeForm, signIn } from '../../sandbox/n8n/editor';
import { until } from '../../sandbox/support/poll';
import { type Sandbox, startSandbox } from './support/sandbox';

/** A page that asks for the code, or for a price, and that nobody answers: the run ends, and nothing more is sent. */

jest.setTimeout(180_000);

const ADDRESS_OF: Record<string, string> = {
	'own-account': 'open-my-stamps-account',
	'first-label': 'ship-a-package',
};

/** A workflow whose pages wait for seconds, not for a day, at an address of its own. */
function impatient(file: string, name: string): WorkflowFile {
	const text = JSON.stringify({ ...exampleWorkflow(file), id: undefined, name }).replaceAll(
		ADDRESS_OF[file]!,
		name,
	);
	const day = '"resumeAmount":1,"resumeUnit":"days"';
	if (!text.includes(day)) throw new Error(`${file} has no page that waits for a day`);
	return JSON.parse(
		text.replaceAll(day, '"resumeAmount":0.05,"resumeUnit":"minutes"'),
	) as WorkflowFile;
}

let sandbox: Sandbox;
let browser: Browser;
/** The workflows by their names. */
const ids: Record<string, string> = {};

/** How often each is run. */
const RUNS: Record<string, number> = { texted: 1, mistaken: 1, shipped: 2 };

const ADDRESS = {
	Name: 'Ann Lee',
	Street: '4009 Marathon Blvd',
	City: 'Austin',
	State: 'TX',
	'ZIP code': '78756',
};

/** Executes a workflow in the editor, sends its first page, and leaves. */
async function registerAndLeave(name: string, phone: string): Promise<void> {
	const editor = await signIn(browser, sandbox.n8n);
	const form = await BrowserFormDriver.on(await executeForm(editor, sandbox.n8n, ids[name]!));
	await form.read();
	await form.submit({ ...OWNER, ...TERMS, Phone: phone });
	await editor.context().close();
}

/** Begins to ship a package. */
async function ship(): Promise<HttpFormDriver> {
	const form = new HttpFormDriver();
	await form.open(`${sandbox.n8n.url}/form/shipped`);
	await form.submit({ ...ADDRESS, Phone: '512-485-4282' });
	return form;
}

/** All of them are begun, so that they wait side by side: n8n looks once a minute what has waited enough. */
beforeAll(async () => {
	const chromium = findChromium();
	if (!chromium) throw new Error('No Chromium was found. Install one, or set CHROMIUM_PATH.');
	browser = await launchChromium(chromium);
	sandbox = await startSandbox([]);
	sandbox.api.addCarrier({ nickname: 'Shop', balance: 20 });
	for (const name of ['texted', 'mistaken'])
		ids[name] = await sandbox.n8n.api.addWorkflow(impatient('own-account', name));
	ids.shipped = await sandbox.n8n.api.addWorkflow(
		pointedAt(impatient('first-label', 'shipped'), sandbox.api.url),
	);
	await registerAndLeave('texted', '512-485-4282');
	await registerAndLeave('mistaken', '12');
	await ship();
	const priced = await ship();
	expect(await priced.submit({ ...ADDRESS, 'Weight in pounds': '1' })).toMatchObject({
		title: 'Buy a label',
	});
}, 600_000);

afterAll(async () => {
	await browser?.close();
	await sandbox?.stop();
}, 60_000);

/** The runs of a workflow, once all have ended. */
const ended = async (name: string): Promise<Execution[]> =>
	await until(
		'the runs to end',
		async () => {
			const runs = await sandbox.n8n.api.executions(ids[name]!);
			const over = runs.filter(({ status }) => ['success', 'error'].includes(status));
			return over.length === RUNS[name] ? over : undefined;
		},
		120,
	);

test.each([
	['a text message that nobody answers', 'texted'],
	['a mistake that nobody corrects', 'mistaken'],
	['a package that goes nowhere, and a price that nobody chooses', 'shipped'],
])('%s: the run ends', async (_, name) => {
	for (const { status, data } of await ended(name)) {
		expect(status).toBe('success');
		expect(Object.keys(data.resultData.runData)).toContain('Nobody Came Back');
	}
});

test('nothing more is sent than what somebody asked for', async () => {
	for (const name of Object.keys(RUNS)) await ended(name);
	const sent = sandbox.api.requests
		.filter(({ method }) => method !== 'GET')
		.map(({ method, path }) => `${method} ${path}`);
	expect(sent).toEqual([
		'POST /v1/registration/stamps_com',
		expect.stringMatching(/verification/),
		'POST /v1/rates',
	]);
	expect(sandbox.api.state.verifications.map(({ status }) => status)).toEqual(['unverified']);
	expect(sandbox.api.state.labels).toEqual([]);
});
