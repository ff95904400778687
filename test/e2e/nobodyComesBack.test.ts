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

/** A workflow whose pages wait for seconds, not for a day. */
function impatient(file: string): WorkflowFile {
	const text = JSON.stringify({ ...exampleWorkflow(file), id: undefined });
	const day = '"resumeAmount":1,"resumeUnit":"days"';
	if (!text.includes(day)) throw new Error(`${file} has no page that waits for a day`);
	return JSON.parse(
		text.replaceAll(day, '"resumeAmount":0.05,"resumeUnit":"minutes"'),
	) as WorkflowFile;
}

let sandbox: Sandbox;
let labelId: string;

beforeAll(async () => {
	sandbox = await startSandbox([], { workflows: [impatient('own-account')] });
	const label = pointedAt(impatient('first-label'), sandbox.api.url);
	labelId = await sandbox.n8n.api.addWorkflow(label);
}, 600_000);

afterAll(async () => {
	await sandbox?.stop();
}, 60_000);

beforeEach(() => sandbox.api.reset());

/** The newest run of a workflow, once it has ended: n8n looks once a minute what has waited enough. */
const ended = async (id = sandbox.n8n.workflowIds[0]!): Promise<Execution> =>
	await until(
		'the run to end',
		async () => {
			const latest = await sandbox.n8n.api.latestExecution(id);
			return latest && ['success', 'error'].includes(latest.status) ? latest : undefined;
		},
		120,
	);

const sent = () =>
	sandbox.api.requests.filter(({ method }) => method !== 'GET').map(({ path }) => path);

describe('Your own account', () => {
	let browser: Browser;

	beforeAll(async () => {
		const chromium = findChromium();
		if (!chromium) throw new Error('No Chromium was found. Install one, or set CHROMIUM_PATH.');
		browser = await launchChromium(chromium);
	});

	afterAll(async () => await browser?.close());

	/** Executes the workflow in the editor, sends its first page, and leaves. */
	async function sendAndLeave(phone: string): Promise<Execution> {
		const editor = await signIn(browser, sandbox.n8n);
		const page = await executeForm(editor, sandbox.n8n, sandbox.n8n.workflowIds[0]!);
		const form = await BrowserFormDriver.on(page);
		await form.read();
		await form.submit({ ...OWNER, ...TERMS, Phone: phone });
		await editor.context().close();
		return await ended();
	}

	test('after the text message', async () => {
		const { status, data } = await sendAndLeave('512-485-4282');
		expect(status).toBe('success');
		expect(Object.keys(data.resultData.runData)).toContain('Nobody Came Back');
		// Registered, and texted once.
		expect(sent()).toHaveLength(2);
		expect(sandbox.api.state.verifications.map(({ status }) => status)).toEqual(['unverified']);
	});

	test('after a mistake', async () => {
		const { status, data } = await sendAndLeave('12');
		expect(status).toBe('success');
		expect(Object.keys(data.resultData.runData)).toContain('Nobody Came Back');
		expect(sent()).toEqual([]);
	});
});

const ADDRESS = {
	Name: 'Ann Lee',
	Street: '4009 Marathon Blvd',
	City: 'Austin',
	State: 'TX',
	'ZIP code': '78756',
};

/** Begins to ship a package. */
async function beginToShip(): Promise<HttpFormDriver> {
	sandbox.api.addCarrier({ nickname: 'Shop', balance: 20 });
	const form = new HttpFormDriver();
	await form.open(`${sandbox.n8n.url}/form/ship-a-package`);
	await form.submit({ ...ADDRESS, Phone: '512-485-4282' });
	return form;
}

test('a package that goes nowhere is asked no prices for', async () => {
	await beginToShip();
	const { status, data } = await ended(labelId);
	expect(status).toBe('success');
	expect(Object.keys(data.resultData.runData)).toContain('Nobody Came Back');
	expect(sandbox.api.requests).toEqual([]);
});

test('a price that nobody chooses is not bought', async () => {
	const form = await beginToShip();
	expect(await form.submit({ ...ADDRESS, 'Weight in pounds': '1' })).toMatchObject({
		title: 'Buy a label',
	});
	const { status, data } = await ended(labelId);
	expect(status).toBe('success');
	expect(Object.keys(data.resultData.runData)).toContain('Nobody Came Back');
	expect(sandbox.api.state.labels).toEqual([]);
});
