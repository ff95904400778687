import { letPass } from '../../../support/clock';
import { OTHER_SECRET, SEAL_SECRET, now, sealedCard } from '../../../support/sealing';
import type { Admission } from '../../../../nodes/StampsOnboardingTrigger/pageSettings';
import {
	type Answered,
	codeOf,
	refusalOf,
	SEAL_KEY,
	get,
	post,
	registration,
	registrationWith,
	settingsOf,
} from './calling';

/** A page's pass: without one nothing is taken, and it goes out of date. */

const HOUR = 3_600;

const admissionOf = ({ status, body, items }: Answered) => {
	expect({ status, items }).toEqual({ status: 200, items: undefined });
	return JSON.parse(body) as Admission;
};

describe('without a valid pass nothing is taken', () => {
	test.each([
		['none', undefined, 'invalid_request'],
		['an empty one', '', 'pass_not_valid'],
		['a made-up one', 'A'.repeat(200), 'pass_not_valid'],
	])('%s', async (_name, pass, code) => {
		const answered = await post(await registration({ pass }));
		expect(answered.items).toBeUndefined();
		expect(codeOf(answered)).toBe(code);
	});

	test('one that was changed in any place', async () => {
		const body = await registration();
		const pass = String(body.pass);
		for (let place = 0; place < pass.length; place += 1) {
			const other = pass[place] === 'A' ? 'B' : 'A';
			const changed = pass.slice(0, place) + other + pass.slice(place + 1);
			const answered = await post({ ...body, pass: changed });
			expect(answered).toMatchObject({ status: 401, items: undefined });
		}
		expect((await post(body)).items).toHaveLength(1);
	});
});

test('each page has another pass, and nothing in it can be read', async () => {
	const passes = await Promise.all([get(), get()].map(async (page) => settingsOf(await page)));
	expect(new Set(passes.map(({ pass }) => pass)).size).toBe(2);
	expect(new Set(passes.map(({ passId }) => passId)).size).toBe(2);
	const bytes = Buffer.from(passes[0]!.pass, 'base64url').toString('latin1');
	expect(bytes).not.toMatch(/terms|accept|http/);
});

describe('a pass goes out of date', () => {
	test('it is good for two hours', async () => {
		const settings = settingsOf(await get());
		letPass(2 * HOUR - 1);
		expect((await post(await registrationWith(settings))).items).toHaveLength(1);
	});

	test('then the page has to get another one, for a day', async () => {
		const settings = settingsOf(await get());
		letPass(2 * HOUR + 1);
		const answered = await post(await registrationWith(settings));
		expect(answered).toMatchObject({ status: 401, items: undefined });
		expect(codeOf(answered)).toBe('pass_expired');
		letPass(24 * HOUR - 60);
		const renewed = admissionOf(await post({ pass: settings.pass }));
		expect(renewed.passId).toBe(settings.passId);
		expect(renewed.pass).not.toBe(settings.pass);
		expect((await post(await registrationWith({ ...settings, ...renewed }))).items).toHaveLength(1);
	});

	test('after that the page has to be loaded again', async () => {
		const settings = settingsOf(await get());
		letPass(26 * HOUR + 1);
		for (const body of [await registrationWith(settings), { pass: settings.pass }]) {
			const answered = await post(body);
			expect(answered).toMatchObject({ status: 401, items: undefined });
			expect(codeOf(answered)).toBe('pass_not_valid');
		}
	});

	test('one of a machine whose clock is ahead is taken, of one far ahead not', async () => {
		const settings = settingsOf(await get());
		letPass(-30);
		expect((await post(await registrationWith(settings))).items).toHaveLength(1);
		letPass(-60);
		const answered = await post(await registrationWith(settings, { phone: '5124854283' }));
		expect(codeOf(answered)).toBe('pass_not_valid');
	});
});

describe('another pass', () => {
	test('lives no longer than the first one would have', async () => {
		let settings = settingsOf(await get());
		letPass(25 * HOUR);
		settings = { ...settings, ...admissionOf(await post({ pass: settings.pass })) };
		expect((await post(await registrationWith(settings))).items).toHaveLength(1);
		letPass(HOUR + 1);
		for (const body of [
			await registrationWith(settings, { phone: '5124854283' }),
			{ pass: settings.pass },
		]) {
			const answered = await post(body);
			expect(answered).toMatchObject({ status: 401, items: undefined });
			expect(codeOf(answered)).toBe('pass_not_valid');
		}
	});

	test('is given as often as a page may be refused', async () => {
		const { pass } = settingsOf(await get());
		for (let count = 0; count < 100; count += 1) admissionOf(await post({ pass }));
		expect(await post({ pass })).toMatchObject({ status: 429, items: undefined });
	});

	test('has the counts of the one before', async () => {
		let settings = settingsOf(await get());
		let last_refusal: string | undefined;
		for (let count = 0; count < 5; count += 1) {
			const more = { phone: `51248542${10 + count}`, last_refusal };
			const answered = await post(await registrationWith(settings, more));
			expect(answered.items).toHaveLength(1);
			last_refusal = await refusalOf(answered);
			settings = { ...settings, ...admissionOf(await post({ pass: settings.pass })) };
		}
		expect(await post(await registrationWith(settings, { phone: '5124854299' }))).toMatchObject({
			status: 401,
			items: undefined,
		});
	});

	test('says the terms as they are now, and shows which those are', async () => {
		const { pass } = settingsOf(await get());
		const changed = { parameters: { termsText: 'New terms', termsUrl: '' } };
		expect(admissionOf(await post({ pass }, changed))).toMatchObject({
			termsText: 'New terms',
			termsUrl: '',
		});
	});

	test('has the key as it is now', async () => {
		const { pass } = settingsOf(await get());
		const shipEngineCardSealApi = { secret: OTHER_SECRET, previousSecret: SEAL_SECRET };
		const { publicJwk } = admissionOf(
			await post({ pass }, { credentials: { shipEngineCardSealApi } }),
		);
		expect(publicJwk).not.toEqual(SEAL_KEY.publicJwk);
	});

	test.each([
		['path', { parameters: { path: 'other' } }],
		[
			'access',
			{
				parameters: { access: 'basicAuth' },
				credentials: { shipEnginePageLoginApi: { user: 'a', password: 'a long password' } },
			},
		],
	])('is not given for another %s', async (_name, other) => {
		const { pass } = settingsOf(await get());
		expect(await post({ pass }, other)).toMatchObject({ status: 401, items: undefined });
	});
});

describe('the card is sealed together with its pass and its person', () => {
	const own = async () => {
		const settings = settingsOf(await get());
		const body = await registrationWith(settings);
		return { settings, body };
	};

	test.each([
		['email', { email: 'other@example.com' }],
		['phone', { phone: '5124854283' }],
	])('another %s is refused', async (_name, other) => {
		const { body } = await own();
		const answered = await post({ ...body, ...other });
		expect(answered).toMatchObject({ status: 400, items: undefined });
		expect(codeOf(answered)).toBe('invalid_request');
	});

	test('so is another pass, and that of another page', async () => {
		const { body } = await own();
		const { pass } = settingsOf(await get());
		expect(await post({ ...body, pass })).toMatchObject({ status: 400, items: undefined });
		const parameters = { path: 'other' };
		const elsewhere = settingsOf(await get({ parameters }));
		const moved = { ...body, pass: elsewhere.pass };
		expect(await post(moved, { parameters })).toMatchObject({ status: 400, items: undefined });
	});

	test.each([
		['an old one', -2 * HOUR - 61],
		['one of later', 301],
		['one of yesterday', -24 * HOUR],
	])('so is %s', async (_name, seconds) => {
		const { settings, body } = await own();
		const person = { email: body.email, phone: body.phone, pass: settings.passId };
		const sealed_card = await sealedCard(settings.publicJwk, { person, iat: now() + seconds });
		expect(await post({ ...body, sealed_card })).toMatchObject({ status: 400, items: undefined });
	});

	test('so is one that names nobody, or no pass', async () => {
		const { settings, body } = await own();
		for (const person of [
			{},
			{ pass: settings.passId },
			{ email: body.email, phone: body.phone },
		]) {
			const sealed_card = await sealedCard(settings.publicJwk, { person, iat: now() });
			expect(await post({ ...body, sealed_card })).toMatchObject({ status: 400, items: undefined });
		}
		expect((await post(body)).items).toHaveLength(1);
	});

	test('the same again is one whose outcome is not known here', async () => {
		const { body } = await own();
		expect((await post(body)).items).toHaveLength(1);
		const answered = await post(body);
		expect(answered).toMatchObject({ status: 409, items: undefined });
		expect(codeOf(answered)).toBe('outcome_unknown');
	});
});

describe('a test is not the page', () => {
	const test_ = { mode: 'manual', originalUrl: '/webhook-test/open-account' } as const;

	test('a pass of one is not good for the other', async () => {
		expect(await post(await registration({}, test_))).toMatchObject({ status: 401 });
		expect(await post(await registration(), test_)).toMatchObject({ status: 401 });
		expect((await post(await registration({}, test_), test_)).items).toHaveLength(1);
	});
});

test.each(['', '?invitation=x', '?link=a&link=b'])(
	'with a slash behind it, the way leads to the page: %s',
	async (query) => {
		const originalUrl = `/webhook/open-account/${query}`;
		expect(await get({ originalUrl })).toMatchObject({
			...{ status: 308, body: '' },
			headers: { Location: `../open-account${query}` },
		});
		expect(await post(await registration(), { originalUrl })).toMatchObject({
			...{ status: 404, items: undefined },
		});
	},
);

test.each([
	'/webhook/open-account/x',
	'/webhook/open-account//',
	'/webhook/open-account%2F',
	'/webhook//open-account',
	'/Webhook/open-account',
	'/WEBHOOK/open-account',
	'/webhook/Open-Account',
	'/webhook/open%2Daccount',
	'/form/open-account',
	'/mcp/open-account',
	'/webhook-test/open-account',
	'//webhook/open-account',
])('there is no page at %s, and nothing is taken there', async (originalUrl) => {
	const page = await get({ originalUrl });
	expect([page.status, page.body.includes('settings')]).toEqual([404, false]);
	expect(await post(await registration(), { originalUrl })).toMatchObject({
		status: 404,
		items: undefined,
	});
});

test.each(['/open-account', 'open-account/', '/open-account/'])(
	'the path %s is that without slashes, as n8n takes it',
	async (path) => {
		const page = { parameters: { path }, originalUrl: '/webhook/open-account' };
		expect((await get(page)).status).toBe(200);
		expect((await post(await registration({}, page), page)).items).toHaveLength(1);
	},
);
