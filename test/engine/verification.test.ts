import { SANDBOX_KEY } from '../../sandbox/api';
import { going, step } from './support/engine';
import { useApi } from './support/fixtures';

const sandbox = useApi();
const PHONE = '5121112222';

const send = (parameters = {}, settings = {}) =>
	step('Send', 'sendVerification', parameters, settings);
const confirm = (parameters = {}, settings = {}) =>
	step('Confirm', 'confirmVerification', parameters, settings);
let carrier_id: string;
beforeEach(() => {
	carrier_id = sandbox.api.addCarrier({ nickname: 'My shop' }).carrier_id;
});

/** A verification that was sent, and its code. */
async function sent() {
	const outcome = await sandbox.runChain([{ carrier_id, phone: PHONE }], send());
	sandbox.api.requests.length = 0;
	return { item: outcome.json('Send')[0]!, code: sandbox.api.codeFor(PHONE) };
}

describe('Send Verification', () => {
	test('sends the documented request and puts out what the next step needs', async () => {
		const outcome = await sandbox.runChain([{ carrier_id, phone: '+1 (512) 111-2222' }], send());

		const [request] = sandbox.api.requests;
		expect(sandbox.calls()).toEqual([
			`POST /v1/connections/carriers/stamps_com/${carrier_id}/verification`,
		]);
		expect(JSON.parse(request!.rawBody)).toEqual({ phone: PHONE, verification_type: 'sms' });
		expect(request!.rawHeaders).toEqual(
			expect.arrayContaining([
				['API-Key', SANDBOX_KEY],
				['Content-Type', 'application/json'],
			]),
		);
		expect(outcome.items('Send')).toEqual([
			{
				json: {
					carrier_id,
					phone: PHONE,
					verification_id: expect.stringMatching(/^vfn_/),
					verification_method: 'sms/voice',
					status: 'unverified',
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	test('takes a carrier that was picked from the list, and the sub-account', async () => {
		sandbox.asPartner();
		const other = sandbox.api.addCarrier({ nickname: 'Theirs', onBehalfOf: 'se-123456' });
		const outcome = await sandbox.runChain(
			[{ phone: PHONE }],
			send({
				carrierId: { __rl: true, mode: 'list', value: other.carrier_id },
				options: { onBehalfOf: 'se-123456' },
			}),
		);
		expect(sandbox.api.requests[0]?.rawHeaders).toContainEqual(['On-Behalf-Of', 'se-123456']);
		expect(outcome.json('Send')).toMatchObject([{ carrier_id: other.carrier_id }]);
	});

	test('says what is wrong with carrier, phone and options at once, without a request', async () => {
		sandbox.asPartner();
		const outcome = await sandbox.runChain(
			[{ carrier_id: '../../v1/carriers', phone: '12345' }],
			send({ options: { onBehalfOf: '={{ $json.nothing }}', timeout: -1 } }, going),
		);
		expect(outcome.json('Send')).toMatchObject([
			{
				error: {
					message: 'The verification code was not sent: 4 fields need to be corrected',
					errors: [
						{ field: 'carrier_id' },
						{ field: 'phone' },
						{ field: 'options.onBehalfOf' },
						{ field: 'options.timeout' },
					],
				},
			},
		]);
		expect(sandbox.calls()).toEqual([]);
	});
});

describe('Confirm Verification', () => {
	test('sends the documented request and puts out the proof', async () => {
		const { item, code } = await sent();
		const outcome = await sandbox.runChain(
			[{ ...item, verification_code: ` ${code.slice(0, 3)} ${code.slice(3)} ` }],
			confirm(),
		);

		expect(sandbox.calls()).toEqual([
			`PUT /v1/connections/carriers/stamps_com/${carrier_id}/verification/${item.verification_id}`,
		]);
		expect(sandbox.bodies()).toEqual([{ verification_code: code }]);
		expect(outcome.json('Confirm')).toEqual([
			{
				carrier_id,
				phone: PHONE,
				verification_id: item.verification_id,
				verification_method: 'sms',
				status: 'verified',
			},
		]);
	});

	test('fails with the API’s words when the code is wrong, and never repeats a code', async () => {
		const { item, code } = await sent();
		const wrong = code === '111111' ? '222222' : '111111';
		const outcome = await sandbox.runChain(
			[{ ...item, verification_code: wrong }],
			confirm({}, going),
		);
		const [{ error }] = outcome.json('Confirm') as [{ error: object }];
		expect(error).toMatchObject({
			http_status: 400,
			request_id: expect.any(String),
			errors: [{ code: 'verification_failure' }],
			carrier_id,
		});
		expect(JSON.stringify(error)).not.toContain(wrong);
	});

	test('is no success when the status is another one', async () => {
		const { item, code } = await sent();
		sandbox.api.faults.add({ operation: 'confirm', kind: 'notVerified', status: 'unverified' });
		const outcome = await sandbox.runChain(
			[{ ...item, verification_code: code }],
			confirm({}, going),
		);
		expect(outcome.json('Confirm')).toMatchObject([
			{ error: { errors: [{ code: 'verification_failure' }], carrier_id } },
		]);
	});

	test.each(['../..', '%2e%2e', 'vfn_1?x=', 'vfn_1#', 'vfn 1', 'a/b'])(
		'asks nothing of the API with the verification ID %j',
		async (verification_id) => {
			const outcome = await sandbox.runChain(
				[{ carrier_id, verification_id, verification_code: '123456' }],
				confirm({}, going),
			);
			expect(outcome.json('Confirm')).toMatchObject([
				{ error: { errors: [{ field: 'verification_id' }] } },
			]);
			expect(sandbox.calls()).toEqual([]);
		},
	);
});
