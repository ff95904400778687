import './support/wholeRuns/clock';
import { carrierStep, going } from './support/engine';
import { SANDBOX_KEY } from '../../sandbox/api';
import { VISA, useApi } from './support/fixtures';

const sandbox = useApi();
const SIMPLE = (carrier: object) =>
	expect.objectContaining({ ...carrier, primary: expect.any(Boolean) }) as object;

describe('Get', () => {
	test('simplified: what people look at first', async () => {
		const { carrier_id, account_number } = sandbox.api.addCarrier({
			nickname: 'Shop',
			balance: 7.5,
		});
		const outcome = await sandbox.runChain([{ carrier_id }], carrierStep('Get', 'get'));
		expect(sandbox.calls()).toEqual([`GET /v1/carriers/${carrier_id}`]);
		expect(outcome.items('Get')).toEqual([
			{
				json: {
					carrier_id,
					nickname: 'Shop',
					account_number,
					balance: 7.5,
					connection_status: 'approved',
					primary: true,
					disabled_by_billing_plan: false,
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	test('as the API gives it', async () => {
		const carrier = sandbox.api.addCarrier({ nickname: 'Shop', services: [{ name: 'Priority' }] });
		const { carrier_id } = carrier;
		const outcome = await sandbox.runChain(
			[{ carrier_id }],
			carrierStep('Get', 'get', { simplify: false }),
		);
		expect(outcome.json('Get')).toEqual([carrier]);
	});

	test('of one that is not there', async () => {
		const outcome = await sandbox.runChain(
			[{ carrier_id: 'se-7' }],
			carrierStep('Get', 'get', {}, going),
		);
		expect(outcome.json('Get')).toMatchObject([
			{
				error: {
					message: expect.stringMatching(/^The carrier could not be read: /),
					errors: [{ code: 'carrier_not_connected' }],
					carrier_id: 'se-7',
				},
			},
		]);
	});

	test('for a sub-account, which is then named', async () => {
		sandbox.asPartner();
		const { carrier_id } = sandbox.api.addCarrier({ nickname: 'Theirs', onBehalfOf: 'se-5' });
		const options = { onBehalfOf: 'se-5' };
		const outcome = await sandbox.runChain(
			[{ carrier_id }],
			carrierStep('Get', 'get', { options }),
		);
		expect(outcome.json('Get')).toMatchObject([{ carrier_id, on_behalf_of: 'se-5' }]);
	});
});

describe('Get Many', () => {
	const getMany = (parameters = {}) => carrierStep('Get Many', 'getAll', parameters);

	test('gives each Stamps.com account as an item, linked to its input', async () => {
		const [one, other] = ['One', 'Other'].map((nickname) => sandbox.api.addCarrier({ nickname }));
		sandbox.api.addCarrier({ nickname: 'Parcels', carrier_code: 'ups' });
		const outcome = await sandbox.runChain([{}], getMany());
		expect(outcome.items('Get Many')).toEqual(
			[one!, other!].map(({ carrier_id, nickname }) => ({
				json: SIMPLE({ carrier_id, nickname }),
				pairedItem: { item: 0 },
			})),
		);
		expect(sandbox.calls()).toEqual(['GET /v1/carriers']);
	});

	test('none: no item, and no failure', async () => {
		expect((await sandbox.runChain([{}], getMany())).items('Get Many')).toEqual([]);
	});

	test.each([
		[{}, 50],
		[{ limit: 2 }, 2],
		[{ returnAll: true }, 60],
	])('%j: %d of sixty', async (parameters, count) => {
		for (let index = 0; index < 60; index += 1) sandbox.api.addCarrier({ nickname: `${index}` });
		expect((await sandbox.runChain([{}], getMany(parameters))).items('Get Many')).toHaveLength(
			count,
		);
	});

	test('a list that is not complete is given, with a hint that says so and quotes nothing', async () => {
		const [one, other] = ['One', 'Other'].map((nickname) => sandbox.api.addCarrier({ nickname }));
		sandbox.api.faults.add({
			operation: 'carriers',
			kind: 'partialCarriers',
			without: [other!.carrier_id],
		});
		const outcome = await sandbox.runChain([{}], getMany());
		expect(outcome.json('Get Many')).toEqual([SIMPLE({ carrier_id: one!.carrier_id })]);
		const [task] = outcome.run.data.resultData.runData['Get Many']!;
		expect(task!.hints).toEqual([
			{
				message: `The list is not complete. The API could not ask one carrier: ${other!.carrier_id}. Run the step again later.`,
				type: 'warning',
				location: 'outputPane',
			},
		]);
	});

	test('for several items: the lists one after another', async () => {
		const { carrier_id } = sandbox.api.addCarrier({ nickname: 'Own' });
		sandbox.asPartner();
		const theirs = sandbox.api.addCarrier({ nickname: 'Theirs', onBehalfOf: 'se-5' });
		const options = { onBehalfOf: '={{ $json.whose }}' };
		const outcome = await sandbox.runChain(
			[{ whose: 'se-5' }, { whose: 'se-6' }, { whose: 'se-5' }],
			getMany({ options }),
		);
		expect(
			outcome.items('Get Many').map(({ json, pairedItem }) => [json.carrier_id, pairedItem]),
		).toEqual([
			[theirs.carrier_id, { item: 0 }],
			[theirs.carrier_id, { item: 2 }],
		]);
		expect(carrier_id).not.toBe(theirs.carrier_id);
	});

	test.each([
		['no list', { carriers: 'none' }],
		['a list of nothing', { carriers: [null, 5, 'se-1', [], { carrier_id: 'se-1/..' }] }],
	])('%s: no carrier', async (_name, fields) => {
		sandbox.api.faults.add({ operation: 'carriers', kind: 'replaceFields', fields });
		const outcome = await sandbox.runChain([{}], carrierStep('Get Many', 'getAll', {}, going));
		const codes = outcome.json('Get Many').map(({ error }) => error);
		if (Array.isArray(fields.carriers)) expect(codes).toEqual([]);
		else expect(codes).toMatchObject([{ errors: [{ code: 'unusable_answer' }] }]);
	});
});

describe('Check', () => {
	const check = (settings = {}) => carrierStep('Check', 'check', {}, settings);

	test('a carrier that works', async () => {
		const { carrier_id } = sandbox.api.addCarrier({ nickname: 'Shop' });
		const outcome = await sandbox.runChain([{ carrier_id }], check());
		expect(sandbox.calls()).toEqual(['POST /v1/rates/estimate']);
		expect(sandbox.bodies()).toMatchObject([
			{ carrier_ids: [carrier_id], from_country_code: 'US' },
		]);
		const rates = (outcome.json('Check')[0]?.rates ?? []) as object[];
		expect(outcome.json('Check')).toEqual([{ carrier_id, works: true, rates, messages: [] }]);
		expect(rates[0]).toEqual({
			service_code: 'usps_ground_advantage',
			package_type: 'package',
			shipping_amount: { currency: 'usd', amount: 5.5 },
		});
	});

	test('a carrier that is disabled says why not', async () => {
		const { carrier_id } = sandbox.api.addCarrier({
			nickname: 'Shop',
			disabled_by_billing_plan: true,
		});
		const outcome = await sandbox.runChain([{ carrier_id }], check());
		expect(outcome.json('Check')).toEqual([
			{ carrier_id, works: false, rates: [], messages: ['This account is disabled.'] },
		]);
	});

	test('what the API refuses is what it says, without secrets', async () => {
		const { carrier_id } = sandbox.api.addCarrier({ nickname: 'Shop' });
		sandbox.api.faults.add({ operation: 'estimate', kind: 'echoSecrets' });
		const outcome = await sandbox.runChain([{ carrier_id }], check());
		expect(outcome.json('Check')).toEqual([
			{ carrier_id, works: false, rates: [], messages: ['Not accepted: [hidden].'] },
		]);
	});

	test('what rates say is told in part, without a card number or the key', async () => {
		const { carrier_id } = sandbox.api.addCarrier({ nickname: 'Shop' });
		const said = `${SANDBOX_KEY} ${VISA} ${'x'.repeat(1e6)}`;
		const list = [{ carrier_id, error_messages: [said, { message: said }, 'Closed.'] }];
		sandbox.api.faults.add({ operation: 'estimate', kind: 'replaceFields', fields: { list } });
		const [output] = (await sandbox.runChain([{ carrier_id }], check())).json('Check');
		expect(output).toMatchObject({
			works: false,
			messages: [expect.stringMatching(/^\[hidden\] \[hidden\] x{100,}…$/), 'Closed.'],
		});
		expect((output!.messages as string[])[0]).toHaveLength(500);
	});

	test('may be asked again where no answer came: nothing is bought', async () => {
		const { carrier_id } = sandbox.api.addCarrier({ nickname: 'Shop' });
		sandbox.api.faults.add({ operation: 'estimate', kind: 'dropAfter' });
		const outcome = await sandbox.runChain([{ carrier_id }], check());
		expect(outcome.json('Check')).toMatchObject([{ works: true }]);
		expect(sandbox.api.requests).toHaveLength(2);
	});

	test('of one that is not there fails', async () => {
		const outcome = await sandbox.runChain([{ carrier_id: 'se-7' }], check(going));
		expect(outcome.json('Check')).toMatchObject([
			{ error: { message: expect.stringMatching(/^The carrier could not be checked: /) } },
		]);
	});
});

describe('Disconnect', () => {
	const PATH = '/v1/connections/carriers/stamps_com';
	const disconnect = (settings = {}) => carrierStep('Disconnect', 'disconnect', {}, settings);
	const again = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
	let carrier_id: string;
	beforeEach(() => {
		({ carrier_id } = sandbox.api.addCarrier({ nickname: 'Shop' }));
	});

	test('takes the carrier out', async () => {
		const outcome = await sandbox.runChain([{ carrier_id }], disconnect());
		expect(sandbox.calls()).toEqual([`DELETE ${PATH}/${carrier_id}`]);
		expect(outcome.json('Disconnect')).toEqual([{ deleted: true }]);
		expect(sandbox.api.state.carriers()).toEqual([]);
	});

	test('of one that is not there fails: an ID may be mistyped', async () => {
		const outcome = await sandbox.runChain([{ carrier_id: 'se-7' }], disconnect(going));
		expect(outcome.json('Disconnect')).toMatchObject([
			{ error: { errors: [{ code: 'carrier_not_connected' }] } },
		]);
	});

	test.each(['dropAfter', 'serverErrorAfter', 'emptyBody'] as const)(
		'a lost answer (%s): that it is gone counts as done',
		async (kind) => {
			sandbox.api.faults.add({ operation: 'disconnect', kind });
			const outcome = await sandbox.runChain([{ carrier_id }], disconnect());
			expect(outcome.json('Disconnect')).toEqual([{ deleted: true }]);
			expect(sandbox.calls()).toEqual([
				`DELETE ${PATH}/${carrier_id}`,
				`GET /v1/carriers/${carrier_id}`,
			]);
		},
	);

	test('that may not have come about is told as unknown', async () => {
		sandbox.api.faults.add({ operation: 'disconnect', kind: 'dropBefore' });
		const outcome = await sandbox.runChain([{ carrier_id }], disconnect(going));
		expect(outcome.json('Disconnect')).toMatchObject([
			{ error: { errors: [{ code: 'outcome_unknown' }], carrier_id } },
		]);
	});

	test.each(['dropBefore', 'dropAfter'] as const)(
		"n8n's Retry On Fail ends what was begun (%s)",
		async (kind) => {
			sandbox.api.faults.add({ operation: 'disconnect', kind });
			sandbox.api.faults.add({ operation: 'getCarrier', kind: 'serverErrorBefore', times: 3 });
			const outcome = await sandbox.runChain([{ carrier_id }], disconnect(again));
			expect(outcome.json('Disconnect')).toEqual([{ deleted: true }]);
			expect(sandbox.api.state.carriers()).toEqual([]);
		},
		60_000,
	);
});
