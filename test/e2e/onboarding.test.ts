import { SANDBOX_KEY } from '../../sandbox/api';
import { TEST_CARD_NUMBER } from '../../sandbox/examples/person';
import type { FormDriver } from '../../sandbox/forms/driver';
import { FORM_PATH, PHONE, REGISTRATION, codeAnswer } from '../../sandbox/forms/registration';
import { startFormDriver } from '../../sandbox/forms/start';
import { until } from '../../sandbox/support/poll';
import { type Sandbox, startSandbox } from './support/sandbox';
import { NO_TRACES, tracesOf } from '../support/traces';
import { asVisitor } from '../../sandbox/examples/callers';

/** The onboarding in a real n8n: a wrong code, then the right one, and what is kept of the card. */

let sandbox: Sandbox;
let form: FormDriver;

beforeAll(async () => {
	sandbox = await startSandbox(['onboarding'], { environment: { N8N_LOG_LEVEL: 'debug' } });
	form = await startFormDriver();
}, 600_000);

afterAll(async () => {
	await form?.close();
	await sandbox?.stop();
}, 60_000);

/** Looks for the card in all that n8n keeps. */
async function expectNoCopy(): Promise<void> {
	const traces = await tracesOf(TEST_CARD_NUMBER, sandbox.n8n.folder);
	expect(traces).toEqual(NO_TRACES);
}

test('a wrong code, then the right one', async () => {
	const { api, n8n, idOf } = sandbox;
	await form.open(asVisitor(n8n.url + FORM_PATH));
	expect(await form.submit(REGISTRATION)).toEqual({
		title: 'Confirm your phone number',
		text: 'Your account is open. To use it, enter the code that we texted to the phone that ends in 82.',
		isForm: true,
	});
	const [verification] = api.state.verifications;
	const carrierId = verification!.carrierId;
	// With the link, so that it can be loaded again.
	expect(form.address.split('?')[0]).toBe(n8n.url + FORM_PATH);
	await expectNoCopy();

	const code = api.codeFor(PHONE);
	const wrong = code === '000000' ? '000001' : '000000';
	expect(await form.submit(codeAnswer(wrong))).toEqual({
		title: 'The code was not accepted',
		text: 'Only the code of the newest text message counts.\nThe code is not the one texted.',
		isForm: true,
	});
	await expectNoCopy();
	expect(await form.submit(codeAnswer(code))).toMatchObject({
		title: 'Your account is ready',
		isForm: false,
	});

	const path = `/v1/connections/carriers/stamps_com/${carrierId}/verification`;
	expect(verification!.status).toBe('verified');
	expect(api.requests.map((request) => [request.method, request.path, request.body])).toEqual([
		['GET', '/v1/carriers', undefined],
		[
			'POST',
			'/v1/registration/stamps_com',
			{
				nickname: 'nathan@example.com 5124854282',
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
		['PUT', `${path}/${verification!.id}`, { verification_code: wrong }],
		['PUT', `${path}/${verification!.id}`, { verification_code: code }],
	]);
	const keys = new Set(api.requests.map(({ headers }) => headers['api-key']));
	expect(keys).toEqual(new Set([SANDBOX_KEY]));

	// A run for each click; all are kept, and none has the card.
	const kept = await until(
		'n8n to save the runs',
		async () => {
			const runs = await n8n.api.executions(idOf('onboarding'));
			return runs.length === 3 && runs.every(({ status }) => status === 'success')
				? runs
				: undefined;
		},
		60,
	);
	expect(JSON.stringify(kept)).toContain('"sealed_card"');
	expect(JSON.stringify(kept)).not.toMatch(/4111[ -]?1111/);
	await expectNoCopy();
}, 180_000);
