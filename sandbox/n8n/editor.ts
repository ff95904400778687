import type { Browser, Page } from 'playwright-core';
import type { N8n } from './instance';
import { until } from '../support/poll';

/** Leaves of the page only the canvas, without the buttons on it. */
const CANVAS_ONLY = `
	body * { visibility: hidden; }
	.vue-flow__viewport, .vue-flow__viewport *, marker, marker * { visibility: visible; }
	[data-test-id="canvas-handle-plus-wrapper"], [data-test-id="canvas-handle-plus"] { display: none; }
`;

/** The width of the pictures, in the pixels of the page; they have twice as many. */
const WIDTH = 1400;

/** n8n's editor in a browser, signed in as the owner. */
export async function signIn(browser: Browser, { url, api }: N8n): Promise<Page> {
	const page = await browser.newPage({
		viewport: { width: WIDTH, height: 1200 },
		deviceScaleFactor: 2,
	});
	await page.goto(`${url}/signin`);
	await page.locator('input[type=email]').fill(api.owner.email);
	await page.locator('input[type=password]').fill(api.owner.password);
	await page.locator('input[type=password]').press('Enter');
	await page.waitForURL((address) => !address.pathname.startsWith('/signin'));
	return page;
}

/** The part of the page that nodes, notes and connections take up, once it has come to rest. */
async function restingArea(
	page: Page,
	sides = 20,
): Promise<{ x: number; y: number; width: number; height: number }> {
	const measure = () =>
		page.locator('.vue-flow__node, .vue-flow__edge').evaluateAll((nodes, sides) => {
			const boxes = nodes.map((node) => node.getBoundingClientRect());
			const x = Math.min(...boxes.map((box) => box.left));
			const y = Math.min(...boxes.map((box) => box.top));
			const width = Math.max(...boxes.map((box) => box.right)) - x;
			const height = Math.max(...boxes.map((box) => box.bottom)) - y;
			return { x: x - sides, y: y - 20, width: width + 2 * sides, height: height + 60 + sides };
		}, sides);
	let before = await measure();
	return await until(
		'the canvas to come to rest',
		async () => {
			const now = await measure();
			const isResting = JSON.stringify(now) === JSON.stringify(before);
			before = now;
			return isResting ? now : undefined;
		},
		10,
	);
}

/** Opens a workflow in the editor. */
export async function openWorkflow(page: Page, { url }: N8n, workflowId: string): Promise<void> {
	await page.goto(`${url}/workflow/${workflowId}`);
	await page.locator('.vue-flow__node').first().waitFor();
}

/** Opens a workflow and executes it, one that begins with a form: the page that n8n opens. */
export async function executeForm(page: Page, n8n: N8n, workflowId: string): Promise<Page> {
	await openWorkflow(page, n8n, workflowId);
	const opened = page.waitForEvent('popup');
	await page.locator('[data-test-id=execute-workflow-button]').click();
	return await opened;
}

/** The names of the steps on the canvas that is open, without its notes, in alphabetical order. */
export async function stepNames(page: Page): Promise<string[]> {
	const steps = page.locator('[data-test-id=canvas-node]:not([data-node-type*=stickyNote])');
	const names = await steps.evaluateAll((nodes) => nodes.map((node) => node.dataset.nodeName));
	return names.map(String).sort();
}

/**
 * Takes a picture of the canvas that is open, as large as fits.
 * @param file where the PNG goes
 * @param sides what is left at both sides, for the names of steps that stand there
 */
export async function photographCanvas(page: Page, file: string, sides?: number): Promise<void> {
	const style = await page.addStyleTag({ content: CANVAS_ONLY });
	// n8n's key for "zoom to fit".
	await page.keyboard.press('1');
	await page.screenshot({ path: file, clip: await restingArea(page, sides) });
	await style.evaluate((element) => (element as unknown as { remove(): void }).remove());
}

/** Opens a step of the workflow that is open, with its input beside it. */
async function openStep(page: Page, name: string): Promise<void> {
	// A click on a node that still moves goes past it.
	await restingArea(page);
	await page.locator(`[data-test-id=canvas-node][data-node-name="${name}"]`).dblclick();
	await page.locator('[data-test-id=collection-parameter-add]').waitFor();
}

/**
 * Takes a picture of a step's input and parameters, of the workflow that is open.
 * @param shows a text on it, which n8n shows last
 * @param file where the PNG goes
 */
export async function photographStep(
	page: Page,
	{ name, shows }: { name: string; shows: string },
	file: string,
): Promise<void> {
	await openStep(page, name);
	await page.getByText(shows, { exact: true }).last().waitFor();
	const areas = await Promise.all(
		['ndv-input-panel', 'node-parameters', 'collection-parameter-add'].map(
			async (id) => await page.locator(`[data-test-id=${id}]`).boundingBox(),
		),
	);
	const [input, parameters, last] = areas.map(
		(area) => area ?? { x: 0, y: 0, width: 0, height: 0 },
	);
	await page.screenshot({
		path: file,
		clip: {
			x: input!.x,
			y: input!.y,
			width: parameters!.x + parameters!.width - input!.x,
			height: last!.y + last!.height + 20 - input!.y,
		},
	});
}
