import axios from 'axios';
import { HttpFormDriver } from '../../sandbox/forms/http';
import { ASK_AGAIN, codeAnswer } from '../../sandbox/forms/registration';
import { until } from '../../sandbox/support/poll';
import {
	PAGE,
	READY,
	type Row,
	TO_CODE,
	linkIn,
	phoneOf,
	register,
	rowOf,
	useMerchants,
} from './support/merchants';

/** The three workflows for a list of merchants, from the file to the verified accounts. */

jest.setTimeout(300_000);

/** `MERCHANTS=300` takes two minutes. */
const MANY = Number(process.env.MERCHANTS ?? 60);

/** So many register at once. */
const AT_ONCE = MANY / 6;

const THREE_DAYS = 3 * 86_400 + 60;

const stand = useMerchants();
const { upload, remind, rows, untilVerified, toKind, askForLink } = stand;

test(`${MANY} are invited, ${AT_ONCE} register and confirm at once, and only the others are reminded`, async () => {
	const { api } = stand.sandbox;
	const list = Array.from({ length: MANY }, (_, index) => rowOf(index, 'invited'));
	expect((await upload(list, /^An invitation/)).title).toBe(`${MANY} invited, 0 not`);
	expect(api.state.subAccounts).toHaveLength(MANY);
	expect(api.state.accounts).toEqual([]);
	expect(await rows('invited')).toHaveLength(MANY);

	await remind();
	expect(stand.mailbox.mails).toHaveLength(MANY);
	const found = new Map(stand.mailbox.mails.map((mail) => [mail.to, linkIn(mail)]));
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

	stand.mailbox.mails.length = 0;
	await remind();
	expect(stand.mailbox.mails).toEqual([]);
	await stand.sandbox.letPass(THREE_DAYS);
	await remind('remind-later');
	const reminded = stand.mailbox.mails.map(({ to }) => to);
	expect(reminded).toHaveLength(MANY - AT_ONCE);
	expect(new Set(reminded).size).toBe(MANY - AT_ONCE);
	expect(reminded.filter((to) => people.map(emailOf).includes(to))).toEqual([]);
	// Who has an account gets a link to confirm the phone, all others an invitation again.
	const ofAway = stand.mailbox.mails.find(({ to }) => to === emailOf(away))!;
	expect(linkIn(ofAway)).toContain('?link=');
	expect(stand.mailbox.mails.filter(({ text }) => text.includes('?invitation=')).length).toBe(
		MANY - AT_ONCE - 1,
	);
	const form = new HttpFormDriver();
	await form.open(linkIn(ofAway));
	expect(await form.submit(ASK_AGAIN)).toMatchObject(TO_CODE);
	expect(await form.submit(codeAnswer(api.codeFor(phoneOf(away))))).toMatchObject(READY);
	await untilVerified('invited', AT_ONCE + 1);
});

test('registered from the list, a merchant only confirms the phone; nobody is set back', async () => {
	const { api } = stand.sandbox;
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
		outcome: 'new',
	});
});

test('a nickname is that of one merchant: in a list, and of a row that is there', async () => {
	const { api } = stand.sandbox;
	const failures = async () =>
		((await stand.sandbox.n8n.api.dataTable('Stamps merchants failed')) as Row[]).filter(
			({ nickname }) => String(nickname).startsWith('person-'),
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
	expect((await upload([without], /^An invitation/)).text).toContain('The email is no address');
	expect(api.state.accounts.filter(({ body }) => JSON.stringify(body).includes('person-'))).toEqual(
		[],
	);
});

test('one merchant is sent a new link by the form, at once, unless they are done', async () => {
	const list = [2_001, 2_002].map((index) => rowOf(index, 'stuck'));
	await upload(list, /^An invitation/);
	expect(await askForLink('stuck-2001')).toMatchObject({ title: 'The link was sent' });
	expect(await askForLink(' Stuck-2002@Example.com ')).toMatchObject({
		text: 'It went to stuck-2002@example.com. It is valid for seven days.',
	});
	for (const nobody of ['nobody', '%', 'stuck', 'stuck-200_']) {
		expect(await askForLink(nobody)).toMatchObject({ title: 'Nothing was sent' });
	}
	stand.mailbox.isDown = true;
	expect(await askForLink('stuck-2001')).toMatchObject({ title: 'The link was not sent' });
	stand.mailbox.isDown = false;
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
	const { api } = stand.sandbox;
	const list = [4_001, 4_002].map((index) => rowOf(index, 'before'));
	await upload(list, /^An invitation/);
	await remind();
	const linkOf = (index: number) =>
		linkIn(stand.mailbox.mails.find(({ to }) => to === `before-${index}@example.com`)!);
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
	const { api } = stand.sandbox;
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
		...{ phone: phoneOf(6_001), verified_at: null, outcome: 'new' },
	});
	stand.mailbox.mails.length = 0;
	await remind('remind-later');
	expect(linkIn(toKind('untexted')[0]!)).toContain('?link=');
});

test('what could not be sent stands in the row, and is sent the next time', async () => {
	await upload([rowOf(3_001, 'refused')], /^An invitation/);
	stand.mailbox.isDown = true;
	await remind();
	stand.mailbox.isDown = false;
	expect(await rows('refused')).toMatchObject([
		{ problem: expect.stringContaining('mailbox is full') as string, sent_at: null },
	]);
	await remind();
	expect(toKind('refused')).toHaveLength(1);
	expect(await rows('refused')).toMatchObject([{ problem: '', times_sent: 1 }]);
});

test('nobody opens the page, or the forms, who is not asked to', async () => {
	const get = async (path: string) =>
		await axios.get(stand.sandbox.n8n.url + path, { validateStatus: () => true });
	expect(await get(PAGE)).toMatchObject({
		...{ status: 403, data: expect.stringContaining('an invitation only') as string },
	});
	expect((await get('/form/send-stamps-link')).status).toBe(401);
});
