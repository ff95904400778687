import type { Browser } from 'playwright-core';
import { type Api, SANDBOX_KEY, startApi } from '../../sandbox/api';
import { apiCredential } from '../../sandbox/examples/contents';
import { chargingWorkflow, followOpenCharge } from '../../sandbox/examples/openCharge';
import { findChromium, launchChromium } from '../../sandbox/forms/browser';
import { ByHand } from '../../sandbox/n8n/byHand';
import { openWorkflow, signIn } from '../../sandbox/n8n/editor';
import { installN8n } from '../../sandbox/n8n/install.cjs';
import { type N8n, startN8n } from '../../sandbox/n8n/instance';
import { until } from '../../sandbox/support/poll';

/** docs/operations.md, "A charge whose answer was lost", done in the editor by its words. */

let api: Api;
let n8n: N8n;
let browser: Browser;
let carriers: string[];

beforeAll(async () => {
	api = await startApi();
	carriers = ['One', 'Two'].map((nickname) => api.addCarrier({ nickname }).carrier_id);
	n8n = await startN8n(await installN8n('2.41.1'), {
		credentials: [apiCredential({ apiKey: SANDBOX_KEY, baseUrl: api.url })],
		workflows: carriers.map(chargingWorkflow),
	});
	const chromium = findChromium();
	if (!chromium) throw new Error('No Chromium was found. Install one, or set CHROMIUM_PATH.');
	browser = await launchChromium(chromium);
}, 600_000);

afterAll(async () => {
	await browser?.close();
	await n8n?.stop();
	await api?.close();
}, 60_000);

test.each([
	[0, 'It Was Charged', 'dropAfter', 1],
	[1, 'It Was Not Charged', 'dropBefore', 2],
] as const)(
	'%i, %s: the retry is done, and the account was charged once',
	async (place, verdict, kind, requests) => {
		api.faults.add({ operation: 'addFunds', kind });
		const page = await signIn(browser, n8n);
		await openWorkflow(page, n8n, n8n.workflowIds[place]!);
		const id = await followOpenCharge(new ByHand(page, n8n), verdict);
		expect(id).toMatch(/^chg_[a-z]{10}$/);
		const carrierId = carriers[place]!;
		const asked = () => api.requests.filter(({ path }) => path.includes(carrierId));
		const isDone = async () => asked().length === requests || undefined;
		await until('the requests', isDone, 30);
		expect(api.state.charges.filter((each) => each.carrierId === carrierId)).toEqual([
			{ carrierId, amount: 25 },
		]);
	},
	120_000,
);
