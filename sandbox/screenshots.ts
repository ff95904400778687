import type { IDataObject } from 'n8n-workflow';
import type { Page } from 'playwright-core';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { SANDBOX_KEY, startApi } from './api';
import { asVisitor, callerCredentials, visitorCredential } from './examples/callers';
import {
	IMAGES,
	type Pictured,
	STEPS_FILE,
	apiCredential,
	cardCredential,
	partnerCredential,
	sealCredential,
	exampleWorkflows,
	hashOf,
} from './examples/contents';
import { PERSON, TEST_CARD_NUMBER } from './examples/person';
import { type Moment, follow } from './examples/firstAccount';
import { type ChargeMoment, chargingWorkflow, followOpenCharge } from './examples/openCharge';
import { photographChanges } from './changePictures';
import { startedByHand } from './examples/startedByHand';
import { ByHand } from './n8n/byHand';
import { openWorkflow, photographCanvas, photographStep, signIn, stepNames } from './n8n/editor';
import { BrowserFormDriver, findChromium, launchChromium } from './forms/browser';
import { FORM_PATH, REGISTRATION, codeAnswer } from './forms/registration';
import type { InstalledN8n } from './n8n/install.cjs';
import type { WorkflowFile } from './n8n/api';
import { type N8n, startN8n } from './n8n/instance';

/**
 * `npm run screenshots`: takes the pictures of the example workflows anew, in a real n8n, and notes
 * which steps are on each.
 */

const DOCS_IMAGES = path.join(IMAGES, '../../docs/images');

const picture = (name: string) => path.join(IMAGES, `${name}.png`);

async function photographForms(n8n: N8n, chromium: string): Promise<void> {
	const form = await BrowserFormDriver.start(chromium);
	try {
		await form.open(asVisitor(n8n.url + FORM_PATH));
		await form.photograph(picture('registration-form'));
		await form.submit(REGISTRATION);
		await form.photograph(picture('code-form'));
		await form.submit(codeAnswer('000000'));
		await form.photograph(picture('code-not-accepted'));
	} finally {
		await form.close();
	}
}

/** A step's panel: the picture's name, the item that comes to the step, and what the panel shows of it. */
const PANELS: Array<{ name: string; item?: IDataObject; shows: string }> = [
	{
		name: 'step-left-empty',
		item: { submittedAt: '2028-05-04T12:00:00.000Z' },
		shows: 'Empty: from the item, or from an earlier ShipEngine step',
	},
];

const SEND = 'Send Verification';

/** An agent with Register as a tool, of which the model may choose the nickname. */
const TOOL_WORKFLOW: WorkflowFile = {
	name: 'Agent with a tool',
	nodes: [
		{
			id: '1',
			name: 'AI Agent',
			type: '@n8n/n8n-nodes-langchain.agent',
			typeVersion: 3.1,
			position: [0, 0],
			parameters: {},
		},
		{
			id: '2',
			name: 'Register',
			type: 'n8n-nodes-shipengine.shipEngineTool',
			typeVersion: 1,
			position: [220, 220],
			parameters: {
				operation: 'register',
				nickname: "={{ $fromAI('nickname', `The shop's name`, 'string') }}",
				email: PERSON.email,
				agreeToCarrierTerms: true,
			},
			credentials: {
				shipEngineApi: { id: null, name: 'ShipEngine account' },
				shipEnginePaymentCardApi: { id: null, name: 'ShipEngine Payment Card account' },
			},
		},
	],
	connections: { Register: { ai_tool: [[{ node: 'AI Agent', type: 'ai_tool', index: 0 }]] } },
	settings: { executionOrder: 'v1' },
};

/** A trigger with the item pinned to it, and a step as it is dragged onto the canvas. */
const panelWorkflow = ({ name, item }: (typeof PANELS)[number]): WorkflowFile =>
	startedByHand(name, SEND, { operation: 'sendVerification' }, item);

/** Photographs every workflow, and the panels of a step. Returns the names of the steps that were on each canvas. */
async function photographEditor(
	n8n: N8n,
	files: string[],
	chromium: string,
): Promise<Record<string, string[]>> {
	const browser = await launchChromium(chromium);
	const steps: Record<string, string[]> = {};
	try {
		const page = await signIn(browser, n8n);
		for (const [index, file] of files.entries()) {
			await openWorkflow(page, n8n, n8n.workflowIds[index]!);
			await photographCanvas(page, picture(file));
			steps[file] = await stepNames(page);
		}
		for (const [index, { name, shows }] of PANELS.entries()) {
			await openWorkflow(page, n8n, n8n.workflowIds[files.length + index]!);
			await photographStep(page, { name: SEND, shows }, picture(name));
		}
		await openWorkflow(page, n8n, n8n.workflowIds[files.length + PANELS.length]!);
		const hand = new ByHand(page, n8n);
		await hand.open('Register');
		await photographPart(page, TOOL_PART, 'agent-tool');
		return steps;
	} finally {
		await browser.close();
	}
}

/** What of the page is in a picture. */
interface Part {
	part: string;
	/** What is brought into sight first. */
	first: string;
	height: number;
}

async function photographPart(page: Page, { part, first, height }: Part, name: string) {
	await page.locator(first).first().scrollIntoViewIfNeeded();
	// What is under the mouse looks otherwise.
	await page.mouse.move(0, 0);
	const area = await page.locator(part).first().boundingBox();
	if (!area) throw new Error(`There is no ${part} to be photographed`);
	const clip = { ...area, height: Math.min(area.height, height) };
	await page.screenshot({ path: path.join(DOCS_IMAGES, `${name}.png`), clip });
}

const TOOL_PART: Part = {
	part: '[data-test-id=node-parameters]',
	first: '[data-test-id=parameter-input-resource]',
	height: 720,
};

/** What is in the picture of a moment of the first account; of the canvas, all of it. */
const PARTS: Record<Exclude<Moment, 'canvas' | 'step'>, Part> = {
	register: {
		part: '[data-test-id=node-parameters]',
		first: '[data-test-id=parameter-input-resource]',
		height: 760,
	},
	page: { part: '.container', first: '.container', height: 420 },
	verified: {
		part: '[data-test-id=output-panel]',
		first: '[data-test-id=output-panel]',
		height: 250,
	},
};

/** Photographs the README's first account, in an n8n of its own. */
async function photographFirstAccount(
	installed: InstalledN8n,
	chromium: string,
	signal: AbortSignal,
): Promise<void> {
	const api = await startApi();
	const n8n = await startN8n(installed, { credentials: [], workflows: [] }, signal);
	const browser = await launchChromium(chromium);
	try {
		const hand = new ByHand(await signIn(browser, n8n), n8n);
		await follow('Your first account', hand, api);
		await follow('By hand', hand, api, async (moment, page) => {
			if (moment === 'step') return;
			if (moment === 'canvas') {
				await photographCanvas(page, path.join(DOCS_IMAGES, 'first-account.png'), 60);
				return;
			}
			if (moment === 'verified') await page.locator(PARTS.verified.first).getByText('JSON').click();
			await photographPart(page, PARTS[moment], `first-account-${moment}`);
		});
	} finally {
		await browser.close();
		await n8n.stop();
		await api.close();
	}
}

/** What is in the picture of a moment of a charge whose answer was lost. */
const CHARGE_PARTS: Record<ChargeMoment, Part> = {
	lost: { part: '[data-test-id=output-panel]', first: '[data-test-id=output-panel]', height: 320 },
	said: {
		part: '[data-test-id=node-parameters]',
		first: '[data-test-id=collection-parameter-add]',
		height: 900,
	},
	retried: {
		part: '[data-test-id=executions-sidebar]',
		first: '[data-test-id=executions-sidebar]',
		height: 310,
	},
};

/** Photographs a charge whose answer was lost, and what a person does about it. */
async function photographOpenCharge(
	installed: InstalledN8n,
	chromium: string,
	signal: AbortSignal,
): Promise<void> {
	const api = await startApi();
	const { carrier_id } = api.addCarrier({ nickname: 'Shop' });
	api.faults.add({ operation: 'addFunds', kind: 'dropAfter' });
	const credentials = [apiCredential({ apiKey: SANDBOX_KEY, baseUrl: api.url })];
	const workflows = [chargingWorkflow(carrier_id)];
	const n8n = await startN8n(installed, { credentials, workflows }, signal);
	const browser = await launchChromium(chromium);
	try {
		const page = await signIn(browser, n8n);
		await openWorkflow(page, n8n, n8n.workflowIds[0]!);
		await followOpenCharge(new ByHand(page, n8n), 'It Was Charged', async (moment) => {
			await photographPart(page, CHARGE_PARTS[moment], `open-charge-${moment}`);
		});
	} finally {
		await browser.close();
		await n8n.stop();
		await api.close();
	}
}

export async function main(
	_args: string[],
	installing: Promise<InstalledN8n>,
	signal: AbortSignal,
): Promise<number> {
	const chromium = findChromium();
	if (!chromium) throw new Error('No Chromium was found. Install one, or set CHROMIUM_PATH.');
	await mkdir(IMAGES, { recursive: true });
	await mkdir(DOCS_IMAGES, { recursive: true });
	await photographFirstAccount(await installing, chromium, signal);
	await photographOpenCharge(await installing, chromium, signal);
	const examples = exampleWorkflows();
	const api = await startApi();
	try {
		const n8n = await startN8n(
			await installing,
			{
				credentials: [
					apiCredential({ apiKey: SANDBOX_KEY, baseUrl: api.url }),
					partnerCredential({ apiKey: SANDBOX_KEY, baseUrl: api.url }),
					cardCredential(api.url, TEST_CARD_NUMBER),
					sealCredential(api.url),
					visitorCredential,
					...callerCredentials,
				],
				workflows: [
					...examples.map(({ workflow }) => workflow),
					...PANELS.map(panelWorkflow),
					TOOL_WORKFLOW,
				],
			},
			signal,
		);
		try {
			await photographForms(n8n, chromium);
			const files = examples.map(({ file }) => file);
			const steps = await photographEditor(n8n, files, chromium);
			const onboarding = n8n.workflowIds[files.indexOf('onboarding')]!;
			await photographChanges(n8n, onboarding, chromium, DOCS_IMAGES);
			const pictured = examples.map(({ file, workflow }): [string, Pictured] => [
				file,
				{ hash: hashOf(workflow), steps: steps[file]! },
			]);
			const text = JSON.stringify(Object.fromEntries(pictured), null, '\t');
			await writeFile(STEPS_FILE, `${text}\n`);
			return 0;
		} finally {
			await n8n.stop();
		}
	} finally {
		await api.close();
	}
}
