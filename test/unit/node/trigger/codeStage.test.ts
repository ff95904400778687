import fc from 'fast-check';
import { A_DAY, A_MINUTE, letPass } from '../../../support/clock';
import { linkTo } from '../../../support/links';
import { now } from '../../../support/sealing';
import { NEWEST_TEXT, OPENED_BY } from '../../../../nodes/ShipEngine/onboarding/remembered';
import { EN } from '../../../../nodes/StampsOnboardingTrigger/words/en';
import { codeOf, get, post, refusalOf, registrationWith, settingsOf } from './calling';

/** The second stage of the page: codes, new codes, other phones, and the links that lead there. */

const ADDRESS = '/webhook/open-account';

/** A page that was loaded as usual. */
const page = async () => settingsOf(await get());

const opened = async (link: string) => await get({ originalUrl: `${ADDRESS}?link=${link}` });

let carriers = 0;

/** A link to an account of its own, so that nothing was counted for it. */
async function own(more: Parameters<typeof linkTo>[0] = {}) {
	carriers += 1;
	const carrierId = `se-9${carriers}`;
	const phone = `512486${String(1000 + carriers)}`;
	const verificationId = `vfn_own${carriers}`;
	const account = { carrierId, phone, verificationId, ...more };
	return { ...account, link: await linkTo(account) };
}

describe('a code', () => {
	test('comes out on an output of its own, with what Confirm needs', async () => {
		const { pass } = await page();
		const { link, carrierId, phone, verificationId } = await own({ onBehalfOf: 'se-77' });
		const { items, output } = await post({ pass, link, verification_code: ' 123-456 ' });
		expect(output).toBe(2);
		expect(items).toMatchObject([
			{
				...{ carrier_id: carrierId, phone, verification_id: verificationId },
				...{ verification_code: '123456', on_behalf_of: 'se-77', page_path: 'open-account' },
			},
		]);
	});

	test.each([
		['', 'field_value_required'],
		['abc', 'not_verification_code'],
		['12', 'not_verification_code'],
	])('%j is told beside its field, and is no try', async (code, expected) => {
		const { pass } = await page();
		const { link } = await own();
		for (let count = 0; count < 7; count += 1) {
			const answered = await post({ pass, link, verification_code: code });
			expect(answered).toMatchObject({ status: 400, items: undefined });
			expect(codeOf(answered)).toBe(expected);
			expect(answered.body).toContain('"field":"verification_code"');
		}
		expect((await post({ pass, link, verification_code: '123456' })).items).toHaveLength(1);
	});

	test('is tried five times at most, whatever page and link it comes with', async () => {
		const { link, verificationId, carrierId } = await own();
		let code = 123_455;
		const send = async (token: string) => {
			const { pass } = await page();
			code += 1;
			return await post({ pass, link: token, verification_code: String(code) });
		};
		for (let count = 0; count < 4; count += 1) expect((await send(link)).output).toBe(2);
		const again = await linkTo({ carrierId, verificationId, phone: '5124869999' });
		expect((await send(again)).output).toBe(2);
		for (const token of [link, again]) expect(codeOf(await send(token))).toBe('codes_tried_out');
	});

	test('sent once more, as browsers do by themselves, is the same try', async () => {
		const { pass } = await page();
		const { link } = await own();
		const send = async (code: string) => await post({ pass, link, verification_code: code });
		for (const code of ['111111', '222222', '333333', '444444', '555555']) {
			expect((await send(code)).output).toBe(2);
			expect((await send(code)).output).toBe(2);
		}
		expect(codeOf(await send('666666'))).toBe('codes_tried_out');
		letPass(1);
		expect(codeOf(await send('555555'))).toBe('codes_tried_out');
	});

	test('from the page that has opened the account has five tries of its own', async () => {
		const { pass, passId } = await page();
		const { link } = await own({ openedBy: passId });
		let code = 123_455;
		const send = async (of: string) => {
			code += 1;
			return await post({ pass: of, link, verification_code: String(code) });
		};
		const { pass: stranger } = await page();
		for (let count = 0; count < 5; count += 1) expect((await send(stranger)).output).toBe(2);
		expect(codeOf(await send(stranger))).toBe('codes_tried_out');
		for (let count = 0; count < 5; count += 1) expect((await send(pass)).output).toBe(2);
		expect(codeOf(await send(pass))).toBe('codes_tried_out');
	});

	test('of the newest text message counts, if that is known', async () => {
		const { pass } = await page();
		const { link, carrierId, phone } = await own();
		NEWEST_TEXT.note(carrierId, { verificationId: 'vfn_newer', phone });
		const { items } = await post({ pass, link, verification_code: '123456' });
		expect(items).toMatchObject([{ verification_id: 'vfn_newer' }]);
	});

	test('of a link to a phone that was corrected is not taken, nor is anything else of it', async () => {
		const { pass } = await page();
		const { link, carrierId } = await own();
		NEWEST_TEXT.note(carrierId, { verificationId: 'vfn_right', phone: '5124879001' });
		for (const more of [{ verification_code: '123456' }, { new_code: true }]) {
			expect(codeOf(await post({ pass, link, ...more }))).toBe('link_not_valid');
		}
	});

	test('of the page that has corrected the phone is taken also where the answer to that was lost', async () => {
		const { pass, passId } = await page();
		const { link, carrierId } = await own({ openedBy: passId });
		NEWEST_TEXT.note(carrierId, { verificationId: 'vfn_corrected', phone: '5124879002' });
		expect((await post({ pass, link, verification_code: '123456' })).items).toMatchObject([
			{ verification_id: 'vfn_corrected', phone: '5124879002' },
		]);
		expect((await post({ pass, link, new_code: true })).items).toMatchObject([
			{ phone: '5124879002' },
		]);
		const { pass: stranger } = await page();
		expect(codeOf(await post({ pass: stranger, link, new_code: true }))).toBe('link_not_valid');
		expect(await opened(link)).toMatchObject({ status: 404, body: EN.reasonLink });
	});

	test('is not asked for where none was texted', async () => {
		const { pass } = await page();
		const { link } = await own({ verificationId: undefined });
		const answered = await post({ pass, link, verification_code: '123456' });
		expect(codeOf(answered)).toBe('no_code_yet');
	});
});

describe('a new code', () => {
	test('comes out on an output of its own, with what Send needs', async () => {
		const { pass } = await page();
		const { link, carrierId, phone } = await own();
		const { items, output } = await post({ pass, link, new_code: true });
		expect(output).toBe(1);
		// No link makes one that is valid for longer.
		const link_expires_at = new Date((now() + A_DAY) * 1000).toISOString().slice(0, 15);
		expect(items).toMatchObject([
			{
				...{ carrier_id: carrierId, phone },
				link_expires_at: expect.stringContaining(link_expires_at) as string,
			},
		]);
		expect(items![0]).not.toHaveProperty('verification_code');
	});

	test('has to wait, as a registration with the same phone has', async () => {
		const { pass } = await page();
		const { link, phone } = await own();
		expect((await post(await registrationWith(await page(), { phone }))).output).toBe(0);
		expect(await post({ pass, link, new_code: true })).toMatchObject({ status: 429 });
		letPass(A_MINUTE);
		expect((await post({ pass, link, new_code: true })).output).toBe(1);
		expect(await post({ pass, link, new_code: true })).toMatchObject({ status: 429 });
		expect(await post(await registrationWith(await page(), { phone }))).toMatchObject({
			status: 429,
		});
	});

	test('is texted ten times a day for one account, whatever the phone', async () => {
		const carrierId = 'se-ten-a-day';
		const ask = async (phone: string) => {
			const { pass } = await page();
			return await post({ pass, link: await linkTo({ carrierId, phone }), new_code: true });
		};
		for (let count = 0; count < 10; count += 1) {
			expect((await ask(`51248700${10 + count}`)).output).toBe(1);
		}
		expect(await ask('5124870099')).toMatchObject({ status: 429, items: undefined });
		letPass(A_DAY);
		expect((await ask('5124870099')).output).toBe(1);
	});
});

describe('another phone', () => {
	const ask = async (openedBy: 'this page' | 'another' | undefined, phones: string[]) => {
		const { pass, passId } = await page();
		const by = openedBy === 'this page' ? passId : openedBy;
		const { link } = await own({ openedBy: by });
		const answers = [];
		for (const phone of phones) answers.push(await post({ pass, link, new_code: true, phone }));
		return answers;
	};

	test('is taken where the page itself has opened the account, twice', async () => {
		const phones = ['(512) 486-7001', '512.486.7002', '512-486-7003'];
		const [first, second, third] = await ask('this page', phones);
		expect(first!.items).toMatchObject([{ phone: '5124867001' }]);
		expect(second!.items).toMatchObject([{ phone: '5124867002' }]);
		expect(codeOf(third!)).toBe('phone_not_changed');
	});

	test('once more the same is no further change', async () => {
		const { pass, passId } = await page();
		const { link } = await own({ openedBy: passId });
		for (let count = 0; count < 3; count += 1) {
			const body = { pass, link, new_code: true, phone: '512-486-7011' };
			expect((await post(body)).output).toBe(1);
			letPass(1_000);
		}
	});

	test.each([undefined, 'another'] as const)(
		'is not taken where the account was opened by %s',
		async (openedBy) => {
			const [answered] = await ask(openedBy, ['512-486-7005']);
			expect(codeOf(answered!)).toBe('phone_not_changed');
		},
	);

	test.each(['12', '242-555-0123', '900-555-0123'])('%s is none', async (phone) => {
		const [answered] = await ask('this page', [phone]);
		expect(answered).toMatchObject({ status: 400, items: undefined });
		expect(answered!.body).toContain('"field":"new_phone"');
	});
});

describe('a link', () => {
	test('opens the page for a code, without a sign-in and without a word of a person', async () => {
		const { link, carrierId, phone } = await own();
		const page = { originalUrl: `${ADDRESS}?link=${link}` };
		const login = { user: 'office', password: 'blue kettle 93 quartz' };
		const credentials = { shipEnginePageLoginApi: login };
		const answered = await get({ ...page, parameters: { access: 'basicAuth' }, credentials });
		expect(answered.status).toBe(200);
		expect(settingsOf(answered)).toMatchObject({ link });
		expect(answered.body).not.toContain(carrierId);
		expect(answered.body).not.toContain(phone.slice(-4));
	});

	test('gives a pass that is good for its stage alone', async () => {
		const { link } = await own();
		const settings = settingsOf(await opened(link));
		const registration = await registrationWith(settings);
		expect(codeOf(await post(registration))).toBe('invalid_request');
		const { pass } = settings;
		const renewed = JSON.parse((await post({ pass })).body) as typeof settings;
		const again = await registrationWith({ ...settings, ...renewed });
		expect(codeOf(await post(again))).toBe('invalid_request');
		const code = { link, verification_code: '123456' };
		expect((await post({ ...code, pass: renewed.pass })).output).toBe(2);
	});

	test('is valid until its end, and then leads nowhere', async () => {
		const { link } = await own({ end: now() + 100 });
		const { pass } = await page();
		letPass(100);
		expect((await opened(link)).status).toBe(200);
		letPass(1);
		expect(await opened(link)).toMatchObject({
			...{ status: 404, items: undefined },
			body: 'The time of this link is over. Ask us for a new one.',
		});
		for (const more of [{ verification_code: '123456' }, { new_code: true }]) {
			expect(codeOf(await post({ pass, link, ...more }))).toBe('link_expired');
		}
	});

	test('of another page is none', async () => {
		const link = await linkTo({}, 'another');
		const { pass } = await page();
		expect((await opened(link)).status).toBe(404);
		expect(codeOf(await post({ pass, link, new_code: true }))).toBe('link_not_valid');
	});

	test.each(['?link=', '?link', '?invitation=x', '?a=1&link=x', '?LINK=x', '?link=a&link=b'])(
		'that is %s gets no page, and no pass',
		async (query) => {
			const answered = await get({ originalUrl: ADDRESS + query });
			expect(answered).toMatchObject({
				...{ status: 404, items: undefined },
				body: 'This link is not valid. Ask us for a new one.',
			});
		},
	);

	test('whose address stands twice with others is none', async () => {
		const { link } = await own();
		expect((await opened(`${link}&link=${link}`)).status).toBe(404);
	});

	test.each(['>', '.', ')', '%20', '%22', ',%20'])(
		'with %s behind it, as in a text, opens',
		async (tail) => {
			const { link } = await own();
			expect((await opened(`${link}${tail}`)).status).toBe(200);
		},
	);

	const RUNS = Number(process.env.RUNS ?? 1_000);

	test(`of ${RUNS} that were changed, none opens anything`, async () => {
		const { pass } = await page();
		const good = await linkTo();
		const others = await Promise.all([linkTo({}, 'another'), linkTo({ phone: '5124854283' })]);
		const change = fc.oneof(
			fc.string({ maxLength: 200 }),
			fc.nat(good.length - 1).map((at) => good.slice(0, at)),
			fc
				.tuple(fc.nat(good.length - 1), fc.constantFrom('A', '-', '.', '=', '%', ' '))
				.map(([at, other]) => good.slice(0, at) + other + good.slice(at + 1)),
			fc.nat(good.length - 1).map((at) => good.slice(0, at) + others[1]!.slice(at)),
			fc.string({ minLength: 1, maxLength: 5 }).map((more) => good + more),
			fc.constant(others[0]),
		);
		await fc.assert(
			fc.asyncProperty(change, async (token) => {
				// What only stands behind it opens it.
				if ([good, others[1]].includes(token.replace(/[^\w-]+$/, ''))) return;
				const answered = await get({ originalUrl: `${ADDRESS}?link=${encodeURIComponent(token)}` });
				expect(answered).toMatchObject({ status: 404, items: undefined, log: [] });
				const { pass } = await page();
				const posted = await post({ pass, link: token, new_code: true });
				expect(posted).toMatchObject({ status: 400, items: undefined });
				expect(codeOf(posted)).toBe('link_not_valid');
			}),
			{ numRuns: RUNS, seed: 26 },
		);
		expect((await post({ pass, link: good, new_code: true })).output).toBe(1);
	}, 120_000);
});

describe('what a page has sent, and of which no answer came', () => {
	const other = { email: 'other@example.com', phone: '512-488-1000' };
	const first = { email: 'first@example.com', phone: '512-488-2000' };

	test('may be sent again for the same person only', async () => {
		const settings = await page();
		expect((await post(await registrationWith(settings, first))).output).toBe(0);
		expect(codeOf(await post(await registrationWith(settings, other)))).toBe('earlier_send_open');
		letPass(A_MINUTE);
		const { items } = await post(await registrationWith(settings, first));
		expect(items).toMatchObject([{ nickname: 'first@example.com 5124882000' }]);
	});

	test('and was refused, does not stand in the way of another', async () => {
		const settings = await page();
		const last_refusal = await refusalOf(await post(await registrationWith(settings, first)));
		for (const made of [`${last_refusal}x`, await linkTo()]) {
			const body = await registrationWith(settings, { ...other, last_refusal: made });
			expect(codeOf(await post(body))).toBe('earlier_send_open');
		}
		const body = await registrationWith(settings, { ...other, last_refusal });
		expect((await post(body)).output).toBe(0);
	});

	test('is not shown to be refused by another refusal', async () => {
		const settings = await page();
		const old = await refusalOf(await post(await registrationWith(settings, first)));
		letPass(A_MINUTE);
		const second = await registrationWith(settings, { ...first, last_refusal: old });
		expect((await post(second)).output).toBe(0);
		const body = await registrationWith(settings, { ...other, last_refusal: old });
		expect(codeOf(await post(body))).toBe('earlier_send_open');
	});
});

describe('a page that asks for no card', () => {
	const login = { user: 'office', password: 'blue kettle 93 quartz' };
	const page = {
		parameters: { access: 'basicAuth', card: 'doNotAsk' },
		credentials: { shipEnginePageLoginApi: login },
	};
	const basic = Buffer.from(`${login.user}:${login.password}`).toString('base64');
	const headers = { authorization: `Basic ${basic}` };

	test('takes none, and the item has none', async () => {
		const settings = settingsOf(await get({ ...page, headers }));
		expect(settings.asksForCard).toBe(false);
		const { sealed_card, ...body } = await registrationWith(settings);
		expect(codeOf(await post({ ...body, sealed_card }, page))).toBe('invalid_request');
		const { items } = await post(body, page);
		expect(items).toHaveLength(1);
		expect(items![0]).not.toHaveProperty('sealed_card');
	});

	test('is there for nobody who has not signed in', async () => {
		const open = { parameters: { card: 'doNotAsk' } };
		expect(settingsOf(await get(open)).asksForCard).toBe(true);
		const { sealed_card, ...body } = await registrationWith(settingsOf(await get()));
		expect(sealed_card).toBeDefined();
		expect(codeOf(await post(body))).toBe('invalid_request');
	});
});

test('what this process remembers of an account is bounded', () => {
	for (let count = 0; count < 10_001; count += 1) OPENED_BY.note(`se-b${count}`, { pass: 'p' });
	expect(OPENED_BY.of('se-b0')).toBeUndefined();
	expect(OPENED_BY.of('se-b10000')).toEqual({ pass: 'p' });
	letPass(3_600);
	expect(OPENED_BY.of('se-b10000')).toBeUndefined();
});
