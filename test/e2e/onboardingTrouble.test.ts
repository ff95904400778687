import { DECLINED_CARD, type FaultKind, type Operation } from '../../sandbox/api';
import type { Answers, FormDriver, FormPage } from '../../sandbox/forms/driver';
import {
	ASK_AGAIN,
	FORM_PATH,
	REGISTRATION,
	codeAnswer,
	otherPhone,
} from '../../sandbox/forms/registration';
import { startFormDriver } from '../../sandbox/forms/start';
import { until } from '../../sandbox/support/poll';
import { type Sandbox, startSandbox } from './support/sandbox';
import { asVisitor } from '../../sandbox/examples/callers';

/** What can go wrong with the onboarding, in a real n8n, seen in a real browser where there is one. */

const asksFor = (text: string): FormPage => ({
	title: 'Confirm your phone number',
	text: expect.stringContaining(text) as string,
	isForm: true,
});

const ASKS_FOR_CODE = asksFor('enter the code that we texted');

const READY: FormPage = {
	title: 'Your account is ready',
	text: expect.stringContaining('Your phone is confirmed.') as string,
	isForm: false,
};

const notAccepted = (says: string): FormPage => ({
	title: 'The code was not accepted',
	text: `Only the code of the newest text message counts.\n${says}`,
	isForm: true,
});

const NOT_RIGHT = notAccepted('The code is not the one texted.');

/** Somebody who registers. The rows of a table stay, so each test is about somebody else. */
class Person {
	private static count = 0;
	private readonly number = (Person.count += 1);
	readonly email = `person${this.number}@example.com`;
	readonly phone = `512485${String(1000 + this.number)}`;

	constructor(private readonly form: FormDriver) {}

	async register(answers: Answers = {}): Promise<FormPage> {
		await this.form.open(asVisitor(sandbox.n8n.url + FORM_PATH));
		const phone = this.phone.replace(/(\d{3})(\d{3})/, '($1) $2-');
		return await this.form.submit({
			...REGISTRATION,
			Email: this.email,
			'Mobile phone': phone,
			...answers,
		});
	}

	/** The accounts that the API has of this person. */
	get accounts() {
		const isOwn = (body: unknown) => (body as { email: string }).email === this.email;
		return sandbox.api.state.accounts.filter(({ body }) => isOwn(body));
	}

	get verifications() {
		return sandbox.api.state.verifications.filter(({ phone }) => phone === this.phone);
	}

	/** The code of the newest text message. */
	get code(): string {
		return sandbox.api.codeFor(this.phone);
	}

	get wrongCode(): string {
		return this.code === '000000' ? '000001' : '000000';
	}
}

let sandbox: Sandbox;
let form: FormDriver;
let otherForm: FormDriver;
let person: Person;

beforeAll(async () => {
	sandbox = await startSandbox(['onboarding']);
	form = await startFormDriver();
	otherForm = await startFormDriver();
}, 600_000);

afterAll(async () => {
	await form?.close();
	await otherForm?.close();
	await sandbox?.stop();
}, 60_000);

beforeEach(() => {
	sandbox.api.faults.clear();
	sandbox.api.requests.length = 0;
	person = new Person(form);
});

const fail = (operation: Operation, kind: FaultKind, times = 1) =>
	sandbox.api.faults.add({ operation, kind, times } as Parameters<
		Sandbox['api']['faults']['add']
	>[0]);

const requests = () => sandbox.api.requests.map(({ method, path }) => `${method} ${path}`);

test('two people at once get a carrier each', async () => {
	const other = new Person(otherForm);
	const pages = await Promise.all([person.register(), other.register()]);
	expect(pages).toEqual([ASKS_FOR_CODE, ASKS_FOR_CODE]);
	await Promise.all([
		form.submit(codeAnswer(person.wrongCode)),
		otherForm.submit(codeAnswer(other.wrongCode)),
	]);
	const ends = await Promise.all([
		form.submit(codeAnswer(person.code)),
		otherForm.submit(codeAnswer(other.code)),
	]);
	expect(ends).toEqual([READY, READY]);
	for (const { accounts, verifications } of [person, other]) {
		expect(accounts).toHaveLength(1);
		expect(verifications).toMatchObject([
			{ carrierId: accounts[0]!.carrierId, status: 'verified' },
		]);
	}
}, 180_000);

describe('the form with the card', () => {
	test('a declined card is told by the page; another card then opens one account', async () => {
		const page = await person.register({ 'Card number': DECLINED_CARD });
		expect(page).toEqual({
			title: 'Your account was not opened',
			text: expect.stringMatching(/^The card was declined by its issuer\. Is the name your own/),
			isForm: true,
		});
		await sandbox.letPass(60);
		// All that was typed is still there.
		expect(await form.submit({ 'Card number': REGISTRATION['Card number']! })).toEqual(
			ASKS_FOR_CODE,
		);
		expect(person.accounts).toHaveLength(1);
	}, 180_000);

	test('what the API says about no field of the page, strangers do not read', async () => {
		const message = 'Carrier se-1238901 (request 5a1c) is <b>not</b> valid';
		sandbox.api.faults.add({ kind: 'refusal', operation: 'register', message });
		const page = await person.register();
		expect(page.title).toBe('Your account was not opened');
		expect(page.text).toContain('Something that you typed was not accepted.');
		expect(page.text).not.toMatch(/se-|request|<b>/);
		expect(person.accounts).toEqual([]);
	}, 180_000);

	test('sent again after it was answered, it leads to the same account', async () => {
		await person.register();
		await sandbox.letPass(60);
		const page = await person.register({ Email: person.email.toUpperCase() });
		// The process knows that this page is not the one that opened it.
		expect(page).toEqual(asksFor('nothing new was opened'));
		expect(person.accounts).toHaveLength(1);
		expect(await form.submit(codeAnswer(person.code))).toEqual(READY);
		expect(person.verifications.map(({ status }) => status)).toEqual(['unverified', 'verified']);
	}, 180_000);

	test('a lost answer is looked up: the account is found, and there is one', async () => {
		fail('register', 'dropAfter');
		expect(await person.register()).toEqual(ASKS_FOR_CODE);
		expect(await form.submit(codeAnswer(person.code))).toEqual(READY);
		expect(person.accounts).toHaveLength(1);
	}, 180_000);

	test('where the outcome stays unknown, the page does not lead to a second registration', async () => {
		fail('register', 'dropBefore');
		const page = await person.register();
		expect(page).toMatchObject({ title: 'We are not sure yet', isForm: false });
		expect(page.text).toContain('We do not know yet whether your account was opened.');
		expect(page.text).toContain('do not send the page again');
		expect(requests().filter((request) => request.startsWith('POST'))).toHaveLength(1);
	}, 180_000);

	test('where the API is down, nothing is registered, and the page says so', async () => {
		fail('carriers', 'serverErrorBefore', 20);
		const page = await person.register();
		expect(page).toEqual({
			title: 'Your account was not opened',
			text: expect.stringMatching(/on our side|Try again in a few minutes/) as string,
			isForm: true,
		});
		expect(requests().filter((request) => request.startsWith('POST'))).toEqual([]);
	}, 180_000);

	test.each([
		['serverErrorBefore', 'We do not know whether the code was texted'],
		['refusal', 'The code could not be texted'],
	] as const)(
		'where the text is not sent (%s), the page goes on all the same, and can ask for it',
		async (kind, said) => {
			if (kind === 'refusal') {
				sandbox.api.faults.add({ kind, operation: 'send', message: 'Not now' });
			} else fail('send', kind);
			expect(await person.register()).toEqual(asksFor(said));
			sandbox.api.faults.clear();
			expect(person.accounts).toHaveLength(1);
			await sandbox.letPass(60);
			expect(await form.submit(ASK_AGAIN)).toEqual(ASKS_FOR_CODE);
			expect(await form.submit(codeAnswer(person.code))).toEqual(READY);
		},
		180_000,
	);

	test('sent again at once, it says how long to wait, and texts nobody', async () => {
		await person.register();
		const page = await person.register();
		expect(page.title).toBe('It is too early for that');
		expect(person.verifications).toHaveLength(1);
		await sandbox.letPass(60);
		expect(await person.register()).toEqual(ASKS_FOR_CODE);
	}, 180_000);

	test('what the page is answered has what went wrong, and nothing of n8n', async () => {
		const told: string[] = [];
		sandbox.api.faults.add({ kind: 'refusal', operation: 'register', message: 'Ask se-1 (x)' });
		const page = await person.register();
		told.push(JSON.stringify(page));
		expect(page.title).toBe('Your account was not opened');
		expect(told.join()).not.toContain('se-1');
	}, 180_000);
});

describe('the code', () => {
	test('only that of the newest text message counts', async () => {
		await person.register();
		const first = person.code;
		await sandbox.letPass(60);
		expect(await form.submit(ASK_AGAIN)).toEqual(ASKS_FOR_CODE);
		expect(await form.submit(codeAnswer(first))).toEqual(NOT_RIGHT);
		expect(await form.submit(codeAnswer(person.code))).toEqual(READY);
		expect(person.verifications).toHaveLength(2);
	}, 180_000);

	test('an expired code, or one tried too often, is not taken; a new text message helps', async () => {
		await person.register();
		sandbox.api.expireCodes();
		expect(await form.submit(codeAnswer(person.code))).toEqual(
			notAccepted('The code has expired.'),
		);
		await sandbox.letPass(60);
		await form.submit(ASK_AGAIN);
		// The second time the same one, at once, is no other try.
		for (let tries = 0; tries < 6; tries += 1) await form.submit(codeAnswer(person.wrongCode));
		const before = requests();
		expect(await form.submit(codeAnswer(person.code))).toMatchObject({
			text: expect.stringContaining('Too many codes were tried.') as string,
		});
		expect(requests()).toEqual(before);
		await sandbox.letPass(120);
		await form.submit(ASK_AGAIN);
		expect(await form.submit(codeAnswer(person.code))).toEqual(READY);
	}, 180_000);

	test('a wrong number is corrected: one account, and the code goes there', async () => {
		const right = new Person(otherForm);
		await person.register();
		expect(await form.submit(otherPhone(right.phone))).toEqual(
			asksFor(`ends in ${right.phone.slice(-2)}`),
		);
		expect(await form.submit(codeAnswer(right.code))).toEqual(READY);
		expect(person.accounts).toHaveLength(1);
		expect(right.verifications).toMatchObject([
			{ carrierId: person.accounts[0]!.carrierId, status: 'verified' },
		]);
	}, 180_000);

	test('where the API is down, it can be sent again', async () => {
		await person.register();
		fail('confirm', 'serverErrorBefore');
		expect(await form.submit(codeAnswer(person.code))).toMatchObject({
			title: 'We are not sure yet',
			text: expect.stringContaining('We do not know whether the code was accepted.') as string,
			isForm: true,
		});
		expect(await form.submit(codeAnswer(person.code))).toEqual(READY);
	}, 180_000);

	test('where the answer to the right code is lost, a new text message helps', async () => {
		await person.register();
		fail('confirm', 'dropAfter');
		expect((await form.submit(codeAnswer(person.code))).isForm).toBe(true);
		expect(await form.submit(codeAnswer(person.code))).toEqual(
			notAccepted('The code was used already.'),
		);
		await sandbox.letPass(60);
		await form.submit(ASK_AGAIN);
		expect(await form.submit(codeAnswer(person.code))).toEqual(READY);
	}, 180_000);
});

/** The link that the last step of the newest run has put out. */
async function linkOfLastRun(): Promise<string> {
	return await until(
		'the link',
		async () => {
			const latest = await sandbox.n8n.api.latestExecution(sandbox.idOf('onboarding'));
			const [answered] = latest?.data.resultData.runData['Answer Page'] ?? [];
			const json = answered?.data?.main?.[0]?.[0]?.json;
			return json?.phone === person.phone ? (json.link as string) : undefined;
		},
		30,
	);
}

describe('by the link', () => {
	test('on another device, without a sign-in: a new code, then the right one', async () => {
		await person.register();
		const link = await linkOfLastRun();
		expect(link.length).toBeLessThan(250);
		expect(await otherForm.open(link)).toEqual(asksFor('If you have none, let us text you one.'));
		expect(person.verifications).toHaveLength(1);
		await sandbox.letPass(60);
		expect(await otherForm.submit(ASK_AGAIN)).toEqual(ASKS_FOR_CODE);
		// The page that was open before takes the code of the newest text message too.
		expect(await form.submit(codeAnswer(person.code))).toEqual(READY);
	}, 180_000);

	test('a stranger with email and phone of another: no text but to that phone, no other phone', async () => {
		await person.register();
		await sandbox.letPass(60);
		const stranger = new Person(otherForm);
		await otherForm.open(asVisitor(sandbox.n8n.url + FORM_PATH));
		const page = await otherForm.submit({
			...REGISTRATION,
			Email: person.email,
			'Mobile phone': person.phone,
			'Card number': DECLINED_CARD,
		});
		expect(page).toEqual(asksFor('nothing that you sent now was used'));
		expect(JSON.stringify(page)).not.toContain(person.accounts[0]!.carrierId);
		expect(await otherForm.submit(codeAnswer('000000'))).toEqual(NOT_RIGHT);
		expect(person.verifications).toHaveLength(2);
		expect(stranger.verifications).toEqual([]);
		expect(person.accounts).toHaveLength(1);
	}, 180_000);

	test('n8n is killed between any two stages, and started again: the pages go on', async () => {
		await person.register();
		const link = await linkOfLastRun();
		await sandbox.n8n.restart();
		expect(await form.submit(codeAnswer(person.wrongCode))).toEqual(NOT_RIGHT);
		await sandbox.letPass(60);
		expect(await form.submit(ASK_AGAIN)).toEqual(ASKS_FOR_CODE);
		await sandbox.n8n.restart();
		await otherForm.open(link);
		// The link's own verification is an older one, and nobody knows of the newer any more.
		expect(await otherForm.submit(codeAnswer(person.code))).toEqual(NOT_RIGHT);
		expect(await form.submit(codeAnswer(person.code))).toEqual(READY);
		expect(person.accounts).toHaveLength(1);
	}, 240_000);
});
