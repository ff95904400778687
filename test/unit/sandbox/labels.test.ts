import { type Api, startApi } from '../../../sandbox/api';
import { REGISTER, client, registration, verificationPath } from './client';

let api: Api;
beforeAll(async () => {
	api = await startApi();
});
beforeEach(() => api.reset());
afterAll(async () => await api.close());

const ADDRESS = {
	name: 'Ann Lee',
	address_line1: '4009 Marathon Blvd',
	city_locality: 'Austin',
	state_province: 'TX',
	postal_code: '78756',
	country_code: 'US',
};

const SHIPMENT = {
	ship_from: ADDRESS,
	ship_to: ADDRESS,
	packages: [{ package_code: 'package', weight: { value: 1, unit: 'pound' } }],
};

const askRates = async (carrier_id: string, shipment: object = SHIPMENT) =>
	await client(api).post('/v1/rates', { shipment, rate_options: { carrier_ids: [carrier_id] } });

const buy = async (rateId: string) =>
	await client(api).post(`/v1/labels/rates/${rateId}`, { label_format: 'pdf' });

/** A carrier with money on it, and the ID of its cheapest rate. */
async function offered(balance = 20) {
	const { carrier_id } = api.addCarrier({ nickname: 'Shop', balance });
	const { data } = await askRates(carrier_id);
	return { carrier_id, rateId: data.rate_response.rates[0].rate_id as string };
}

test('a label for a rate: it costs what was said, and is found by its rate', async () => {
	const { carrier_id, rateId } = await offered();
	const { data } = await buy(rateId);
	expect(data).toMatchObject({
		carrier_id,
		status: 'completed',
		shipment_cost: { currency: 'usd', amount: 5.5 },
		service_code: 'usps_ground_advantage',
		voided: false,
	});
	expect(api.state.carriers()[0]!.balance).toBe(14.5);
	await buy((await offered()).rateId);
	const found = await client(api).get(`/v1/labels?rate_id=${rateId}`);
	expect(found.data).toMatchObject({ labels: [data], total: 1 });
	expect((await client(api).get(`/v1/labels/${data.label_id}`)).data).toEqual(data);
});

test('without a kind of package, there are rates for each', async () => {
	const { carrier_id } = api.addCarrier({ nickname: 'Shop' });
	const packages = [{ weight: { value: 1, unit: 'pound' } }];
	const { data } = await askRates(carrier_id, { ...SHIPMENT, packages });
	const rates = data.rate_response.rates as Array<{ package_type: string; rate_id: string }>;
	expect(new Set(rates.map(({ package_type }) => package_type)).size).toBe(2);
	const flat = rates.find(({ package_type }) => package_type !== 'package')!;
	api.state.carriers()[0]!.balance = 20;
	expect((await buy(flat.rate_id)).data).toMatchObject({ package_code: flat.package_type });
});

test('its file is a PDF, for whoever has the link', async () => {
	const { data } = await buy((await offered()).rateId);
	const { href } = data.label_download;
	const file = await client(api, { 'API-Key': '' }).get(href, { responseType: 'text' });
	expect(file.headers['content-type']).toBe('application/pdf');
	expect(file.data).toMatch(/^%PDF-1\.4\n/);
	expect(file.data).toContain(data.tracking_number);
	expect((await client(api).get(href.replace(/1\/\w/, '1/x'))).status).toBe(404);
});

test('is voided once', async () => {
	const { data } = await buy((await offered()).rateId);
	const voiding = async () => (await client(api).put(`/v1/labels/${data.label_id}/void`)).data;
	expect(await voiding()).toMatchObject({ approved: true });
	expect(await voiding()).toMatchObject({ approved: false, reason_code: 'label_already_voided' });
	const { data: all } = await client(api).get('/v1/labels');
	expect(all.labels).toMatchObject([{ status: 'voided', voided: true }]);
});

test('none without money, without a rate, or before the phone is confirmed', async () => {
	const code = async (answer: ReturnType<typeof buy>) =>
		(await answer).data.errors[0].error_code as string;
	expect(await code(buy((await offered(5)).rateId))).toBe('insufficient_funds');
	expect(await code(buy('se-1'))).toBe('invalid_identifier');

	const { data } = await client(api).post(REGISTER, registration());
	api.state.carriers()[1]!.balance = 20;
	const rates = await askRates(data.carrier_id);
	const { rate_id } = rates.data.rate_response.rates[0];
	expect(await code(buy(rate_id))).toBe('verification_failure');
	const phone = '5124854282';
	const sent = await client(api).post(verificationPath(data.carrier_id), {
		phone,
		verification_type: 'sms',
	});
	await client(api).put(verificationPath(data.carrier_id, sent.data.verification_id), {
		verification_code: api.codeFor(phone),
	});
	expect((await buy(rate_id)).status).toBe(200);
});

test('a carrier that is disabled gives no rate that can be bought', async () => {
	const { carrier_id } = api.addCarrier({ nickname: 'Shop', disabled_by_billing_plan: true });
	const { data } = await askRates(carrier_id);
	expect(data.rate_response).toMatchObject({
		rates: [],
		invalid_rates: [{ validation_status: 'invalid' }],
	});
});

test.each([
	{ ...SHIPMENT, packages: [] },
	{ ...SHIPMENT, ship_to: { ...ADDRESS, postal_code: '1' } },
	{ ...SHIPMENT, ship_from: undefined },
])('refuses a shipment that is not whole', async (shipment) => {
	const { carrier_id } = api.addCarrier({ nickname: 'Shop' });
	expect((await askRates(carrier_id, shipment)).status).toBe(400);
});
