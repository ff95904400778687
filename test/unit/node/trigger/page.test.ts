import { parse } from 'node-html-parser';
import { OTHER_SECRET, SEAL_SECRET } from '../../../support/sealing';
import { SEAL_KEY, get, settingsOf } from './calling';

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
	const [nonce] = policy.get('script-src')!;
	expect(nonce).toMatch(/^'nonce-[\w+/]{22}=='$/);
	expect(Object.fromEntries(policy)).toEqual({
		'default-src': ["'none'"],
		'script-src': [nonce],
		'style-src': [nonce],
		'connect-src': ['https:', 'http:'],
		'base-uri': ["'none'"],
		'form-action': ["'none'"],
		'frame-ancestors': ["'none'"],
		sandbox: ['allow-scripts', 'allow-forms', 'allow-popups', 'allow-popups-to-escape-sandbox'],
	});
	const nonces = parse(body)
		.querySelectorAll('style, script:not([type])')
		.map((element) => `'nonce-${element.getAttribute('nonce')}'`);
	expect(nonces).toEqual([nonce, nonce]);
});

test('each page has a nonce of its own', async () => {
	const policies = await Promise.all([get(), get(), get()]);
	const nonces = policies.map(({ headers }) => policyOf(headers).get('script-src')![0]);
	expect(new Set(nonces).size).toBe(3);
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
	const { now, ...settings } = settingsOf(answered);
	expect(now).toBeGreaterThanOrEqual(before);
	expect(now).toBeLessThanOrEqual(Date.now() / 1000);
	expect(settings).toEqual({
		publicJwk: SEAL_KEY.publicJwk,
		asksFor: ['company_name', 'address_line2'],
		termsText: 'I accept the terms of Stamps.com and USPS.',
		termsUrl: 'https://www.example.com/terms',
		buttonLabel: 'Open Account',
		endTitle: 'Thank you',
		endText: 'Your registration has arrived.',
		redirectUrl: '',
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
	const form = parse((await get()).body).querySelector('#form')!;
	const inputs = form.querySelectorAll('input[id^=card_]');
	expect(inputs.map((input) => [input.id, input.getAttribute('name')])).toEqual([
		['card_name', undefined],
		['card_number', undefined],
		['card_expiry', undefined],
	]);
	expect(form.hasAttribute('hidden')).toBe(true);
});

const HOSTILE = `</title></script><script>alert("1")</script><img src=x onerror='alert(1)'>`;

test('texts cannot become markup, wherever they stand', async () => {
	const answered = await get({
		parameters: {
			formTitle: HOSTILE,
			formDescription: HOSTILE,
			termsText: HOSTILE,
			options: { buttonLabel: HOSTILE, endTitle: HOSTILE, endText: HOSTILE },
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
		buttonLabel: HOSTILE,
		endTitle: HOSTILE,
		endText: HOSTILE,
	});
});

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
])('the address %j is none that a page leads to', async (url) => {
	const answered = await get({ parameters: { termsUrl: url, options: { redirectUrl: url } } });
	expect(settingsOf(answered)).toMatchObject({ termsUrl: '', redirectUrl: '' });
});

test.each([
	['https://example.com/a?b=c#d', 'https://example.com/a?b=c#d'],
	[' http://example.com ', 'http://example.com/'],
])('the address %j is one', async (url, told) => {
	const answered = await get({ parameters: { termsUrl: url, options: { redirectUrl: url } } });
	expect(settingsOf(answered)).toMatchObject({ termsUrl: told, redirectUrl: told });
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
	const options = { buttonLabel: ' ', endTitle: '', endText: '', optionalFields: [] };
	const answered = await get({ parameters: { termsText: '', formDescription: '', options } });
	expect(settingsOf(answered)).toMatchObject({
		buttonLabel: 'Open Account',
		endTitle: 'Thank you',
		endText: 'Your registration has arrived.',
		termsText: 'I accept the terms of Stamps.com and USPS.',
		asksFor: [],
	});
	expect(parse(answered.body).querySelector('#header p')).toBeNull();
});

test('a secret that could be guessed serves no page', async () => {
	const shipEngineCardSealApi = { secret: 'short' };
	await expect(get({ credentials: { shipEngineCardSealApi } })).rejects.toThrow(
		"The 'Secret' of the 'ShipEngine Card Seal' credential needs at least 32 characters",
	);
});
