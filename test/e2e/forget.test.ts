import { readFileSync } from 'node:fs';
import path from 'node:path';
import axios from 'axios';
import type { INode } from 'n8n-workflow';
import type { Browser } from 'playwright-core';
import { STAFF, asVisitor, callerCredentials } from '../../sandbox/examples/callers';
import { exampleWorkflow } from '../../sandbox/examples/contents';
import { findChromium, launchChromium } from '../../sandbox/forms/browser';
import { HttpFormDriver } from '../../sandbox/forms/http';
import { FORM_PATH, REGISTRATION, codeAnswer } from '../../sandbox/forms/registration';
import type { Execution, WorkflowFile } from '../../sandbox/n8n/api';
import { until } from '../../sandbox/support/poll';
import { type Sandbox, startSandbox } from './support/sandbox';
import { node } from './support/workflows';

/** Forget: the rows and runs of one person, and old rows; nobody else's. */

jest.setTimeout(120_000);

const TABLE = 'Stamps accounts';

/** Onboarding with a row for each account. */
function onboardingWithRows(): WorkflowFile {
	const onboarding = exampleWorkflow('onboarding');
	const file = path.join(__dirname, '../../workflows/changes/row-for-each-account.json');
	const change = JSON.parse(readFileSync(file, 'utf8')) as WorkflowFile;
	return {
		...onboarding,
		nodes: [...onboarding.nodes, ...change.nodes],
		connections: {
			...onboarding.connections,
			...change.connections,
			'Answer Page': { main: [[{ node: 'An Account?', type: 'main', index: 0 }]] },
		},
	};
}

/** The nightly part for rows of so many days, whose clock is a request. */
function nightly(name: string, days: number): WorkflowFile {
	const example = exampleWorkflow('forget');
	const isNightly = (name: string) =>
		['Every Night', 'All Tables', 'Old Rows', 'Delete Old Rows'].includes(name);
	const connections = Object.fromEntries(
		Object.entries(example.connections).filter(([from]) => isNightly(from)),
	);
	const nodes = example.nodes
		.filter(({ name }) => isNightly(name))
		.map((each): INode => {
			if (each.name !== 'Every Night') return each;
			return node(each.name, 'n8n-nodes-base.webhook', 2, {
				webhookId: name,
				parameters: {
					path: name,
					httpMethod: 'POST',
					responseMode: 'lastNode',
					responseData: 'noData',
				},
			});
		});
	const text = JSON.stringify({ ...example, id: undefined, name, nodes, connections });
	return JSON.parse(text.replace('DAYS = 365', `DAYS = ${days}`)) as WorkflowFile;
}

const HTTP_LOGIN = { username: STAFF.user, password: STAFF.password };

let sandbox: Sandbox;
let browser: Browser;
let onboardingId: string;
let forgetId: string;

beforeAll(async () => {
	sandbox = await startSandbox([], {
		credentials: callerCredentials,
		workflows: [
			onboardingWithRows(),
			exampleWorkflow('forget'),
			nightly('keep-a-year', 365),
			nightly('keep-nothing', -1),
		],
	});
	const chromium = findChromium();
	if (!chromium) throw new Error('No Chromium was found. Install one, or set CHROMIUM_PATH.');
	browser = await launchChromium(chromium);
	[onboardingId, forgetId] = sandbox.n8n.workflowIds as [string, string];
}, 600_000);

afterAll(async () => {
	await browser?.close();
	await sandbox?.stop();
}, 60_000);

/** Registers, and confirms the phone. */
async function onboard(email: string, phone: string): Promise<void> {
	const form = new HttpFormDriver();
	await form.open(asVisitor(sandbox.n8n.url + FORM_PATH));
	const answers = { ...REGISTRATION, Email: email, 'Mobile phone': phone };
	expect(await form.submit(answers)).toMatchObject({ title: 'Confirm your phone number' });
	const code = sandbox.api.codeFor(phone.replace(/\D/g, ''));
	expect(await form.submit(codeAnswer(code))).toMatchObject({ title: 'Your account is ready' });
}

const runs = async (): Promise<Execution[]> => await sandbox.n8n.api.executions(onboardingId);

const emails = async () =>
	((await sandbox.n8n.api.dataTable(TABLE)) ?? []).map(({ email }) => email).sort();

const ANN = 'ann.lee@example.com';

/** Their addresses end, or begin, with hers. */
const OTHERS = ['jo-ann.lee@example.com', 'ann.lee@example.com.mx', 'ann_lee@example.com'];

/** Staff fill in the form; what the page says then. */
async function forget(email: string, phone = ''): Promise<string> {
	const page = await browser.newPage({ httpCredentials: HTTP_LOGIN });
	try {
		await page.goto(`${sandbox.n8n.url}/form/forget-somebody`);
		await page.getByLabel('Email').fill(email);
		await page.getByLabel('Phone').fill(phone);
		await page.getByRole('button', { name: 'Delete' }).click();
		await page.locator('#submitted-form').waitFor();
		return await page.locator('#submitted-content').innerText();
	} finally {
		await page.close();
	}
}

const untilRuns = async (count: number) =>
	await until('the runs', async () => ((await runs()).length === count ? true : undefined), 30);

test('one person is forgotten, and nobody else', async () => {
	await onboard(ANN.toUpperCase(), '512-485-4282');
	for (const [index, email] of OTHERS.entries()) await onboard(email, `512-485-430${index}`);
	await untilRuns(8);
	expect(await emails()).toHaveLength(4);

	expect(await forget(ANN)).toBe('Deleted: 1 of 1 rows, 2 of 2 runs.');
	expect(await emails()).toEqual([...OTHERS].sort());
	const left = await runs();
	expect(left).toHaveLength(6);
	expect(JSON.stringify(left)).not.toMatch(/"ann\.lee@example\.com"/i);
	for (const email of OTHERS) expect(JSON.stringify(left)).toContain(email);
	// It keeps nothing of what it was told.
	expect(await sandbox.n8n.api.executions(forgetId)).toEqual([]);

	expect(await forget(ANN)).toBe('Deleted: 0 of 0 rows, 0 of 0 runs.');
	expect(await runs()).toHaveLength(6);
});

test('by the phone, however it is written', async () => {
	expect(await forget('nobody@example.com', '+1 (512) 485 4300')).toBe(
		'Deleted: 0 of 0 rows, 2 of 2 runs.',
	);
	expect(await runs()).toHaveLength(4);
	expect(JSON.stringify(await runs())).not.toContain(OTHERS[0]);
});

test('old rows are deleted each night, and no others', async () => {
	const before = await emails();
	const night = async (name: string) => await axios.post(`${sandbox.n8n.url}/webhook/${name}`);
	await night('keep-a-year');
	expect(await emails()).toEqual(before);
	await night('keep-nothing');
	expect(await emails()).toEqual([]);
});
