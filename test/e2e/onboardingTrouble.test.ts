import { DECLINED_CARD, type FaultKind, type Operation } from '../../sandbox/api';
import type { Answers, FormDriver, FormPage } from '../../sandbox/forms/driver';
import {
	FORM_PATH,
	NEW_TEXT,
	REGISTRATION,
	TABLE,
	codeAnswer,
} from '../../sandbox/forms/registration';
import { startFormDriver } from '../../sandbox/forms/start';
import { until } from '../../sandbox/support/poll';
import { type Sandbox, startSandbox } from './support/sandbox';
import { asVisitor } from '../../sandbox/examples/callers';

/** What can go wrong with the onboarding, in a real n8n, seen in a real browser where there is one. */

const ASKS_FOR_CODE: FormPage = {
	title: 'Confirm your phone number',
	text: 'We sent a text message with a code to your phone.',
	isForm: true,
};

const READY: FormPage = {
	title: 'Your account is ready',
	text: expect.stringContaining('Your phone number is verified.') as string,
	isForm: false,
};

const READY_BEFORE: FormPage = {
	title: 'Your account is ready',
	text: 'Its phone number was verified before. There is nothing left to do.',
	isForm: false,
};

const NOT_VALID: FormPage = {
	title: 'This link is not valid',
	text: expect.stringContaining('No phone number waits to be verified here.') as string,
	isForm: false,
};

const notVerified = (text: string): FormPage => ({
	title: 'The phone number was not verified',
	text,
	isForm: true,
});

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

	/** The row that n8n has for this person. */
	async row() {
		const rows = await sandbox.n8n.api.dataTable(TABLE);
		return rows?.find(({ phone }) => phone === this.phone);
	}
}

let sandbox: Sandbox;
let form: FormDriver;
let otherForm: FormDriver;
let person: Person;

beforeAll(async () => {
	sandbox = await startSandbox(['onboarding-form', 'onboarding-code']);
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

test('before anybody has registered, there is no table, and no link is valid', async () => {
	const { api, n8n } = sandbox;
	const ids = 'carrier_id=se-1238901&verification_id=vfn_ULMb9hDSs7oyt9jc5vXJ2w';
	await form.open(`${n8n.url}/form/verify-stamps-account?${ids}`);
	expect(await form.submit(codeAnswer('123456'))).toEqual(NOT_VALID);
	expect(api.requests).toEqual([]);
	expect(await n8n.api.dataTable(TABLE)).toBeUndefined();
}, 180_000);

// The first registrations, since both then make the table.
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
	for (const [index, { accounts, verifications }] of [person, other].entries()) {
		expect(accounts).toHaveLength(1);
		expect(verifications).toMatchObject([
			{ carrierId: accounts[0]!.carrierId, status: 'verified' },
		]);
		expect(ends[index]!.text).toContain(`carrier ${accounts[0]!.carrierId}`);
	}
}, 180_000);

describe('the form with the card', () => {
	test('a declined card is told by the page; another card then opens one account', async () => {
		const page = await person.register({ 'Card number': DECLINED_CARD });
		expect(page).toEqual({
			title: 'Your account was not opened',
			text: 'The card was declined by its issuer.',
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
		const first = form.address;
		expect(await form.reload()).toEqual(ASKS_FOR_CODE);
		await sandbox.letPass(60);
		expect(await person.register({ Email: person.email.toUpperCase() })).toEqual(ASKS_FOR_CODE);
		expect(form.address).not.toBe(first);
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

	test('where the text cannot be sent, the page says so; sent again, it is the same account', async () => {
		fail('send', 'serverErrorBefore');
		const page = await person.register();
		expect(page.title).toBe('We are not sure yet');
		await sandbox.letPass(60);
		expect(await person.register()).toEqual(ASKS_FOR_CODE);
		expect(person.accounts).toHaveLength(1);
	}, 180_000);

	test('sent again at once, it says how long to wait, and texts nobody', async () => {
		await person.register();
		const page = await person.register();
		expect(page.title).toBe('Please wait a little');
		expect(person.verifications).toHaveLength(1);
		await sandbox.letPass(60);
		expect(await person.register()).toEqual(ASKS_FOR_CODE);
	}, 180_000);

	test('once verified, it is told so: nobody is texted, and the row stays as it is', async () => {
		await person.register();
		expect(await form.submit(codeAnswer(person.code))).toEqual(READY);
		const row = await person.row();
		await sandbox.letPass(60);
		expect(await person.register({ 'Card number': DECLINED_CARD })).toMatchObject({
			title: 'Your account is ready',
			isForm: false,
		});
		expect(person.verifications).toHaveLength(1);
		expect(await person.row()).toEqual(row);
	}, 180_000);

	test('what the page is answered has what went wrong, and nothing of n8n', async () => {
		sandbox.api.faults.add({ kind: 'refusal', operation: 'register', message: 'Ask se-1 (x)' });
		const page = await person.register();
		expect(page.title).toBe('Your account was not opened');
		const latest = await sandbox.n8n.api.latestExecution(sandbox.idOf('onboarding-form'));
		const [told] = latest?.data.resultData.runData['Tell the Page'] ?? [];
		expect(told?.data?.main?.[0]?.[0]?.json).toEqual({
			error: {
				message: 'The Stamps account was not registered',
				errors: [{ code: 'invalid_field_value', field: null, message: '' }],
			},
		});
	}, 180_000);
});

describe('the code', () => {
	test('a new text message goes to the phone in the table, and only its code counts', async () => {
		await person.register();
		const first = person.code;
		await form.open(`${form.address}&phone=5120000000`);
		expect(await form.submit(NEW_TEXT)).toEqual({
			...ASKS_FOR_CODE,
			text: `We sent a new text message to the phone number that ends in ${person.phone.slice(-4)}.`,
		});
		expect(await form.submit(codeAnswer(first))).toEqual(
			notVerified('The code is not the one texted.'),
		);
		expect(await form.submit(codeAnswer(person.code))).toEqual(READY);
		expect(person.verifications).toHaveLength(2);
		expect(await person.row()).toMatchObject({
			verification_id: person.verifications[0]!.id,
			latest_verification_id: person.verifications[1]!.id,
			status: 'verified',
		});
	}, 180_000);

	test('the link stays good after a new text message', async () => {
		await person.register();
		const link = form.address;
		await form.submit(NEW_TEXT);
		await form.open(link);
		expect(await form.submit(codeAnswer(person.code))).toEqual(READY);
	}, 180_000);

	test('an expired code, or one tried too often, is said so; a new text message helps', async () => {
		await person.register();
		sandbox.api.expireCodes();
		expect(await form.submit(codeAnswer(person.code))).toEqual(
			notVerified('The code has expired.'),
		);
		await form.submit(NEW_TEXT);
		for (let tries = 0; tries < 3; tries += 1) await form.submit(codeAnswer(person.wrongCode));
		expect(await form.submit(codeAnswer(person.code))).toEqual(
			notVerified('No attempts are left.'),
		);
		await form.submit(NEW_TEXT);
		expect(await form.submit(codeAnswer(person.code))).toEqual(READY);
	}, 180_000);

	test('no code at all is asked for again', async () => {
		await person.register();
		const page = await form.submit({});
		expect(page).toEqual(notVerified('Type the code from the text message.'));
		expect(await form.reload()).toEqual(page);
		expect(await form.submit(codeAnswer(person.code))).toEqual(READY);
	}, 180_000);

	test('where the API is down, the page asks again', async () => {
		await person.register();
		fail('confirm', 'serverErrorBefore');
		expect(await form.submit(codeAnswer(person.code))).toMatchObject({
			title: 'The phone number may or may not have been verified',
			isForm: true,
		});
		fail('send', 'serverErrorBefore');
		expect(await form.submit(NEW_TEXT)).toMatchObject({ isForm: true });
		expect(await form.submit(codeAnswer(person.code))).toEqual(READY);
	}, 180_000);

	test('where the answer to the right code is lost, a new text message helps', async () => {
		await person.register();
		fail('confirm', 'dropAfter');
		expect((await form.submit(codeAnswer(person.code))).isForm).toBe(true);
		expect(await form.submit(codeAnswer(person.code))).toEqual(
			notVerified('The code was used already.'),
		);
		await form.submit(NEW_TEXT);
		expect(await form.submit(codeAnswer(person.code))).toEqual(READY);
	}, 180_000);

	test('once verified, the link asks nothing more of the API', async () => {
		await person.register();
		const link = form.address;
		const code = codeAnswer(person.code);
		expect(await form.submit(code)).toEqual(READY);
		const before = requests();
		await form.open(link);
		expect(await form.submit(code)).toEqual(READY_BEFORE);
		await form.open(link);
		expect(await form.submit(NEW_TEXT)).toEqual(READY_BEFORE);
		expect(requests()).toEqual(before);
	}, 180_000);

	test('made-up and foreign IDs get a page, and nothing is asked of the API', async () => {
		await person.register();
		const link = new URL(form.address);
		const other = new Person(form);
		await other.register();
		const before = requests();
		const foreign = { carrier_id: other.accounts[0]!.carrierId };
		for (const changed of [
			foreign,
			{ verification_id: 'vfn_ULMb9hDSs7oyt9jc5vXJ2w' },
			{ verification_id: '%' },
			{ verification_id: '' },
			{ carrier_id: '../../carriers', verification_id: '' },
		]) {
			const address = new URL(link);
			for (const [key, value] of Object.entries(changed)) address.searchParams.set(key, value);
			await form.open(address.href);
			expect(await form.submit(codeAnswer(person.code))).toEqual(NOT_VALID);
		}
		await form.open(link.origin + link.pathname);
		expect(await form.submit(NEW_TEXT)).toEqual(NOT_VALID);
		expect(requests()).toEqual(before);
	}, 180_000);

	test("somebody else's code does not confirm an account", async () => {
		await person.register();
		const link = form.address;
		const other = new Person(form);
		await other.register();
		await form.open(link);
		expect(await form.submit(codeAnswer(other.code))).toEqual(
			notVerified('The code is not the one texted.'),
		);
		expect(other.verifications).toMatchObject([{ status: 'unverified' }]);
	}, 180_000);
});

test('n8n is killed while people are at the code, and started again: the codes confirm', async () => {
	const other = new Person(otherForm);
	await person.register();
	await other.register();
	expect((await otherForm.submit(codeAnswer(other.wrongCode))).isForm).toBe(true);
	await until(
		'n8n to wait for the code',
		async () => {
			const id = sandbox.idOf('onboarding-code');
			const [latest] = await sandbox.n8n.api.executions(id);
			return latest?.status === 'waiting' || undefined;
		},
		60,
	);

	await sandbox.n8n.restart();

	expect(await form.submit(codeAnswer(person.code))).toEqual(READY);
	expect(await otherForm.submit(codeAnswer(other.code))).toEqual(READY);
	for (const { accounts, verifications } of [person, other]) {
		expect(accounts).toHaveLength(1);
		expect(verifications).toMatchObject([{ status: 'verified' }]);
	}
}, 180_000);
