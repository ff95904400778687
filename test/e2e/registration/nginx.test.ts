import axios from 'axios';
import type { IDataObject } from 'n8n-workflow';
import { FORM_PATH } from '../../../sandbox/forms/registration';
import { describeWith } from '../support/describeWith';
import { ENGINES, type Visitor } from '../support/engines';
import { type Nginx, USER, missingNginx, startNginx } from '../support/nginx';
import { type Sandbox, startSandbox } from '../support/sandbox';
import { openToAll } from '../support/workflows';
import { fillIn, newPerson, openForm, untilTrue } from './person';

/** The page behind a sign-in of its owner's, as the docs say: GET is guarded, POST has its pass. */

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox([], { workflows: [openToAll('onboarding')] });
}, 600_000);

afterAll(async () => await sandbox?.stop(), 60_000);

const accountsOf = (email: string) =>
	sandbox.api.state.accounts.filter(({ body }) => (body as IDataObject).email === email);

const unsure = { validateStatus: () => true, maxRedirects: 0 };

describeWith(missingNginx()).each([
	['auth_basic', 401, { auth: USER }],
	['auth_request', 302, { headers: { Cookie: 'session=ours' } }],
] as const)('behind nginx with %s', (way, guarded, signedIn) => {
	let nginx: Nginx;

	beforeAll(async () => {
		nginx = await startNginx(way, sandbox.n8n.url);
	}, 60_000);

	afterAll(async () => await nginx?.stop(), 60_000);

	const page = () => nginx.url + FORM_PATH;

	test.each(['', '?', '?x=link', '?link=', '?link', '?links=x', '?xlink=x', '#?link=x'])(
		'without signing in nobody gets the page%s',
		async (query) => {
			const { status, data } = await axios.get<string>(page() + query, unsure);
			expect(status).toBe(guarded);
			expect(data).not.toContain('settings');
		},
	);

	test.each([
		`${FORM_PATH}/`,
		`${FORM_PATH}%2F`,
		FORM_PATH.replace('webhook', 'Webhook'),
		FORM_PATH.replace('webhook', 'WEBHOOK'),
		FORM_PATH.replace('webhook', 'form'),
		FORM_PATH.replace('webhook', 'mcp'),
		FORM_PATH.replace('/webhook', '//webhook'),
		FORM_PATH.replace('open-', 'open%2D'),
	])('nobody gets a pass at %s, which is not guarded', async (path) => {
		const { status, data } = await axios.get<string>(nginx.url + path, {
			...unsure,
			responseType: 'text',
		});
		// With a slash behind it, the way leads to the guarded address.
		expect([guarded, 404, 308]).toContain(status);
		expect(data).not.toContain('settings');
	});

	test.each(['link', 'invitation'])('?%s= is let through, and gets no pass', async (name) => {
		const many = `?${'a=b&'.repeat(1_500)}${name}=x`;
		for (const query of [`?${name}=x`, `?a=b&${name}=x`, `?${name}=x&${name}=y`, many]) {
			const { status, data } = await axios.get<string>(page() + query, unsure);
			expect([status, data]).toEqual([404, 'This link is not valid. Ask us for a new one.']);
		}
	});

	test('who has signed in gets it; a POST needs the pass, and nothing else', async () => {
		const { status, data } = await axios.get<string>(page(), { ...unsure, ...signedIn });
		expect([status, data.includes('id="settings"')]).toEqual([200, true]);
		const body = JSON.stringify({ pass: 'made up', sealed_card: 'x', email: 'a@b.com' });
		const plain = { ...unsure, headers: { 'Content-Type': 'text/plain' } };
		const refused = await axios.post(page(), body, plain);
		expect(refused.status).toBe(401);
		expect(refused.data).toMatchObject({ error: { errors: [{ code: 'pass_not_valid' }] } });
	});

	test('no query is in its log', async () => {
		await axios.get(`${page()}?link=secret-link`, unsure);
		expect(nginx.log()).toContain(`"GET ${FORM_PATH}" 404`);
		expect(nginx.log()).not.toMatch(/\?|secret-link/);
	});

	const engines = ENGINES.filter(({ name }) => !name.startsWith('Firefox'));

	for (const engine of engines) {
		describeWith(engine.missing())(engine.name, () => {
			let visitor: Visitor;

			beforeAll(async () => {
				visitor = await engine.visit({ width: 800, height: 900, script: true });
			}, 120_000);

			afterAll(async () => await visitor?.close(), 60_000);

			test('signed in, filled in, registered', async () => {
				const person = newPerson();
				if (way === 'auth_request') {
					await visitor.open(page());
					await untilTrue(visitor, 'the sign-in', "document.title === 'Sign in'");
					await visitor.click('#go');
					await untilTrue(visitor, 'the page', "document.querySelector('#form:not([hidden])')");
				} else {
					const { username, password } = USER;
					await openForm(visitor, Object.assign(new URL(page()), { username, password }).href);
				}
				await fillIn(visitor, person);
				await visitor.click('#send');
				await untilTrue(
					visitor,
					'the page for the code',
					"document.body.innerText.includes('Code from the text message')",
				);
				expect(accountsOf(person.email)).toHaveLength(1);
			}, 120_000);
		});
	}
});
