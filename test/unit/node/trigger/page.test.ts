import { createHash } from 'node:crypto';
import { parse } from 'node-html-parser';
import type { Words } from '../../../../nodes/StampsOnboardingTrigger/words';
import { EN } from '../../../../nodes/StampsOnboardingTrigger/words/en';
import { OTHER_SECRET, SEAL_SECRET } from '../../../support/sealing';
import { SEAL_KEY, get, post, registration, settingsOf } from './calling';

const policyOf = (headers: Record<string, string>) =>
	new Map(
		headers['Content-Security-Policy']!.split('; ').map((directive) => {
			const [name = '', ...values] = directive.split(' ');
			return [name, values];
		}),
	);

test('the page is HTML that nobody stores, frames or takes for something else', async () => {
	const { status, headers, items } = await get();
	expect({ status, items }).toEqual({ status: 200, items: undefined });
	expect(headers).toMatchObject({
		'Content-Type': 'text/html; charset=utf-8',
		'Referrer-Policy': 'no-referrer',
		'X-Content-Type-Options': 'nosniff',
		'Cache-Control': 'no-store',
	});
});

// That it sends to no other address than its own, the browsers show (e2e/registration).
test('its policy lets it run its own script and send, and nothing else', async () => {
	const { headers, body } = await get();
	const policy = policyOf(headers);
	const page = parse(body);
	const [script, style] = ['script:not([type])', 'style'].map((part) => {
		const text = page.querySelector(part)!.rawText;
		return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
	});
	expect(Object.fromEntries(policy)).toEqual({
		'default-src': ["'none'"],
		'script-src': [script],
		'style-src': [style],
		'connect-src': ['https:', 'http:'],
		'base-uri': ["'none'"],
		'form-action': ["'none'"],
		'frame-ancestors': ["'none'"],
		sandbox: ['allow-scripts', 'allow-forms', 'allow-popups', 'allow-popups-to-escape-sandbox'],
	});
	expect(page.querySelectorAll('style, script:not([type])')).toHaveLength(2);
});

test('the script is the same in each page, so that its hash stands with the release', async () => {
	const parameters = { formTitle: 'Another', options: { accentColor: '#ff6d5a' } };
	const pages = await Promise.all([get(), get({ parameters })]);
	const [scripts, styles] = ['script-src', 'style-src'].map(
		(name) => new Set(pages.map(({ headers }) => policyOf(headers).get(name)![0])),
	);
	expect([scripts!.size, styles!.size]).toEqual([1, 2]);
});

test('it names nothing that is elsewhere', async () => {
	const { body } = await get({ parameters: { termsUrl: '' } });
	// Of namespaces, no browser asks anybody.
	expect(body.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(
		/https?:\/\/|(?:src|url)\s*[=(]/,
	);
});

test('it tells its script the public key and the time, and no secret', async () => {
	const before = Math.floor(Date.now() / 1000);
	const answered = await get();
	const { now, pass, passId, ...settings } = settingsOf(answered);
	expect(pass).toMatch(/^[\w-]{150,}$/);
	expect(passId).toMatch(/^[\w-]{16}$/);
	expect(now).toBeGreaterThanOrEqual(before);
	expect(now).toBeLessThanOrEqual(Date.now() / 1000);
	expect(settings).toEqual({
		publicJwk: SEAL_KEY.publicJwk,
		asksFor: ['company_name', 'address_line2'],
		termsText: 'I accept the terms of Stamps.com and USPS.',
		termsUrl: 'https://www.example.com/terms',
		words: { ...EN, description: 'A free account for USPS postage.' },
		language: 'en',
		redirectUrl: '',
		privacyUrl: '',
		asksForCard: true,
		isTest: false,
		link: '',
	});
	expect(answered.body).not.toContain(SEAL_SECRET);
});

test('the first of two secrets is sealed for', async () => {
	const shipEngineCardSealApi = {
		secret: OTHER_SECRET,
		previousSecret: SEAL_SECRET,
	};
	const { publicJwk } = settingsOf(await get({ credentials: { shipEngineCardSealApi } }));
	expect(publicJwk).not.toEqual(SEAL_KEY.publicJwk);
});

test('the card’s inputs have no name, so that no browser sends them', async () => {
	const page = parse((await get()).body);
	const form = page.querySelector('#form')!;
	const inputs = form.querySelectorAll('input[id^=card_]');
	expect(inputs.map((input) => [input.id, input.getAttribute('name')])).toEqual([
		['card_name', undefined],
		['card_number', undefined],
		['card_expiry', undefined],
	]);
	expect(form.hasAttribute('hidden')).toBe(true);
	// A form of their own, which no browser keeps for later.
	expect(inputs.map((input) => input.getAttribute('form'))).toEqual(['card', 'card', 'card']);
	expect(page.querySelector('#card')!.getAttribute('autocomplete')).toBe('off');
});

/** Texts of the owner's, as the option has them. */
const own = (texts: Partial<Words>, language?: string) => ({
	texts: {
		rows: Object.entries(texts).map(([text, wording]) => ({ text, wording, language })),
	},
});

const HOSTILE = `</title></script><script>alert("1")</script><img src=x onerror='alert(1)'>`;

test('texts cannot become markup, wherever they stand', async () => {
	const answered = await get({
		parameters: {
			formTitle: HOSTILE,
			formDescription: HOSTILE,
			termsText: HOSTILE,
			options: own({ button: HOSTILE, readyTitle: HOSTILE, email: HOSTILE, emailMissing: HOSTILE }),
		},
	});
	const page = parse(answered.body);
	expect(page.querySelectorAll('script')).toHaveLength(2);
	expect(page.querySelectorAll('img')).toEqual([]);
	expect(page.querySelector('h1')!.text).toBe(HOSTILE);
	expect(page.querySelector('#header p')!.text).toBe(HOSTILE);
	expect(answered.body).not.toContain('<script>alert');
	expect(settingsOf(answered)).toMatchObject({
		termsText: HOSTILE,
		words: { terms: HOSTILE, button: HOSTILE, readyTitle: HOSTILE },
	});
	expect(page.querySelector('label[for=email]')!.text).toBe(HOSTILE);
	expect(page.querySelector('#email')!.getAttribute('data-missing')).toBe(HOSTILE);
});

const NOT_READY = { status: 503, body: 'This page is not ready. Try again later.' };

test.each([
	'javascript:alert(1)',
	' JAVASCRIPT:alert(1)',
	'java\nscript:alert(1)',
	'data:text/html,<script>alert(1)</script>',
	'vbscript:x',
	'file:///etc/passwd',
	'//example.com',
	'/terms',
	'terms',
	'blob:https://example.com/1',
])('the address %j is none that a page leads to, which its owner is told', async (url) => {
	for (const [parameters, label] of [
		[{ termsUrl: url }, 'Terms URL'],
		[{ options: { redirectUrl: url } }, 'Redirect URL'],
		[{ options: { privacyUrl: url } }, 'Privacy Notice URL'],
	] as const) {
		const { status, body, log } = await get({ parameters });
		expect({ status, body }).toEqual(NOT_READY);
		expect(log).toEqual([
			`The page of 'Page' is not ready: '${label}' must be an address that begins with https or http`,
		]);
	}
});

test.each([
	['https://example.com/a?b=c#d', 'https://example.com/a?b=c#d'],
	[' http://example.com ', 'http://example.com/'],
])('the address %j is one', async (url, told) => {
	const options = { redirectUrl: url, privacyUrl: url };
	const answered = await get({ parameters: { termsUrl: url, options } });
	expect(settingsOf(answered)).toMatchObject({
		termsUrl: told,
		redirectUrl: told,
		privacyUrl: told,
	});
});

test.each([
	['#ffffff', '--accent:#ffffff;--on-accent:#000000'],
	['#000000', '--accent:#000000;--on-accent:#ffffff'],
	['#ff6d5a', '--accent:#ff6d5a;--on-accent:#000000'],
	['red', '--accent:#2f5bd8;--on-accent:#ffffff'],
	['#fff}</style><script>', '--accent:#2f5bd8;--on-accent:#ffffff'],
	['', '--accent:#2f5bd8;--on-accent:#ffffff'],
])('the color %j gives %s', async (accentColor, style) => {
	const { body } = await get({ parameters: { options: { accentColor } } });
	expect(body).toContain(`:root{${style}}`);
});

test('options that are emptied are as if they were not set', async () => {
	const options = { ...own({ button: ' ', readyTitle: '' }), logo: ' ', optionalFields: [] };
	const answered = await get({ parameters: { termsText: '', formDescription: '', options } });
	expect(settingsOf(answered)).toMatchObject({
		words: EN,
		termsText: 'I accept the terms of Stamps.com and USPS.',
		asksFor: [],
	});
	expect(parse(answered.body).querySelector('#header p')).toBeNull();
});

describe('a logo', () => {
	const logo = 'data:image/png;base64,iVBORw0KGgo=';

	test('stands in the page, which asks nothing of any other host', async () => {
		const { body, headers } = await get({ parameters: { options: { logo: ` ${logo}\n` } } });
		const image = parse(body).querySelector('#logo')!;
		expect([image.getAttribute('src'), image.getAttribute('alt')]).toEqual([logo, '']);
		expect(policyOf(headers).get('img-src')).toEqual(['data:']);
	});

	test('that is none leaves the policy as it is', async () => {
		const { body, headers } = await get();
		expect(parse(body).querySelector('img')).toBeNull();
		expect(policyOf(headers).has('img-src')).toBe(false);
	});

	test.each(['data:text/html;base64,AAAA', 'data:image/png;base64,"><script>', 'data:image/png,x'])(
		'%j is none',
		async (address) => {
			const { status } = await get({ parameters: { options: { logo: address } } });
			expect(status).toBe(503);
		},
	);
});

describe('a page that lacks something', () => {
	const LACKS: Array<[string, Parameters<typeof get>[0], string]> = [
		[
			'a secret',
			{ credentials: { shipEngineCardSealApi: { secret: 'short' } } },
			"The 'Secret' of the 'ShipEngine Card Seal' credential needs at least 32 characters",
		],
		[
			'an address that fits',
			{ parameters: { termsUrl: `https://example.com/${'x'.repeat(1_000)}` } },
			"'Terms URL' is longer than 1000 characters",
		],
		['a path', { parameters: { path: ' ' } }, "'Path' is empty"],
		[
			'terms that fit',
			{ parameters: { termsText: 'x'.repeat(2_001) } },
			"'Terms Text' is longer than 2000 characters",
		],
		[
			'a text that fits',
			{ parameters: { options: own({ readyText: 'x'.repeat(2_001) }) } },
			"A text in 'Texts' is longer than 2000 characters",
		],
		[
			'a text that there is',
			{ parameters: { options: { texts: { rows: [{ text: 'made_up', wording: 'x' }] } } } },
			"'Texts' has a row without a text",
		],
		[
			'an image',
			{ parameters: { options: { logo: 'https://example.com/logo.png' } } },
			"'Logo' must be an image as a data address: data:image/png;base64,…",
		],
		[
			'a small image',
			{ parameters: { options: { logo: `data:image/png;base64,${'A'.repeat(32_768)}` } } },
			"'Logo' is larger than 24 kB: take a smaller image",
		],
		[
			'a limit',
			{ parameters: { options: { registrationsAnHour: 0 } } },
			"'Registrations an Hour' must be a number above zero",
		],
		[
			'a login',
			{ parameters: { access: 'basicAuth' } },
			"The node has no credential 'shipEnginePageLoginApi'",
		],
		[
			'a long password',
			{
				parameters: { access: 'basicAuth' },
				credentials: { shipEnginePageLoginApi: { user: 'a', password: 'b' } },
			},
			"The 'Password' needs at least 12 characters in the 'ShipEngine Page Login' credential",
		],
	];

	test.each(LACKS)(
		'%s: strangers learn nothing, and no run starts',
		async (_name, request, why) => {
			const { status, body, log } = await get(request);
			expect({ status, body }).toEqual(NOT_READY);
			expect(log).toEqual([`The page of 'Page' is not ready: ${why}`]);
			const sent = await post(await registration(), request);
			expect(sent).toMatchObject({ status: 503, items: undefined });
			expect(JSON.parse(sent.body)).toMatchObject({
				error: { errors: [{ code: 'page_not_ready' }] },
			});
			expect(sent.body).not.toContain('credential');
		},
	);

	test.each(LACKS)('%s: in test mode the page says it', async (_name, request, why) => {
		const { status, body } = await get({ ...request, mode: 'manual' });
		expect(status).toBe(503);
		expect(body).toContain(why);
	});
});
