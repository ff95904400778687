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

/** Keeps a run for each text that is sent to it. */
const NOTES = {
	name: 'notes',
	nodes: [
		node('Webhook', 'n8n-nodes-base.webhook', 2, {
			webhookId: 'notes',
			parameters: { path: 'notes', httpMethod: 'POST' },
		}),
	],
	connections: {},
	settings: { executionOrder: 'v1' as const },
};

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
async function send(email: string, phone: string, code: string): Promise<string> {
	const page = await browser.newPage({ httpCredentials: HTTP_LOGIN });
	try {
		await page.goto(`${sandbox.n8n.url}/form/forget-somebody`);
		await page.getByLabel('Email').fill(email);
		await page.getByLabel('Phone').fill(phone);
		await page.getByLabel('Code').fill(code);
		await page.getByRole('button', { name: 'Look' }).click();
		await page.locator('#submitted-form').waitFor();
		return await page.locator('#submitted-content').innerText();
	} finally {
		await page.close();
	}
}

/** Staff look, then send the form once more with the code that they are told. */
async function forget(email: string, phone = ''): Promise<{ found: string; deleted: string }> {
	const found = await send(email, phone, '');
	const code = /code (\d{8})\.$/.exec(found)![1]!;
	return { found: found.split('.')[0]!, deleted: await send(email, phone, code) };
}

const untilRuns = async (count: number) =>
	await until('the runs', async () => ((await runs()).length === count ? true : undefined), 30);

/** Rows of each table: the same numbers stand for others in each. */
const ROWS: Record<string, Array<Record<string, string>>> = {
	'Closed Stamps accounts': [{ email: ANN, carrier_id: 'se-9' }],
	'Stamps merchant accounts': [
		{ email: 'bob@example.com', nickname: 'bob', carrier_id: 'se-1' },
		{ email: 'cat@example.com', nickname: 'cat', carrier_id: 'se-2' },
		{ email: ANN, nickname: 'ann', carrier_id: 'se-3', phone: '5124854282' },
		{ email: 'dan@example.com', nickname: 'dan', carrier_id: 'se-4' },
	],
	'Stamps merchants failed': [
		{ nickname: 'bob', reason: 'x' },
		{ nickname: 'ann', reason: 'x' },
		{ nickname: 'cat', reason: 'x' },
		{ nickname: 'anna', reason: 'x' },
	],
	'Stamps phone verifications': [
		{ carrier_id: 'se-30', phone: '5124854299' },
		{ carrier_id: 'se-3', phone: '5124854282' },
		{ carrier_id: 'se-2', phone: '5124854298' },
	],
};

const left = async (table: string) =>
	((await sandbox.n8n.api.dataTable(table)) ?? []).map((row) => row.nickname ?? row.carrier_id);

test('one person is forgotten, and nobody else', async () => {
	await onboard(ANN.toUpperCase(), '512-485-4282');
	for (const [index, email] of OTHERS.entries()) await onboard(email, `512-485-430${index}`);
	await untilRuns(8);
	expect(await emails()).toHaveLength(4);
	for (const [table, rows] of Object.entries(ROWS)) await sandbox.n8n.api.addTable(table, rows);

	expect(await forget(ANN)).toEqual({
		found: 'Found: 4 rows, 2 runs',
		deleted: 'Deleted: 4 of 4 rows, 2 of 2 runs.',
	});
	expect(await emails()).toEqual([...OTHERS].sort());
	expect(await left('Stamps merchant accounts')).toEqual(['bob', 'cat', 'dan']);
	expect(await left('Stamps merchants failed')).toEqual(['bob', 'cat', 'anna']);
	expect(await left('Stamps phone verifications')).toEqual(['se-30', 'se-2']);
	// It is no table of these workflows, though its name has the name of one.
	expect(await left('Closed Stamps accounts')).toEqual(['se-9']);
	const others = await runs();
	expect(others).toHaveLength(6);
	expect(JSON.stringify(others)).not.toMatch(/"ann\.lee@example\.com"/i);
	for (const email of OTHERS) expect(JSON.stringify(others)).toContain(email);
	// It keeps nothing of what it was told.
	expect(await sandbox.n8n.api.executions(forgetId)).toEqual([]);

	expect(await forget(ANN)).toMatchObject({ deleted: 'Deleted: 0 of 0 rows, 0 of 0 runs.' });
	expect(await runs()).toHaveLength(6);
});

test('nothing is deleted without the code of that person', async () => {
	const found = await send(OTHERS[1]!, '', '');
	expect(found).toMatch(/^Found: 1 rows, 2 runs\./);
	const [, code = ''] = /code (\d{8})\.$/.exec(found)!;
	// A new one with each answer: the old one is used up.
	expect(await send(OTHERS[2]!, '', code)).toMatch(
		/^The code was wrong or too old\. Nothing was deleted/,
	);
	expect(await send(OTHERS[1]!, '', code)).toMatch(
		/^The code was wrong or too old\. Nothing was deleted/,
	);
	expect(await emails()).toHaveLength(3);
	expect(await runs()).toHaveLength(6);
});

test.each([
	['ann.lee@example.com', '485-4282'],
	['ann.lee@example.com', '512-485-4300 ext. 12'],
	['ann.lee@example.com', '+31 20 123 456'],
	['ann.lee@example.com', '512-485-4300, 512-485-4301'],
])('%s with the phone %s is not looked for', async (email, phone) => {
	expect(await send(email, phone, '')).toMatch(/^Phone must be a US number with ten digits/);
});

/** What stands in a run, and whether it is the person's: ann.lee@example.com, 512-485-4282. */
const TEXTS: Array<[string, boolean]> = [
	['ann.lee@example.com', true],
	['"Ann" <Ann.Lee@Example.com>', true],
	["the email 'ann.lee@example.com' is wrong", true],
	['Name: Ann\nann.lee@example.com', true],
	['{"note":"Ann\\nann.lee@example.com"}', true],
	['https://x.example/?email=ann.lee%40example.com', true],
	['ann.lee@example.com 5124854282', true],
	['ann.lee@example.com-2', true],
	['ann.lee@example.com.', true],
	['joann.lee@example.com', false],
	["o'ann.lee@example.com", false],
	['jö-ann.lee@example.com', false],
	['ann.lee@example.community', false],
	['ann.lee@example.com-shop.org', false],
	['+1 (512) 485-4282', true],
	['0015124854282', true],
	['512 485 42 82', true],
	['call 512.485.4282!', true],
	['15124854282', true],
	['95124854282', false],
	['51248542820', false],
	['0.5124854282', false],
	['+44 512 485 4282', false],
	['512, 485, 4282 units', false],
];

test('whose a run is', async () => {
	const id = await sandbox.n8n.api.addWorkflow(NOTES);
	await until(
		'the workflow to be served',
		async () => {
			const answers = [];
			for (const [text] of TEXTS) {
				const address = `${sandbox.n8n.url}/webhook/notes`;
				answers.push(await axios.post(address, { text }, { validateStatus: () => true }));
			}
			return answers.every(({ status }) => status === 200) || undefined;
		},
		30,
	);
	const texts = async () => {
		const all = await sandbox.n8n.api.executions(id);
		return all.map(({ data }) => {
			const item = data.resultData.runData.Webhook![0]!.data!.main![0]![0]!;
			return (item!.json.body as { text: string }).text;
		});
	};
	await until('the runs', async () => (await texts()).length >= TEXTS.length || undefined, 30);
	await forget(ANN, '512-485-4282');
	const kept = TEXTS.filter(([, isTheirs]) => !isTheirs).map(([text]) => text);
	expect([...new Set(await texts())].sort()).toEqual(kept.sort());
});

test('old rows are deleted each night, and no others', async () => {
	const before = await emails();
	const night = async (name: string) => await axios.post(`${sandbox.n8n.url}/webhook/${name}`);
	await night('keep-a-year');
	expect(await emails()).toEqual(before);
	await night('keep-nothing');
	expect(await emails()).toEqual([]);
	expect(await left('Stamps merchant accounts')).toEqual([]);
	expect(await left('Closed Stamps accounts')).toEqual(['se-9']);
});
