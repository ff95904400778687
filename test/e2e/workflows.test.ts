import type { Browser, Page } from 'playwright-core';
import { exampleWorkflows } from '../../sandbox/examples/contents';
import { openWorkflow, signIn, stepNames } from '../../sandbox/n8n/editor';
import { findChromium, launchChromium } from '../../sandbox/forms/browser';
import type { NewCredential } from '../../sandbox/n8n/api';
import { type Sandbox, startSandbox } from './support/sandbox';

/** Every example workflow as a newcomer meets it: imported into a real n8n and opened in the editor. */

/** A node type or credential type; only a node type has versions. */
interface TypeDescription {
	name: string;
	version: number | number[];
}

const examples = exampleWorkflows();

/** The credentials of other services that the workflows name, with nothing in them. */
function otherCredentials(): NewCredential[] {
	const used = examples.flatMap(({ workflow }) =>
		workflow.nodes.flatMap(({ credentials = {} }) => Object.entries(credentials)),
	);
	// Each n8n of the sandbox has one to its own API: of two with one name, the editor picks none.
	const named = used.filter(([type]) => !type.startsWith('shipEngine') && type !== 'n8nApi');
	return [...new Map(named.map(([type, { name }]) => [name, { name, type, data: {} }])).values()];
}

/** How the editor marks a step that it does not know, or that lacks something. */
const MARKS = ['node-not-installed', 'node-setup-required', 'node-issues']
	.map((id) => `[data-test-id=${id}]`)
	.join();

let sandbox: Sandbox;
let browser: Browser;
let editor: Page;

/** What n8n's editor knows of node types or credential types. */
const known = async (kind: 'nodes' | 'credentials') =>
	(await (
		await editor.request.get(`${sandbox.n8n.url}/types/${kind}.json`)
	).json()) as TypeDescription[];

beforeAll(async () => {
	const chromium = findChromium();
	if (!chromium) throw new Error('No Chromium was found. Install one, or set CHROMIUM_PATH.');
	sandbox = await startSandbox(
		examples.map(({ file }) => file),
		{ areDrafts: true, credentials: otherCredentials() },
	);
	browser = await launchChromium(chromium);
	editor = await signIn(browser, sandbox.n8n);
}, 600_000);

afterAll(async () => {
	await browser?.close();
	await sandbox?.stop();
}, 60_000);

describe.each(examples)('$file', ({ file, workflow }) => {
	test('n8n has every node type, in its version, and every credential type', async () => {
		const nodes = await known('nodes');
		const missing = workflow.nodes.filter(
			({ type, typeVersion }) =>
				!nodes.some(({ name, version }) => name === type && [version].flat().includes(typeVersion)),
		);
		expect(missing).toEqual([]);
		const credentials = (await known('credentials')).map(({ name }) => name);
		for (const { credentials: used = {} } of workflow.nodes) {
			expect(credentials).toEqual(expect.arrayContaining(Object.keys(used)));
		}
	}, 180_000);

	test('the editor opens it with every step, and none is unknown or incomplete', async () => {
		await openWorkflow(editor, sandbox.n8n, sandbox.idOf(file));
		const steps = workflow.nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote');
		expect(await stepNames(editor)).toEqual(steps.map(({ name }) => name).sort());
		expect(await editor.locator(MARKS).count()).toBe(0);
	}, 180_000);
});
