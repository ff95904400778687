import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { DECLINED_CARD } from '../../../sandbox/api';
import { TEST_CARD_NUMBER } from '../../../sandbox/examples/person';
import { CLICK_NEW_CODE } from '../../../sandbox/forms/browserRegistration';
import { FORM_PATH } from '../../../sandbox/forms/registration';
import { type Front, type FrontOptions, startFront } from '../../support/fronts';
import { startServer } from '../../support/servers';
import { until } from '../../../sandbox/support/poll';
import { describeWith } from '../support/describeWith';
import { ENGINES, type Engine, type Visit, type Visitor } from '../support/engines';
import { type Sandbox, startSandbox } from '../support/sandbox';
import { openToAll } from '../support/workflows';
import {
	clickThrough,
	fillIn,
	newPerson,
	openForm,
	sendInVain,
	textOf,
	typeThrough,
	untilTrue,
	valueOf,
} from './person';

/** Workflow 1 in a real n8n, as people meet it: in three engines, on a phone's width and a desk's. */

let sandbox: Sandbox;
/** What people reach n8n by; it can lose an answer. */
let front: Front;

beforeAll(async () => {
	sandbox = await startSandbox([], { workflows: [openToAll('onboarding')] });
	front = await startFront(sandbox.n8n.url);
}, 600_000);

/** What one test has opened, and has to be closed also where it fails. */
const opened: Array<{ close(): Promise<void> }> = [];

function closedAfterwards<T extends (typeof opened)[number]>(each: T): T {
	opened.push(each);
	return each;
}

afterEach(async () => {
	for (const each of opened.splice(0)) await each.close();
}, 60_000);

afterAll(async () => {
	await front?.close();
	await sandbox?.stop();
}, 60_000);

/** Where pictures are left, if anybody wants to look at them. */
const { PICTURES } = process.env;

async function photograph(visitor: Visitor, ...name: Array<string | number>): Promise<void> {
	if (!PICTURES) return;
	mkdirSync(PICTURES, { recursive: true });
	await visitor.photograph(path.join(PICTURES, `${name.join(' ')}.png`));
}

/** The accounts that the API has of somebody. */
const accountsOf = ({ email }: { email: string }) =>
	sandbox.api.state.accounts
		.map(({ body }) => body as IDataObject)
		.filter((body) => body.email === email);

const WITH_CARD = [{ credit_card: { number: TEST_CARD_NUMBER, expiration_month: '01' } }];

const untilAskedForCode = async (visitor: Visitor) =>
	await untilTrue(
		visitor,
		'the page for the code',
		"document.readyState === 'complete' && document.body.innerText.includes('Code from the text message')",
	);

const untilTold = async (visitor: Visitor, text: string) =>
	await untilTrue(visitor, text, `document.body.innerText.includes(${JSON.stringify(text)})`);

/** How much of the page is beyond its edge, in pixels. */
const BEYOND_THE_EDGE =
	'document.documentElement.scrollWidth - document.documentElement.clientWidth';

const LOST = 'We do not know whether your registration arrived';

const describeIn = ({ missing }: Engine) => describeWith(missing());

const WIDTHS: Visit[] = [
	{ width: 360, height: 740, script: true },
	{ width: 1280, height: 900, script: true },
];

const COMBINATIONS = ENGINES.flatMap((engine) => WIDTHS.map((visit) => ({ engine, visit })));

for (const { engine, visit } of COMBINATIONS) {
	describeIn(engine)(`${engine.name}, ${visit.width} pixels`, () => {
		const isPhone = visit.width < 600;
		let visitor: Visitor;

		beforeAll(async () => {
			visitor = await engine.visit(visit);
		}, 120_000);

		afterAll(async () => await visitor?.close(), 60_000);

		const look = async (what: string) => await photograph(visitor, engine.name, visit.width, what);

		test('from the first key to "verified"', async () => {
			const person = newPerson();
			await openForm(visitor, front.url + FORM_PATH);
			expect(await visitor.evaluate('innerWidth')).toBe(visit.width);
			expect(await visitor.evaluate(BEYOND_THE_EDGE)).toBe(0);
			await look('first');
			await (isPhone ? clickThrough : typeThrough)(visitor, person);
			expect(await valueOf(visitor, 'card_number')).toBe('4111 1111 1111 1111');
			expect(await valueOf(visitor, 'card_expiry')).toMatch(/^01 \/ \d\d$/);
			await look('filled in');
			if (isPhone) await visitor.click('#send');
			else await visitor.press('Enter');
			await untilAskedForCode(visitor);
			await look('code');

			expect(await visitor.evaluate(BEYOND_THE_EDGE)).toBe(0);

			const code = sandbox.api.codeFor(person.phone);
			await visitor.press('Tab');
			await untilTrue(visitor, 'the focus', "document.activeElement.tagName === 'INPUT'");
			await visitor.type(code);
			await untilTrue(visitor, 'the code', `document.activeElement.value === '${code}'`);
			await visitor.press('Enter');
			const isReady = "document.body.innerText.includes('Your account is ready')";
			await untilTrue(visitor, 'the last page', isReady);
			await look('last');
			expect(accountsOf(person)).toMatchObject(WITH_CARD);
			const { verifications } = sandbox.api.state;
			const own = verifications.filter(({ phone }) => phone === person.phone);
			expect(own).toMatchObject([{ status: 'verified' }]);
		}, 180_000);

		test('two wrong codes, a wrong number, a new code: one account', async () => {
			const began = Date.now();
			const [person, right] = [newPerson(), newPerson()];
			await openForm(visitor, front.url + FORM_PATH);
			await (isPhone ? clickThrough : typeThrough)(visitor, person);
			await visitor.click('#send');
			await untilAskedForCode(visitor);
			const confirm = async (code: string) => {
				await visitor.evaluate("document.getElementById('verification_code').value = ''");
				await visitor.click('#verification_code');
				await visitor.type(code);
				await visitor.click('#confirm');
			};
			for (let count = 0; count < 2; count += 1) {
				const code = sandbox.api.codeFor(person.phone);
				await confirm(code === '000000' ? '000001' : '000000');
				await untilTold(visitor, 'The code was not accepted');
			}
			await look('wrong code');
			await visitor.click('#other-phone');
			await look('wrong number');
			await visitor.click('#new_phone');
			await visitor.type(right.phone);
			await visitor.click('#text-phone');
			await untilTold(visitor, `ends in ${right.phone.slice(-2)}`);
			expect(await visitor.evaluate(BEYOND_THE_EDGE)).toBe(0);
			await sandbox.letPass(60);
			await visitor.evaluate(`void ${CLICK_NEW_CODE}`);
			const texts = () =>
				sandbox.api.state.verifications.filter(({ phone }) => phone === right.phone);
			await until('the second text', async () => texts().length === 2 || undefined, 30);
			await untilTrue(visitor, 'the page', "!document.querySelector('[aria-busy=true]')");
			await confirm(sandbox.api.codeFor(right.phone));
			await untilTold(visitor, 'Your account is ready');
			expect(accountsOf(person)).toMatchObject(WITH_CARD);
			expect(accountsOf(right)).toEqual([]);
			expect(texts().map(({ status }) => status)).toEqual(['unverified', 'verified']);
			const seconds = (Date.now() - began) / 1000;
			console.info(`${engine.name}, ${visit.width} pixels: ${seconds.toFixed(1)} s`);
		}, 180_000);

		test('the link of the run goes on', async () => {
			const person = newPerson();
			await openForm(visitor, front.url + FORM_PATH);
			await fillIn(visitor, person);
			await visitor.click('#send');
			await untilAskedForCode(visitor);
			const query = await until(
				'the link',
				async () => {
					const latest = await sandbox.n8n.api.latestExecution(sandbox.n8n.workflowIds[0]!);
					const [told] = latest?.data.resultData.runData['Answer Page'] ?? [];
					const json = told?.data?.main?.[0]?.[0]?.json;
					return json?.phone === person.phone ? new URL(String(json.link)).search : undefined;
				},
				30,
			);
			await openForm(visitor, front.url + FORM_PATH);
			await visitor.open(front.url + FORM_PATH + query);
			await untilTold(visitor, 'If you have none, let us text you one.');
			await look('by the link');
			await visitor.click('#verification_code');
			await visitor.type(sandbox.api.codeFor(person.phone));
			await visitor.press('Enter');
			await untilTold(visitor, 'Your account is ready');
		}, 120_000);

		// Chromium keeps nothing but the address for a page without an origin.
		const knowsPhone = engine.name !== 'Chromium';
		test('loaded again at the code, it goes on; a wrong number, too', async () => {
			const [person, right] = [newPerson(), newPerson()];
			await openForm(visitor, front.url + FORM_PATH);
			await fillIn(visitor, person);
			await visitor.click('#send');
			await untilAskedForCode(visitor);
			const loadAgain = async () => {
				await visitor.evaluate('void (window.isOld = true)');
				await visitor.evaluate('void setTimeout(() => location.reload())');
				await untilTrue(
					visitor,
					'the page anew',
					"!window.isOld && document.readyState === 'complete'",
				);
			};
			await loadAgain();
			await untilTold(
				visitor,
				knowsPhone ? `ends in ${person.phone.slice(-2)}` : 'If you have none, let us text you one.',
			);
			await look('loaded again');
			expect(await visitor.evaluate("document.getElementById('new-code').ariaDisabled")).not.toBe(
				'true',
			);
			const { phone } = knowsPhone ? right : person;
			if (knowsPhone) {
				await visitor.click('#other-phone');
				await visitor.click('#new_phone');
				await visitor.type(phone);
				await visitor.click('#text-phone');
				await untilTold(visitor, `ends in ${phone.slice(-2)}`);
				await loadAgain();
				await untilAskedForCode(visitor);
			}
			await visitor.click('#verification_code');
			await visitor.type(sandbox.api.codeFor(phone));
			await visitor.press('Enter');
			await untilTold(visitor, 'Your account is ready');
			expect(await visitor.evaluate('location.search')).toBe('');
			expect(accountsOf(person)).toMatchObject(WITH_CARD);
		}, 180_000);

		test('the same address opened by the next person begins anew', async () => {
			const person = newPerson();
			await openForm(visitor, front.url + FORM_PATH);
			await fillIn(visitor, person);
			await visitor.click('#send');
			await untilAskedForCode(visitor);
			await openForm(visitor, front.url + FORM_PATH);
			expect(await valueOf(visitor, 'email')).toBe('');
		}, 120_000);

		test('a lost answer to another phone, or to the right code, is no dead end', async () => {
			const [person, right] = [newPerson(), newPerson()];
			await openForm(visitor, front.url + FORM_PATH);
			await fillIn(visitor, person);
			await visitor.click('#send');
			await untilAskedForCode(visitor);
			await visitor.click('#other-phone');
			await visitor.click('#new_phone');
			await visitor.type(right.phone);
			front.loseNext();
			await visitor.click('#text-phone');
			await untilTrue(visitor, 'an answer', "!document.querySelector('[aria-busy=true]')");
			await until(
				'the text',
				async () =>
					sandbox.api.state.verifications.some(({ phone }) => phone === right.phone) || undefined,
				30,
			);
			const confirm = async () => {
				await visitor.evaluate("document.getElementById('verification_code').value = ''");
				await visitor.click('#verification_code');
				await visitor.type(sandbox.api.codeFor(right.phone));
				await visitor.click('#confirm');
				await untilTrue(visitor, 'an answer', "!document.querySelector('[aria-busy=true]')");
			};
			const isReady = async () =>
				await visitor.evaluate<boolean>(
					"document.body.innerText.includes('Your account is ready')",
				);
			front.loseNext();
			await confirm();
			if (!(await isReady())) await confirm();
			expect(await isReady()).toBe(true);
			expect(accountsOf(person)).toMatchObject(WITH_CARD);
			expect(accountsOf(right)).toEqual([]);
		}, 180_000);

		test('mistakes are told beside their fields, and nothing is sent', async () => {
			const { posts } = front;
			await openForm(visitor, front.url + FORM_PATH);
			await visitor.click('#email');
			await visitor.type('nathan');
			await visitor.click('#card_expiry');
			await visitor.type('13/29');
			expect(await sendInVain(visitor)).toContain('Please correct these 11 fields');
			expect(await visitor.evaluate('document.activeElement.id')).toBe('summary');
			await look('mistakes');
			await visitor.click('#summary a');
			expect(await visitor.evaluate('document.activeElement.id')).toBe('email');
			await visitor.type('@example.com');
			expect(await textOf(visitor, '#email-mistake')).toBe('');
			expect(front.posts).toBe(posts);
		}, 120_000);

		test('a declined card is told beside its number; another one is taken', async () => {
			const person = newPerson({ card_number: DECLINED_CARD });
			await openForm(visitor, front.url + FORM_PATH);
			await fillIn(visitor, person);
			expect(await sendInVain(visitor)).toContain('The card was declined by its issuer.');
			await look('declined');
			expect(accountsOf(person)).toEqual([]);
			await sandbox.letPass(60);
			await fillIn(visitor, { card_number: TEST_CARD_NUMBER });
			await visitor.click('#send');
			await untilAskedForCode(visitor);
			expect(accountsOf(person)).toMatchObject(WITH_CARD);
		}, 120_000);

		test('a lost answer is told as that; sent again, there is no second account', async () => {
			const person = newPerson();
			await openForm(visitor, front.url + FORM_PATH);
			await fillIn(visitor, person);
			front.loseNext();
			expect(await sendInVain(visitor)).toContain(LOST);
			await look('lost');
			expect(await valueOf(visitor, 'email')).toBe(person.email);
			await sandbox.letPass(60);
			await visitor.click('#send');
			await untilAskedForCode(visitor);
			expect(accountsOf(person)).toMatchObject(WITH_CARD);
		}, 120_000);

		test('the page sends to its own address only', async () => {
			const elsewhere = closedAfterwards(await startServer(''));
			await openForm(visitor, front.url + FORM_PATH);
			await visitor.evaluate(
				`void fetch('http://127.0.0.1:${elsewhere.port}', { method: 'POST', mode: 'no-cors' })
					.then(() => 'sent', () => 'refused').then((came) => (window.came = came))`,
			);
			await untilTrue(visitor, 'what becomes of it', 'window.came');
			expect(await visitor.evaluate('window.came')).toBe('refused');
			expect(elsewhere.received).toBe('');
		}, 60_000);

		test('with scripts switched off, a sentence stands in place of the form', async () => {
			const other = closedAfterwards(await engine.visit({ ...visit, script: false }));
			await other.open(front.url + FORM_PATH);
			await photograph(other, engine.name, visit.width, 'without script');
			expect(await textOf(other, 'main')).toContain('This page needs JavaScript');
			expect(
				await other.evaluate("getComputedStyle(document.querySelector('#form')).display"),
			).toBe('none');
		}, 120_000);
	});
}

const FRONTS: Array<[name: string, options: FrontOptions]> = [
	['another Host', { host: 'internal.example' }],
	['TLS ended', { endsTls: true }],
	['a path in front', { path: '/shop/n8n' }],
];

for (const engine of ENGINES) {
	describeIn(engine)(`${engine.name}, with a proxy in front of n8n`, () => {
		let visitor: Visitor;

		beforeAll(async () => {
			visitor = await engine.visit({ width: 800, height: 900, script: true });
		}, 120_000);

		afterAll(async () => await visitor?.close(), 60_000);

		test.each(FRONTS)(
			'%s: registered',
			async (_name, options) => {
				const proxy = closedAfterwards(await startFront(sandbox.n8n.url, options));
				const person = newPerson();
				await openForm(visitor, proxy.url + FORM_PATH);
				await fillIn(visitor, person);
				await visitor.click('#send');
				await untilAskedForCode(visitor);
				expect(proxy.posts).toBe(1);
				expect(accountsOf(person)).toMatchObject(WITH_CARD);
			},
			120_000,
		);

		test('one that takes out Access-Control-Allow-Origin: the outcome is not known', async () => {
			const proxy = closedAfterwards(await startFront(sandbox.n8n.url, { stripsCors: true }));
			const person = newPerson();
			await openForm(visitor, proxy.url + FORM_PATH);
			await fillIn(visitor, person);
			expect(await sendInVain(visitor)).toContain('if you hear from us, it arrived');
			expect(accountsOf(person)).toMatchObject(WITH_CARD);
		}, 120_000);
	});
}
