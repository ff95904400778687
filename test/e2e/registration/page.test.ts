import { compactDecrypt, importJWK } from 'jose';
import type { Page } from 'playwright-core';
import { SEAL_SECRET, keyOf } from '../../support/sealing';
import {
	FILLED,
	allOf,
	fillIn,
	sendInVain,
	sendToEnd,
	useRegistrationPage,
	violations,
} from './stand';

/** The page in a real browser, as somebody fills it in; the workflow behind it is a stand-in. */

const stand = useRegistrationPage();

/** What a library that knows nothing of the node reads in a sealed card. */
async function opened(sealedCard: unknown) {
	const { publicJwk, ecdh } = keyOf(SEAL_SECRET);
	const { kid, ...jwk } = publicJwk;
	const key = await importJWK({ ...jwk, d: ecdh.getPrivateKey('base64url') }, 'ECDH-ES');
	const { plaintext, protectedHeader } = await compactDecrypt(String(sealedCard), key);
	expect(protectedHeader).toMatchObject({ alg: 'ECDH-ES', enc: 'A256GCM', kid });
	return JSON.parse(new TextDecoder().decode(plaintext)) as Record<string, unknown>;
}

const focused = async (page: Page) => await page.evaluate('document.activeElement.id');

test('by keyboard alone, from the first key to the end', async () => {
	const page = await stand.open();
	for (const [id, text] of Object.entries(FILLED)) {
		await page.keyboard.press('Tab');
		expect(await focused(page)).toBe(id);
		await page.keyboard.type(id === 'state_province' ? 'Texas' : text);
	}
	await page.keyboard.press('Tab');
	expect(await focused(page)).toBe('agree_to_carrier_terms');
	await page.keyboard.press('Space');
	await page.keyboard.press('Tab');
	expect(await page.evaluate('document.activeElement.href')).toBe('https://www.example.com/terms');
	await page.keyboard.press('Tab');
	expect(await focused(page)).toBe('send');
	await page.keyboard.press('Enter');
	await page.locator('#end').waitFor();
	expect(await focused(page)).toBe('end-title');
	expect(await page.title()).toBe('Thank you');

	const [item] = stand.server.items;
	expect(stand.server.items).toHaveLength(1);
	expect(item).toEqual({
		nickname: 'nathan@example.com 5124854282',
		email: 'nathan@example.com',
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
		sealed_card: expect.any(String),
		terms_text: 'I accept the terms of Stamps.com and USPS.',
		terms_url: 'https://www.example.com/terms',
		accepted_at: expect.any(String),
		page_path: 'open-account',
		page_url: 'https://n8n.example/webhook/open-account',
		page_seal: expect.any(String),
		page_pass: expect.any(String),
		page_language: 'en',
		received_at: expect.any(String),
	});
	expect(await opened(item!.sealed_card)).toEqual({
		name: 'Nathan Smith',
		number: '4111111111111111',
		expiration_year: String(new Date().getFullYear() + 3),
		expiration_month: '07',
		email: 'nathan@example.com',
		phone: '512-485-4282',
		pass: expect.any(String),
		iat: expect.any(Number),
	});
});

test('what is sent holds the card only sealed, and nothing of it stays in the page', async () => {
	const page = await stand.open();
	const sent: string[] = [];
	page.on('request', (request) => sent.push(request.postData() ?? ''));
	await fillIn(page);
	expect(await allOf(page)).toContain('4111 1111 1111 1111');
	await sendToEnd(page);
	expect(sent.join().replace(/\D/g, '')).not.toContain(FILLED.card_number);
	expect((await allOf(page)).replace(/\D/g, '')).not.toContain(FILLED.card_number);
});

test('a payer’s clock may be wrong', async () => {
	const page = await stand.open({}, async (page) => {
		await page.addInitScript('Date.now = () => 946684800000');
		await page.goto(stand.server.url);
	});
	await fillIn(page);
	await sendToEnd(page);
	const [item] = stand.server.items;
	const { iat } = await opened(item!.sealed_card);
	expect(Math.abs(Number(iat) - Date.parse(String(item!.accepted_at)) / 1000)).toBeLessThan(30);
});

test('the card is sealed anew each time', async () => {
	const page = await stand.open();
	await fillIn(page);
	stand.server.answers = [{ status: 500 }, {}];
	await sendInVain(page);
	await sendToEnd(page);
	const [first, second] = stand.server.items;
	expect(first!.sealed_card).not.toBe(second!.sealed_card);
	expect(first!.nickname).toBe(second!.nickname);
});

test('mistakes are told beside their fields, and nothing is sent', async () => {
	const page = await stand.open();
	await page.fill('#email', 'nathan');
	await page.fill('#card_number', '4111 1111 1111 1112');
	await page.fill('#card_expiry', '0120');
	expect(await sendInVain(page)).toContain('Please correct these 11 fields');
	expect(await focused(page)).toBe('summary');
	const links = page.locator('#summary a');
	expect(await links.allInnerTexts()).toEqual([
		"Email must be an email address, such as 'name@example.com'",
		'Enter your first and last name',
		'Enter your phone number',
		'Enter your street and house number',
		'Enter your city',
		'Choose your state',
		'Enter your ZIP code',
		'Enter the name on the card',
		'Card number is not a card number: a digit is wrong or missing',
		'Expiration date is in the past: the card has expired',
		'Accept the terms to go on',
	]);
	await links.first().click();
	expect(await focused(page)).toBe('email');
	const email = page.getByRole('textbox', { name: 'Email' });
	expect(await email.getAttribute('aria-invalid')).toBe('true');
	expect(stand.server.posts).toBe(0);

	await email.fill('nathan@example.com');
	expect(await email.getAttribute('aria-invalid')).toBeNull();
	expect(await page.locator('#email-mistake').innerText()).toBe('');
});

test('a mistake is told when its field is left, and no click is lost by it', async () => {
	const page = await stand.open();
	await page.fill('#phone', '512');
	await page.press('#phone', 'Tab');
	expect(await page.locator('#phone-mistake').innerText()).toBe(
		'Mobile phone must be a US phone number with ten digits',
	);
	await page.fill('#card_expiry', '01');
	await page.locator('#agree_to_carrier_terms').click();
	expect(await page.isChecked('#agree_to_carrier_terms')).toBe(true);
	await page.locator('#card_expiry-mistake', { hasText: 'must be a month and a year' }).waitFor();
	await page.fill('#postal_code', '1');
	await page.click('#send');
	await page.locator('#summary').waitFor();
});

test('a card number in another field is told before anything is sent', async () => {
	const page = await stand.open();
	await fillIn(page, { company_name: 'card 4111-1111-1111-1111' });
	expect(await sendInVain(page)).toContain('This looks like a card number.');
	expect(stand.server.posts).toBe(0);
});

test('an email address with many digits is no card number', async () => {
	const page = await stand.open();
	await fillIn(page, { email: 'john+1795800123456@example.com' });
	await sendToEnd(page);
	expect(stand.server.items).toMatchObject([{ email: 'john+1795800123456@example.com' }]);
});

test('the brand is shown, and the number grouped, while it is typed and changed', async () => {
	const page = await stand.open();
	const number = page.locator('#card_number');
	const shown = async () => [
		await number.inputValue(),
		await page.locator('#card_brand').innerText(),
	];
	await number.pressSequentially('37');
	expect(await shown()).toEqual(['37', 'Amex']);
	await number.pressSequentially('8282246310005');
	expect(await shown()).toEqual(['3782 822463 10005', 'Amex']);
	await number.fill('');
	expect(await shown()).toEqual(['', '']);
	await number.pressSequentially('4111-1111 1111 1111');
	expect(await shown()).toEqual(['4111 1111 1111 1111', 'Visa']);

	// In the middle, the caret stays where the person types.
	for (let place = 0; place < 10; place += 1) await page.keyboard.press('ArrowLeft');
	await page.keyboard.press('Backspace');
	await page.keyboard.press('Backspace');
	expect(await number.inputValue()).toBe('4111 1111 1111 11');
	await page.keyboard.type('23');
	expect(await number.inputValue()).toBe('4111 1123 1111 1111');
	await page.keyboard.press('End');
	for (let digit = 0; digit < 16; digit += 1) await page.keyboard.press('Backspace');
	await page.keyboard.press('Backspace');
	await page.keyboard.press('Backspace');
	await page.keyboard.press('Backspace');
	expect(await shown()).toEqual(['', '']);

	// As browsers fill it in.
	await number.fill('5555555555554444');
	expect(await shown()).toEqual(['5555 5555 5555 4444', 'Mastercard']);
	await number.fill('no number');
	expect(await shown()).toEqual(['no number', '']);
});

const YEAR = new Date().getFullYear() + 2;
const YY = String(YEAR % 100);

/** The month and year of the card that was sent. */
const sentDate = async () => {
	const { expiration_month, expiration_year } = await opened(stand.server.items[0]!.sealed_card);
	return `${String(expiration_month)} ${String(expiration_year)}`;
};

test.each([
	[`7${YY}`, `07 / ${YY}`],
	[`07${YY}`, `07 / ${YY}`],
	[`07/${YY}`, `07 / ${YY}`],
	[`07/${YEAR}`, `07 / ${YEAR}`],
	[`07 - ${YEAR}`, `07 / ${YEAR}`],
	[`1/${YY}`, `01 / ${YY}`],
	[`1/${YEAR}`, `01 / ${YEAR}`],
	[`1 ${YY}`, `01 / ${YY}`],
	[`12${YY}`, `12 / ${YY}`],
	[`${YEAR}-07`, `07 / ${YEAR}`],
	[`${YEAR}/7`, `07 / ${YEAR}`],
])('the expiration date %s, typed', async (typed, shown) => {
	const page = await stand.open();
	await fillIn(page, { card_expiry: '' });
	await page.locator('#card_expiry').pressSequentially(typed);
	expect(await page.inputValue('#card_expiry')).toBe(shown);
	await sendToEnd(page);
	expect(await sentDate()).toBe(`${shown.slice(0, 2)} ${YEAR}`);
});

test.each([
	['with', `${YEAR}-07`],
	['with', `${YEAR}/07`],
	['with', `7/${YY}`],
	['without', `${YEAR}-07`],
	['without', `7 ${YEAR}`],
])('the expiration date as browsers fill it in, %s an event: %s', async (way, text) => {
	const page = await stand.open();
	await fillIn(page, { card_expiry: '' });
	if (way === 'with') await page.fill('#card_expiry', text);
	else
		await page.evaluate(`document.getElementById('card_expiry').value = ${JSON.stringify(text)}`);
	await sendToEnd(page);
	expect(await sentDate()).toBe(`07 ${YEAR}`);
});

test.each([
	['its month is typed over', 2, 'Shift+ArrowLeft', '12'],
	['its month is removed and typed', 2, 'Backspace', '12'],
	['its month is removed and typed', 2, 'Backspace', '01'],
])('a date of which %s', async (_how, places, key, month) => {
	const page = await stand.open();
	await fillIn(page, { card_expiry: '' });
	await page.locator('#card_expiry').pressSequentially(`07${YY}`);
	await page.evaluate("document.getElementById('card_expiry').setSelectionRange(2, 2)");
	for (let count = 0; count < places; count += 1) await page.keyboard.press(key);
	await page.keyboard.type(month);
	expect(await page.inputValue('#card_expiry')).toBe(`${month} / ${YY}`);
	await sendToEnd(page);
	expect(await sentDate()).toBe(`${month} ${YEAR}`);
});

test('it is removed as it was typed', async () => {
	const page = await stand.open();
	await page.locator('#card_expiry').pressSequentially('0728');
	for (let count = 0; count < 5; count += 1) await page.press('#card_expiry', 'Backspace');
	expect(await page.inputValue('#card_expiry')).toBe('');
});

test('only the fields that are wanted are asked for', async () => {
	stand.server.parameters = { options: { optionalFields: ['address_residential_indicator'] } };
	const page = await stand.open();
	expect(await page.locator('#company_name, #address_line2').count()).toBe(0);
	await fillIn(page, { company_name: null, address_line2: null });
	await page.selectOption('#address_residential_indicator', 'A business');
	await sendToEnd(page);
	expect(stand.server.items).toMatchObject([{ address_residential_indicator: 'no' }]);
});

test('the page has the tokens by which browsers fill it in', async () => {
	const page = await stand.open();
	const tokens = await page.evaluate(
		'Object.fromEntries([...document.querySelectorAll("input[autocomplete], select[autocomplete]")].map((input) => [input.id, input.autocomplete]))',
	);
	expect(tokens).toEqual({
		email: 'email',
		name: 'name',
		phone: 'tel-national',
		company_name: 'organization',
		address_line1: 'address-line1',
		address_line2: 'address-line2',
		city_locality: 'address-level2',
		state_province: 'address-level1',
		postal_code: 'postal-code',
		card_name: 'cc-name',
		card_number: 'cc-number',
		card_expiry: 'cc-exp',
		verification_code: 'one-time-code',
		new_phone: 'tel-national',
	});
	expect(await page.locator('#state_province option').count()).toBe(63);
});

test('without script, a plain sentence stands in place of the form', async () => {
	const page = await stand.open({ javaScriptEnabled: false });
	expect(await page.locator('main').innerText()).toContain('This page needs JavaScript');
	expect(await page.locator('#form').isVisible()).toBe(false);
});

const openWithoutCrypto = async () =>
	await stand.open({}, async (page) => {
		await page.addInitScript('Object.defineProperty(crypto, "subtle", { value: undefined })');
		await page.goto(stand.server.url);
	});

test('where the browser cannot encrypt, the page says that it needs https', async () => {
	const page = await openWithoutCrypto();
	expect(await page.locator('#unavailable').innerText()).toContain('begins with https');
	expect(await page.locator('#form').isVisible()).toBe(false);
});

test('the page cannot act as whoever is signed in to n8n', async () => {
	const page = await stand.open();
	expect(await page.evaluate('self.origin')).toBe('null');
	await expect(page.evaluate('localStorage')).rejects.toThrow('sandboxed');
});

test.each([
	['short texts', {}],
	[
		'long texts',
		{
			formTitle: 'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(3),
			formDescription: 'x'.repeat(200),
			termsText: 'y'.repeat(200),
			options: {
				texts: {
					rows: [
						{ text: 'button', wording: 'z'.repeat(90) },
						{ text: 'receivedTitle', wording: 'e'.repeat(90) },
					],
				},
			},
		},
	],
])('at 360 pixels nothing is beyond the edge: %s', async (_name, parameters) => {
	stand.server.parameters = parameters;
	const page = await stand.open({ viewport: { width: 360, height: 740 } });
	const width = async () => await page.evaluate('document.documentElement.scrollWidth');
	expect(await width()).toBe(360);
	await sendInVain(page);
	expect(await width()).toBe(360);
	await fillIn(page);
	await sendToEnd(page);
	expect(await width()).toBe(360);
});

test('axe-core finds nothing in any state, in light and in dark', async () => {
	stand.server.parameters = {
		options: {
			optionalFields: ['address_line2', 'address_residential_indicator', 'company_name'],
			accentColor: '#ffd400',
		},
	};
	const page = await stand.open();
	expect(await violations(page)).toEqual([]);
	await page.fill('#email', 'nathan@example.com');
	await page.locator('#card_number').pressSequentially('4111');
	expect(await violations(page)).toEqual([]);
	await sendInVain(page);
	expect(await violations(page)).toEqual([]);

	await fillIn(page);
	let answer: () => void = () => {};
	const after = new Promise<void>((resolve) => (answer = resolve));
	const declined = {
		message: 'Not registered',
		errors: [{ field: 'credit_card.number', message: 'Declined' }],
	};
	stand.server.answers = [{ after, body: { error: declined } }, {}];
	await page.click('#send');
	await page.locator('[aria-busy=true]').waitFor();
	expect(await violations(page)).toEqual([]);
	answer();
	await page.locator('#summary').waitFor();
	expect(await violations(page)).toEqual([]);
	await sendToEnd(page);
	expect(await violations(page)).toEqual([]);
});

test('axe-core finds nothing where the page cannot be used, or the outcome is not known', async () => {
	expect(await violations(await openWithoutCrypto())).toEqual([]);
	const errors = [{ code: 'outcome_unknown', field: null, message: 'x' }];
	stand.server.answers = [{ body: { error: { message: 'It may be registered', errors } } }];
	const page = await stand.open();
	await fillIn(page);
	await sendToEnd(page);
	expect(await violations(page)).toEqual([]);
});
