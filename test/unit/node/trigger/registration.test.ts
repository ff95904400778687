import type { IDataObject } from 'n8n-workflow';
import { A_DAY, stopAfter } from '../../../support/clock';
import { ANSWER_PAGE } from '../../../support/webhookContext';
import { type Answered, call, get, post, registration, settingsOf } from './calling';

const TAKEN = {
	nickname: 'nathan@example.com 5124854282',
	email: 'Nathan@Example.com',
	agree_to_carrier_terms: true,
	name: 'Nathan Smith',
	phone: '512-485-4282',
	company_name: 'Example Corp.',
	address_line1: '4009 Marathon Blvd',
	address_line2: 'Suite 300',
	city_locality: 'Austin',
	state_province: 'TX',
	postal_code: '78756',
	country_code: 'US',
};

const PAGE = {
	page_path: 'open-account',
	page_url: 'https://n8n.example/webhook/open-account',
	page_seal: expect.stringMatching(/^[\w-]{43}$/) as string,
	page_language: 'en',
	page_pass: expect.stringMatching(/^[\w-]{16}$/) as string,
	received_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
};

const EVIDENCE = {
	terms_text: 'I accept the terms of Stamps.com and USPS.',
	terms_url: 'https://www.example.com/terms',
	accepted_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
};

test('a registration starts a run with the API’s names, as the API takes them', async () => {
	const sent = await registration();
	const { status, items, headers } = await post(sent);
	expect(status).toBeUndefined();
	expect(items).toEqual([{ ...TAKEN, sealed_card: sent.sealed_card, ...EVIDENCE, ...PAGE }]);
	expect(headers).toEqual({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' });
});

test('while somebody tests, the page has the address of the test', async () => {
	const page = { mode: 'manual', originalUrl: '/webhook-test/open-account' } as const;
	const { items } = await post(await registration({}, page), page);
	expect(items).toMatchObject([{ page_url: 'https://n8n.example/webhook-test/open-account' }]);
});

test('without a step that answers, whoever registers is told at once that it has arrived', async () => {
	const others = [
		{ ...ANSWER_PAGE, disabled: true },
		{ ...ANSWER_PAGE, type: 'n8n-nodes-base.respondToWebhook' },
		{ ...ANSWER_PAGE, parameters: {} },
		{ ...ANSWER_PAGE, parameters: { resource: 'onboardingPage', operation: 'createCodeLink' } },
	];
	for (const behind of [[], ...others.map((each) => [each])]) {
		const phone = `51248543${10 + behind.length}`;
		stopAfter(A_DAY);
		const { status, body, items } = await post(await registration({ phone }), { behind });
		expect([status, body, items?.length]).toEqual([200, '{"stage":"received"}', 1]);
	}
	const { status } = await post(await registration({ phone: '5124854399' }));
	expect(status).toBeUndefined();
});

test('what may be left out is left out', async () => {
	const sent = await registration({ company_name: undefined, address_line2: undefined });
	const { items } = await post(sent);
	expect(items).toHaveLength(1);
	const { company_name: company, address_line2: line, ...taken } = TAKEN;
	expect([company, line].every(Boolean)).toBe(true);
	expect(items![0]).toStrictEqual({
		...taken,
		sealed_card: sent.sealed_card,
		...EVIDENCE,
		...PAGE,
	});
});

test('the kind of the address is put out where it was asked for', async () => {
	const { items } = await post(await registration({ address_residential_indicator: 'yes' }));
	expect(items).toMatchObject([{ address_residential_indicator: 'yes' }]);
});

test('one person has one nickname, however email and phone are written', async () => {
	const spellings = [
		{ email: 'a@b.com', phone: '5124854280' },
		{ email: 'A@B.com', phone: '+1 (512) 485-4281' },
		{ email: ' a@b.COM', phone: '512.485.4282' },
	];
	for (const [index, spelling] of spellings.entries()) {
		expect((await post(await registration(spelling))).items).toMatchObject([
			{ nickname: `a@b.com 512485428${index}` },
		]);
	}
});

describe('what was agreed to', () => {
	const OLD = { parameters: { termsText: 'The old terms', termsUrl: '' } };

	test('is what the page showed, not what it would show now', async () => {
		const sent = await registration({}, OLD);
		const { items } = await post(sent, { parameters: { termsText: 'The new terms' } });
		expect(items).toMatchObject([{ terms_text: 'The old terms', terms_url: '' }]);
	});

	test('and when, by the clock of the server', async () => {
		const before = Date.now() - 1000;
		const { items } = await post(await registration());
		const at = Date.parse(String(items![0]!.accepted_at));
		expect(at).toBeGreaterThan(before);
		expect(at).toBeLessThanOrEqual(Date.now());
	});
});

describe('where it came from', () => {
	const headers = { 'user-agent': 'Browser/1.0' };
	const detailed = { parameters: { options: { requestDetails: true } }, headers };

	test('is said where that is switched on, and only there', async () => {
		const sender = { ip: '::ffff:203.0.113.7', ips: [] };
		const on = await post(await registration(), { ...detailed, sender });
		expect(on.items).toMatchObject([{ ip: '203.0.113.7', user_agent: 'Browser/1.0' }]);
		const off = await post(await registration({ phone: '5124854283' }), { headers, sender });
		expect(Object.keys(off.items![0]!)).not.toEqual(expect.arrayContaining(['ip']));
		expect(Object.keys(off.items![0]!)).not.toEqual(expect.arrayContaining(['user_agent']));
	});

	test.each([
		['n8n trusts the proxy', { ip: '203.0.113.7', ips: ['203.0.113.7'] }, '203.0.113.7'],
		['n8n does not trust it', { ip: '198.51.100.1', ips: [] }, null],
		['it is in the same network', { ip: '10.0.0.2', ips: [] }, null],
	])('behind a proxy: %s', async (_name, sender, ip) => {
		const behind = { ...detailed.headers, 'x-forwarded-for': '203.0.113.7' };
		const { items } = await post(await registration(), { ...detailed, headers: behind, sender });
		expect(items).toMatchObject([{ ip }]);
	});
});

const error = (answered: Pick<Answered, 'body'>) =>
	(JSON.parse(answered.body) as { error: IDataObject }).error;

test('what is wrong with the fields is told in detail, and starts no run', async () => {
	const answered = await post(await registration({ email: 'nathan', postal_code: '' }));
	expect(answered).toMatchObject({ status: 400, items: undefined });
	expect(answered.headers).toEqual({
		'Content-Type': 'application/json; charset=utf-8',
		'Cache-Control': 'no-store',
		'X-Content-Type-Options': 'nosniff',
	});
	expect(error(answered)).toEqual({
		message: 'The registration was not accepted',
		errors: [
			{
				code: 'not_email',
				field: 'email',
				message: "'Email' must be an email address, such as 'name@example.com'",
			},
			{
				code: 'field_value_required',
				field: 'address.postal_code',
				message: "'ZIP Code' is empty",
			},
		],
	});
});

test.each([
	['no terms', { agree_to_carrier_terms: undefined }, 'agree_to_carrier_terms'],
	['terms refused', { agree_to_carrier_terms: false }, 'agree_to_carrier_terms'],
	['a PO box', { address_line1: 'PO Box 12' }, 'address.address_line1'],
	['another country', { country_code: 'CA' }, 'address.country_code'],
	['a text of a page', { name: 'n'.repeat(256) }, 'address.name'],
	['an email longer than the nickname can be', { email: `${'e'.repeat(240)}@b.co` }, 'email'],
	['a letter that looks like another', { email: 'ｎathan@example.com' }, 'email'],
	['one in a circle', { email: 'nathan@ⓔxample.com' }, 'email'],
	['a phone in Jamaica', { phone: '876-555-0123' }, 'address.phone'],
	['a phone in Canada', { phone: '416-555-0123' }, 'address.phone'],
	['a phone that costs more', { phone: '900-555-0123' }, 'address.phone'],
	['an exchange that costs more', { phone: '512-976-0123' }, 'address.phone'],
])('%s is refused', async (_name, more, field) => {
	const answered = await post(await registration(more));
	expect(answered).toMatchObject({ status: 400, items: undefined });
	expect(error(answered).errors).toMatchObject([{ field }]);
});

test('the longest email makes a nickname that Register takes', async () => {
	const { items } = await post(await registration({ email: `${'e'.repeat(238)}@b.com` }));
	expect(String(items![0]!.nickname)).toHaveLength(255);
});

test.each(['787-555-0123', '671-555-0123', '340-555-0123', '684-555-0123', '670-555-0123'])(
	'a phone in a territory of the United States is taken: %s',
	async (phone) => {
		expect((await post(await registration({ phone }))).items).toHaveLength(1);
	},
);

const UNKNOWN_SHAPE = {
	status: 400,
	items: undefined,
	body: JSON.stringify({
		error: {
			message: 'The registration was not accepted',
			errors: [
				{
					code: 'invalid_request',
					field: null,
					message: 'The request was not sent by this page. Load the page again',
				},
			],
		},
	}),
};

const { pass } = { pass: 'AAAA' };
const SEALED = 'e30..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA';

test.each([
	['no JSON', 'email=a@b.com'],
	['nothing', ''],
	['null', 'null'],
	['a text', '"a"'],
	['a list', '[]'],
	['no pass', JSON.stringify({ sealed_card: SEALED })],
	['a pass that is an object', JSON.stringify({ pass: { toString: 1 }, sealed_card: SEALED })],
	['a link and a card', JSON.stringify({ pass, link: 'x', sealed_card: SEALED })],
	['a link alone', JSON.stringify({ pass, link: 'x' })],
	['a link and a field', JSON.stringify({ pass, link: 'x', new_code: true, email: 'a@b.com' })],
	[
		'a code and a new one',
		JSON.stringify({ pass, link: 'x', verification_code: '1', new_code: true }),
	],
	['a code without a link', JSON.stringify({ pass, verification_code: '123456' })],
	['a code that is a number', JSON.stringify({ pass, link: 'x', verification_code: 123456 })],
	['a link that is a list', JSON.stringify({ pass, link: ['x'], new_code: true })],
	['a field of another name', JSON.stringify({ pass, sealed_card: SEALED, nickname: 'mine' })],
	['a name of every object', `{"pass":"","sealed_card":"${SEALED}","__proto__":{"email":"a@b.c"}}`],
	['a number', JSON.stringify({ pass, sealed_card: SEALED, phone: 5124854282 })],
	['a list in a field', JSON.stringify({ pass, sealed_card: SEALED, name: ['Nathan'] })],
	['an object in a field', JSON.stringify({ pass, sealed_card: SEALED, name: { first: 'N' } })],
	['a card that is no text', JSON.stringify({ pass, sealed_card: { number: SEALED } })],
	['brackets in brackets', '['.repeat(30_000)],
	['JSON that n8n has parsed', { pass, sealed_card: SEALED }],
	['JSON that goes deep', { a: JSON.parse('['.repeat(5000) + ']'.repeat(5000)) as unknown }],
])('%s is not what the page sends', async (_name, body) => {
	expect(await call({ method: 'POST', body })).toMatchObject(UNKNOWN_SHAPE);
});

test.each([
	['four parts', SEALED.slice(0, -23)],
	['six parts', `${SEALED}.AAAA`],
	['an encrypted key', SEALED.replace('..', '.AAAA.')],
	['other characters', SEALED.replace('e30', 'e30=')],
	['the outline only', SEALED],
	['too long a card', SEALED.replace('e30', 'A'.repeat(4_100))],
])('a card that does not open is not what the page sends: %s', async (_name, sealed_card) => {
	expect(await post(await registration({ sealed_card }))).toMatchObject(UNKNOWN_SHAPE);
});

test('what is too large is not read', async () => {
	const large = { ...(await registration()), name: 'n'.repeat(40_000) };
	const answered = await post(large);
	expect(answered).toMatchObject({ status: 413, items: undefined });
	expect(error(answered).errors).toMatchObject([{ code: 'request_too_large' }]);
});

describe('a page of another site', () => {
	test.each(['https://evil.example', 'http://127.0.0.1:9999', 'file://', 'x'])(
		'at %s sends nothing, and reads nothing',
		async (origin) => {
			const headers = { origin, host: 'n8n.example' };
			const answered = await post(await registration(), { headers });
			expect(answered).toMatchObject({
				...UNKNOWN_SHAPE,
				removed: ['Access-Control-Allow-Origin'],
			});
		},
	);

	test.each([undefined, 'null', 'https://n8n.example'])('is not %s', async (origin) => {
		const headers = { ...(origin && { origin }), host: 'n8n.example' };
		const answered = await post(await registration(), { headers });
		expect(answered).toMatchObject({ items: [{}], removed: [] });
	});

	test('does not read the page', async () => {
		const { removed, status } = await get({ headers: { origin: 'null' } });
		expect({ removed, status }).toEqual({ removed: ['Access-Control-Allow-Origin'], status: 200 });
		expect(settingsOf(await get())).toHaveProperty('pass');
	});
});
