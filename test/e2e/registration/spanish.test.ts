import type { Page } from 'playwright-core';
import { linkTo } from '../../support/links';
import { letPass } from '../../support/clock';
import { fillIn, sendInVain, sendOn, useRegistrationPage, violations } from './stand';

/** Each state of the page in Spanish, on a phone's width. */

const stand = useRegistrationPage();

/** Words that no sentence of English does without, and none of Spanish has. */
const ENGLISH =
	/\b(the|your|you|please|enter|and|of|with|send|sent|this|page|phone|account|card|try|again|number|wait|was|not|is|code|new|text|we|it)\b/i;

/** All that can be read and heard, but the names of the states, and what is told whoever builds it. */
const READ = `(() => {
	const body = document.body.cloneNode(true);
	for (const each of body.querySelectorAll('script, option, svg, #test')) each.remove();
	const attributes = [...body.querySelectorAll('*')].flatMap((each) =>
		['placeholder', 'aria-label', 'alt', 'title', 'data-missing'].map((name) => each.getAttribute(name) ?? ''));
	return [document.title, body.textContent, ...attributes].join(' | ');
})()`;

async function expectSpanish(page: Page): Promise<void> {
	const said = (await page.evaluate(READ)) as string;
	expect(said.replace('nombre@example.com', '')).not.toMatch(ENGLISH);
	expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
	expect(await violations(page)).toEqual([]);
}

beforeEach(() => {
	stand.server.parameters = {
		...{ language: 'browser', formDescription: '' },
		options: { optionalFields: ['company_name', 'address_line2', 'address_residential_indicator'] },
	};
});

const open = async () =>
	await stand.open({ locale: 'es-MX', viewport: { width: 360, height: 740 } });

let carriers = 0;

async function toCode(more: object = {}) {
	carriers += 1;
	const phone = `51248760${10 + carriers}`;
	const link = await linkTo({
		carrierId: `se-e${carriers}`,
		phone,
		verificationId: `vfn_e${carriers}`,
	});
	const about = { phone_end: '82', texted: true, existing: null, can_change_phone: true };
	return { body: { stage: 'code', link, ...about, ...more } };
}

const refused = (message: string, ...errors: object[]) => ({
	body: { error: { message, errors } },
});

test('the form, its mistakes, and what the server and the API refuse', async () => {
	const page = await open();
	await expectSpanish(page);
	for (const [id, typed] of Object.entries({
		email: 'ä@example.com',
		name: 'Ana',
		phone: '242-555-0123',
		address_line1: 'PO Box 12',
		postal_code: '1',
		card_number: '4111111111111112',
		card_expiry: '13 / 20',
		company_name: '4111 1111 1111 1111',
	})) {
		await page.fill(`#${id}`, typed);
	}
	expect(await sendInVain(page)).toContain('Corrija estos');
	await expectSpanish(page);
	await page.fill('#email', 'x'.repeat(300));
	await page.fill('#card_expiry', '01 / 20');
	await sendInVain(page);
	await expectSpanish(page);
	await page.fill('#company_name', '');
	await fillIn(page);
	stand.server.answers = [
		refused('The Stamps account was not registered', {
			code: 'funding_source_error',
			field: 'credit_card.number',
			message: 'The card was declined by its issuer.',
		}),
		refused(
			'The Stamps account was not registered',
			{ code: 'invalid_address', field: 'address.city_locality', message: 'Not this city.' },
			{ code: 'unauthorized', field: null, message: 'Check the API key' },
		),
		{ body: '' },
		refused('The Stamps account was not registered', { code: 'outcome_unknown' }),
	];
	expect(await sendInVain(page)).toContain('La tarjeta fue rechazada. ¿El nombre es el suyo');
	await expectSpanish(page);
	const told = await sendInVain(page);
	expect(told).toContain('Ciudad: no se pudo aceptar este dato.');
	expect(told).not.toContain('apartado postal');
	await expectSpanish(page);
	expect(await sendInVain(page)).toContain('No sabemos si su registro llegó');
	await expectSpanish(page);
	await page.click('#send');
	await page.locator('#end').waitFor();
	expect(await page.locator('#end').innerText()).toContain('Todavía no lo sabemos');
	await expectSpanish(page);
}, 60_000);

test.each([
	[{}, 'Su cuenta ya está abierta.'],
	[{ existing: 'other', texted: null }, 'Ya existe una cuenta'],
	[{ existing: 'own' }, 'No usamos los que envió ahora.'],
	[{ texted: false }, 'No se pudo enviar el código'],
])('the code, after %j', async (more, said) => {
	const page = await open();
	await fillIn(page);
	stand.server.answers = [await toCode(more)];
	expect(await sendOn(page)).toContain(said);
	await expectSpanish(page);
});

test('mistakes at the code, and the end', async () => {
	const page = await open();
	await fillIn(page);
	stand.server.answers = [await toCode()];
	await sendOn(page);
	await page.click('#confirm');
	await expectSpanish(page);
	await page.click('#other-phone');
	await page.fill('#new_phone', '512');
	await page.click('#text-phone');
	await expectSpanish(page);
	const notVerified = refused('The phone number was not verified', {
		...{ code: 'verification_failure', field: 'verification_code' },
		message: 'The code is not the one texted.',
	});
	stand.server.answers = [notVerified];
	for (const title of [...Array(5).fill('El código no es válido'), 'Esto no se pudo completar']) {
		await page.fill('#verification_code', '111111');
		await page.click('#confirm');
		await page.locator('#code[aria-busy=false]').waitFor();
		expect(await page.locator('#summary').innerText()).toContain(title);
		await expectSpanish(page);
	}
	letPass(30 * 3_600);
	await page.fill('#verification_code', '111111');
	await page.click('#confirm');
	await page.getByText('demasiado tiempo').waitFor();
	await expectSpanish(page);
}, 60_000);

test('by its link, to the end', async () => {
	const { body } = await toCode();
	const page = await stand.open(
		{ locale: 'es', viewport: { width: 360, height: 740 } },
		async (page) => {
			await page.goto(`${stand.server.url}?link=${body.link}`);
		},
	);
	await expectSpanish(page);
	stand.server.answers = [{ body: { stage: 'ready' } }];
	await page.fill('#verification_code', '111111');
	await page.click('#confirm');
	await page.locator('#end').waitFor();
	expect(await page.locator('#end').innerText()).toContain('Su cuenta está lista');
	await expectSpanish(page);
});

test('without an Answer Page, it says that it has arrived', async () => {
	const page = await open();
	await fillIn(page);
	stand.server.answers = [{ body: { stage: 'received' } }];
	expect(await sendOn(page)).toContain('Recibimos su registro.');
	await expectSpanish(page);
});
