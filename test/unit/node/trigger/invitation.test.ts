import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import {
	type Invitation,
	openInvitation,
	sealInvitation,
} from '../../../../nodes/ShipEngine/onboarding/invitation';
import { EN } from '../../../../nodes/StampsOnboardingTrigger/words/en';
import { A_DAY, A_MINUTE, letPass } from '../../../support/clock';
import { linkKey, linkTo } from '../../../support/links';
import { now } from '../../../support/sealing';
import { codeOf, get, post, registrationWith, settingsOf } from './calling';

/** A page that opens for whom its owner has invited. */

const ADDRESS = '/webhook/open-account';

const parameters = { access: 'invitation' };

let people = 0;

/** A token for somebody whom nobody else is. */
async function invite(more: Partial<Invitation> = {}, path = 'open-account') {
	people += 1;
	const invitation: Invitation = {
		...{ end: now() + A_DAY, nickname: `Shop ${people}`, email: `shop${people}@example.com` },
		...more,
	};
	const token = sealInvitation(invitation, await linkKey(), path);
	return { ...invitation, token, phone: `512489${1000 + people}` };
}

const open = async (token: string) =>
	await get({ parameters, originalUrl: `${ADDRESS}?invitation=${token}` });

type Invited = Awaited<ReturnType<typeof invite>>;

/** Sends the page as the one who was invited. */
async function send(invited: Invited, more: Record<string, unknown> = {}) {
	const settings = settingsOf(await open(invited.token));
	const { email, phone } = invited;
	const sent = await registrationWith(settings, { email, phone, ...more });
	return await post(sent, { parameters });
}

test('without one, it is said that one is needed; a link to a code opens it too', async () => {
	expect(await get({ parameters })).toMatchObject({ status: 403, body: EN.pageForInvited });
	const link = await linkTo({ carrierId: 'se-invited' });
	const answered = await get({ parameters, originalUrl: `${ADDRESS}?link=${link}` });
	expect(settingsOf(answered)).toMatchObject({ link });
});

test('with one, the nickname and the sub-account are the owner’s word', async () => {
	const invited = await invite({ onBehalfOf: 'se-77' });
	const { items, output } = await send(invited, { email: invited.email.toUpperCase() });
	expect(output).toBe(0);
	expect(items).toMatchObject([
		{
			nickname: invited.nickname,
			on_behalf_of: 'se-77',
			page_invitation: expect.any(String) as string,
		},
	]);
});

test('the page has name and company filled in, and neither email nor nickname', async () => {
	const invited = await invite({ name: 'Ana Ruiz', company: 'Ruiz Ltd' });
	const answered = await open(invited.token);
	expect(settingsOf(answered).filledIn).toEqual({ name: 'Ana Ruiz', company_name: 'Ruiz Ltd' });
	expect(answered.body).not.toContain(invited.email);
	expect(answered.body).not.toContain(invited.nickname);
});

test('whom it was forwarded to, without the email, opens nothing, and does not learn it', async () => {
	const invited = await invite();
	const answered = await send(invited, { email: 'another@example.com' });
	expect(answered).toMatchObject({ status: 400, items: undefined });
	expect(codeOf(answered)).toBe('not_invited');
	expect(answered.body).not.toContain(invited.email);
});

test('two devices, and a second invitation of the same person, are one invitation', async () => {
	const invited = await invite({ onBehalfOf: 'se-77' });
	const other = { ...invited, nickname: ` ${invited.nickname.toUpperCase()}`, onBehalfOf: '77' };
	const again = sealInvitation(
		{ ...other, end: now() + 2 * A_DAY },
		await linkKey(),
		'open-account',
	);
	const items: IDataObject[] = [];
	for (const token of [invited.token, invited.token, again]) {
		items.push(...(await send({ ...invited, token })).items!);
		letPass(A_MINUTE * 5);
	}
	const idsOf = (name: string) => new Set(items.map((item) => item[name])).size;
	expect([idsOf('page_invitation'), idsOf('page_pass')]).toEqual([1, 3]);
	const { items: others } = await send(await invite({ onBehalfOf: 'se-77' }));
	expect(others![0]!.page_invitation).not.toBe(items[0]!.page_invitation);
});

test('after five registrations, it says when there may be another one: no new page helps', async () => {
	const invited = await invite();
	for (let count = 0; count < 5; count += 1) {
		expect((await send({ ...invited, phone: `512489${2000 + count}` })).output).toBe(0);
		letPass(A_MINUTE);
	}
	const answered = await send({ ...invited, phone: '5124892009' });
	expect(answered).toMatchObject({ status: 429, items: undefined });
	letPass(2 * A_DAY);
	const renewed = await invite({ nickname: invited.nickname, email: invited.email });
	expect((await send({ ...renewed, phone: '5124892010' })).output).toBe(0);
});

test('300 people at once are not stopped by what a page takes in an hour', async () => {
	const options = { registrationsAnHour: 1 };
	const outputs = [];
	for (let count = 0; count < 300; count += 1) {
		const { token, email, phone } = await invite();
		const request = { parameters: { ...parameters, options } };
		const settings = settingsOf(
			await get({ ...request, originalUrl: `${ADDRESS}?invitation=${token}` }),
		);
		outputs.push((await post(await registrationWith(settings, { email, phone }), request)).output);
	}
	expect(outputs).toEqual(Array(300).fill(0));
}, 60_000);

test('its time over, it opens nothing; whoever has the page open, sends it', async () => {
	const invited = await invite({ end: now() + 100 });
	const settings = settingsOf(await open(invited.token));
	letPass(101);
	expect(await open(invited.token)).toMatchObject({ status: 404, body: EN.reasonLinkOver });
	const { email, phone } = invited;
	const sent = await registrationWith(settings, { email, phone });
	expect((await post(sent, { parameters })).output).toBe(0);
});

test('it stands for the password of a page that has one, and is not one of another page', async () => {
	const login = { user: 'office', password: 'blue kettle 93 quartz' };
	const page = {
		parameters: { access: 'basicAuth' },
		credentials: { shipEnginePageLoginApi: login },
	};
	const { token } = await invite();
	const opened = await get({ ...page, originalUrl: `${ADDRESS}?invitation=${token}` });
	expect(opened.status).toBe(200);
	const { token: other } = await invite({}, 'another');
	expect(await open(other)).toMatchObject({ status: 404, body: EN.reasonLink });
});

test('a page that was loaded when anyone could, takes nothing once it is for those invited', async () => {
	const settings = settingsOf(await get());
	const sent = await registrationWith(settings, { phone: '512-489-3001' });
	expect(codeOf(await post(sent, { parameters }))).toBe('pass_not_valid');
});

test('the owner’s card may pay for those who were invited', async () => {
	const page = { parameters: { ...parameters, card: 'doNotAsk' } };
	const { token, email, phone } = await invite();
	const settings = settingsOf(
		await get({ ...page, originalUrl: `${ADDRESS}?invitation=${token}` }),
	);
	expect(settings.asksForCard).toBe(false);
	const sent = await registrationWith(settings, { email, phone, sealed_card: undefined });
	expect((await post(sent, page)).items![0]).not.toHaveProperty('sealed_card');
});

test('a pass of an invitation is renewed as one, and takes nothing of a link to a code', async () => {
	const invited = await invite();
	const settings = settingsOf(await open(invited.token));
	const renewed = JSON.parse((await post({ pass: settings.pass }, { parameters })).body) as object;
	const { email, phone } = invited;
	const sent = await registrationWith({ ...settings, ...renewed }, { email, phone });
	expect((await post(sent, { parameters })).items).toMatchObject([{ nickname: invited.nickname }]);
});

test.each(['', 'x', '&link=x', '&invitation=x', 'link'])(
	'what is none gets one short page: %j',
	async (more) => {
		const { token } = await invite();
		const query = more.startsWith('&') ? token + more : more;
		const answered = await open(query);
		expect(answered).toMatchObject({ status: 404, items: undefined, body: EN.reasonLink });
	},
);

test('a link to a code is no invitation, nor an invitation a link', async () => {
	const { token } = await invite();
	const link = await linkTo();
	for (const query of [`invitation=${link}`, `link=${token}`]) {
		const answered = await get({ parameters, originalUrl: `${ADDRESS}?${query}` });
		expect(answered).toMatchObject({ status: 404, body: EN.reasonLink });
	}
});

const RUNS = Number(process.env.RUNS ?? 1_000);

test(`of ${RUNS} that were changed, none opens anything`, async () => {
	const { token } = await invite();
	const { token: other } = await invite();
	const keys = [await linkKey()];
	const place = fc.nat(token.length - 1);
	const changed = fc.oneof(
		fc.string({ maxLength: 300 }),
		place.map((at) => token.slice(0, at)),
		fc
			.tuple(place, fc.constantFrom('A', '-', '.', '=', '%', ' '))
			.map(([at, with1]) => token.slice(0, at) + with1 + token.slice(at + 1)),
		place.map((at) => token.slice(0, at) + other.slice(at)),
	);
	await fc.assert(
		fc.asyncProperty(changed, async (each) => {
			if (each === token || each === other) return;
			expect(openInvitation(each, keys, 'open-account')).toBeUndefined();
			expect(await open(encodeURIComponent(each))).toMatchObject({
				...{ status: 404, items: undefined, log: [], body: EN.reasonLink },
			});
		}),
		{ numRuns: RUNS, seed: 27 },
	);
}, 120_000);
