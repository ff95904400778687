import axios from 'axios';
import type { Api } from '../../sandbox/api';
import { TEST_CARD_NUMBER } from '../../sandbox/examples/person';
import type { Answers, FormDriver, FormPage } from '../../sandbox/forms/driver';
import { HttpFormDriver } from '../../sandbox/forms/http';
import { ASK_AGAIN, REGISTRATION, codeAnswer } from '../../sandbox/forms/registration';
import { startFormDriver } from '../../sandbox/forms/start';
import type { N8n } from '../../sandbox/n8n/instance';
import { until } from '../../sandbox/support/poll';
import { type Twilio, startTwilio } from '../../sandbox/twilio';
import { type Sandbox, startSandbox } from './support/sandbox';
import { asVisitor } from '../../sandbox/examples/callers';

/**
 * workflows/sms-twilio.json and workflows/sms-twilio-answers.json in a real n8n, with its own Twilio
 * nodes, which take a stand-in behind a proxy for Twilio.
 */

jest.setTimeout(120_000);

/** The number of the workflow's own that its Twilio step sends from. */
const OURS = '+15005550006';

const FORMS = 'sms-twilio';
const ANSWERS = 'sms-twilio-answers';

let sandbox: Sandbox;
let api: Api;
let twilio: Twilio;
let n8n: N8n;
let browser: FormDriver;

/** What needs no browser goes without: it is faster. */
const form = new HttpFormDriver();

beforeAll(async () => {
	twilio = await startTwilio();
	sandbox = await startSandbox([FORMS, ANSWERS], {
		credentials: [twilio.credential],
		environment: twilio.environment,
	});
	({ api, n8n } = sandbox);
	browser = await startFormDriver();
}, 600_000);

afterAll(async () => {
	await browser?.close();
	await sandbox?.stop();
	await twilio?.close();
}, 60_000);

/** The phone of whoever this test is about: the table of verifications is that of all tests. */
let phone: string;
let people = 0;

const nextPhone = () => `51255501${String((people += 1)).padStart(2, '0')}`;

beforeEach(() => {
	phone = nextPhone();
	twilio.messages.length = 0;
	api.requests.length = 0;
});

afterEach(() => {
	api.faults.clear();
	twilio.setDown(false);
	expect(twilio.refused.splice(0)).toEqual([]);
});

const registration = (own = phone): Answers => ({
	...REGISTRATION,
	'Mobile phone': own,
});

/** Fills in the registration page. */
async function register(driver: FormDriver = form, own = phone): Promise<FormPage> {
	await driver.open(asVisitor(`${n8n.url}/webhook/open-stamps-account-by-sms`));
	return await driver.submit(registration(own));
}

/** The bodies of the text messages that went to a phone, the newest last. */
const texted = (own = phone) =>
	twilio.messages.filter(({ to }) => to === `+1${own}`).map(({ body }) => body);

/** Waits for so many text messages to a phone: the page is answered before they are sent. */
const textedSoon = async (count: number, own = phone) =>
	await until(
		`${count} text messages`,
		async () => (texted(own).length >= count ? texted(own) : undefined),
		30,
	);

/** The address in the newest text message with one. */
async function linkOf(own = phone): Promise<string> {
	const all = await textedSoon(1, own);
	const link = all.map((body) => /http\S+/.exec(body)?.[0]).findLast(Boolean);
	if (!link) throw new Error(`No link was texted to ${own}`);
	return link;
}

/** Opens the page by the texted link, and sends it. */
async function confirm(
	answers: Answers,
	link?: string,
	driver: FormDriver = form,
): Promise<FormPage> {
	await driver.open(link ?? (await linkOf()));
	return await driver.submit(answers);
}

const READY = 'Your account is ready';

/** The accounts of a phone, as the API has them. */
const accounts = (own = phone) =>
	api.state.accounts.filter(({ body }) => JSON.stringify(body).includes(`-${own.slice(-4)}"`));

const verifications = (own = phone) =>
	api.state.verifications.filter((verification) => verification.phone === own);

const statuses = (own = phone) => verifications(own).map(({ status }) => status);

/** The rows of the table of verifications about a phone. */
const rows = async (own = phone) =>
	((await n8n.api.dataTable('Stamps phone verifications')) ?? []).filter(
		(row) => row.phone === own,
	);

const wrong = (code: string) => (code === '000000' ? '000001' : '000000');

/** The owner of a phone texts our number; resolves when the run that this starts is over. */
async function answer(body: string, own = phone): Promise<void> {
	const workflowId = sandbox.idOf(ANSWERS);
	const before = (await n8n.api.latestExecution(workflowId))?.id;
	expect(await twilio.receive({ from: `+1${own}`, to: OURS, body })).toEqual([200]);
	const { status } = await until(
		'the run that the text message starts',
		async () => {
			const latest = await n8n.api.latestExecution(workflowId);
			return latest && latest.id !== before && latest.status !== 'running' ? latest : undefined;
		},
		30,
	);
	expect(status).toBe('success');
}

const asksFor = (text: string): FormPage => ({
	title: 'Confirm your phone number',
	text: expect.stringContaining(text) as string,
	isForm: true,
});

const ASKS_FOR_CODE = asksFor('enter the code that we texted');

const WELCOME = expect.stringMatching(/^Welcome!/) as string;

const LINK = expect.stringMatching(
	/ at http:\/\/127\.0\.0\.1:\d+\/webhook\/open-stamps-account-by-sms\?link=[\w-]+ or answer/,
) as string;

/** The rows of a phone, once there are some with a status. */
const rowsWith = async (status: string, own = phone) =>
	await until(
		`a row that is ${status}`,
		async () => {
			const found = await rows(own);
			return found.some((row) => row.status === status) ? found : undefined;
		},
		30,
	);

describe('by the link', () => {
	test('a wrong code, then the right one', async () => {
		expect(await register(browser)).toEqual(ASKS_FOR_CODE);
		await textedSoon(1);
		expect(twilio.messages).toEqual([{ from: OURS, to: `+1${phone}`, body: LINK }]);

		const code = api.codeFor(phone);
		const link = await linkOf();
		expect(await confirm(codeAnswer(wrong(code)), link, browser)).toMatchObject({
			title: 'The code was not accepted',
			text: expect.stringContaining('The code is not the one texted.') as string,
		});
		expect(await confirm(codeAnswer(code), link, browser)).toMatchObject({ title: READY });
		expect(statuses()).toEqual(['verified']);
		await textedSoon(2);
		expect(twilio.messages.slice(1)).toEqual([{ from: OURS, to: `+1${phone}`, body: WELCOME }]);
		expect(await rows()).toMatchObject([{ status: 'verified' }]);
	});

	test('on the page itself, without the link', async () => {
		await register();
		expect((await form.submit(codeAnswer(api.codeFor(phone)))).title).toBe(READY);
		expect(await textedSoon(2)).toEqual([LINK, WELCOME]);
	});

	test('a new text message: its code is the one that counts', async () => {
		await register();
		const link = await linkOf();
		await sandbox.letPass(60);
		expect(await confirm(ASK_AGAIN, link)).toEqual(ASKS_FOR_CODE);
		expect(verifications()).toHaveLength(2);
		expect(await textedSoon(2)).toEqual([LINK, LINK]);
		expect((await confirm(codeAnswer(api.codeFor(phone)))).title).toBe(READY);
		expect(statuses()).toEqual(['unverified', 'verified']);
	});

	test('a link that is made up or cut leads nowhere', async () => {
		await register();
		const link = await linkOf();
		api.requests.length = 0;
		for (const other of [`${link}x`, link.slice(0, -1), link.replace(/=.*/, '=vfn_madeUp')]) {
			const { status } = await axios.get(other, { validateStatus: () => true });
			expect(status).toBe(404);
		}
		expect(api.requests).toEqual([]);
	});
});

describe('by an answer', () => {
	test('a wrong code, then the right one; the same again does nothing', async () => {
		await register();
		await textedSoon(1);
		const code = api.codeFor(phone);
		await answer(wrong(code));
		expect(twilio.messages.slice(1)).toEqual([
			{
				from: OURS,
				to: `+1${phone}`,
				body: 'The code is not the one texted. Answer with the code, or with NEW for a new one.',
			},
		]);
		await answer(`My code is ${code.slice(0, 3)} ${code.slice(3)}, thanks!`);
		expect(statuses()).toEqual(['verified']);
		expect(texted()).toEqual([LINK, expect.any(String), WELCOME]);
		expect(await rows()).toMatchObject([{ status: 'verified' }]);

		api.requests.length = 0;
		await answer(code);
		expect(texted()).toHaveLength(3);
		expect(api.requests).toEqual([]);
	});

	test('five codes are tried, and no more until there is a new one', async () => {
		await register();
		await rowsWith('unverified');
		const tried = () => api.requests.filter(({ method }) => method === 'PUT').length;
		for (let count = 0; count < 7; count += 1) await answer(wrong(api.codeFor(phone)));
		expect(tried()).toBe(5);
		await answer('NEW');
		await answer(api.codeFor(phone));
		expect(statuses()).toEqual(['unverified', 'verified']);
	});

	test('NEW brings a new code, five of them in all', async () => {
		await register();
		await rowsWith('unverified');
		for (let count = 0; count < 7; count += 1) await answer('NEW');
		expect(verifications()).toHaveLength(5);
	});

	test('NEW brings a new code, which is tried from then on', async () => {
		await register();
		await rowsWith('unverified');
		api.expireCodes();
		await answer('New please');
		expect(verifications()).toHaveLength(2);
		await answer(api.codeFor(phone));
		expect(statuses()).toEqual(['unverified', 'verified']);
		expect(texted()).toEqual([LINK, WELCOME]);
	});

	test('what is neither a code nor NEW is not answered', async () => {
		await register();
		await textedSoon(1);
		api.requests.length = 0;
		await answer('I am driving. In a hurry? Call 512-555-0199.');
		expect(texted()).toEqual([LINK]);
		expect(api.requests).toEqual([]);
	});

	test('a stranger gets no answer', async () => {
		await answer('123456');
		expect(texted()).toEqual([]);
		expect(api.requests).toEqual([]);
	});

	test('an event without Twilio’s signature is refused', async () => {
		await register();
		await textedSoon(1);
		api.requests.length = 0;
		const event = { data: { from: `+1${phone}`, to: OURS, body: api.codeFor(phone) } };
		const { status } = await axios.post(twilio.sinks[0]!.destination, [event], {
			validateStatus: () => true,
		});
		expect(status).toBe(401);
		expect(api.requests).toEqual([]);
	});

	test('two at once: each confirms their own account', async () => {
		const phones = [phone, nextPhone()];
		const drivers = [new HttpFormDriver(), new HttpFormDriver()];
		const pages = await Promise.all(phones.map((own, index) => register(drivers[index], own)));
		expect(pages).toEqual(phones.map(() => ASKS_FOR_CODE));
		const [first, second] = phones as [string, string];
		await rowsWith('unverified', second);
		await answer(api.codeFor(second), second);
		expect([statuses(first), statuses(second)]).toEqual([['unverified'], ['verified']]);
		await confirm(codeAnswer(api.codeFor(first)), await linkOf(first));
		expect(statuses(first)).toEqual(['verified']);
		expect(
			new Set(phones.flatMap((own) => accounts(own).map(({ carrierId }) => carrierId))).size,
		).toBe(2);
		for (const own of phones) {
			expect(await rowsWith('verified', own)).toMatchObject([
				{ carrier_id: accounts(own)[0]?.carrierId },
			]);
		}
	});
});

describe('one account', () => {
	test('the page sent again takes the account that is there; both links are good', async () => {
		await register();
		const old = await linkOf();
		await sandbox.letPass(60);
		expect(await register()).toEqual(asksFor('nothing new was opened'));
		expect(accounts()).toHaveLength(1);
		await textedSoon(2);
		expect(await rows()).toHaveLength(1);
		expect((await confirm(codeAnswer(api.codeFor(phone)), old)).title).toBe(READY);
	});

	test('a row that is verified stays as it is', async () => {
		await register();
		await form.submit(codeAnswer(api.codeFor(phone)));
		const [before] = await rowsWith('verified');
		await sandbox.letPass(60);
		await register();
		await textedSoon(3);
		const after = await rowsWith('unverified');
		expect(after).toHaveLength(2);
		expect(after).toContainEqual(before);
	});

	test('the answer to Register is lost: the account is found, and all goes on', async () => {
		api.faults.add({ kind: 'dropAfter', operation: 'register' });
		expect(await register()).toEqual(ASKS_FOR_CODE);
		expect(accounts()).toHaveLength(1);
	});
});

describe('when it does not work', () => {
	test('wrong fields are named, and nothing is sent', async () => {
		await form.open(asVisitor(`${n8n.url}/webhook/open-stamps-account-by-sms`));
		const page = await form.submit({ ...registration(), State: 'Narnia', 'ZIP code': '7875' });
		expect(page.title).toBe('Your registration was not accepted');
		expect(page.text).toMatch(/'State' must be [^]*'ZIP Code' must have/);
		expect(api.requests).toEqual([]);
		expect(texted()).toEqual([]);
	});

	test('a registration that the API refuses: its words, and no text message', async () => {
		api.faults.add({ kind: 'echoSecrets', operation: 'register' });
		const page = await register();
		expect(page.title).toBe('Your account was not opened');
		expect(page.text).not.toContain(TEST_CARD_NUMBER);
		expect(texted()).toEqual([]);
	});

	test('the API is down at Register: the page sent again makes one account', async () => {
		api.faults.add({ kind: 'dropBefore', operation: 'register' });
		expect((await register()).title).toBe('We are not sure yet');
		expect(texted()).toEqual([]);
		await sandbox.letPass(60);
		expect(await register()).toEqual(ASKS_FOR_CODE);
		expect(accounts()).toHaveLength(1);
	});

	test('the API is down at Send: the page goes on, and the link is texted with the next code', async () => {
		api.faults.add({ kind: 'serverErrorBefore', operation: 'send' });
		expect(await register()).toEqual(asksFor('We do not know whether the code was texted'));
		expect(texted()).toEqual([]);
		await sandbox.letPass(60);
		expect(await form.submit(ASK_AGAIN)).toEqual(ASKS_FOR_CODE);
		expect(await textedSoon(1)).toEqual([LINK]);
		expect(accounts()).toHaveLength(1);
	});

	test('the API is down at Confirm Verification: the same code again confirms', async () => {
		await register();
		api.faults.add({ kind: 'dropBefore', operation: 'confirm', times: 2 });
		const code = api.codeFor(phone);
		expect((await confirm(codeAnswer(code))).title).toBe('We are not sure yet');
		await answer(code);
		expect(texted().at(-1)).toMatch(/^The phone number may or may not have been verified/);
		await answer(code);
		expect(texted().at(-1)).toEqual(WELCOME);
	});

	test('Twilio is down: the page goes on all the same', async () => {
		twilio.setDown(true);
		expect(await register()).toEqual(ASKS_FOR_CODE);
		expect((await form.submit(codeAnswer(api.codeFor(phone)))).title).toBe(READY);
		await until('both texts', async () => twilio.refused.length === 2 || undefined, 30);
		expect(twilio.refused.splice(0)).toHaveLength(2);
		expect(texted()).toEqual([]);
	});
});

/** Publishes a workflow, or takes that back, as its owner does in the editor. */
async function publish(workflowId: string, how: 'activate' | 'deactivate'): Promise<void> {
	const { email, password } = n8n.api.owner;
	const signIn = { emailOrLdapLoginId: email, password };
	const { headers } = await axios.post(`${n8n.url}/rest/login`, signIn);
	const cookie = headers['set-cookie']?.map((each) => each.split(';')[0]).join('; ');
	const http = axios.create({
		baseURL: `${n8n.url}/rest/workflows/${workflowId}`,
		headers: { cookie },
	});
	const { data } = await http.get<{ data: { versionId: string } }>('');
	await http.post(`/${how}`, { versionId: data.data.versionId });
}

/** Waits until Twilio has so many subscriptions: n8n tells it a moment after it has answered. */
const subscriptions = async (count: number) =>
	await until(
		`Twilio to have ${count} subscriptions`,
		async () => twilio.subscriptions.length === count || undefined,
		30,
	);

test('the second workflow has one subscription at Twilio, as long as it is published', async () => {
	const known = () => ({
		sinks: twilio.sinks.map(({ destination }) => destination),
		types: twilio.subscriptions.map(({ types }) => types),
	});
	const one = {
		sinks: [expect.stringContaining(`${n8n.url}/webhook/`)],
		types: [['com.twilio.messaging.inbound-message.received']],
	};
	expect(known()).toEqual(one);
	await publish(sandbox.idOf(ANSWERS), 'deactivate');
	await subscriptions(0);
	expect(known()).toEqual({ sinks: [], types: [] });
	await publish(sandbox.idOf(ANSWERS), 'activate');
	await subscriptions(1);
	expect(known()).toEqual(one);
});

/** Waits until n8n takes events again, which Twilio would send again until then. */
const takesEvents = async () =>
	await until(
		'n8n to take events',
		async () => {
			const unsigned = await axios.post(twilio.sinks[0]!.destination, [], {
				validateStatus: () => true,
			});
			return unsigned.status === 401 || undefined;
		},
		60,
	);

test('n8n is killed before the code is entered: it confirms after, by answer and by link', async () => {
	const phones = [phone, nextPhone()] as const;
	for (const own of phones) {
		await register(form, own);
		await textedSoon(1, own);
	}
	await n8n.restart();
	await takesEvents();
	await answer(api.codeFor(phones[0]), phones[0]);
	await confirm(codeAnswer(api.codeFor(phones[1])), await linkOf(phones[1]));
	expect(phones.flatMap((own) => statuses(own))).toEqual(['verified', 'verified']);
	expect(twilio.sinks).toHaveLength(1);
});
