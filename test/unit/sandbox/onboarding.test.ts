import { type Api, type Text, startApi } from '../../../sandbox/api';
import { REGISTER, client, registration, verificationPath } from './client';

const texts: Text[] = [];
let api: Api;

beforeAll(async () => {
	api = await startApi({ onText: (text) => texts.push(text) });
});
afterAll(() => api.close());
beforeEach(() => {
	api.reset();
	texts.length = 0;
});

test('an account is registered, texted a code and verified', async () => {
	const registered = await client(api).post(REGISTER, registration());
	const carrierId: string = registered.data.carrier_id;
	expect(registered.status).toBe(200);
	expect(registered.data).toEqual({ carrier_id: expect.stringMatching(/^se-\d+$/) });
	expect(api.state.accounts).toEqual([{ carrierId, onBehalfOf: undefined, body: registration() }]);

	const sent = await client(api).post(verificationPath(carrierId), {
		phone: '5124854282',
		verification_type: 'sms',
	});
	expect(sent.status).toBe(200);
	expect(sent.data).toEqual({
		phone: '5124854282',
		verification_id: expect.stringMatching(/^vfn_[1-9A-HJ-NP-Za-km-z]{20,22}$/),
		verification_method: 'sms/voice',
		status: 'unverified',
	});
	expect(texts).toEqual([
		{ phone: '5124854282', code: expect.stringMatching(/^\d{6}$/), carrierId },
	]);

	const verificationId: string = sent.data.verification_id;
	const confirmed = await client(api).put(verificationPath(carrierId, verificationId), {
		verification_code: api.codeFor('5124854282'),
	});
	expect(confirmed.status).toBe(200);
	expect(confirmed.data).toEqual({
		phone: '5124854282',
		verification_id: verificationId,
		verification_method: 'sms',
		status: 'verified',
	});
	expect(api.state.verifications).toMatchObject([{ id: verificationId, status: 'verified' }]);
});

test('the same registration twice makes two accounts', async () => {
	const first = await client(api).post(REGISTER, registration());
	const second = await client(api).post(REGISTER, registration());
	expect(second.data.carrier_id).not.toBe(first.data.carrier_id);
	expect(api.state.accounts).toHaveLength(2);
});

test('carriers are listed in the documented form, those of other codes too', async () => {
	api.addCarrier({ nickname: 'Parcels', carrier_code: 'ups', balance: 3 });
	const { data } = await client(api).post(REGISTER, registration());
	const listed = await client(api).get('/v1/carriers');
	expect(listed.status).toBe(200);
	expect(listed.data).toEqual({
		carriers: [
			expect.objectContaining({
				carrier_code: 'ups',
				friendly_name: 'UPS',
				balance: 3,
				requires_funded_amount: false,
				primary: true,
			}),
			{
				carrier_id: data.carrier_id,
				carrier_code: 'stamps_com',
				account_number: expect.any(String),
				nickname: 'Shop',
				friendly_name: 'Stamps.com',
				balance: 0,
				requires_funded_amount: true,
				funding_source_id: null,
				primary: false,
				has_multi_package_supporting_services: true,
				allows_returns: true,
				supports_label_messages: true,
				supports_user_managed_rates: false,
				disabled_by_billing_plan: false,
				send_rates: true,
				connection_status: 'approved',
				services: ['usps_ground_advantage', 'usps_priority_mail', 'usps_priority_mail_express'].map(
					(service_code) => expect.objectContaining({ service_code }),
				),
				packages: [{ package_code: 'package', name: 'Package' }],
				options: [expect.objectContaining({ name: 'contains_alcohol' })],
			},
		],
		request_id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
		errors: [],
	});
});

/** The ids of the carriers that are listed. */
const ids = async (headers: Record<string, string> = {}) => {
	const { data } = await client(api, headers).get('/v1/carriers');
	return data.carriers.map((carrier: { carrier_id: string }) => carrier.carrier_id);
};

test.each(['se-77', '77'])(
	'a sub-account (%s) registers without a card, for itself',
	async (id) => {
		const withoutCard = registration({ credit_card: undefined });
		const registered = await client(api, { 'On-Behalf-Of': id }).post(REGISTER, withoutCard);
		expect(registered.status).toBe(200);
		expect(api.state.accounts).toMatchObject([{ onBehalfOf: 'se-77' }]);
		expect(await ids({ 'On-Behalf-Of': '77' })).toEqual([registered.data.carrier_id]);
		expect(await ids({ 'On-Behalf-Of': 'se-77' })).toEqual([registered.data.carrier_id]);
		expect(await ids({ 'On-Behalf-Of': 'se-78' })).toEqual([]);
		expect(await ids()).toEqual([]);
	},
);

test('a new account can be listed late, though it is there', async () => {
	api.reset({ listedAfter: 2 });
	const old = api.addCarrier({ nickname: 'Old' }).carrier_id;
	const { data } = await client(api).post(REGISTER, registration());
	const { carrier_id } = data;
	expect(api.state.carriers().map((carrier) => carrier.carrier_id)).toEqual([old, carrier_id]);
	// A look of somebody else's, and one that fails, are none at this account.
	await ids({ 'On-Behalf-Of': 'se-77' });
	api.faults.add({ operation: 'carriers', kind: 'serverErrorBefore' });
	await client(api).get('/v1/carriers');
	expect([await ids(), await ids(), await ids()]).toEqual([[old], [old], [old, carrier_id]]);
});
