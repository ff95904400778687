import type { Page } from 'playwright-core';
import { letPass } from '../../support/clock';
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
	const told = 'The card was declined. Is the name your own, and the address the one of the card?';
	expect(await sendInVain(page)).toContain(`Your account was not opened\n${told}`);
	expect(await page.evaluate('document.activeElement.id')).toBe('summary');
	expect(await page.locator('#card_number-mistake').innerText()).toContain(told);
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
	stand.server.answers = [{ body: errorItem('Not taken', [{ code: 'c', field, message: 'No' }]) }];
	const page = await openFilledIn();
	expect(await sendInVain(page)).toBe('Your registration was not accepted\nNo');
	expect(await page.locator(`#${id}-mistake`).innerText()).toBe('No');
	expect(await page.locator('#summary a').count()).toBe(1);
});

/** What strangers read of all that is not about them. */
const OURS = 'Something is wrong on our side. Please tell us, or try again later.';

test.each(['nickname', 'sealed_card', 'summary', 'form', 'card_brand', 'a.b.c', '<b>', null])(
	'a reason about %j stands in the summary alone',
	async (field) => {
		const message = '<b>No</b>';
		stand.server.answers = [
			{ status: 422, body: errorItem(message, [{ code: 'c', field, message }]) },
		];
		const page = await openFilledIn();
		expect(await sendInVain(page)).toBe(`Your registration was not accepted\n${OURS}`);
		expect(await page.locator('#summary a').count()).toBe(0);
		expect(await page.locator('[aria-invalid]').count()).toBe(0);
	},
);

test('where an account may be there, it is not said that none was opened', async () => {
	const page = await stand.open();
	await fillIn(page);
	const errors = [{ code: 'identifier_conflict', field: 'nickname', message: 'x' }];
	const error = { message: 'The Stamps account was not registered: x', errors };
	stand.server.answers = [{ body: { error } }];
	expect(await sendInVain(page)).toMatch(
		/^Your registration was not accepted\s+An account is open for you already\./,
	);
});

test('an error without reasons is told all the same', async () => {
	stand.server.answers = [{ body: { error: { message: 'Not today' } } }];
	expect(await sendInVain(await openFilledIn())).toBe('Your registration was not accepted');
});

test('where the outcome is not known, there is no button to send again', async () => {
	const message = 'The Stamps account may or may not have been registered: no answer came';
	const errors = [{ code: 'outcome_unknown', field: null, message }];
	stand.server.answers = [{ body: errorItem(message, errors) }];
	const page = await openFilledIn();
	expect(await sendToEnd(page)).toBe(
		'We are not sure yet\n\nWe do not know yet whether your account was opened. If you hear nothing within an hour, ask us. Please do not send the page again.',
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
	['a list of one', { body: [{ stage: 'received' }] }],
	['an address', { body: { redirect_url: 'https://elsewhere.example' } }],
])('%s says nothing of what became of it', async (_name, answer) => {
	stand.server.answers = [answer];
	expect(await sendInVain(await openFilledIn())).toContain(LOST);
});

test('the option leads on', async () => {
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
	stand.server.answers = [{ body: { stage: 'received', redirect_url: url } }];
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
	expect(await sendInVain(page)).toContain('Your registration was not accepted');
	expect(stand.server.items).toEqual([]);
});

describe('a page with a password', () => {
	const LOGIN = { user: 'office', password: 'a long password' };
	beforeEach(() => {
		stand.server.parameters = { access: 'basicAuth' };
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
		stand.server.credentials = {
			shipEnginePageLoginApi: { ...LOGIN, password: 'another password' },
		};
		expect(await sendInVain(page)).toContain('Load the page again');
		expect(stand.server.items).toEqual([]);
	});

	test('is not shown to others', async () => {
		const page = await stand.open({ httpCredentials: { username: 'office', password: 'wrong' } });
		expect(await page.locator('body').innerText()).toBe(
			'This page needs a user name and password.',
		);
	});
});

const HOUR = 3_600;

describe('a page that was open for too long', () => {
	test('gets another pass by itself, once, and what was typed is sent', async () => {
		const page = await openFilledIn();
		letPass(3 * HOUR);
		expect(await sendToEnd(page)).toContain('Thank you');
		expect(stand.server.items).toHaveLength(1);
		expect(stand.server.posts).toBe(3);
	});

	test('shows the terms anew where they have changed: the box is empty, nothing is sent', async () => {
		const page = await openFilledIn();
		letPass(3 * HOUR);
		stand.server.parameters = { termsText: 'The new terms', termsUrl: 'https://example.com/new' };
		const before = await typed(page);
		expect(await sendInVain(page)).toContain('The terms have changed');
		expect(await page.locator('#terms').innerText()).toBe('The new terms');
		expect(await page.getAttribute('#links a', 'href')).toBe('https://example.com/new');
		expect(await page.isChecked('#agree_to_carrier_terms')).toBe(false);
		expect(await typed(page)).toEqual(before);
		expect(stand.server.items).toEqual([]);
		await page.check('#agree_to_carrier_terms');
		expect(await sendToEnd(page)).toContain('Thank you');
		expect(stand.server.items).toMatchObject([
			{ terms_text: 'The new terms', terms_url: 'https://example.com/new' },
		]);
	});

	test('more than a day says that it is to be loaded again', async () => {
		const page = await openFilledIn();
		letPass(27 * HOUR);
		expect(await sendInVain(page)).toContain('Load the page again');
		expect(stand.server.items).toEqual([]);
	});
});

describe('too early', () => {
	const wait = (seconds: number) => ({
		status: 429,
		body: {
			error: {
				message: 'The registration was not accepted',
				errors: [{ code: 'too_many_requests', field: null, message: 'Too many' }],
				retry_after: seconds,
			},
		},
	});

	test('counts down, and says when it can be sent', async () => {
		const page = await openFilledIn();
		const before = await typed(page);
		stand.server.answers = [wait(3), {}];
		expect(await sendInVain(page)).toContain('It is too early for that');
		const line = page.locator('#summary-wait');
		const seen = new Set<string>();
		while (!seen.has('You can send it now.')) seen.add(await line.innerText());
		expect([...seen].slice(-3)).toEqual([
			'You can send it again in 2 seconds.',
			'You can send it again in 1 second.',
			'You can send it now.',
		]);
		expect(await typed(page)).toEqual(before);
		expect(await sendToEnd(page)).toContain('Thank you');
	});

	test.each([
		[86_400, 'You can send it again in about 24 hours.'],
		[900, /You can send it again in 15 minutes\./],
	])('%d seconds', async (seconds, words) => {
		stand.server.answers = [wait(seconds)];
		const page = await openFilledIn();
		await sendInVain(page);
		expect(await page.locator('#summary-wait').innerText()).toMatch(words);
	});
});

test('what is sent by itself again is told as not known, and makes no second run', async () => {
	const page = await openFilledIn();
	// As a browser does whose connection broke.
	await page.evaluate(
		'fetch = ((old) => async (...sent) => (await old(...sent), await old(...sent)))(fetch)',
	);
	expect(await sendToEnd(page)).toContain('We are not sure yet');
	expect(stand.server.items).toHaveLength(1);
});

describe('what the page knows of an earlier send', () => {
	/** What the page has posted, in order. */
	function watched(page: Page): Array<Record<string, unknown>> {
		const posts: Array<Record<string, unknown>> = [];
		page.on('request', (request) => {
			if (request.method() === 'POST') posts.push(request.postDataJSON() as (typeof posts)[0]);
		});
		return posts;
	}

	/** One post does not get in: it comes too early. */
	async function refuseAtDoor(page: Page, number: number): Promise<void> {
		let count = 0;
		await page.route(stand.server.url, async (route) => {
			if (route.request().method() !== 'POST') return await route.continue();
			count += 1;
			if (count !== number) return await route.continue();
			const error = { errors: [{ code: 'too_many_requests' }], retry_after: 1 };
			const headers = { 'access-control-allow-origin': 'null' };
			await route.fulfill({ status: 429, headers, body: JSON.stringify({ error }) });
		});
	}

	test('declined, then too early, then another person: the proof goes along', async () => {
		const page = await openFilledIn();
		const posts = watched(page);
		await refuseAtDoor(page, 2);
		stand.server.answers = [{ body: { ...DECLINED, refusal: 'proof' } }, {}];
		await sendInVain(page);
		expect(await sendInVain(page)).toContain('It is too early for that');
		await page.fill('#email', 'other@example.com');
		await page.click('#send');
		await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
		expect(posts.map(({ last_refusal }) => last_refusal)).toEqual([undefined, 'proof', 'proof']);
	});

	test('no answer, then too early with another email: the first person is put back', async () => {
		const page = await openFilledIn();
		const posts = watched(page);
		await refuseAtDoor(page, 2);
		stand.server.answers = [{ body: '' }, {}];
		await sendInVain(page);
		await page.fill('#email', 'other@example.com');
		expect(await sendInVain(page)).toContain('It is too early for that');
		// The door: what was sent first is still open.
		await page.click('#send');
		await page.locator('#summary', { hasText: 'what you sent before' }).waitFor();
		expect(await page.inputValue('#email')).toBe(FILLED.email);
		expect(await sendToEnd(page)).toContain('Thank you');
		expect(posts.map(({ email }) => email)).toEqual([
			FILLED.email,
			'other@example.com',
			'other@example.com',
			FILLED.email,
		]);
	});
});

test('the owner’s words for text messages and the privacy notice stand on the page', async () => {
	const wording = 'We text you a code. Msg & data rates may apply, reply STOP to end.';
	stand.server.parameters = {
		options: {
			texts: { rows: [{ text: 'phoneNote', wording }] },
			privacyUrl: 'https://example.com/privacy',
		},
	};
	const page = await stand.open();
	expect(await page.locator('#phone-hint').innerText()).toBe(wording);
	expect(await page.locator('#links').innerText()).toContain('Read the privacy notice');
});
