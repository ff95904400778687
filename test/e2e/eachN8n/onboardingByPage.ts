import { asVisitor, visitorCredential } from '../../../sandbox/examples/callers';
import { exampleWorkflow, apiCredential, sealCredential } from '../../../sandbox/examples/contents';
import { SANDBOX_KEY } from '../../../sandbox/api';
import type { FormDriver } from '../../../sandbox/forms/driver';
import {
	ASK_AGAIN,
	FORM_PATH,
	PHONE,
	REGISTRATION,
	codeAnswer,
	otherPhone,
} from '../../../sandbox/forms/registration';
import { startFormDriver } from '../../../sandbox/forms/start';
import type { NewCredential } from '../../../sandbox/n8n/api';
import type { Stand } from './stand';

export const WORKFLOWS = [exampleWorkflow('onboarding')];

/** What the workflow names. */
export const credentialsFor = (baseUrl: string): NewCredential[] => [
	apiCredential({ apiKey: SANDBOX_KEY, baseUrl }),
	sealCredential(baseUrl),
	visitorCredential,
];

const RIGHT_PHONE = '5124854299';

/** Workflow 1 as it is in the folder, from the empty page to the verified account. */
export function onboardingByPage(stand: Stand): void {
	let form: FormDriver;

	beforeAll(async () => {
		form = await startFormDriver();
	}, 60_000);

	afterAll(async () => await form?.close(), 60_000);

	test('a wrong code, a wrong number, a new code: one account, verified', async () => {
		const { api, n8n } = stand;
		const codeTo = (phone: string) => codeAnswer(api.codeFor(phone));
		const asksFor = (phone: string) => ({
			title: 'Confirm your phone number',
			text: expect.stringContaining(`ends in ${phone.slice(-2)}`) as string,
			isForm: true,
		});
		await form.open(asVisitor(n8n.url + FORM_PATH));
		expect(await form.submit(REGISTRATION)).toMatchObject(asksFor(PHONE));
		const wrong = api.codeFor(PHONE) === '000000' ? '000001' : '000000';
		expect(await form.submit(codeAnswer(wrong))).toMatchObject({
			title: 'The code was not accepted',
		});
		expect(await form.submit(otherPhone(RIGHT_PHONE))).toMatchObject(asksFor(RIGHT_PHONE));
		await stand.letPass(60);
		expect(await form.submit(ASK_AGAIN)).toMatchObject(asksFor(RIGHT_PHONE));
		expect(await form.submit(codeTo(RIGHT_PHONE))).toMatchObject({
			title: 'Your account is ready',
		});
		const { accounts, verifications } = api.state;
		expect(accounts).toHaveLength(1);
		expect(verifications.map(({ phone, status }) => [phone, status])).toEqual([
			[PHONE, 'unverified'],
			[RIGHT_PHONE, 'unverified'],
			[RIGHT_PHONE, 'verified'],
		]);
	}, 180_000);
}
