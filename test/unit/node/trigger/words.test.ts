import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { CARD_FIELDS } from '../../../../nodes/ShipEngine/input/cardFields';
import { verificationCode } from '../../../../nodes/ShipEngine/values/identifiers';
import { Mistake } from '../../../../nodes/ShipEngine/values/mistakes';
import {
	PAGE_ACCOUNT,
	PAGE_ADDRESS,
	pagePhone,
} from '../../../../nodes/StampsOnboardingTrigger/pageFields';
import { defaultOf } from '../../../../nodes/StampsOnboardingTrigger/pageParameters';
import {
	LANGUAGES,
	TEXT_KEYS,
	preferredLanguage,
} from '../../../../nodes/StampsOnboardingTrigger/words';
import { PAGE_MISTAKES } from '../../../../nodes/StampsOnboardingTrigger/words/pageMistakes';
import { get, post, registrationWith, settingsOf } from './calling';

/** What the page says, in each language that it has. */

const { en, es } = LANGUAGES;

const bracesIn = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

test('each language has the same texts, with the same to be filled in', () => {
	expect(Object.keys(es).sort()).toEqual(Object.keys(en).sort());
	for (const key of TEXT_KEYS) expect([key, bracesIn(es[key])]).toEqual([key, bracesIn(en[key])]);
});

const MEANT_TO_BE_THE_SAME = ['description'];

test('no text was left in English', () => {
	const same = TEXT_KEYS.filter((key) => es[key] === en[key]);
	expect(same).toEqual(MEANT_TO_BE_THE_SAME);
	const spanish = TEXT_KEYS.map((key) => es[key]).join(' ');
	expect(spanish).not.toMatch(/\b(the|your|you|please|code was|and|of the|with|send)\b/i);
});

test('each text is said somewhere', () => {
	const page = path.join(__dirname, '../../../../page');
	const trigger = path.join(__dirname, '../../../../nodes/StampsOnboardingTrigger');
	const files = [page, trigger].flatMap((folder) =>
		readdirSync(folder)
			.filter((name) => /\.(ts|html)$/.test(name) && !name.includes('generated'))
			.map((name) => readFileSync(path.join(folder, name), 'utf8')),
	);
	const all = files.join('\n');
	// Of the end, of which there are two.
	const said = (key: string) =>
		/^mistake_|^(ready|received)(Title|Text)$/.test(key) || new RegExp(`\\b${key}\\b`).test(all);
	expect(TEXT_KEYS.filter((key) => !said(key))).toEqual([]);
});

test('the parameters show what the page says', () => {
	expect([defaultOf('formTitle'), defaultOf('formDescription'), defaultOf('termsText')]).toEqual([
		...[en.title, en.description, en.terms],
	]);
});

test('whatever is typed, what is wrong with it is said in each language', () => {
	const checks = [
		...[...PAGE_ACCOUNT, ...PAGE_ADDRESS, ...CARD_FIELDS]
			// Set by the page itself.
			.filter(({ key }) => key !== 'country_code')
			.map(({ check }) => check),
		...[verificationCode, pagePhone],
	];
	const typed = fc.oneof(
		fc.string({ maxLength: 300, unit: 'binary' }),
		fc.constantFrom('PO Box 12', 'a@b.c', 'ä@example.com', '242-555-0100', '4111111111111111'),
		fc.constantFrom('01', '13', '1999', '2099', 'TX', 'yes', 'x'.repeat(256), '4\ufffd', ''),
		fc.constantFrom('9792000000000001', '6304000000000000', true, false),
	);
	fc.assert(
		fc.property(typed, fc.nat(checks.length - 1), (value, index) => {
			const passed = { number: '4111111111111111', expiration_year: '2030' };
			const found = checks[index]!(value, passed as never);
			if (found instanceof Mistake) expect(PAGE_MISTAKES).toContain(found.code);
		}),
		{ numRuns: 20_000, seed: 27 },
	);
});

test.each([
	['es', 'es'],
	['es-MX,es;q=0.9,en;q=0.8', 'es'],
	['en-US,en;q=0.9,es;q=0.8', 'en'],
	['fr-FR, es;q=0.5, en;q=0.4', 'es'],
	['de,fr', 'en'],
	['es;q=0, de', 'en'],
	['ES-419', 'es'],
	['constructor, __proto__;q=1', 'en'],
	['', 'en'],
	[undefined, 'en'],
	[['es'], 'es'],
])('a browser that asks for %j gets %s', (header, language) => {
	expect(preferredLanguage(header)).toBe(language);
});

const served = async (parameters: IDataObject, acceptLanguage = 'en') =>
	settingsOf(await get({ parameters, headers: { 'accept-language': acceptLanguage } }));

test.each([
	['en', 'es', 'en'],
	['es', 'en', 'es'],
	['browser', 'es-MX', 'es'],
	['browser', 'en-US', 'en'],
])('set to %s, whoever asks for %s gets %s', async (language, wanted, expected) => {
	const settings = await served({ language, formDescription: '' }, wanted);
	expect(settings.language).toBe(expected);
	expect(settings.words).toEqual(LANGUAGES[expected as 'en']);
	expect(settings.termsText).toBe(LANGUAGES[expected as 'en'].terms);
});

test('the page of a language says so, and has none of another', async () => {
	const { body } = await get({ parameters: { language: 'es', formTitle: '' } });
	expect(body).toMatch(/^<!doctype html><html lang="es">/);
	expect(body).toContain('Correo electrónico');
	expect(body).not.toContain('Full name');
	expect(body.slice(0, body.indexOf('<script'))).not.toMatch(/\{\{/);
});

test('what the owner has written is in the page’s only language, or in English', async () => {
	const parameters = { formTitle: 'Mi título', termsText: 'Mis condiciones' };
	const own = { title: 'Mi título', terms: 'Mis condiciones' };
	expect((await served({ ...parameters, language: 'es' })).words).toMatchObject(own);
	expect((await served({ ...parameters, language: 'browser' }, 'es')).words).toMatchObject({
		// What people agree to is the owner's word, also where there is no Spanish one.
		...{ title: es.title, terms: 'Mis condiciones' },
	});
	expect((await served({ ...parameters, language: 'browser' }, 'en')).words).toMatchObject(own);
});

test('a text of the owner’s stands in its language, or in all', async () => {
	const rows = [
		{ language: 'es', text: 'title', wording: 'Uno' },
		{ text: 'button', wording: 'Go' },
		{ language: 'en', text: 'terms', wording: 'My terms' },
	];
	const parameters = { language: 'browser', options: { texts: { rows } } };
	expect((await served(parameters, 'es')).words).toMatchObject({
		...{ title: 'Uno', button: 'Go', terms: es.terms },
	});
	const english = await served(parameters, 'en');
	expect(english.words).toMatchObject({ button: 'Go', terms: 'My terms' });
	expect(english.termsText).toBe('My terms');
});

test('the item says the language of the page, which a renewal keeps', async () => {
	const parameters = { language: 'browser' };
	const settings = await served(parameters, 'es');
	const renewed = JSON.parse(
		(await post({ pass: settings.pass }, { parameters })).body,
	) as typeof settings;
	expect(renewed).toMatchObject({ language: 'es', termsText: es.terms });
	const sent = await registrationWith({ ...settings, ...renewed });
	const { items } = await post(sent, { parameters });
	expect(items).toMatchObject([{ page_language: 'es', terms_text: es.terms }]);
});

test.each(['es', 'en'] as const)(
	'short pages are in the language of the browser: %s',
	async (of) => {
		const headers = { 'accept-language': of };
		const parameters = { language: 'browser' };
		const of404 = await get({ parameters, headers, originalUrl: '/webhook/open-account?link=x' });
		expect(of404).toMatchObject({ status: 404, body: LANGUAGES[of].reasonLink });
		const of503 = await get({ parameters: { path: '' }, headers });
		expect(of503).toMatchObject({ status: 503, body: LANGUAGES[of].pageNotReady });
	},
);
