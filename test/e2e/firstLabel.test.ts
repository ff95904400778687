import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import type { Fault } from '../../sandbox/api';
import { SANDBOX_KEY } from '../../sandbox/api';
import { until } from '../../sandbox/support/poll';
import { apiCredential, exampleWorkflow, pointedAt } from '../../sandbox/examples/contents';
import { BrowserFormDriver, findChromium, launchChromium } from '../../sandbox/forms/browser';
import type { Answers, FormDriver, FormPage } from '../../sandbox/forms/driver';
import { HttpFormDriver } from '../../sandbox/forms/http';
import type { WorkflowFile } from '../../sandbox/n8n/api';
import { VendorDocument } from '../vendor/document';
import { compared } from '../vendor/differences';
import { type Between, standBetween } from '../vendor/exchanges';
import { type Sandbox, startSandbox } from './support/sandbox';

/** workflows/first-label.json in a real n8n: from the prices of a package to its label, and the label voided. */

jest.setTimeout(120_000);

const FILE = 'first-label';

const FROM: Answers = {
	Name: 'Nathan Smith',
	Street: '4009 Marathon Blvd',
	City: 'Austin',
	State: 'TX',
	'ZIP code': '78756',
	Phone: '512-485-4282',
};

const TO: Answers = {
	Name: 'Ann Lee',
	Street: '20 W 34th St',
	'Suite or apartment': 'Floor 2',
	City: 'New York',
	State: 'NY',
	'ZIP code': '10001',
	'Weight in pounds': '1.5',
};

let sandbox: Sandbox;
let between: Between;
let browser: Browser | undefined;
let carrier_id: string;
let packageId: string;

const cheapest = () => `1. 5.50 USD, USPS Ground Advantage, from Shop ${carrier_id}`;

/** The example with a name, addresses and maybe a credential of its own. */
const named = (name: string, credential?: string): WorkflowFile =>
	JSON.parse(
		JSON.stringify({ ...exampleWorkflow(FILE), id: undefined, name })
			.replace('"path":"ship-a-package"', `"path":"ship-${name}"`)
			.replace('"path":"void-a-label"', `"path":"void-${name}"`)
			.replaceAll('ShipEngine account', credential ?? 'ShipEngine account'),
	) as WorkflowFile;

/** A credential whose key n8n's HTTP Request may send to some hosts only. */
const limitedTo = (name: string, allowedDomains: string, baseUrl: string) => ({
	...apiCredential({ apiKey: SANDBOX_KEY, baseUrl }),
	name,
	data: { apiKey: SANDBOX_KEY, baseUrl, allowedHttpRequestDomains: 'domains', allowedDomains },
});

beforeAll(async () => {
	sandbox = await startSandbox([]);
	between = await standBetween(sandbox.api.url);
	const { n8n } = sandbox;
	const there = 'Here only';
	const elsewhere = 'Elsewhere only';
	await n8n.api.addCredential(limitedTo(there, '127.0.0.1', sandbox.api.url));
	await n8n.api.addCredential(limitedTo(elsewhere, 'api.example.com', sandbox.api.url));
	packageId = await n8n.api.addWorkflow(pointedAt(named('package', there), between.url));
	await n8n.api.addWorkflow(pointedAt(named('elsewhere', elsewhere), between.url));
}, 600_000);

afterAll(async () => {
	await browser?.close();
	await between?.close();
	await sandbox?.stop();
}, 60_000);

beforeEach(() => {
	sandbox.api.reset();
	between.exchanges.length = 0;
	({ carrier_id } = sandbox.api.addCarrier({ nickname: 'Shop', balance: 20 }));
});

const bought = () => sandbox.api.state.labels;

const purchases = () =>
	between.exchanges.filter(({ path }) => path.startsWith('/v1/labels/rates/'));

const fail = (fault: Fault) => sandbox.api.faults.add(fault);

/** Fills in both pages; what is shown then. */
async function ship(form: FormDriver = new HttpFormDriver(), name = 'package'): Promise<FormPage> {
	await form.open(`${sandbox.n8n.url}/form/ship-${name}`);
	await form.submit(FROM);
	return await form.submit(TO);
}

/** Fills in both pages and chooses a price. */
async function buy(choice = cheapest()): Promise<FormPage> {
	const form = new HttpFormDriver();
	expect(await ship(form)).toMatchObject({ title: 'Buy a label', isForm: true });
	return await form.submit({ 'Which label?': choice });
}

/** Asks for a label to be voided. */
async function voidLabel(label_id: string): Promise<FormPage> {
	const form = new HttpFormDriver();
	await form.open(`${sandbox.n8n.url}/form/void-package`);
	return await form.submit({ 'Label ID': label_id });
}

test('a label is bought, its file arrives in the browser, and it is voided', async () => {
	browser = await launchChromium(findChromium()!);
	const page = await browser.newPage({ viewport: { width: 800, height: 900 } });
	const form = await BrowserFormDriver.on(page);
	await ship(form);
	expect(await page.locator('.multiselect label').allInnerTexts()).toEqual([
		cheapest(),
		`2. 9.50 USD, USPS Priority Mail, from Shop ${carrier_id}`,
		`3. 13.50 USD, USPS Priority Mail Express, from Shop ${carrier_id}`,
		'None: buy nothing',
	]);
	const download = page.waitForEvent('download');
	const last = await form.submit({
		'Which label?': `2. 9.50 USD, USPS Priority Mail, from Shop ${carrier_id}`,
	});
	const [label] = bought();
	expect(last).toEqual({
		title: 'Here is your label',
		text: `Label ${label!.id}, tracking number ${label!.trackingNumber}, 9.50 USD. The file is a PDF of 4 by 6 inches. To void the label, keep its ID.`,
		isForm: false,
	});
	const file = await download;
	expect(file.suggestedFilename()).toBe(`label-${label!.id}.pdf`);
	expect(readFileSync(await file.path(), 'latin1')).toMatch(/^%PDF-1\.4\n[^]*SAMPLE/);
	expect(label).toMatchObject({
		rate: { carrierId: carrier_id, serviceCode: 'usps_priority_mail', cost: 9.5 },
	});
	expect(sandbox.api.state.carriers()[0]!.balance).toBe(10.5);
	// The link needs no key, so none is sent with it.
	const fetched = sandbox.api.requests.find(({ path }) => path.startsWith('/v1/downloads/'))!;
	expect(fetched.headers).not.toHaveProperty('api-key');

	expect(await voidLabel(` ${label!.id} `)).toMatchObject({ title: 'The label is voided' });
	expect(label!.voided_at).not.toBeNull();
	// Done already is done.
	expect(await voidLabel(label!.id)).toMatchObject({ title: 'The label is voided' });
});

test('what it sends is as the vendor’s document has it', async () => {
	await buy();
	await voidLabel(bought()[0]!.id);
	const document = new VendorDocument(
		readFileSync(require.resolve('shipengine-openapi/openapi.yaml'), 'utf8'),
	);
	expect(between.exchanges.map(({ method, path }) => `${method} ${path}`)).toEqual([
		'POST /v1/rates',
		`POST /v1/labels/rates/${bought()[0]!.rate.id}`,
		`PUT /v1/labels/${bought()[0]!.id}/void`,
	]);
	expect(compared(document, between.exchanges, true).unknown).toEqual([]);
});

test('nothing is bought unless a price is chosen', async () => {
	expect(await buy('None: buy nothing')).toEqual({
		title: 'No label was bought',
		text: 'You chose none.',
		isForm: false,
	});
	expect(purchases()).toEqual([]);
});

describe('a purchase whose answer is lost is sent once, and then looked for', () => {
	test.each([
		['a connection that breaks off', { operation: 'buyLabel', kind: 'dropAfter' }],
		['an error of the server', { operation: 'buyLabel', kind: 'serverErrorAfter' }],
		['half an answer', { operation: 'buyLabel', kind: 'truncatedJson' }],
		['an empty answer', { operation: 'buyLabel', kind: 'emptyBody' }],
	] as Array<[string, Fault]>)('%s: the label is found', async (_what, fault) => {
		fail(fault);
		expect(await buy()).toMatchObject({ title: 'Here is your label' });
		expect(bought()).toHaveLength(1);
		expect(purchases()).toHaveLength(1);
	});

	test.each([
		['a connection that breaks off', { operation: 'buyLabel', kind: 'dropBefore' }],
		['a gateway', { operation: 'buyLabel', kind: 'badGatewayBefore' }],
	] as Array<[string, Fault]>)('%s: it is told that nobody knows', async (_what, fault) => {
		fail(fault);
		expect(await buy()).toMatchObject({
			title: 'We do not know whether a label was bought',
			text: expect.stringContaining('before you buy one again'),
		});
		expect(bought()).toEqual([]);
		expect(purchases()).toHaveLength(1);
	});
});

/** Lets the API act on a purchase, and something on the way answer it in its own way. */
const answeredBy = (status: number, body: object | string) => ({
	operation: 'buyLabel' as const,
	kind: 'answeredBetween' as const,
	status,
	body,
});

test.each([
	[409, '<html></html>'],
	[499, ''],
	[404, { message: 'Not here' }],
	[429, { errors: [{ message: 'Too many' }] }],
	[403, '<html></html>'],
])(
	'a %d that is no refusal of the API is looked up, and the label is found',
	async (status, body) => {
		fail(answeredBy(status, body));
		expect(await buy()).toMatchObject({ title: 'Here is your label' });
		expect(purchases()).toHaveLength(1);
	},
);

test('a run that broke off while buying, and is retried, only looks', async () => {
	fail({ operation: 'buyLabel', kind: 'delayAfter', ms: 4_000 });
	const buying = buy().catch(() => undefined);
	await until('the purchase', async () => bought()[0], 30);
	await sandbox.n8n.restart();
	await buying;
	const { id } = (await sandbox.n8n.api.latestExecution(packageId))!;
	await sandbox.n8n.api.retryExecution(id);
	await until(
		'the retried run to have looked',
		async () => between.exchanges.some(({ path }) => path.startsWith('/v1/labels?')) || undefined,
		30,
	);
	expect(purchases()).toHaveLength(1);
	expect(bought()).toHaveLength(1);
}, 180_000);

test.each(['Cash $$ Carry', "Ann$'s $& shop", '{{ 1 + 1 }} & <b>Co</b>'])(
	'the nickname %s',
	async (nickname) => {
		sandbox.api.state.carriers()[0]!.nickname = nickname;
		const choice = `1. 5.50 USD, USPS Ground Advantage, from ${nickname} ${carrier_id}`;
		expect(await buy(choice)).toMatchObject({ title: 'Here is your label' });
	},
);

describe('what is refused is told in the API’s words, and nothing is bought', () => {
	const expectNone = async (page: Promise<FormPage>, text: string) => {
		expect(await page).toEqual({ title: 'No label was bought', text, isForm: false });
		expect(bought()).toEqual([]);
	};

	test('too little money', async () => {
		sandbox.api.state.carriers()[0]!.balance = 5;
		await expectNone(buy(), 'The balance is too low for this label.');
		expect(between.exchanges.at(-1)!.path).toMatch(/^\/v1\/labels\/rates\//);
	});

	test('words with signs of HTML', async () => {
		fail({ operation: 'buyLabel', kind: 'refusal', message: 'No <b>label</b> & nothing' });
		await expectNone(buy(), 'No <b>label</b> & nothing');
	});

	test('an address that cannot be right', async () => {
		const form = new HttpFormDriver();
		await form.open(`${sandbox.n8n.url}/form/ship-package`);
		await form.submit(FROM);
		const sent = form.submit({ ...TO, 'ZIP code': '1' });
		await expectNone(sent, 'shipment.ship_to.postal_code must be a ZIP code of five digits.');
	});

	test('an account that is disabled', async () => {
		sandbox.api.state.carriers()[0]!.disabled_by_billing_plan = true;
		await expectNone(ship(), 'There are no prices for this package.\nThis account is disabled.');
	});

	test('no account at all', async () => {
		sandbox.api.reset();
		await expectNone(ship(), 'Your API key has no Stamps.com account yet. Open one first.');
		expect(between.exchanges).toEqual([]);
	});

	test('a key that the API does not know', async () => {
		sandbox.api.reset({ apiKeys: ['another'] });
		const { title, text } = await ship();
		expect(title).toBe('No label was bought');
		expect(text).toContain('The API key is missing or not valid.');
	});
});

test('a file that cannot be fetched does not hide that the label was bought', async () => {
	fail({ operation: 'labelFile', kind: 'serverErrorBefore', times: 9 });
	const page = await buy();
	expect(page).toMatchObject({ title: 'Your label was bought' });
	expect(page.text).toContain(bought()[0]!.id);
	expect(page.text).toContain('the label as a PDF');
});

test('a void whose answer is lost is looked up; one that is refused is told', async () => {
	await buy();
	const [label] = bought();
	fail({ operation: 'voidLabel', kind: 'dropAfter' });
	expect(await voidLabel(label!.id)).toMatchObject({ title: 'The label is voided' });
	const voids = between.exchanges.filter(({ method }) => method === 'PUT');
	expect(voids).toHaveLength(1);

	expect(await voidLabel('se-7/../../carriers')).toEqual({
		title: 'We do not know whether the label is voided',
		text: 'There is no such label.',
		isForm: false,
	});
	fail({ operation: 'voidLabel', kind: 'refusal', message: 'It is too old.' });
	await buy();
	expect(await voidLabel(bought().at(-1)!.id)).toEqual({
		title: 'The label was not voided',
		text: 'It is too old.',
		isForm: false,
	});
	fail({ operation: 'voidLabel', kind: 'dropBefore' });
	expect(await voidLabel(bought().at(-1)!.id)).toMatchObject({
		title: 'We do not know whether the label is voided',
		text: expect.stringContaining('sent this again'),
	});
});

test('a key that is limited to another host is not sent', async () => {
	const form = new HttpFormDriver();
	const { title } = await ship(form, 'elsewhere');
	expect(title).toBe('No label was bought');
	expect(between.exchanges).toEqual([]);
});
