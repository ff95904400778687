import { codeAnswer } from '../../sandbox/forms/registration';
import { until } from '../../sandbox/support/poll';
import {
	READY,
	type Row,
	TABLE,
	TO_CODE,
	linkIn,
	phoneOf,
	register,
	rowOf,
	useMerchants,
} from './support/merchants';

/**
 * Whatever happens to a list, to its table and to n8n: no merchant comes to another one's account, each
 * account stands in the row of whose it is, and whoever has not finished is asked again.
 */

jest.setTimeout(120_000);

const ACCOUNT = /^An account/;
const INVITATION = /^An invitation/;

const stand = useMerchants();
const { upload, remind, rows, untilVerified, toKind, askForLink } = stand;

beforeEach(() => stand.sandbox.api.faults.clear());

/** A row of the list with some of its cells changed: nickname, email. */
const renamed = (row: string[], nickname: string, email = row[1]!) => [
	nickname,
	email,
	...row.slice(2),
];

/** The accounts under nicknames of this kind. */
const accounts = (kind: string) =>
	stand.sandbox.api.state.accounts.filter(({ body }) =>
		(body as { nickname: string }).nickname.toLowerCase().startsWith(`${kind}-`),
	);

const noted = async (kind: string, isSo: (row: Row) => unknown) =>
	await until(`a row of ${kind}`, async () => (await rows(kind)).find((row) => isSo(row)), 30);

/** Invites one merchant, and gives the link that comes by email. */
async function invite(row: string[], kind: string): Promise<string> {
	await upload([row], INVITATION);
	await remind();
	return linkIn(toKind(kind)[0]!);
}

describe('one nickname, two people', () => {
	test.each([
		['a space at the end', (name: string) => `"${name} "`],
		['another case', (name: string) => name.toUpperCase()],
		['a space that nobody sees', (name: string) => `${name}\u200b`],
		['two spaces', (name: string) => name.replace(' ', '  ')],
	])(
		'written with %s: the second is refused, in the same list and in the next',
		async (how, change) => {
			const kind = `shop${how.length}`;
			const first = renamed(rowOf(1, kind), `${kind}-1 x`);
			const second = renamed(rowOf(2, kind), change(first[0]!), 'bob@example.com');
			expect((await upload([first, second], INVITATION)).title).toBe('0 invited, 2 not');
			for (const gets of [INVITATION, ACCOUNT]) {
				expect((await upload([first], gets)).title).toMatch(/^1 /);
				expect(await upload([second], gets)).toMatchObject({
					title: expect.stringMatching(/^0 \w+, 1 not$/) as string,
					text: expect.stringContaining('that of a merchant with another email') as string,
				});
			}
			expect(await rows(kind)).toHaveLength(1);
			expect(accounts(kind)).toHaveLength(1);
		},
	);

	test('a corrected email is the merchant’s, and nothing was made for the wrong one', async () => {
		const row = rowOf(1, 'corrected');
		expect((await upload([row.with(1, 'ann@example')], ACCOUNT)).title).toBe('0 registered, 1 not');
		expect((await upload([row.with(1, `mailto:${row[1]!}`)], ACCOUNT)).title).toBe(
			'1 registered, 0 not',
		);
		expect((await upload([row], ACCOUNT)).title).toBe('1 registered, 0 not');
		expect(await rows('corrected')).toMatchObject([{ email: row[1] }]);
	});

	test('the same merchant twice is taken once', async () => {
		const row = rowOf(1, 'twice');
		const page = await upload([row, renamed(row, 'TWICE-1')], INVITATION);
		expect(page).toMatchObject({
			title: '1 invited, 1 not',
			text: expect.stringContaining(
				'Row 3, TWICE-1: This merchant stands in row 2 already',
			) as string,
		});
	});

	test('a nickname that was changed in the table is not opened a second time', async () => {
		const row = rowOf(1, 'renamed');
		await upload([row], INVITATION);
		await stand.sandbox.n8n.api.changeRows(TABLE, ['nickname', row[0]!], {
			nickname: 'renamed-best',
		});
		expect(await upload([row], INVITATION)).toMatchObject({
			title: '0 invited, 1 not',
			text: expect.stringContaining('stands in the table under "renamed-best"') as string,
		});
		expect(await rows('renamed')).toHaveLength(1);
	});
});

describe('an account that was there before its row', () => {
	test('is given to nobody until a person has decided', async () => {
		const old = rowOf(1, 'deleted');
		await upload([old], ACCOUNT);
		const carrier = accounts('deleted')[0]!.carrierId;
		await stand.sandbox.n8n.api.deleteRows(TABLE, 'nickname', old[0]!);
		const now = renamed(rowOf(2, 'deleted'), old[0]!, 'new@example.com');
		for (let time = 0; time < 2; time += 1) {
			expect((await upload([now], ACCOUNT)).title).toBe('0 registered, 1 not');
			expect(await rows('deleted')).toMatchObject([
				{
					...{ email: 'new@example.com', carrier_id: null, outcome: 'unclear' },
					problem: expect.stringContaining(carrier) as string,
				},
			]);
		}
		await remind();
		expect(stand.mailbox.mails.filter(({ to }) => to === 'new@example.com')).toEqual([]);
		await stand.sandbox.n8n.api.changeRows(TABLE, ['nickname', old[0]!], {
			...{ carrier_id: carrier, phone: phoneOf(2) },
		});
		expect((await upload([now], ACCOUNT)).title).toBe('1 registered, 0 not');
		expect(accounts('deleted')).toHaveLength(1);
	});

	test.each([
		['that first had a mistake', (row: string[]) => row.with(3, '512'), ACCOUNT],
		['that was first invited', (row: string[]) => row, INVITATION],
	])('is not given to a merchant of a reused nickname %s', async (how, first, gets) => {
		const kind = `reused${how.length}`;
		const old = rowOf(1, kind);
		await upload([old], ACCOUNT);
		await stand.sandbox.n8n.api.deleteRows(TABLE, 'nickname', old[0]!);
		const now = renamed(rowOf(2, kind), old[0]!, 'new@example.com');
		await upload([first(now)], gets);
		expect((await upload([now], ACCOUNT)).title).toBe('0 registered, 1 not');
		expect(await rows(kind)).toMatchObject([{ carrier_id: null, outcome: 'unclear' }]);
		expect(accounts(kind)).toHaveLength(1);
	});

	test('n8n is killed in mid-list: a list whose nicknames have moved gives nobody another one’s', async () => {
		const { api, n8n } = stand.sandbox;
		const list = [1, 2, 3].map((index) => rowOf(index, 'killed'));
		api.faults.add({ kind: 'delayAfter', operation: 'register', ms: 120_000, times: 3 });
		const cutOff = upload(list, ACCOUNT).catch(() => undefined);
		await until('three accounts', async () => accounts('killed').length === 3 || undefined, 60);
		await n8n.restart();
		await cutOff;
		api.faults.clear();
		const moved = list.map((row, index) => renamed(list[(index + 1) % 3]!, row[0]!));
		expect((await upload(moved, ACCOUNT)).title).toBe('0 registered, 3 not');
		expect((await upload(list, ACCOUNT)).title).toBe('3 registered, 0 not');
		expect(accounts('killed')).toHaveLength(3);
		for (const row of await rows('killed')) {
			const own = accounts('killed').find(
				({ body }) => (body as { nickname: string }).nickname === row.nickname,
			)!;
			expect(row).toMatchObject({
				carrier_id: own.carrierId,
				email: (own.body as { email: string }).email,
			});
		}
	});
});

test('a list that comes while a merchant registers sets nothing of the row back', async () => {
	const { api } = stand.sandbox;
	const row = rowOf(1, 'during');
	const link = await invite(row, 'during');
	api.faults.add({ kind: 'delayBefore', operation: 'findSubAccount', ms: 4_000 });
	const inList = [...row.slice(0, 3), phoneOf(9_999), ...row.slice(4)];
	const uploading = upload([inList], ACCOUNT);
	expect((await register(link, 77, row[1]!)).page).toMatchObject(TO_CODE);
	const before = await noted('during', ({ registered_at }) => registered_at);
	await uploading;
	expect(accounts('during')).toHaveLength(1);
	expect(await rows('during')).toMatchObject([
		{ phone: phoneOf(77), registered_at: before.registered_at, carrier_id: before.carrier_id },
	]);
});

describe('an invitation that was sent to another person', () => {
	test('fills no row of the right one; the account gets a row of its own', async () => {
		const wrong = rowOf(1, 'wrong');
		const link = await invite(wrong, 'wrong');
		const right = 'wrong-right@example.com';
		await stand.sandbox.n8n.api.changeRows(TABLE, ['nickname', wrong[0]!], { email: right });
		const { form, page } = await register(link, 501, wrong[1]!);
		expect(page).toMatchObject(TO_CODE);
		await noted('wrong', ({ email, carrier_id }) => email === wrong[1] && carrier_id);
		expect(await form.submit(codeAnswer(stand.sandbox.api.codeFor(phoneOf(501))))).toMatchObject(
			READY,
		);
		const [verified] = await untilVerified('wrong', 1);
		expect(verified).toMatchObject({
			email: wrong[1],
			carrier_id: accounts('wrong')[0]!.carrierId,
		});
		expect((await rows('wrong')).find(({ email }) => email === right)).toMatchObject({
			...{ carrier_id: null, verified_at: null },
		});
		// The right one is told to ask, and the owner why.
		expect(await askForLink(right)).toMatchObject({ title: 'The link was sent' });
		const [mail] = stand.mailbox.mails.filter(({ to }) => to === right);
		expect((await register(linkIn(mail!), 502, right)).page.text).toContain(
			'Please ask us for a link',
		);
		expect(await noted('wrong', ({ email, problem }) => email === right && problem)).toMatchObject({
			problem: expect.stringContaining(accounts('wrong')[0]!.carrierId) as string,
		});
	});

	test('whose row is gone leaves the account in a row all the same', async () => {
		const row = rowOf(1, 'gone');
		const link = await invite(row, 'gone');
		await stand.sandbox.n8n.api.deleteRows(TABLE, 'nickname', row[0]!);
		const { form } = await register(link, 601, row[1]!);
		await form.submit(codeAnswer(stand.sandbox.api.codeFor(phoneOf(601))));
		expect(await untilVerified('gone', 1)).toMatchObject([
			{ nickname: row[0], email: row[1], carrier_id: accounts('gone')[0]!.carrierId },
		]);
	});
});

test('n8n is killed right after the page’s answer: the code heals the row', async () => {
	const { api, n8n } = stand.sandbox;
	const row = rowOf(1, 'healed');
	const link = await invite(row, 'healed');
	const { form, page } = await register(link, 701, row[1]!);
	expect(page).toMatchObject(TO_CODE);
	await n8n.restart();
	// As if the kill had come before the row was written.
	await n8n.api.changeRows(TABLE, ['nickname', row[0]!], { carrier_id: null, registered_at: null });
	expect(await form.submit(codeAnswer(api.codeFor(phoneOf(701))))).toMatchObject(READY);
	expect(await untilVerified('healed', 1)).toMatchObject([
		{ carrier_id: accounts('healed')[0]!.carrierId, registered_at: expect.any(String) as string },
	]);
});

describe('reminders', () => {
	const set = async (row: string[], data: Row) =>
		await stand.sandbox.n8n.api.changeRows(TABLE, ['nickname', row[0]!], data);

	test('three invitations, and three more links once there is an account', async () => {
		const row = rowOf(1, 'counted');
		await upload([row], INVITATION);
		const sends = async () => {
			stand.mailbox.mails.length = 0;
			for (let day = 0; day < 4; day += 1) {
				await remind();
				await set(row, { sent_at: '2020-01-01T09:00:00.000Z' });
			}
			return toKind('counted').length;
		};
		expect(await sends()).toBe(3);
		await upload([row], ACCOUNT);
		expect(await sends()).toBe(3);
		expect(toKind('counted').every(({ text }) => text.includes('?link='))).toBe(true);
		expect(await sends()).toBe(0);
	});

	test('a row that was to be registered, and was not, is sent nothing', async () => {
		const row = rowOf(1, 'refused');
		expect((await upload([renamed(row, row[0]!).with(7, '1')], ACCOUNT)).title).toBe(
			'0 registered, 1 not',
		);
		await remind();
		expect(toKind('refused')).toEqual([]);
		expect(await askForLink(row[0]!)).toMatchObject({ title: 'Nothing was sent' });
	});
});

test('a declined card and the like stand in the row, until it is done', async () => {
	const { api } = stand.sandbox;
	const row = rowOf(1, 'declined');
	const link = await invite(row, 'declined');
	api.faults.add({
		kind: 'refusal',
		operation: 'register',
		field: 'credit_card.number',
		message: 'No',
	});
	await register(link, 801, row[1]!);
	await noted('declined', ({ problem }) => problem);
	await stand.sandbox.letPass(61);
	expect((await register(link, 801, row[1]!)).page).toMatchObject(TO_CODE);
	expect(await noted('declined', ({ carrier_id }) => carrier_id)).toMatchObject({ problem: '' });
});
