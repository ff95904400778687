import type { IDataObject } from 'n8n-workflow';
import { isRefusalOf } from '../../nodes/ShipEngine/onboarding/refusedSend';
import { DECLINED_CARD } from '../../sandbox/api';
import { linkKey } from '../support/links';
import { useApi } from './support/fixtures';
import {
	ANSWER,
	PHONE,
	REGISTER,
	SEND,
	opened,
	pageItem,
	registration,
	sent,
	toldTo,
} from './support/onboarding';

/** What the waiting page is told of a registration and of a code. */

const sandbox = useApi();

const account = () => sandbox.api.state.accounts[0]!;

const asked = () => sandbox.calls().filter((call) => !call.startsWith('GET'));

describe('a registration', () => {
	test('goes on to the code; the link has all that the next stage needs', async () => {
		const item = registration();
		const outcome = await sent(sandbox, 'registration', item);
		const { link, ...told } = toldTo(outcome);
		expect(told).toEqual({
			stage: 'code',
			...{ phone_end: '82', texted: true, existing: null, can_change_phone: true },
		});
		expect(await opened(link)).toMatchObject({
			carrierId: account().carrierId,
			phone: PHONE,
			verificationId: sandbox.api.state.verifications[0]!.id,
			openedBy: item.page_pass,
		});
		expect(outcome.json('Answer')).toMatchObject([
			{
				carrier_id: account().carrierId,
				link: `https://n8n.example/webhook/open-account?link=${String(link)}`,
				expires_at: expect.any(String) as string,
			},
		]);
		const [{ expires_at: end }] = outcome.json('Answer') as [IDataObject];
		const days = (Date.parse(String(end)) - Date.now()) / 86_400_000;
		expect(days).toBeGreaterThan(6.99);
		expect(days).toBeLessThanOrEqual(7);
	});

	test('that is refused is told with its reasons, and shows that it opened nothing', async () => {
		const item = registration();
		const register = REGISTER({ cardNumber: DECLINED_CARD });
		const outcome = await sent(sandbox, 'registration', item, { register });
		const { refusal, error } = toldTo(outcome);
		expect(error).toEqual({
			message: 'The Stamps account was not registered',
			errors: [
				{
					code: 'funding_source_error',
					field: 'credit_card.number',
					message: 'The card was declined by its issuer.',
				},
			],
		});
		expect(isRefusalOf(String(refusal), item as never, [await linkKey()])).toBe(true);
		// Send has passed it on.
		expect(asked()).toEqual(['POST /v1/registration/stamps_com']);
		expect(outcome.json('Answer')).toMatchObject([{ error: { skip_next_steps: true } }]);
	});

	test('whose outcome is not known shows nothing of that kind', async () => {
		sandbox.api.faults.add({ kind: 'dropBefore', operation: 'register', times: 9 });
		const { refusal, error } = toldTo(await sent(sandbox, 'registration', registration()));
		expect(refusal).toBeUndefined();
		expect(error).toMatchObject({ errors: [{ code: 'outcome_unknown' }] });
	});

	test('of which the API says what is no stranger’s business', async () => {
		const message = 'Carrier se-1 (request 5a1c)';
		sandbox.api.faults.add({ kind: 'refusal', operation: 'register', message });
		const told = toldTo(await sent(sandbox, 'registration', registration()));
		expect(JSON.stringify(told)).not.toMatch(/se-1|request/);
	});

	test.each([
		['refusal', false],
		['serverErrorBefore', null],
	] as const)('whose text message fails (%s) goes on all the same', async (kind, texted) => {
		if (kind === 'refusal') {
			sandbox.api.faults.add({ kind, operation: 'send', message: 'No' });
		} else sandbox.api.faults.add({ kind, operation: 'send' });
		const { link, ...told } = toldTo(await sent(sandbox, 'registration', registration()));
		expect(told).toMatchObject({ stage: 'code', texted });
		expect((await opened(link))!.verificationId).toBeUndefined();
	});

	test('of an account that is there: nothing of it is changed from here', async () => {
		const item = registration();
		await sent(sandbox, 'registration', item);
		const again = { ...item, ...{ page_pass: 'another', received_at: new Date().toISOString() } };
		const { link, ...told } = toldTo(await sent(sandbox, 'registration', again));
		expect(told).toMatchObject({ existing: 'other', can_change_phone: false });
		expect((await opened(link))!.openedBy).not.toBe('another');
	});

	test('sent once more from the page that has opened the account is that page’s', async () => {
		const item = registration();
		await sent(sandbox, 'registration', item);
		expect(toldTo(await sent(sandbox, 'registration', item))).toMatchObject({
			...{ existing: 'own', can_change_phone: true },
		});
	});
});

describe('a code', () => {
	/** Registers, and gives what the trigger puts out for a code. */
	async function codeItem(more: IDataObject = {}) {
		await sent(sandbox, 'registration', registration());
		const { id, code, carrierId } = sandbox.api.state.verifications[0]!;
		const item = { carrier_id: carrierId, phone: PHONE, verification_id: id };
		return pageItem({ ...item, verification_code: code, ...more });
	}

	test('that is right ends it', async () => {
		expect(toldTo(await sent(sandbox, 'code', await codeItem()))).toEqual({ stage: 'ready' });
		expect(sandbox.api.state.verifications).toMatchObject([{ status: 'verified' }]);
	});

	test('that is wrong is told', async () => {
		const item = await codeItem();
		const code = item.verification_code === '000000' ? '000001' : '000000';
		expect(toldTo(await sent(sandbox, 'code', { ...item, verification_code: code }))).toEqual({
			error: {
				message: 'The phone number was not verified',
				errors: [
					{
						code: 'verification_failure',
						field: 'verification_code',
						message: 'The code is not the one texted.',
					},
				],
			},
		});
	});

	test('that is right, sent once more as browsers do by themselves, is right', async () => {
		const item = await codeItem();
		await sent(sandbox, 'code', item);
		expect(toldTo(await sent(sandbox, 'code', item))).toEqual({ stage: 'ready' });
		const other = await sent(sandbox, 'code', { ...item, verification_code: '000001' });
		expect(toldTo(other)).toMatchObject({ error: { errors: [{ code: 'verification_failure' }] } });
	});

	test('is asked for anew', async () => {
		const { carrier_id, phone, ...others } = await codeItem();
		const item = pageItem({ carrier_id, phone, page_pass: others.page_pass });
		const end = new Date(Date.now() + 3_600_000).toISOString();
		const outcome = await sent(sandbox, 'newCode', {
			...item,
			...{ account_opened_by: item.page_pass, link_expires_at: end },
		});
		const { link, ...told } = toldTo(outcome);
		expect(outcome.json('Answer')[0]!.expires_at).toBe(`${end.slice(0, 19)}.000Z`);
		expect(told).toMatchObject({ stage: 'code', texted: true, can_change_phone: true });
		expect(await opened(link)).toMatchObject({
			verificationId: sandbox.api.state.verifications[1]!.id,
			openedBy: item.page_pass,
		});
	});
});

describe('nobody is answered', () => {
	test('who has waited for long, as after a Wait: the item goes on with its link', async () => {
		const item = registration({ received_at: new Date(Date.now() - 121_000).toISOString() });
		const outcome = await sent(sandbox, 'registration', item);
		expect(outcome.responses).toEqual([]);
		expect(outcome.json('Answer')).toMatchObject([{ link: expect.any(String) as string }]);
	});

	test('where the page is not of this run, as in a sub-workflow', async () => {
		const outcome = await sandbox.runChain([{ carrier_id: 'se-1', ...registration() }], ANSWER);
		expect(outcome.responses).toEqual([]);
		expect(outcome.json('Answer')).toMatchObject([{ carrier_id: 'se-1' }]);
		expect(outcome.json('Answer')[0]).not.toHaveProperty('link');
	});
});

test('with another card seal than the trigger’s it says so, and answers nothing that cannot be read', async () => {
	const outcome = await sent(sandbox, 'registration', registration({ page_seal: 'another' }));
	expect(outcome.error?.message).toContain(
		"The page was not answered: the card seal is not the one of the page's trigger",
	);
	expect(outcome.error?.description).toContain("Choose the same 'ShipEngine Card Seal' credential");
	expect(outcome.responses).toEqual([]);
});

test('a phone that the API repeats in another way, or not at all, is the one that was sent', async () => {
	for (const phone of ['+1 (512) 485-4282', 'x', null]) {
		sandbox.api.faults.add({ kind: 'replaceFields', operation: 'send', fields: { phone } });
		const told = toldTo(await sent(sandbox, 'registration', registration()));
		expect(told).toMatchObject({ phone_end: '82' });
		expect(await opened(told.link)).toMatchObject({ phone: PHONE });
	}
});

test('where no step has said anything, nothing is answered: n8n ends with an empty answer', async () => {
	const register = { ...REGISTER(), disabled: true };
	const send = { ...SEND(), disabled: true };
	const { responses, json } = await sent(sandbox, 'registration', registration(), {
		register,
		send,
	});
	expect(responses).toEqual([]);
	expect(json('Answer')).toHaveLength(1);
});

test('an owner may register with an email of their own', async () => {
	const register = REGISTER({ email: 'house@example.com' });
	expect(toldTo(await sent(sandbox, 'registration', registration(), { register }))).toMatchObject({
		stage: 'code',
	});
});

test('what the API says of a field, with an ID in it, no stranger reads', async () => {
	const told = async (message: string) => {
		sandbox.api.faults.add({ kind: 'refusal', operation: 'register', field: 'email', message });
		return toldTo(await sent(sandbox, 'registration', registration()));
	};
	const hidden = await told('Email belongs to carrier se-1238901 of 512-485-9999');
	expect(hidden).toMatchObject({ error: { errors: [{ field: 'email' }] } });
	expect(JSON.stringify(hidden)).not.toMatch(/se-1|9999/);
	expect(await told('This mailbox is not known.')).toMatchObject({
		error: { errors: [{ message: 'This mailbox is not known.' }] },
	});
});

test('an account that is there, and not given back, is no proof that none was opened', async () => {
	const item = registration();
	await sent(sandbox, 'registration', item);
	const register = REGISTER({ ifNicknameExists: 'fail' });
	const told = toldTo(
		await sent(sandbox, 'registration', { ...item, page_pass: 'another' }, { register }),
	);
	expect(told).toMatchObject({ error: { errors: [{ code: 'identifier_conflict' }] } });
	expect(told.refusal).toBeUndefined();
});

test('a page whose first run stopped knows that it has opened the account', async () => {
	const item = registration();
	sandbox.api.faults.add({ kind: 'refusal', operation: 'send', message: 'No' });
	const stopped = await sent(sandbox, 'registration', item, { send: SEND({}) });
	expect(stopped.responses).toEqual([]);
	expect(toldTo(await sent(sandbox, 'registration', item))).toMatchObject({
		...{ existing: 'own', can_change_phone: true },
	});
});

describe('an account that is there is given back', () => {
	test('with the phone that it has by now', async () => {
		const item = registration();
		await sent(sandbox, 'registration', item);
		const { carrierId } = account();
		await sent(sandbox, 'newCode', pageItem({ carrier_id: carrierId, phone: '5124850001' }));
		const told = toldTo(await sent(sandbox, 'registration', { ...item, page_pass: 'another' }));
		expect(told).toMatchObject({ existing: 'other', phone_end: '01' });
		const texted = () => sandbox.api.state.verifications.map(({ phone }) => phone);
		expect(texted()).toEqual([PHONE, '5124850001']);
	});

	test('which is texted once a minute, whatever phones are entered', async () => {
		const item = registration({ page_invitation: 'invited', nickname: 'Shop' });
		const register = REGISTER({ nickname: 'Shop' });
		const texts = () => sandbox.api.state.verifications.map(({ phone }) => phone);
		const again = async (page_pass: string, phone: string) =>
			toldTo(await sent(sandbox, 'registration', { ...item, page_pass, phone }, { register }));
		await again(String(item.page_pass), PHONE);
		for (const end of ['01', '02', '03']) {
			expect(await again(`pass${end}`, `51248500${end}`)).toMatchObject({
				...{ existing: 'other', texted: true, phone_end: PHONE.slice(-2) },
			});
		}
		expect(texts()).toEqual([PHONE]);
		const later = Date.now() + 61_000;
		const clock = jest.spyOn(Date, 'now').mockImplementation(() => later);
		await again('pass04', '5124850004').finally(() => clock.mockRestore());
		expect(texts()).toEqual([PHONE, PHONE]);
	});

	const shop = REGISTER({ nickname: 'Shop' });

	test.each([{}, { page_invitation: 'invited', nickname: 'Shop' }])(
		'to nobody else under a nickname of the owner’s: %j',
		async (more) => {
			await sent(sandbox, 'registration', registration(), { register: shop });
			const before = asked().length;
			const other = await sent(
				sandbox,
				'registration',
				registration({ phone: '5124850002', ...more }),
				{
					register: shop,
				},
			);
			const told = toldTo(other);
			expect(told).toMatchObject({ error: { errors: [{ code: 'identifier_conflict' }] } });
			expect(told.refusal).toBeUndefined();
			expect(asked()).toHaveLength(before);
			expect(other.json('Register')[0]!.error).toMatchObject({
				description: expect.stringContaining('send them a code link') as string,
			});
		},
	);

	test('to the page that has opened it, whatever the nickname', async () => {
		const item = registration({ page_invitation: 'same', nickname: 'Shop' });
		await sent(sandbox, 'registration', item, { register: shop });
		const again = toldTo(await sent(sandbox, 'registration', item, { register: shop }));
		expect(again).toMatchObject({ stage: 'code', existing: 'own', can_change_phone: true });
		// On another device, the same invitation goes on, but corrects no phone.
		const other = { ...item, page_pass: 'another device' };
		expect(toldTo(await sent(sandbox, 'registration', other, { register: shop }))).toMatchObject({
			...{ stage: 'code', existing: 'other', can_change_phone: false },
		});
		expect(sandbox.api.state.accounts).toHaveLength(1);
	});
});
