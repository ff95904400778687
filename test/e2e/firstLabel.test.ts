import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import type { IDataObject } from 'n8n-workflow';
import type { Fault } from '../../sandbox/api';
import type { Label } from '../../sandbox/api/labelStore';
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

/** Asks for a label; the page that shows it, or says that it cannot be voided. */
async function askForLabel(label_id: string): Promise<{ form: FormDriver; page: FormPage }> {
	const form = new HttpFormDriver();
	await form.open(`${sandbox.n8n.url}/form/void-package`);
	return { form, page: await form.submit({ 'Label ID': label_id }) };
}

/** Asks for a label to be voided. */
async function voidLabel(label_id: string): Promise<FormPage> {
	const { form, page } = await askForLabel(label_id);
	return page.isForm ? await form.submit({ 'Void this label?': 'Yes, void it' }) : page;
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

	const { form: voiding, page: shown } = await askForLabel(` ${label!.id} `);
	expect(shown).toEqual({
		title: 'Is it this label?',
		text: `Label ${label!.id}, tracking number ${label!.trackingNumber}, usps_priority_mail, 9.50 USD, to Ann Lee, bought on ${label!.created_at.slice(0, 10)}`,
		isForm: true,
	});
	expect(label!.voided_at).toBeNull();
	expect(await voiding.submit({ 'Void this label?': 'Yes, void it' })).toEqual({
		title: 'The label is voided',
		text: `Do not use the label ${label!.id}. Its price goes back to the balance of the account in three to four weeks.`,
		isForm: false,
	});
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
		`GET /v1/labels/${bought()[0]!.id}`,
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

/** Changes what the API answers with. */
const changed = (operation: 'rates' | 'buyLabel' | 'getLabel', fields: IDataObject): Fault => ({
	operation,
	kind: 'replaceFields',
	fields,
});

/** Has the API answer a question for rates with these, beside what it says else. */
async function offer(rates: IDataObject[], errors: IDataObject[] = []): Promise<FormPage> {
	const told = {
		rate_id: 'se-9',
		carrier_id,
		carrier_nickname: 'Shop',
		service_type: 'USPS Ground Advantage',
	};
	const amount = { shipping_amount: { currency: 'usd', amount: 5.5 }, validation_status: 'valid' };
	const all = rates.map((rate) => ({ ...told, ...amount, ...rate }));
	fail(changed('rates', { rate_response: { rates: all, errors } }));
	return await ship(driver);
}

let driver: HttpFormDriver;
beforeEach(() => {
	driver = new HttpFormDriver();
});

describe('the prices', () => {
	const options = () => driver.choices('Which label?').slice(0, -1);

	test('are those of the box that was asked for, and of no other package', async () => {
		await offer([
			{ package_type: 'package' },
			{
				package_type: 'large_envelope_or_flat',
				shipping_amount: { currency: 'usd', amount: 1.63 },
			},
		]);
		expect(options()).toEqual([cheapest()]);
		const [asked] = between.exchanges;
		expect(asked!.sent).toMatchObject({ shipment: { packages: [{ package_code: 'package' }] } });
	});

	test('have the warnings, and all that is paid', async () => {
		await offer([
			{
				validation_status: 'has_warnings',
				warning_messages: ['No Saturday delivery.'],
				insurance_amount: { currency: 'usd', amount: '1.20' },
				tax_amount: { currency: 'usd', amount: 0.3 },
			},
		]);
		expect(options()).toEqual([
			`1. 7.00 USD, USPS Ground Advantage, from Shop ${carrier_id}. No Saturday delivery.`,
		]);
	});

	test('are left out where they are no prices', async () => {
		const amount = (value: unknown, currency = 'usd') => ({ currency, amount: value });
		await offer([
			{},
			{ shipping_amount: amount(-1) },
			{ shipping_amount: null },
			{ shipping_amount: amount(null) },
			{ shipping_amount: amount(''), other_amount: amount(1) },
			{ shipping_amount: amount(2), other_amount: amount(-3) },
			{ shipping_amount: amount(7, 'cad'), other_amount: amount(2) },
		]);
		expect(options()).toEqual([cheapest()]);
	});

	test('are shown with what keeps another account from giving some', async () => {
		const page = await offer([{}], [{ message: 'The carrier <b>X</b> does not answer.' }]);
		expect(page.text).toContain('Not every account gave prices: The carrier <b>X</b> does not');
	});

	test('of no weight are refused in the API’s words', async () => {
		await driver.open(`${sandbox.n8n.url}/form/ship-package`);
		await driver.submit(FROM);
		expect(await driver.submit({ ...TO, 'Weight in pounds': '0' })).toEqual({
			title: 'No label was bought',
			text: 'shipment.packages[0].weight.value must be a number above zero.',
			isForm: false,
		});
	});
});

test.each([
	['95.50', ' You chose a price of 5.50 USD: if you do not want it, void the label.'],
	['5.50', ''],
	['4.00', ''],
])('of a label for %s it is said whether it costs more than was chosen', async (paid, said) => {
	fail(changed('buyLabel', { shipment_cost: { currency: 'usd', amount: Number(paid) } }));
	const { text } = await buy();
	expect(text).toContain(`, ${paid} USD.${said} The file is`);
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
			text: `You chose: ${cheapest()}. No clear answer came, and no label was found so far. Look at your labels in ShipStation before you buy one again.`,
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
	[403, { success: false, errors: [{ code: 1020, message: 'Access denied' }] }],
	[422, { errors: 'nope' }],
	[400, { request_id: 'x', errors: [{ error_source: 'shipengine', message: 'No' }] }],
	[408, { request_id: 'x', errors: [{ error_source: 'shipengine', message: 'Late' }] }],
])(
	'a %d that is no refusal of the API is looked up, and the label is found',
	async (status, body) => {
		fail(answeredBy(status, body));
		expect(await buy()).toMatchObject({ title: 'Here is your label' });
		expect(purchases()).toHaveLength(1);
	},
);

test.each([
	[408, 'shipengine', 'rate_limit_exceeded'],
	[400, 'carrier', 'unspecified'],
	[400, 'carrier', 'unknown'],
])('after a %d of %s that says “%s”, nobody knows', async (status, error_source, error_code) => {
	const errors = [{ error_source, error_type: 'system', error_code, message: 'It took too long.' }];
	fail(answeredBy(status, { request_id: 'x', errors }));
	fail({ operation: 'labels', kind: 'replaceFields', fields: { labels: [] } });
	expect(await buy()).toMatchObject({ title: 'We do not know whether a label was bought' });
});

test('a label whose price is not told, or in another currency, says so', async () => {
	fail(changed('buyLabel', { shipment_cost: null, insurance_cost: null }));
	expect((await buy()).text).toContain(', price not known yet. The file is');
	fail(changed('buyLabel', { shipment_cost: { currency: 'cad', amount: 5.5 } }));
	expect((await buy()).text).toContain('5.50 CAD. You chose a price of 5.50 USD: if you');
});

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
		expect(purchases()).toHaveLength(1);
	});

	test('words with signs of HTML', async () => {
		fail({ operation: 'buyLabel', kind: 'refusal', message: 'No <b>label</b> & nothing' });
		await expectNone(buy(), 'No <b>label</b> & nothing');
		// Looked up all the same: it costs nothing.
		expect(between.exchanges.at(-1)!.path).toMatch(/^\/v1\/labels\?rate_id=/);
	});

	test('and also where it cannot be looked up', async () => {
		fail({ operation: 'buyLabel', kind: 'refusal', message: 'No' });
		fail({ operation: 'labels', kind: 'serverErrorBefore', times: 9 });
		await expectNone(buy(), 'No');
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
		title: 'The label was not voided',
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

describe('a label', () => {
	let label: Label;
	beforeEach(async () => {
		await buy();
		label = bought()[0]!;
	});

	test('that somebody keeps is not voided', async () => {
		const { form } = await askForLabel(label.id);
		expect(await form.submit({ 'Void this label?': 'No, keep it' })).toEqual({
			title: 'The label was not voided',
			text: 'You kept it.',
			isForm: false,
		});
		expect(label.voided_at).toBeNull();
		expect(between.exchanges.filter(({ method }) => method === 'PUT')).toEqual([]);
	});

	test('that cannot be looked at is not voided', async () => {
		fail({ operation: 'getLabel', kind: 'badGatewayBefore', times: 9 });
		expect(await voidLabel(label.id)).toEqual({
			title: 'The label was not voided',
			text: 'ShipStation did not answer clearly. Nothing was changed: try again later.',
			isForm: false,
		});
		expect(label.voided_at).toBeNull();
	});

	test('an error of the server is no clear answer to a void', async () => {
		fail({ operation: 'voidLabel', kind: 'serverErrorBefore' });
		expect(await voidLabel(label.id)).toEqual({
			title: 'We do not know whether the label is voided',
			text: 'No clear answer came. Do not use the label before you have sent this again: voiding it twice does no harm.',
			isForm: false,
		});
	});

	test('words of somebody else are no clear answer either, and it is looked up', async () => {
		const body = { errors: [null] };
		fail({ operation: 'voidLabel', kind: 'answeredBetween', status: 403, body });
		expect(await voidLabel(label.id)).toMatchObject({ title: 'The label is voided' });
		expect(label.voided_at).not.toBeNull();
	});

	test('too many requests are a clear answer', async () => {
		fail({ operation: 'voidLabel', kind: 'tooManyRequests', retryAfter: 1 });
		expect(await voidLabel(label.id)).toMatchObject({
			title: 'The label was not voided',
			text: expect.stringMatching(/\S/),
		});
		expect(label.voided_at).toBeNull();
	});
});

test('a key that is limited to another host is not sent', async () => {
	const form = new HttpFormDriver();
	const { title } = await ship(form, 'elsewhere');
	expect(title).toBe('No label was bought');
	expect(between.exchanges).toEqual([]);
});
