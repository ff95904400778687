import type { IConnections, IDataObject, INode } from 'n8n-workflow';
import { openLink } from '../../nodes/ShipEngine/onboarding/codeLink';
import { STAGES, type Stage } from '../../nodes/ShipEngine/onboarding/pageItem';
import { isRefusalOf } from '../../nodes/ShipEngine/onboarding/refusedSend';
import { NEWEST_TEXT } from '../../nodes/ShipEngine/onboarding/remembered';
import { DECLINED_CARD } from '../../sandbox/api';
import { linkKey } from '../support/links';
import { SEAL_SECRET, keyOf } from '../support/sealing';
import { type NodeJson, type Outcome, going, own, replace, step } from './support/engine';
import { ACCOUNT, CARD, useApi } from './support/fixtures';
import { FORM_TRIGGER } from './support/nodes';

/** What the waiting page is told, and what goes on behind that: the steps of an onboarding. */

const sandbox = useApi();

const PHONE = '5124854282';

let passes = 0;

/** What the trigger puts out, beside what a person has sent. */
function pageItem(more: IDataObject = {}): IDataObject {
	passes += 1;
	return {
		page_path: 'open-account',
		page_url: 'https://n8n.example/webhook/open-account',
		page_seal: keyOf(SEAL_SECRET).publicJwk.kid,
		page_pass: `pass${passes}`,
		received_at: new Date().toISOString(),
		...more,
	};
}

function registration(more: IDataObject = {}): IDataObject {
	const item = pageItem({ email: `p${passes}@example.com`, phone: PHONE, ...more });
	return { nickname: `${String(item.email)} ${String(item.phone)}`, ...item };
}

/** Register as the page's workflow has it, but that the card is not sealed. */
const REGISTER = (more: IDataObject = {}, settings: Partial<INode> = going) =>
	step(
		'Register',
		'register',
		{
			...{ ...ACCOUNT, ...CARD, email: '={{ $json.email }}', phone: '={{ $json.phone }}' },
			...{ nickname: '={{ $json.email }} {{ $json.phone }}', ifNicknameExists: 'returnExisting' },
			...more,
		},
		settings,
	);

const SEND = (settings: Partial<INode> = going) => step('Send', 'sendVerification', {}, settings);

const CONFIRM = step('Confirm', 'confirmVerification', {}, going);

const ofPage = (name: string, operation: string, given: IDataObject = {}): NodeJson => ({
	...step(name, operation, { resource: 'onboardingPage', ...given }),
	credentials: { shipEngineCardSealApi: { id: '3', name: 'ShipEngine Card Seal' } },
});

const ANSWER = ofPage('Answer', 'answer');

const to = (node: string, index = 0) => [{ node, type: 'main' as const, index }];

/** Runs the onboarding for something that was sent from the page. */
async function sent(
	stage: Stage,
	item: IDataObject,
	{ register = REGISTER(), send = SEND(), between = [] as NodeJson[], answer = ANSWER } = {},
): Promise<Outcome> {
	const trigger: NodeJson = {
		name: 'Page',
		type: FORM_TRIGGER,
		parameters: { items: [item], mode: String(STAGES.indexOf(stage)) } as INode['parameters'],
	};
	const line = [...between, answer].map(({ name }) => name);
	const connections: IConnections = {
		Page: { main: [to('Register'), to('Send'), to('Confirm')] },
		Register: { main: [to('Send')] },
		Send: { main: [to(line[0]!)] },
		Confirm: { main: [to(line[0]!)] },
	};
	line
		.slice(0, -1)
		.forEach((name, index) => (connections[name] = { main: [to(line[index + 1]!)] }));
	return await sandbox.run({
		nodes: [trigger, register, send, CONFIRM, ...between, answer],
		connections,
	});
}

/** What the page was told: once, and nothing else. */
function toldTo({ responses }: Outcome): IDataObject {
	expect(responses).toHaveLength(1);
	expect(responses[0]).toMatchObject({
		statusCode: 200,
		headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
	});
	return responses[0]!.body as IDataObject;
}

const opened = async (token: unknown) => openLink(String(token), [await linkKey()], 'open-account');

const account = () => sandbox.api.state.accounts[0]!;

const asked = () => sandbox.calls().filter((call) => !call.startsWith('GET'));

describe('a registration', () => {
	test('goes on to the code; the link has all that the next stage needs', async () => {
		const item = registration();
		const outcome = await sent('registration', item);
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
		const outcome = await sent('registration', item, { register });
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
		const { refusal, error } = toldTo(await sent('registration', registration()));
		expect(refusal).toBeUndefined();
		expect(error).toMatchObject({ errors: [{ code: 'outcome_unknown' }] });
	});

	test('of which the API says what is no stranger’s business', async () => {
		const message = 'Carrier se-1 (request 5a1c)';
		sandbox.api.faults.add({ kind: 'refusal', operation: 'register', message });
		const told = toldTo(await sent('registration', registration()));
		expect(JSON.stringify(told)).not.toMatch(/se-1|request/);
	});

	test.each([
		['refusal', false],
		['serverErrorBefore', null],
	] as const)('whose text message fails (%s) goes on all the same', async (kind, texted) => {
		if (kind === 'refusal') {
			sandbox.api.faults.add({ kind, operation: 'send', message: 'No' });
		} else sandbox.api.faults.add({ kind, operation: 'send' });
		const { link, ...told } = toldTo(await sent('registration', registration()));
		expect(told).toMatchObject({ stage: 'code', texted });
		expect((await opened(link))!.verificationId).toBeUndefined();
	});

	test('of an account that is there: nothing of it is changed from here', async () => {
		const item = registration();
		await sent('registration', item);
		const again = { ...item, ...{ page_pass: 'another', received_at: new Date().toISOString() } };
		const { link, ...told } = toldTo(await sent('registration', again));
		expect(told).toMatchObject({ existing: 'other', can_change_phone: false });
		expect((await opened(link))!.openedBy).not.toBe('another');
	});

	test('sent once more from the page that has opened the account is that page’s', async () => {
		const item = registration();
		await sent('registration', item);
		expect(toldTo(await sent('registration', item))).toMatchObject({
			...{ existing: 'own', can_change_phone: true },
		});
	});
});

describe('a code', () => {
	/** Registers, and gives what the trigger puts out for a code. */
	async function codeItem(more: IDataObject = {}) {
		await sent('registration', registration());
		const { id, code, carrierId } = sandbox.api.state.verifications[0]!;
		const item = { carrier_id: carrierId, phone: PHONE, verification_id: id };
		return pageItem({ ...item, verification_code: code, ...more });
	}

	test('that is right ends it', async () => {
		expect(toldTo(await sent('code', await codeItem()))).toEqual({ stage: 'ready' });
		expect(sandbox.api.state.verifications).toMatchObject([{ status: 'verified' }]);
	});

	test('that is wrong is told', async () => {
		const item = await codeItem();
		const code = item.verification_code === '000000' ? '000001' : '000000';
		expect(toldTo(await sent('code', { ...item, verification_code: code }))).toEqual({
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
		await sent('code', item);
		expect(toldTo(await sent('code', item))).toEqual({ stage: 'ready' });
		const other = await sent('code', { ...item, verification_code: '000001' });
		expect(toldTo(other)).toMatchObject({ error: { errors: [{ code: 'verification_failure' }] } });
	});

	test('is asked for anew', async () => {
		const { carrier_id, phone, ...others } = await codeItem();
		const item = pageItem({ carrier_id, phone, page_pass: others.page_pass });
		const end = new Date(Date.now() + 3_600_000).toISOString();
		const outcome = await sent('newCode', {
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

/** Steps that people put between, and that replace the item in each way that there is. */
const BETWEEN: Array<[string, NodeJson[]]> = [
	['a Set step', [replace('Set', { thanks: true })]],
	['a step that drops the link', [own('Code', 'code', () => [[{ json: { a: 1 } }]])]],
	[
		'a sheet',
		[
			own('Sheet', 'googleSheets', (items) => [
				items.map((_item, item) => ({ json: {}, pairedItem: { item } })),
			]),
		],
	],
	[
		'an error of its own kind',
		[replace('Set', { error: 'x', stage: 'ready', verification_id: 'vfn_x' })],
	],
	[
		'an item with other IDs',
		[replace('Set', { carrier_id: 'se-999', phone: '5120000000', link: 'x' })],
	],
	['a sub-workflow', [own('Sub', 'executeWorkflow', () => [[{ json: { done: true } }]])]],
	['a link to nothing', [own('Code', 'code', () => [[{ json: {}, pairedItem: { item: 9 } }]])]],
];

test.each(BETWEEN)(
	'%s before Answer Page does not change what the page is told',
	async (_what, between) => {
		const good = toldTo(await sent('registration', registration(), { between }));
		expect(good).toMatchObject({ stage: 'code', texted: true, phone_end: '82' });
		expect(await opened(good.link)).toMatchObject({ phone: PHONE });
		const register = REGISTER({ cardNumber: DECLINED_CARD });
		const refused = toldTo(await sent('registration', registration(), { between, register }));
		expect(refused).toMatchObject({ error: { errors: [{ code: 'funding_source_error' }] } });
	},
);

test('a step about somebody else does not speak for this one', async () => {
	const other = step(
		'Send to another',
		'sendVerification',
		{ carrierId: { mode: 'id', value: 'se-1238902' }, phone: '5120001111' },
		going,
	);
	await sent('registration', registration({ email: 'one@example.com' }));
	await sent('registration', registration({ email: 'two@example.com', phone: '5120001111' }));
	const outcome = await sent('registration', registration({ email: 'one@example.com' }), {
		between: [other],
	});
	const told = toldTo(outcome);
	expect(told).toMatchObject({ phone_end: '82' });
	const { carrierId } = sandbox.api.state.accounts[0]!;
	expect(await opened(told.link)).toMatchObject({ carrierId, phone: PHONE });
});

describe('nobody is answered', () => {
	test('who has waited for long, as after a Wait: the item goes on with its link', async () => {
		const item = registration({ received_at: new Date(Date.now() - 121_000).toISOString() });
		const outcome = await sent('registration', item);
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
	const outcome = await sent('registration', registration({ page_seal: 'another' }));
	expect(outcome.error?.message).toContain(
		"The page was not answered: the card seal is not the one of the page's trigger",
	);
	expect(outcome.error?.description).toContain("Choose the same 'ShipEngine Card Seal' credential");
	expect(outcome.responses).toEqual([]);
});

test('a phone that the API repeats in another way, or not at all, is the one that was sent', async () => {
	for (const phone of ['+1 (512) 485-4282', 'x', null]) {
		sandbox.api.faults.add({ kind: 'replaceFields', operation: 'send', fields: { phone } });
		const told = toldTo(await sent('registration', registration()));
		expect(told).toMatchObject({ phone_end: '82' });
		expect(await opened(told.link)).toMatchObject({ phone: PHONE });
	}
});

test('where no step has said anything, nothing is answered: n8n ends with an empty answer', async () => {
	const register = { ...REGISTER(), disabled: true };
	const send = { ...SEND(), disabled: true };
	const { responses, json } = await sent('registration', registration(), { register, send });
	expect(responses).toEqual([]);
	expect(json('Answer')).toHaveLength(1);
});

/** Runs a registration in a workflow that is wired in another way. */
async function wired(nodes: NodeJson[], connections: IConnections, item = registration()) {
	const parameters = { items: [item], mode: '0' } as INode['parameters'];
	const page: NodeJson = { name: 'Page', type: FORM_TRIGGER, parameters };
	return await sandbox.run({ nodes: [page, ...nodes, ANSWER], connections });
}

describe('other wires', () => {
	const branching = { onError: 'continueErrorOutput' } as const;

	test.each([
		['4111111111111111', { stage: 'code', texted: true }],
		[DECLINED_CARD, { error: { errors: [{ code: 'funding_source_error' }] } }],
	])('both outputs of a step lead to the same next one: card %s', async (cardNumber, told) => {
		const connections = {
			Page: { main: [to('Register')] },
			Register: { main: [to('Set'), to('Set')] },
			Set: { main: [to('Send')] },
			Send: { main: [to('Answer'), to('Answer')] },
		};
		const set = replace('Set', '={{ $json }}');
		const nodes = [REGISTER({ cardNumber }, branching), set, SEND(branching)];
		expect(toldTo(await wired(nodes, connections))).toMatchObject(told);
	});

	test('a line beside, which comes to Answer Page first, says nothing', async () => {
		const connections = {
			Page: { main: [[...to('Beside'), ...to('Register')]] },
			Beside: { main: [to('Answer')] },
			Register: { main: [to('Send')] },
			Send: { main: [to('Answer')] },
		};
		const nodes = [replace('Beside', { row: 1 }), REGISTER(), SEND()];
		expect(toldTo(await wired(nodes, connections))).toMatchObject({ stage: 'code', texted: true });
	});

	test.each([
		[{ kind: 'dropBefore', operation: 'register', times: 9 }, false],
		[{ kind: 'refusal', operation: 'register', message: 'No' }, true],
	] as const)(
		'two registrations, the first ended by %j: the second one’s refusal is proof: %s',
		async (fault, isProof) => {
			sandbox.api.faults.add(fault);
			const first = REGISTER({ maxTries: 1 }, branching);
			const second = { ...REGISTER({ cardNumber: DECLINED_CARD }), name: 'Second' };
			const connections = {
				Page: { main: [to('Register')] },
				Register: { main: [[], to('Clear')] },
				Clear: { main: [to('Second')] },
				Second: { main: [to('Answer')] },
			};
			const item = registration();
			const clear = replace('Clear', { email: item.email!, phone: PHONE });
			const told = toldTo(await wired([first, clear, second], connections, item));
			expect(told).toHaveProperty('error');
			expect('refusal' in told).toBe(isProof);
		},
	);

	test('before Send, it is not said that no text was sent', async () => {
		const connections = { Page: { main: [to('Register')] }, Register: { main: [to('Answer')] } };
		expect(toldTo(await wired([REGISTER()], connections))).toMatchObject({
			...{ stage: 'code', texted: null },
		});
	});
});

test('an owner may register with an email of their own', async () => {
	const register = REGISTER({ email: 'house@example.com' });
	expect(toldTo(await sent('registration', registration(), { register }))).toMatchObject({
		stage: 'code',
	});
});

test('what the API says of a field, with an ID in it, no stranger reads', async () => {
	const told = async (message: string) => {
		sandbox.api.faults.add({ kind: 'refusal', operation: 'register', field: 'email', message });
		return toldTo(await sent('registration', registration()));
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
	await sent('registration', item);
	const register = REGISTER({ ifNicknameExists: 'fail' });
	const told = toldTo(await sent('registration', { ...item, page_pass: 'another' }, { register }));
	expect(told).toMatchObject({ error: { errors: [{ code: 'identifier_conflict' }] } });
	expect(told.refusal).toBeUndefined();
});

test('a page whose first run stopped knows that it has opened the account', async () => {
	const item = registration();
	sandbox.api.faults.add({ kind: 'refusal', operation: 'send', message: 'No' });
	const stopped = await sent('registration', item, { send: SEND({}) });
	expect(stopped.responses).toEqual([]);
	expect(toldTo(await sent('registration', item))).toMatchObject({
		...{ existing: 'own', can_change_phone: true },
	});
});

describe('an account that is there is given back', () => {
	test('with the phone that it has by now', async () => {
		const item = registration();
		await sent('registration', item);
		const { carrierId } = account();
		await sent('newCode', pageItem({ carrier_id: carrierId, phone: '5124850001' }));
		const told = toldTo(await sent('registration', { ...item, page_pass: 'another' }));
		expect(told).toMatchObject({ existing: 'other', phone_end: '01' });
		expect(sandbox.api.state.verifications.map(({ phone }) => phone)).toEqual([
			...[PHONE, '5124850001', '5124850001'],
		]);
	});

	const shop = REGISTER({ nickname: 'Shop' });

	test.each([{}, { page_invitation: 'invited', nickname: 'Shop' }])(
		'to nobody else under a nickname of the owner’s: %j',
		async (more) => {
			await sent('registration', registration(), { register: shop });
			const before = asked().length;
			const other = await sent('registration', registration({ phone: '5124850002', ...more }), {
				register: shop,
			});
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
		await sent('registration', item, { register: shop });
		const again = toldTo(await sent('registration', item, { register: shop }));
		expect(again).toMatchObject({ stage: 'code', existing: 'own', can_change_phone: true });
		// On another device, the same invitation goes on, but corrects no phone.
		const other = { ...item, page_pass: 'another device' };
		expect(toldTo(await sent('registration', other, { register: shop }))).toMatchObject({
			...{ stage: 'code', existing: 'other', can_change_phone: false },
		});
		expect(sandbox.api.state.accounts).toHaveLength(1);
	});
});

describe('what failed goes along the line', () => {
	const declined = REGISTER({ cardNumber: DECLINED_CARD });

	test('a next step that stops, stops with the first cause, and sends nothing', async () => {
		const { error, responses } = await sent('registration', registration(), {
			register: declined,
			send: SEND({}),
		});
		expect(error?.message).toMatch(/^The Stamps account was not registered/);
		expect(responses).toEqual([]);
		expect(asked()).toEqual(['POST /v1/registration/stamps_com']);
	});

	test('Retry On Fail sends nothing more for it', async () => {
		const send = SEND({ ...going, retryOnFail: true, maxTries: 3, waitBetweenTries: 0 });
		toldTo(await sent('registration', registration(), { register: declined, send }));
		expect(asked()).toEqual(['POST /v1/registration/stamps_com']);
	});

	test('what comes out of an error output runs on, as somebody has wired it', async () => {
		const register = REGISTER({ cardNumber: DECLINED_CARD }, { onError: 'continueErrorOutput' });
		const outcome = await sandbox.run({
			nodes: [
				{
					name: 'Page',
					type: FORM_TRIGGER,
					parameters: { items: [registration()], mode: '0' } as INode['parameters'],
				},
				register,
				ANSWER,
			],
			connections: { Page: { main: [to('Register')] }, Register: { main: [[], to('Answer')] } },
		});
		expect(outcome.json('Register', 1)[0]!.error).not.toHaveProperty('skip_next_steps');
		expect(toldTo(outcome)).toMatchObject({
			error: { errors: [{ code: 'funding_source_error' }] },
		});
	});

	test.each([{ error: 'late' }, { error: { message: 'late', errors: [] } }, { error: null }])(
		'a column that is called error is no failure: %j',
		async (column) => {
			const item = { ...column, email: 'column@example.com', phone: PHONE };
			const outcome = await sandbox.runChain([item], REGISTER(), SEND());
			expect(outcome.json('Send')).toMatchObject([{ status: 'unverified' }]);
		},
	);
});

describe('a code link', () => {
	const LINK = (given: IDataObject = {}) =>
		ofPage('Link', 'createCodeLink', {
			pagePath: '/open-account/',
			pageUrl: 'https://n8n.example/webhook/open-account',
			...given,
		});

	const tokenOf = (outcome: Outcome) =>
		new URL(String(outcome.json('Link')[0]!.link)).searchParams.get('link');

	test('is made of what earlier steps know, also without a text message', async () => {
		const data = [{ email: 'list@example.com', phone: PHONE }];
		const bare = await sandbox.runChain(data, REGISTER(), replace('Row', { row: 1 }), LINK());
		expect(bare.json('Link')).toMatchObject([
			{ carrier_id: account().carrierId, phone: PHONE, expires_at: expect.any(String) as string },
		]);
		expect(await opened(tokenOf(bare))).toEqual({
			...{ carrierId: account().carrierId, phone: PHONE, end: expect.any(Number) as number },
		});
		const texted = await sandbox.runChain(
			data,
			REGISTER(),
			SEND(),
			LINK({ options: { validFor: 1 } }),
		);
		const link = (await opened(tokenOf(texted)))!;
		expect(link.verificationId).toBe(sandbox.api.state.verifications[0]!.id);
		expect(Math.abs(link.end - Date.now() / 1000 - 86_400)).toBeLessThan(60);
	});

	test('to a corrected phone is the account’s from then on', async () => {
		const item = { carrier_id: 'se-corrected', phone: PHONE };
		await sandbox.runChain([item], LINK());
		await sandbox.runChain([{ ...item, phone: '5124850000' }], LINK());
		expect(NEWEST_TEXT.of('se-corrected')).toMatchObject({ phone: '5124850000' });
	});

	test('with a sub-account is the sub-account’s', async () => {
		const item = { carrier_id: 'se-5', phone: PHONE, on_behalf_of: 'se-77' };
		const outcome = await sandbox.runChain([item], LINK());
		expect(await opened(tokenOf(outcome))).toMatchObject({ onBehalfOf: 'se-77' });
	});

	test.each([
		[{ pagePath: '' }, 'page_path'],
		[{ pageUrl: '' }, 'page_url'],
		[{ pageUrl: 'javascript:alert(1)' }, 'page_url'],
		[{ pageUrl: 'https://n8n.example/webhook/another' }, 'page_url'],
		[{ carrier: 'x y' }, 'carrier'],
		[{ options: { validFor: 91 } }, 'options.validFor'],
	])('is not made with %j, which is said', async (given, field) => {
		const item = { carrier_id: 'se-5', phone: PHONE, ...pageItem() };
		const { error } = await sandbox.runChain([item], LINK(given));
		expect(error?.message).toMatch(/^The link was not made/);
		expect(error?.context).toMatchObject({ data: { errors: [{ field }] } });
	});
});
