import { SANDBOX_KEY, type Api, startApi } from '../../sandbox/api';
import {
	TEST_CARD_NUMBER,
	apiCredential,
	cardCredential,
	exampleWorkflow,
} from '../../sandbox/contents';
import { BrowserFormDriver, findChromium } from '../../sandbox/forms/browser';
import type { FormDriver, FormPage } from '../../sandbox/forms/driver';
import { HttpFormDriver } from '../../sandbox/forms/http';
import { FORM_PATH, PHONE, REGISTRATION, codeAnswer } from '../../sandbox/forms/registration';
import { installN8n } from '../../sandbox/n8n/install.cjs';
import { type N8n, startN8n } from '../../sandbox/n8n/instance';
import { until } from '../../sandbox/poll';

/** The example workflow in a real n8n, its form filled in by a real browser where there is one. */

const NEW_TEXT = { 'What next?': 'Send me a new text message' };

const ASKS_FOR_CODE: FormPage = {
	title: 'Confirm your phone number',
	text: 'We sent a text message to the phone number that ends in 4282.',
	isForm: true,
};

const notAccepted = (text: string): FormPage => ({
	title: 'The code was not accepted',
	text,
	isForm: true,
});

const READY: FormPage = {
	title: 'Your account is ready',
	text: expect.stringContaining('Your phone number is verified.') as string,
	isForm: false,
};

let api: Api;
let n8n: N8n;
let form: FormDriver;

beforeAll(async () => {
	api = await startApi();
	n8n = await startN8n(await installN8n('2.41.1'), {
		credentials: [
			apiCredential({ apiKey: SANDBOX_KEY, baseUrl: api.url }),
			cardCredential(TEST_CARD_NUMBER),
		],
		workflows: [exampleWorkflow('register-and-verify')],
	});
	const chromium = findChromium();
	if (!chromium) process.stderr.write('No Chromium was found: the forms are sent without one.\n');
	form = chromium ? await BrowserFormDriver.start(chromium) : new HttpFormDriver();
}, 600_000);

afterAll(async () => {
	await form?.close();
	await n8n?.stop();
	await api?.close();
}, 60_000);

beforeEach(() => api.reset());

let lastSeen: string | undefined;

afterEach(async () => {
	const execution = await until(
		'n8n to save the run',
		async () => {
			const latest = await n8n.api.latestExecution(n8n.workflowIds[0]!);
			return latest?.id === lastSeen ? undefined : latest;
		},
		10,
	);
	lastSeen = execution.id;
	expect(execution.data.resultData.runData).toHaveProperty(['Register Stamps Account']);
	expect(JSON.stringify(execution)).not.toContain(TEST_CARD_NUMBER);
});

/** Opens the form and sends its first page. */
async function register(answers = REGISTRATION): Promise<FormPage> {
	await form.open(n8n.url + FORM_PATH);
	return await form.submit(answers);
}

/** What crossed the wire so far: method, path and body of each request. */
const requests = () => api.requests.map(({ method, path, body }) => [method, path, body]);

test('a wrong code, then the right one', async () => {
	expect(await register()).toEqual(ASKS_FOR_CODE);
	const code = api.codeFor(PHONE);
	const wrong = code === '000000' ? '000001' : '000000';
	expect(await form.submit(codeAnswer(wrong))).toEqual(
		notAccepted('The code is not the one texted.'),
	);
	expect(await form.submit(codeAnswer(code))).toEqual(READY);

	const [verification] = api.state.verifications;
	const path = `/v1/connections/carriers/stamps_com/${verification?.carrierId}/verification`;
	expect(verification?.status).toBe('verified');
	expect(requests()).toEqual([
		[
			'POST',
			'/v1/registration/stamps_com',
			{
				nickname: 'Austin store',
				email: 'nathan@example.com',
				agree_to_carrier_terms: true,
				address: {
					name: 'Nathan Smith',
					phone: '512-485-4282',
					company_name: 'Example Corp.',
					address_line1: '4009 Marathon Blvd',
					address_line2: 'Suite 300',
					city_locality: 'Austin',
					state_province: 'TX',
					postal_code: '78756',
					country_code: 'US',
					address_residential_indicator: 'unknown',
				},
				credit_card: {
					name: 'Nathan Smith',
					number: TEST_CARD_NUMBER,
					type: 'Visa',
					expiration_year: String(new Date().getFullYear() + 3),
					expiration_month: '07',
				},
			},
		],
		['POST', path, { phone: PHONE, verification_type: 'sms' }],
		['PUT', `${path}/${verification?.id}`, { verification_code: wrong }],
		['PUT', `${path}/${verification?.id}`, { verification_code: code }],
	]);
	expect(new Set(api.requests.map(({ headers }) => headers['api-key']))).toEqual(
		new Set([SANDBOX_KEY]),
	);
}, 120_000);

test('a wrong code spends the verification: a new text message helps', async () => {
	api.reset({ attempts: 1 });
	await register();
	const first = api.codeFor(PHONE);
	await form.submit(codeAnswer(first === '000000' ? '000001' : '000000'));
	expect(await form.submit(codeAnswer(first))).toEqual(notAccepted('No attempts are left.'));
	expect(await form.submit(NEW_TEXT)).toEqual(ASKS_FOR_CODE);
	expect(await form.submit(codeAnswer(api.codeFor(PHONE)))).toEqual(READY);

	expect(api.state.accounts).toHaveLength(1);
	expect(api.state.verifications.map(({ status }) => status)).toEqual(['unverified', 'verified']);
	expect(api.requests.at(-1)?.path).toContain(`/verification/${api.state.verifications[1]?.id}`);
}, 120_000);

test('trying again without a code asks for one', async () => {
	await register();
	await form.submit(codeAnswer('000'));
	const page = await form.submit({});
	expect(page.title).toBe('The code was not accepted');
	expect(page.text).toContain("'Verification Code' is empty");
	expect(await form.submit(codeAnswer(api.codeFor(PHONE)))).toEqual(READY);
}, 120_000);

test('a registration with wrong fields ends on a page that names them, and nothing is sent', async () => {
	const page = await register({ ...REGISTRATION, State: 'Narnia', 'ZIP Code': '7875' });
	expect(page).toMatchObject({ title: 'The account was not opened', isForm: false });
	expect(page.text).toContain("'State' needs");
	expect(page.text).toContain("'ZIP Code' needs");
	expect(requests()).toEqual([]);
}, 120_000);

test('a registration that the API refuses ends on a page with its words, tags in them as text', async () => {
	api.faults.add({ kind: 'echoSecrets', operation: 'register', separator: '<b>' });
	const page = await register();
	expect(page).toMatchObject({ title: 'The account was not opened', isForm: false });
	expect(page.text).toMatch(/^Not accepted: .*<b>/);
	expect(api.state.accounts).toEqual([]);
}, 120_000);

test('a registration whose answer is lost ends on a page that does not lead to a second one', async () => {
	api.faults.add({ kind: 'dropAfter', operation: 'register' });
	const page = await register();
	expect(page).toMatchObject({ title: 'Please wait before you try again', isForm: false });
	expect(page.text).toContain('may or may not have been registered');
	expect(page.text).not.toContain('Fill in the form again');
	expect(api.state.accounts).toHaveLength(1);
}, 120_000);

test('a text message that cannot be sent ends on a page that names the carrier', async () => {
	api.faults.add({ kind: 'serverErrorBefore', operation: 'send' });
	const page = await register();
	expect(page).toMatchObject({ title: 'The text message was not sent', isForm: false });
	expect(page.text).toContain(`name the carrier ${api.state.accounts[0]?.carrierId}`);
	expect(api.requests.map(({ method }) => method)).toEqual(['POST', 'POST']);
}, 120_000);
