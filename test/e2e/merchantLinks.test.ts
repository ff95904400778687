import axios from 'axios';
import type { INode } from 'n8n-workflow';
import { STAFF, callerCredentials } from '../../sandbox/examples/callers';
import { exampleWorkflow } from '../../sandbox/examples/contents';
import { HttpFormDriver } from '../../sandbox/forms/http';
import { ASK_AGAIN, REGISTRATION, codeAnswer } from '../../sandbox/forms/registration';
import { type Mailbox, startMailbox } from '../../sandbox/mail';
import type { WorkflowFile } from '../../sandbox/n8n/api';
import { untilServed } from '../../sandbox/n8n/triggers';
import { until } from '../../sandbox/support/poll';
import { type Sandbox, startSandbox } from './support/sandbox';
import { node } from './support/workflows';

/** The three workflows for a list of merchants, from the file to the verified accounts. */

jest.setTimeout(300_000);

/** `MERCHANTS=300` takes two minutes. */
const MANY = Number(process.env.MERCHANTS ?? 60);

/** So many register at once. */
const AT_ONCE = MANY / 6;

const THREE_DAYS = 3 * 86_400 + 60;

const PAGE = '/webhook/finish-stamps-account';

let sandbox: Sandbox;
let mailbox: Mailbox;

/**
 * The links as a workflow that a request starts, in place of the clock.
 *
 * @param isLater - three days have passed: n8n's expressions have a clock that no test puts forward
 */
function links(url: string, isLater = false): WorkflowFile {
	const name = isLater ? 'remind-later' : 'remind';
	const example = exampleWorkflow('many-merchants-links');
	const started = example.nodes.map((each): INode => {
		if (each.name !== 'Every Morning') return each;
		return node(each.name, 'n8n-nodes-base.webhook', 2, {
			webhookId: name,
			parameters: { path: name, httpMethod: 'POST', responseMode: 'lastNode' },
		});
	});
	const text = JSON.stringify({ ...example, id: undefined, name, nodes: started });
	const there = text.replace('https://n8n.example.com', url);
	const later = there
		.replace('$now.minus({ days: 3 })', '$now')
		.replace('send-stamps-link', 'send-stamps-link-later');
	return JSON.parse(isLater ? later : there) as WorkflowFile;
}

beforeAll(async () => {
	mailbox = await startMailbox();
	sandbox = await startSandbox(['many-merchants', 'many-merchants-page'], {
		credentials: [...callerCredentials, mailbox.credential],
	});
	const { n8n } = sandbox;
	for (const isLater of [false, true]) await n8n.api.addWorkflow(links(n8n.url, isLater));
	for (const name of ['remind', 'remind-later']) await untilServed(`${n8n.url}/webhook/${name}`);
	await untilServed(`${n8n.url}${PAGE}`);
}, 600_000);

afterAll(async () => {
	await sandbox?.stop();
	await mailbox?.close();
}, 60_000);

beforeEach(() => {
	mailbox.mails.length = 0;
});

const asStaff = (path: string) => {
	const { user, password } = STAFF;
	return sandbox.n8n.url.replace('://', `://${user}:${password}@`) + path;
};

const COLUMNS = [
	...['nickname', 'email', 'name', 'phone', 'address_line1', 'city_locality'],
	...['state_province', 'postal_code', 'agree_to_carrier_terms'],
];

const phoneOf = (index: number) => `5124${String(100_000 + index)}`;

const rowOf = (index: number, kind: string) => [
	...[`${kind}-${index}`, `${kind}-${index}@example.com`, `Ana Ruiz`, phoneOf(index)],
	...['4009 Marathon Blvd', 'Austin', 'TX', '78756', 'true'],
];

/** Uploads a list of merchants, and says what they get. */
async function upload(rows: string[][], gets: RegExp) {
	const form = new HttpFormDriver();
	await form.open(asStaff('/form/open-many-stamps-accounts'));
	const text = [COLUMNS, ...rows].map((row) => row.join(',')).join('\n');
	const option = [
		'An account now: they only confirm their phone',
		'An invitation: they enter the rest, and their card, themselves',
	].find((each) => gets.test(each))!;
	return await form.submit({
		'List of merchants (Excel or CSV)': new File([text], 'merchants.csv', { type: 'text/csv' }),
		'What do they get?': option,
	});
}

/** Where nobody is due, n8n has nothing to answer with. */
const remind = async (when = 'remind') =>
	await axios.post(`${sandbox.n8n.url}/webhook/${when}`, {}, { validateStatus: () => true });

type Row = Record<string, string | number | null>;

const rows = async (kind: string) =>
	((await sandbox.n8n.api.dataTable('Stamps merchant accounts')) as Row[]).filter(({ nickname }) =>
		String(nickname).startsWith(`${kind}-`),
	);

/** Those who are done are told a moment after the page is: until then nobody counts them. */
async function untilVerified(kind: string, count: number): Promise<Row[]> {
	return await until(
		`${count} verified rows`,
		async () => {
			const verified = (await rows(kind)).filter(({ verified_at }) => verified_at);
			return verified.length === count ? verified : undefined;
		},
		60,
	);
}

const linkIn = ({ text }: { text: string }) => /http\S+/.exec(text)![0];

const toKind = (kind: string) => mailbox.mails.filter(({ to }) => to.startsWith(`${kind}-`));

/** Opens an invitation and registers with it, as its person does. */
async function register(link: string, index: number, email: string) {
	const form = new HttpFormDriver();
	await form.open(link);
	const page = await form.submit({ ...REGISTRATION, Email: email, 'Mobile phone': phoneOf(index) });
	return { form, page };
}

const READY = { title: 'Your account is ready' };

const TO_CODE = { title: 'Confirm your phone number' };

test(`${MANY} are invited, ${AT_ONCE} register and confirm at once, and only the others are reminded`, async () => {
	const { api } = sandbox;
	const list = Array.from({ length: MANY }, (_, index) => rowOf(index, 'invited'));
	expect((await upload(list, /^An invitation/)).title).toBe(`${MANY} invited, 0 not`);
	expect(api.state.subAccounts).toHaveLength(MANY);
	expect(api.state.accounts).toEqual([]);
	expect(await rows('invited')).toHaveLength(MANY);

	await remind();
	expect(mailbox.mails).toHaveLength(MANY);
	const found = new Map(mailbox.mails.map((mail) => [mail.to, linkIn(mail)]));
	expect(new Set(found.values()).size).toBe(MANY);
	const emailOf = (index: number) => `invited-${index}@example.com`;

	const people = Array.from({ length: AT_ONCE }, (_, index) => index);
	const pages = await Promise.all(
		people.map(async (index) => {
			const { form, page } = await register(found.get(emailOf(index))!, index, emailOf(index));
			expect(page).toMatchObject(TO_CODE);
			return await form.submit(codeAnswer(api.codeFor(phoneOf(index))));
		}),
	);
	for (const page of pages) expect(page).toMatchObject(READY);
	// One more registers, and goes away.
	const away = AT_ONCE;
	const { page } = await register(found.get(emailOf(away))!, away, emailOf(away));
	expect(page).toMatchObject(TO_CODE);

	const verified = await untilVerified('invited', AT_ONCE);
	expect(verified.map(({ email }) => email).sort()).toEqual(people.map(emailOf).sort());
	expect(api.state.accounts).toHaveLength(AT_ONCE + 1);
	for (const { nickname, account_id, carrier_id, registered_at } of verified) {
		const account = api.state.accounts.find(({ carrierId }) => carrierId === carrier_id);
		expect(account).toMatchObject({ body: { nickname }, onBehalfOf: `se-${account_id}` });
		expect(registered_at).toEqual(expect.any(String));
	}

	mailbox.mails.length = 0;
	await remind();
	expect(mailbox.mails).toEqual([]);
	await sandbox.letPass(THREE_DAYS);
	await remind('remind-later');
	const reminded = mailbox.mails.map(({ to }) => to);
	expect(reminded).toHaveLength(MANY - AT_ONCE);
	expect(new Set(reminded).size).toBe(MANY - AT_ONCE);
	expect(reminded.filter((to) => people.map(emailOf).includes(to))).toEqual([]);
	// Who has an account gets a link to confirm the phone, all others an invitation again.
	const ofAway = mailbox.mails.find(({ to }) => to === emailOf(away))!;
	expect(linkIn(ofAway)).toContain('?link=');
	expect(mailbox.mails.filter(({ text }) => text.includes('?invitation=')).length).toBe(
		MANY - AT_ONCE - 1,
	);
	const form = new HttpFormDriver();
	await form.open(linkIn(ofAway));
	expect(await form.submit(ASK_AGAIN)).toMatchObject(TO_CODE);
	expect(await form.submit(codeAnswer(api.codeFor(phoneOf(away))))).toMatchObject(READY);
	await untilVerified('invited', AT_ONCE + 1);
});

test('registered from the list, a merchant only confirms the phone; nobody is set back', async () => {
	const { api } = sandbox;
	const list = [1_001, 1_002].map((index) => rowOf(index, 'listed'));
	expect((await upload(list, /^An account/)).title).toBe('2 registered, 0 not');
	await remind();
	const [first, ...others] = toKind('listed');
	expect(others).toHaveLength(1);
	const form = new HttpFormDriver();
	await form.open(linkIn(first!));
	expect(await form.submit(ASK_AGAIN)).toMatchObject(TO_CODE);
	const index = Number(/\d+/.exec(first!.to)![0]);
	expect(await form.submit(codeAnswer(api.codeFor(phoneOf(index))))).toMatchObject({
		title: 'Your account is ready',
		text: expect.stringContaining('There is nothing left to do here') as string,
	});
	const [row] = await untilVerified('listed', 1);
	expect(row).toMatchObject({ registered_at: expect.any(String) as string, phone: phoneOf(index) });
	// Another phone in the list is not that of the account.
	const other = list.map((each) => each.map((cell) => cell.replace(/^51241/, '51242')));
	expect((await upload(other, /^An account/)).title).toBe('2 registered, 0 not');
	expect((await untilVerified('listed', 1))[0]).toMatchObject({
		...{ verified_at: row!.verified_at, registered_at: row!.registered_at, phone: row!.phone },
		outcome: 'existing',
	});
});

test('a nickname is that of one merchant: in a list, and of a row that is there', async () => {
	const { api } = sandbox;
	const failures = async () =>
		((await sandbox.n8n.api.dataTable('Stamps merchants failed')) as Row[]).filter(({ nickname }) =>
			String(nickname).startsWith('person-'),
		);
	const [first, second] = [5_001, 5_002].map((index) => rowOf(index, 'person'));
	const other = (row: string[]) => [row[0]!, 'other@example.com', ...row.slice(2)];
	const page = await upload([first!, other(first!), second!], /^An invitation/);
	// Which of the two is meant, nobody knows.
	expect(page.title).toBe('1 invited, 2 not');
	expect(await failures()).toMatchObject([
		{ reason: expect.stringContaining('stands in the list twice') as string },
	]);
	for (const gets of [/^An invitation/, /^An account/]) {
		expect((await upload([other(second!)], gets)).title).toMatch(/^0 \w+, 1 not$/);
	}
	expect(await rows('person')).toMatchObject([{ email: 'person-5002@example.com' }]);
	const without = rowOf(5_003, 'person').map((cell, index) => (index === 1 ? '' : cell));
	expect((await upload([without], /^An invitation/)).text).toContain('needs the email');
	expect(api.state.accounts.filter(({ body }) => JSON.stringify(body).includes('person-'))).toEqual(
		[],
	);
});

test('one merchant is sent a new link by the form, at once, unless they are done', async () => {
	const list = [2_001, 2_002].map((index) => rowOf(index, 'stuck'));
	await upload(list, /^An invitation/);
	const ask = async (merchant: string) => {
		const form = new HttpFormDriver();
		await form.open(asStaff('/form/send-stamps-link'));
		return await form.submit({ 'Nickname or email': merchant });
	};
	expect(await ask('stuck-2001')).toMatchObject({ title: 'The link was sent' });
	expect(await ask(' Stuck-2002@Example.com ')).toMatchObject({
		text: 'It went to stuck-2002@example.com. It is valid for seven days.',
	});
	for (const nobody of ['nobody', '%', 'stuck', 'stuck-200_']) {
		expect(await ask(nobody)).toMatchObject({ title: 'Nothing was sent' });
	}
	mailbox.isDown = true;
	expect(await ask('stuck-2001')).toMatchObject({ title: 'The link was not sent' });
	mailbox.isDown = false;
	expect(toKind('stuck').map(({ to }) => to)).toEqual([
		...['stuck-2001@example.com', 'stuck-2002@example.com'],
	]);
	const [mail] = toKind('stuck');
	expect(mail).toMatchObject({
		subject: 'Open your Stamps.com account / Abra su cuenta',
		text: expect.stringMatching(
			/^Hello Ana Ruiz,[^]*until \w+ \d+\.[^]*sirve hasta el \d+ de [a-z]+\.\s*$/,
		) as string,
	});
	const found = linkIn(mail!);
	expect((await register(found, 2_001, 'another@example.com')).page).toMatchObject({
		title: 'Your registration was not accepted',
		text: expect.stringContaining('The invitation is for another email address') as string,
	});
	expect((await register(found, 2_001, 'stuck-2001@example.com')).page).toMatchObject(TO_CODE);
});

test('who is invited to an account that was there, or to a sub-account that is gone, is told so', async () => {
	const { api } = sandbox;
	const list = [4_001, 4_002].map((index) => rowOf(index, 'before'));
	await upload(list, /^An invitation/);
	await remind();
	const linkOf = (index: number) =>
		linkIn(mailbox.mails.find(({ to }) => to === `before-${index}@example.com`)!);
	const of = api.state.subAccounts.find(
		({ fields }) => fields.external_account_id === 'before-4001',
	)!;
	api.addCarrier({ nickname: 'before-4001', onBehalfOf: `se-${of.account_id}` });
	const { page } = await register(linkOf(4_001), 4_001, 'before-4001@example.com');
	expect(page).toMatchObject({
		title: 'Your registration was not accepted',
		text: expect.stringContaining('Please ask us for a link with which you can go on') as string,
	});
	expect(api.state.accounts.filter(({ body }) => JSON.stringify(body).includes('before-'))).toEqual(
		[],
	);
	expect(api.state.verifications.map(({ phone }) => phone)).not.toContain(phoneOf(4_001));
	const message = 'The account se-200001 does not exist';
	api.faults.add({ kind: 'refusal', operation: 'register', message });
	const gone = await register(linkOf(4_002), 4_002, 'before-4002@example.com');
	expect(gone.page).toMatchObject({
		title: 'Your account was not opened',
		text: expect.stringMatching(/^(Something is wrong on our side|.*or ask us)/) as string,
	});
});

test('an account whose text message failed is no longer invited, but confirmed', async () => {
	const { api } = sandbox;
	await upload([rowOf(6_001, 'untexted')], /^An invitation/);
	await remind();
	api.faults.add({ kind: 'refusal', operation: 'send', message: 'Not now' });
	const { page } = await register(
		linkIn(toKind('untexted')[0]!),
		6_001,
		'untexted-6001@example.com',
	);
	expect(page).toMatchObject(TO_CODE);
	const noted = async () => {
		const [row] = await rows('untexted');
		return row?.registered_at ? row : undefined;
	};
	expect(await until('the account in the row', noted, 30)).toMatchObject({
		...{ phone: phoneOf(6_001), verified_at: null, outcome: 'new', times_sent: 0 },
	});
	mailbox.mails.length = 0;
	await remind('remind-later');
	expect(linkIn(toKind('untexted')[0]!)).toContain('?link=');
});

test('what could not be sent stands in the row, and is sent the next time', async () => {
	await upload([rowOf(3_001, 'refused')], /^An invitation/);
	mailbox.isDown = true;
	await remind();
	mailbox.isDown = false;
	expect(await rows('refused')).toMatchObject([
		{ problem: expect.stringContaining('mailbox is full') as string, sent_at: null },
	]);
	await remind();
	expect(toKind('refused')).toHaveLength(1);
	expect(await rows('refused')).toMatchObject([{ problem: '', times_sent: 1 }]);
});

test('nobody opens the page, or the forms, who is not asked to', async () => {
	const get = async (path: string) =>
		await axios.get(sandbox.n8n.url + path, { validateStatus: () => true });
	expect(await get(PAGE)).toMatchObject({
		...{ status: 403, data: expect.stringContaining('an invitation only') as string },
	});
	expect((await get('/form/send-stamps-link')).status).toBe(401);
});
