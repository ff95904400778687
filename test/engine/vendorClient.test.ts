import ShipEngine from 'shipengine';
import { type Api, SANDBOX_KEY } from '../../sandbox/api';
import { step } from './support/engine';
import { REGISTRATION, useApi } from './support/fixtures';

/** The vendor's own client for Node.js, against the stand-in: does it read there what it reads from the API? */

const sandbox = useApi();

const clientOf = (api: Api, apiKey = SANDBOX_KEY) =>
	new ShipEngine({ apiKey, baseURL: api.url, retries: 0, timeout: 2_000 });

/** What a call of the client is refused with. */
const refusalOf = async (call: Promise<unknown>) =>
	await call.then(
		() => undefined,
		(error: Error & { code?: string; type?: string; source?: string }) => ({
			name: error.name,
			source: error.source,
			type: error.type,
			code: error.code,
			message: error.message,
		}),
	);

const ADDRESS = {
	name: 'Ann Lee',
	phone: '512-555-0100',
	addressLine1: '4009 Marathon Blvd',
	cityLocality: 'Austin',
	stateProvince: 'TX',
	postalCode: '78756',
	countryCode: 'US',
	addressResidentialIndicator: 'unknown',
} as const;

test('lists the carriers that the node has registered', async () => {
	await sandbox.runChain([{}], step('Register', 'register', REGISTRATION));
	const { carrier_id, account_number } = sandbox.api.state.carriers()[0]!;
	const carriers = await clientOf(sandbox.api).listCarriers();
	expect(carriers).toMatchObject([
		{
			carrierId: carrier_id,
			carrierCode: 'stamps_com',
			accountNumber: account_number,
			nickname: 'My Stamps.com account',
			friendlyName: 'Stamps.com',
			balance: 0,
			requiresFundedAmount: true,
			primary: true,
			hasMultiPackageSupportingServices: true,
			services: [{ serviceCode: 'usps_ground_advantage', domestic: true }, {}, {}],
			packages: [{ packageCode: 'package', name: 'Package' }],
			options: [{ name: 'contains_alcohol' }],
		},
	]);
	// What the client knows of a carrier, the stand-in gives.
	const known = Object.entries(carriers[0]!).filter(([, value]) => value !== undefined);
	expect(known).toHaveLength(Object.keys(carriers[0]!).length);
});

test('asks for rates, buys a label for one, and voids it', async () => {
	const client = clientOf(sandbox.api);
	const { carrier_id } = sandbox.api.addCarrier({ nickname: 'Shop', balance: 20 });
	const rates = await client.getRatesWithShipmentDetails({
		shipment: {
			shipFrom: ADDRESS,
			shipTo: ADDRESS,
			packages: [{ packageCode: 'package', weight: { value: 1, unit: 'pound' } }],
		},
		rateOptions: { carrierIds: [carrier_id] },
	} as unknown as Parameters<typeof client.getRatesWithShipmentDetails>[0]);
	const [cheapest] = rates.rateResponse!.rates!;
	expect(cheapest).toMatchObject({
		carrierId: carrier_id,
		serviceCode: 'usps_ground_advantage',
		shippingAmount: { currency: 'usd', amount: 5.5 },
		validationStatus: 'valid',
	});

	const label = await client.createLabelFromRate({
		rateId: cheapest!.rateId!,
		validateAddress: 'no_validation',
		labelLayout: '4x6',
		labelFormat: 'pdf',
		labelDownloadType: 'url',
		displayScheme: 'label',
	});
	expect(label).toMatchObject({
		status: 'completed',
		carrierId: carrier_id,
		shipmentCost: { currency: 'usd', amount: 5.5 },
		labelDownload: { pdf: expect.stringContaining('/v1/downloads/') },
	});
	expect(await client.voidLabelWithLabelId(label.labelId!)).toMatchObject({ approved: true });
	expect(sandbox.api.state.labels).toMatchObject([{ voided_at: expect.any(String) }]);
});

test('reads what the stand-in refuses', async () => {
	const client = clientOf(sandbox.api);
	expect(await refusalOf(client.voidLabelWithLabelId('se-7'))).toMatchObject({
		source: 'shipengine',
		type: 'business_rules',
		code: 'invalid_identifier',
		message: 'There is no such label.',
	});
	sandbox.api.faults.add({ operation: 'voidLabel', kind: 'tooManyRequests', retryAfter: 7 });
	expect(await refusalOf(client.voidLabelWithLabelId('se-7'))).toMatchObject({
		name: 'RateLimitExceededError',
		code: 'rate_limit_exceeded',
	});
	sandbox.api.faults.add({ operation: 'voidLabel', kind: 'serverErrorBefore' });
	expect(await refusalOf(client.voidLabelWithLabelId('se-7'))).toMatchObject({ type: 'system' });
});

/** What the client makes of it is its own fault: it knows 400, 404, 429 and 500, and takes all else for good. */
test('a wrong key is an empty list to it', async () => {
	expect(await clientOf(sandbox.api, 'nobody').listCarriers()).toEqual([]);
	expect(sandbox.api.requests).toMatchObject([{ headers: { 'api-key': 'nobody' } }]);
});
