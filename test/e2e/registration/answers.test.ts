import type { Page } from 'playwright-core';
import { FILLED, fillIn, sendInVain, sendToEnd, useRegistrationPage } from './stand';

/** What the page makes of the answers that a workflow, n8n and the network have for it. */

const stand = useRegistrationPage();

async function openFilledIn(): Promise<Page> {
	const page = await stand.open();
	await fillIn(page);
	return page;
}

const errorItem = (message: string, errors: object[]) => ({
	error: { message, description: 'For the workflow’s owner', http_status: 400, errors },
});

const DECLINED = errorItem('The Stamps account was not registered: The card was declined.', [
	{
		code: 'funding_source_error',
		field: 'credit_card.number',
		message: 'The card was declined.',
	},
]);

/** What is typed in the form. */
const typed = async (page: Page) =>
	Object.fromEntries(
		await Promise.all(Object.keys(FILLED).map(async (id) => [id, await page.inputValue(`#${id}`)])),
	) as Record<string, string>;

test('a declined card is told beside its number, and all that was typed stays', async () => {
	const page = await openFilledIn();
	const before = await typed(page);
	stand.server.answers = [{ body: DECLINED }, {}];
	expect(await sendInVain(page)).toBe(
		'The Stamps account was not registered\nThe card was declined.',
	);
	expect(await page.evaluate('document.activeElement.id')).toBe('summary');
	expect(await page.locator('#card_number-mistake').innerText()).toBe('The card was declined.');
	expect(await page.getAttribute('#card_number', 'aria-invalid')).toBe('true');
	expect(await typed(page)).toEqual(before);

	await page.fill('#card_number', '5555555555554444');
	expect(await page.locator('#card_number-mistake').innerText()).toBe('');
	expect(await sendToEnd(page)).toContain('Thank you');
	expect(stand.server.items).toHaveLength(2);
});

test.each([
	['email', 'email'],
	['address.postal_code', 'postal_code'],
	['postal_code', 'postal_code'],
	['credit_card.type', 'card_number'],
	['credit_card.expiration_year', 'card_expiry'],
	['credit_card.name', 'card_name'],
	['agree_to_carrier_terms', 'agree_to_carrier_terms'],
])('a reason about %s stands beside its field', async (field, id) => {
	stand.server.answers = [
		{ body: [errorItem('Not taken', [{ code: 'c', field, message: 'No' }])] },
	];
	const page = await openFilledIn();
	expect(await sendInVain(page)).toBe('Not taken\nNo');
	expect(await page.locator(`#${id}-mistake`).innerText()).toBe('No');
	expect(await page.locator('#summary a').count()).toBe(1);
});

test.each(['nickname', 'sealed_card', 'summary', 'form', 'card_brand', 'a.b.c', '<b>', null])(
	'a reason about %j stands in the summary alone',
	async (field) => {
		const message = '<b>No</b>';
		stand.server.answers = [
			{ status: 422, body: errorItem(message, [{ code: 'c', field, message }]) },
		];
		const page = await openFilledIn();
		expect(await sendInVain(page)).toBe('<b>No</b>\n<b>No</b>');
		expect(await page.locator('#summary a').count()).toBe(0);
		expect(await page.locator('[aria-invalid]').count()).toBe(0);
	},
);

test('an error without reasons is told all the same', async () => {
	stand.server.answers = [{ body: { error: { message: 'Not today' } } }];
	expect(await sendInVain(await openFilledIn())).toBe('Not today');
});

test('where the outcome is not known, there is no button to send again', async () => {
	const message = 'The Stamps account may or may not have been registered: no answer came';
	const errors = [{ code: 'outcome_unknown', field: null, message }];
	stand.server.answers = [{ body: errorItem(message, errors) }];
	const page = await openFilledIn();
	expect(await sendToEnd(page)).toBe(
		`We are not sure yet\n\n${message}. Please wait, do not send it again.`,
	);
	expect(await page.locator('button, input').count()).toBe(0);
});

const LOST = 'We do not know whether your registration arrived';

test.each([
	['n8n says that the workflow stopped', { status: 500, body: { message: 'Error in workflow' } }],
	['a proxy gives up', { status: 504, body: '<html>Gateway Time-out</html>' }],
	['the connection is lost', { lost: true }],
	['n8n is starting', { body: '<html>n8n is starting up. Please wait</html>' }],
	['nothing is said', { body: '' }],
	['another step failed', { body: { error: 'Something else' } }],
	['a refusal without words', { status: 403, body: {} }],
	['a sign-in in front of n8n leads elsewhere', { status: 302, location: '/sign-in' }],
	['and for good', { status: 308, location: '/sign-in' }],
])('%s: the page says that it does not know, and can be sent again', async (_name, answer) => {
	const page = await openFilledIn();
	const before = await typed(page);
	stand.server.answers = [answer, {}];
	expect(await sendInVain(page)).toContain(LOST);
	expect(await typed(page)).toEqual(before);
	expect(await sendToEnd(page)).toContain('Thank you');
});

test('where the workflow is switched off, nothing was taken, which is said', async () => {
	stand.server.answers = [{ status: 404, body: { code: 404, message: 'not registered' } }];
	expect(await sendInVain(await openFilledIn())).toContain('Nothing was received.');
});

test.each([
	['the word that a run has started', { body: { message: 'Workflow was started' } }],
	['an item', { body: { carrier_id: 'se-1' } }],
	['a list of one', { body: [{ carrier_id: 'se-1' }] }],
])('the page ends well where the answer is %s', async (_name, answer) => {
	stand.server.answers = [answer];
	expect(await sendToEnd(await openFilledIn())).toBe('Thank you\n\nYour registration has arrived.');
});

test.each([
	['redirect_url', '', {}],
	['redirectURL', '', {}],
	['redirect_url', 'whole', {}],
	['redirect_url', 'whole', { options: { redirectUrl: 'https://elsewhere.example' } }],
])('%s in the answer leads on (%s %j)', async (key, kind, parameters) => {
	const { origin } = new URL(stand.server.url);
	const next = `${origin}/welcome`;
	stand.server.parameters = parameters;
	stand.server.answers = [{ body: { [key]: kind === 'whole' ? next : '/welcome' } }];
	const page = await openFilledIn();
	await page.click('#send');
	await page.waitForURL(next);
});

test('the option leads on where the answer does not', async () => {
	const next = `${new URL(stand.server.url).origin}/welcome`;
	stand.server.parameters = { options: { redirectUrl: next } };
	const page = await openFilledIn();
	await page.click('#send');
	await page.waitForURL(next);
});

test.each([
	'javascript:document.body.append("hacked")',
	'data:text/html,hacked',
	'vbscript:x',
	'',
	12,
])('the page is not led to %j', async (url) => {
	stand.server.answers = [{ body: { redirect_url: url } }];
	const page = await openFilledIn();
	await sendToEnd(page);
	await page.waitForTimeout(200);
	expect(page.url()).toBe(stand.server.url);
	expect(await page.locator('body').innerText()).toBe(
		'Thank you\n\nYour registration has arrived.',
	);
});

test('it is sent once, however often the button is pressed meanwhile', async () => {
	const page = await openFilledIn();
	let answer: () => void = () => {};
	stand.server.answers = [{ after: new Promise<void>((resolve) => (answer = resolve)) }];
	await page.dblclick('#send');
	// By force, since it says that it is disabled.
	await page.click('#send', { force: true });
	await page.press('#email', 'Enter');
	await page.press('#send', 'Enter');
	expect(await page.getAttribute('#form', 'aria-busy')).toBe('true');
	expect(await page.getAttribute('#send', 'aria-disabled')).toBe('true');
	expect(await page.locator('#send').innerText()).toBe('Sending…');
	expect(await page.locator('#status').innerText()).toBe('Sending your registration. Please wait.');
	answer();
	await page.locator('#end').waitFor();
	expect(stand.server.posts).toBe(1);
});

test('loaded again after it was sent, the page is empty and sends nothing', async () => {
	const page = await openFilledIn();
	await sendToEnd(page);
	await page.reload();
	expect(Object.values(await typed(page)).join('')).toBe('');
	await page.goto('about:blank');
	await page.goBack();
	expect(stand.server.posts).toBe(1);
});

test('what the trigger refuses is told like any mistake', async () => {
	const page = await openFilledIn();
	// As if the page were older than a rule of the node.
	await page.evaluate(
		'JSON.stringify = ((old) => (value) => old({ ...value, country_code: "CA" }))(JSON.stringify)',
	);
	expect(await sendInVain(page)).toContain('The registration was not accepted');
	expect(stand.server.items).toEqual([]);
});

describe('a page with a password', () => {
	const LOGIN = { user: 'office', password: 'secret' };
	beforeEach(() => {
		stand.server.parameters = { authentication: 'basicAuth' };
		stand.server.credentials = { shipEnginePageLoginApi: LOGIN };
	});

	test('is shown to those who know it, and may send', async () => {
		const httpCredentials = { username: LOGIN.user, password: LOGIN.password };
		const page = await stand.open({ httpCredentials });
		await fillIn(page);
		expect(await sendToEnd(page)).toContain('Thank you');
		expect(stand.server.items).toHaveLength(1);
	});

	test('that has changed meanwhile says that it is to be loaded again', async () => {
		const httpCredentials = { username: LOGIN.user, password: LOGIN.password };
		const page = await stand.open({ httpCredentials });
		await fillIn(page);
		stand.server.credentials = { shipEnginePageLoginApi: { ...LOGIN, password: 'new' } };
		expect(await sendInVain(page)).toContain('The page was open for too long');
		expect(stand.server.items).toEqual([]);
	});

	test('is not shown to others', async () => {
		const page = await stand.open({ httpCredentials: { username: 'office', password: 'wrong' } });
		expect(await page.locator('body').innerText()).toBe(
			'This page needs a user name and password.',
		);
	});
});
