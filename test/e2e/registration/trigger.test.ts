import axios from 'axios';
import type { IConnections, IDataObject, INode } from 'n8n-workflow';
import type { Browser } from 'playwright-core';
import { DECLINED_CARD, SANDBOX_KEY, type Api, startApi } from '../../../sandbox/api';
import { apiCredential } from '../../../sandbox/examples/contents';
import { TEST_CARD_NUMBER } from '../../../sandbox/examples/person';
import { findChromium, launchChromium } from '../../../sandbox/forms/browser';
import { installN8n } from '../../../sandbox/n8n/install.cjs';
import { type N8n, startN8n } from '../../../sandbox/n8n/instance';
import { untilServed } from '../../../sandbox/n8n/triggers';
import { SEAL_SECRET } from '../../support/sealing';
import { fillIn, sendInVain, sendOn } from './stand';
import { NO_TRACES, tracesOf } from '../../support/traces';
import { node } from '../support/workflows';

/** The trigger in a real n8n, its page in a real browser, and Register behind it. */

const PAGE = 'n8n-nodes-shipengine.stampsOnboardingTrigger';

const SEAL = { shipEngineCardSealApi: { id: null, name: 'Seal' } };

const shipEngine = (name: string, parameters: IDataObject) =>
	node(name, 'n8n-nodes-shipengine.shipEngine', 1, {
		parameters: parameters as INode['parameters'],
		credentials: { ...SEAL, shipEngineApi: { id: null, name: 'ShipEngine account' } },
		onError: 'continueRegularOutput',
	});

const REGISTER = shipEngine('Register', { dataMode: 'autoMapInputData', cardSource: 'sealed' });

/** The steps of an onboarding, by the output of the page with which each line begins. */
const ONBOARDING = [
	[
		REGISTER,
		shipEngine('Send', { operation: 'sendVerification' }),
		shipEngine('Answer', { resource: 'onboardingPage', operation: 'answer' }),
	],
	[shipEngine('Confirm', { operation: 'confirmVerification' })],
];

/** A workflow with a page. */
function workflow(path: string, parameters: IDataObject, [line = [], codes = []] = ONBOARDING) {
	const page = node('Page', PAGE, 1, {
		webhookId: path,
		parameters: { path, ...parameters } as INode['parameters'],
		credentials: { ...SEAL, shipEnginePageLoginApi: { id: null, name: 'Login' } },
	});
	const to = (step?: INode) => (step ? [{ node: step.name, type: 'main' as const, index: 0 }] : []);
	const connections: IConnections = {
		Page: { main: [to(line[0]), to(line[1]), to(codes[0])] },
	};
	line.forEach(({ name }, index) => (connections[name] = { main: [to(line[index + 1])] }));
	for (const { name } of codes) connections[name] = { main: [to(line.at(-1))] };
	const nodes = [page, ...line, ...codes];
	return { name: path, nodes, connections, settings: { executionOrder: 'v1' as const } };
}

/** The workflow as it is unless somebody changes what its steps do on an error. */
const stopping = (file: ReturnType<typeof workflow>) => ({
	...file,
	nodes: file.nodes.map((each) => ({ ...each, onError: undefined })),
});

/** For everybody, as often as these tests send. */
const OPEN = { access: 'anyone', options: { registrationsAnHour: 1_000 } };

const WORKFLOWS = [
	workflow('finishes', OPEN),
	workflow('at-once', OPEN, [[REGISTER]]),
	stopping(workflow('stops', OPEN)),
	workflow('protected', { access: 'basicAuth' }),
];

const CODE = 'Confirm your phone number';

const LOGIN = { user: 'office', password: 'a long password' };

describe.each(['2.41.1', '2.8.4'] as const)('in n8n %s', (version) => {
	let api: Api;
	let n8n: N8n;
	let browser: Browser;

	beforeAll(async () => {
		const chromium = findChromium();
		if (!chromium) throw new Error('No Chromium was found. Install one, or set CHROMIUM_PATH.');
		api = await startApi();
		n8n = await startN8n(await installN8n(version), {
			credentials: [
				apiCredential({ apiKey: SANDBOX_KEY, baseUrl: api.url }),
				{
					name: 'Seal',
					type: 'shipEngineCardSealApi',
					data: { secret: SEAL_SECRET, baseUrl: api.url },
				},
				{ name: 'Login', type: 'shipEnginePageLoginApi', data: LOGIN },
			],
			workflows: WORKFLOWS,
			environment: { N8N_LOG_LEVEL: 'debug' },
		});
		for (const { name } of WORKFLOWS) await untilServed(urlOf(name));
		browser = await launchChromium(chromium);
	}, 600_000);

	afterEach(async () => {
		await Promise.all(browser.contexts().map(async (context) => await context.close()));
		api.reset();
	});

	afterAll(async () => {
		await browser?.close();
		await n8n?.stop();
		await api?.close();
	}, 60_000);

	const urlOf = (path: string) => `${n8n.url}/webhook/${path}`;

	async function open(path: string) {
		const context = await browser.newContext({
			httpCredentials: { username: LOGIN.user, password: LOGIN.password },
		});
		const page = await context.newPage();
		await page.goto(urlOf(path));
		return page;
	}

	/** Each path's own: a phone is texted once a minute. */
	const phoneOf = (path: string) =>
		`51248542${10 + WORKFLOWS.findIndex(({ name }) => name === path)}`;

	const runsOf = async (path: string) =>
		await n8n.api.executions(n8n.workflowIds[WORKFLOWS.findIndex(({ name }) => name === path)]!);

	test.each([
		['finishes', CODE],
		['at-once', 'Thank you'],
		['protected', CODE],
		['stops', CODE],
	])(
		'what is filled in is registered, with the card (%s)',
		async (path, told) => {
			const page = await open(path);
			await fillIn(page, { phone: phoneOf(path) });
			expect(await sendOn(page)).toContain(told);
			const { accounts } = api.state;
			for (let tries = 0; accounts.length === 0 && tries < 50; tries += 1) {
				await page.waitForTimeout(100);
			}
			expect(accounts).toMatchObject([
				{
					body: {
						nickname: `nathan@example.com ${phoneOf(path)}`,
						address: { state_province: 'TX' },
						credit_card: { number: TEST_CARD_NUMBER, type: 'Visa' },
					},
				},
			]);
		},
		60_000,
	);

	test('a declined card is told beside its number; another one is taken', async () => {
		const page = await open('finishes');
		const email = 'declined@example.com';
		await fillIn(page, { email, phone: '5124854301', card_number: DECLINED_CARD });
		const told = 'The card was declined by its issuer. Is the name your own';
		expect(await sendInVain(page)).toContain(`Your account was not opened\n${told}`);
		expect(await page.locator('#card_number-mistake').innerText()).toContain(told);
		// The same phone would have to wait for a minute.
		await page.fill('#phone', '5124854302');
		await page.fill('#card_number', TEST_CARD_NUMBER);
		expect(await sendOn(page)).toContain(CODE);
		expect(api.state.accounts).toHaveLength(1);

		await page.fill('#verification_code', api.codeFor('5124854302'));
		await page.click('#confirm');
		await page.locator('#end').waitFor();
		expect(await page.locator('#end').innerText()).toContain('Your account is ready');
		expect(api.state.verifications).toMatchObject([{ status: 'verified' }]);
	}, 60_000);

	test('a run that stops is an outcome that the page does not know', async () => {
		const page = await open('stops');
		const email = 'stops@example.com';
		await fillIn(page, { email, phone: '5124854303', card_number: DECLINED_CARD });
		expect(await sendInVain(page)).toContain('We do not know whether your registration arrived');
	}, 60_000);

	test('what is refused starts no run, and is written nowhere', async () => {
		const before = (await runsOf('finishes')).length;
		const unknown = { validateStatus: () => true, headers: { 'Content-Type': 'text/plain' } };
		const body = JSON.stringify({ email: TEST_CARD_NUMBER, credit_card: TEST_CARD_NUMBER });
		const { status, data } = await axios.post(urlOf('finishes'), body, unknown);
		expect(status).toBe(400);
		expect(data).toMatchObject({ error: { errors: [{ code: 'invalid_request' }] } });
		const large = await axios.post(urlOf('finishes'), `"${'4'.repeat(50_000)}"`, unknown);
		expect(large.status).toBe(413);
		expect(await runsOf('finishes')).toHaveLength(before);
	});

	test('a page with a password is shown to nobody without, and takes nothing', async () => {
		const options = { validateStatus: () => true };
		const { status, headers } = await axios.get(urlOf('protected'), options);
		expect([status, headers['www-authenticate']]).toEqual([
			401,
			'Basic realm="Registration", charset="UTF-8"',
		]);
		const sealed = 'e30..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA';
		const body = JSON.stringify({ pass: 'made up', sealed_card: sealed });
		const text = { ...options, headers: { 'Content-Type': 'text/plain' } };
		expect((await axios.post(urlOf('protected'), body, text)).status).toBe(401);
	});

	test('the page comes with its own policy', async () => {
		const { headers } = await axios.get(urlOf('finishes'));
		expect(headers).toMatchObject({
			'content-security-policy': expect.stringMatching(
				/^default-src 'none'; script-src 'sha256-.*; sandbox allow-scripts allow-forms allow-popups/,
			),
			'cache-control': 'no-store',
			'referrer-policy': 'no-referrer',
			'x-content-type-options': 'nosniff',
		});
	});

	test('after all this, the card is nowhere in what n8n keeps', async () => {
		expect(await tracesOf(TEST_CARD_NUMBER, n8n.folder)).toEqual(NO_TRACES);
		expect(await tracesOf(DECLINED_CARD, n8n.folder)).toEqual(NO_TRACES);
	});
});
