import type { AxiosResponse } from 'axios';
import { type Api, startApi } from '../../../sandbox/api';
import { client, verificationPath } from './client';

const PHONE = '5124854282';
const SEND = { phone: PHONE, verification_type: 'sms' };
let api: Api;
let carrierId: string;

beforeAll(async () => {
	api = await startApi();
});
afterAll(() => api.close());
beforeEach(() => {
	api.reset();
	carrierId = api.addCarrier({ nickname: 'Shop' }).carrier_id;
});

const send = (body: object = SEND, carrier = carrierId, headers = {}) =>
	client(api, headers).post(verificationPath(carrier), body);

const confirm = (verificationId: string, code: unknown, carrier = carrierId, headers = {}) =>
	client(api, headers).put(verificationPath(carrier, verificationId), { verification_code: code });

/** Sends, and gives the verification's id with a code that is right and one that isn't. */
async function sent() {
	const { data } = await send();
	const right = api.codeFor(PHONE);
	const id: string = data.verification_id;
	return { id, right, wrong: right.replace(/^./, (digit) => (digit === '9' ? '0' : '9')) };
}

/** Status, code and message of a refusal; status and verification status of an answer. */
const outcome = ({ status, data }: Pick<AxiosResponse, 'status' | 'data'>) =>
	data.errors ? [status, data.errors[0].error_code, data.errors[0].message] : [status, data.status];

describe('Send', () => {
	test.each([
		['no phone', 'field_value_required', 'phone', { phone: undefined }],
		['dashes', 'invalid_field_value', 'phone', { phone: '512-485-4282' }],
		['eleven digits', 'invalid_field_value', 'phone', { phone: '15124854282' }],
		['a number', 'invalid_field_value', 'phone', { phone: 5124854282 }],
		['no type', 'field_value_required', 'verification_type', { verification_type: undefined }],
		['a call', 'invalid_field_value', 'verification_type', { verification_type: 'voice' }],
		['an extra field', 'invalid_field_value', 'carrier_id', { carrier_id: 'se-1' }],
	])('%s is refused', async (_why, error_code, field_name, changes) => {
		const { status, data } = await send({ ...SEND, ...changes });
		expect(status).toBe(400);
		expect(data.errors).toMatchObject([{ error_code, field_name }]);
		expect(api.state.verifications).toEqual([]);
	});

	test('an unknown carrier, and one of another carrier code, are not connected', async () => {
		const ups = api.addCarrier({ nickname: 'Parcels', carrier_code: 'ups' });
		for (const id of ['se-9', ups.carrier_id]) {
			const { status, data } = await send(SEND, id);
			expect(status).toBe(404);
			expect(data.errors).toMatchObject([
				{ error_code: 'carrier_not_connected', carrier_id: id, carrier_code: 'stamps_com' },
			]);
		}
	});

	test('a sub-account’s carrier is known under its header only', async () => {
		const { carrier_id } = api.addCarrier({ nickname: 'Merchant', onBehalfOf: 'se-77' });
		const status = async (headers: object) => (await send(SEND, carrier_id, headers)).status;
		expect(await status({ 'On-Behalf-Of': 'se-77' })).toBe(200);
		expect(await status({ 'On-Behalf-Of': 'se-78' })).toBe(404);
		expect(await status({})).toBe(404);
	});

	test('each text has a code of its own, and both stay good', async () => {
		const first = await sent();
		const second = await sent();
		expect(second.right).not.toBe(first.right);
		expect(outcome(await confirm(first.id, first.right))).toEqual([200, 'verified']);
		expect(outcome(await confirm(second.id, second.right))).toEqual([200, 'verified']);
	});
});

describe('Confirm', () => {
	test.each([
		['no code', 'field_value_required', undefined],
		['a code that is a number', 'invalid_field_value', 123456],
	])('%s is refused and costs no attempt', async (_why, error_code, code) => {
		const { id } = await sent();
		const { status, data } = await confirm(id, code);
		expect(status).toBe(400);
		expect(data.errors).toMatchObject([{ error_code, field_name: 'verification_code' }]);
		expect(api.state.verifications).toMatchObject([{ attemptsLeft: 3 }]);
	});

	test('a wrong code leaves attempts', async () => {
		const { id, right, wrong } = await sent();
		const no = [400, 'verification_failure', 'The code is not the one texted.'];
		expect(outcome(await confirm(id, wrong))).toEqual(no);
		expect(outcome(await confirm(id, wrong))).toEqual(no);
		expect(outcome(await confirm(id, right))).toEqual([200, 'verified']);
	});

	test('three wrong codes spend the verification, and only a new one helps', async () => {
		const { id, right, wrong } = await sent();
		for (let attempt = 0; attempt < 3; attempt++) await confirm(id, wrong);
		const spent = [400, 'verification_failure', 'No attempts are left.'];
		expect(outcome(await confirm(id, right))).toEqual(spent);
		const again = await sent();
		expect(outcome(await confirm(again.id, again.right))).toEqual([200, 'verified']);
	});

	test('with one attempt, a wrong code spends the verification at once', async () => {
		api.reset({ attempts: 1 });
		carrierId = api.addCarrier({ nickname: 'Shop' }).carrier_id;
		const { id, right, wrong } = await sent();
		await confirm(id, wrong);
		expect(outcome(await confirm(id, right))).toEqual([
			400,
			'verification_failure',
			'No attempts are left.',
		]);
	});

	test('a code is good once', async () => {
		const { id, right } = await sent();
		await confirm(id, right);
		const used = [400, 'verification_failure', 'The code was used already.'];
		expect(outcome(await confirm(id, right))).toEqual(used);
	});

	test('an expired code fails, a later one is good', async () => {
		const { id, right } = await sent();
		api.expireCodes();
		const expired = [400, 'verification_failure', 'The code has expired.'];
		expect(outcome(await confirm(id, right))).toEqual(expired);
		const later = await sent();
		expect(outcome(await confirm(later.id, later.right))).toEqual([200, 'verified']);
	});

	test('the failure names the field and the carrier', async () => {
		const { id, wrong } = await sent();
		const { data } = await confirm(id, wrong);
		expect(data.errors).toEqual([
			{
				error_source: 'shipengine',
				error_type: 'business_rules',
				error_code: 'verification_failure',
				message: 'The code is not the one texted.',
				field_name: 'verification_code',
				carrier_id: carrierId,
				carrier_code: 'stamps_com',
			},
		]);
	});

	test('a verification is unknown under another carrier or sub-account, or by another id', async () => {
		const { id, right } = await sent();
		const other = api.addCarrier({ nickname: 'Other' }).carrier_id;
		const unknown = [404, 'invalid_identifier', 'There is no such verification of this carrier.'];
		expect(outcome(await confirm(id, right, other))).toEqual(unknown);
		expect(outcome(await confirm('vfn_1', right))).toEqual(unknown);
		expect(outcome(await confirm(id, right, carrierId, { 'On-Behalf-Of': 'se-77' }))).toEqual([
			404,
			'carrier_not_connected',
			'There is no such carrier on this account.',
		]);
		expect(outcome(await confirm(id, right))).toEqual([200, 'verified']);
	});
});

test('ids and codes are the same in every run, and some codes begin with 0', async () => {
	const run = async () => {
		api.reset();
		carrierId = api.addCarrier({ nickname: 'Shop' }).carrier_id;
		for (let count = 0; count < 30; count++) await send();
		return api.state.verifications.map(({ id, code }) => `${id} ${code}`);
	};
	const first = await run();
	expect(new Set(first).size).toBe(30);
	const leadingZeros = first.filter((line) => / 0\d{5}$/.test(line)).length;
	expect(leadingZeros).toBeGreaterThan(0);
	expect(leadingZeros).toBeLessThan(10);
	const before = carrierId;
	expect(await run()).toEqual(first);
	// Whoever remembers a carrier from before must not take another one for it.
	expect(carrierId).not.toBe(before);
});

test('a code is asked for by phone', () => {
	expect(() => api.codeFor('2125550100')).toThrow('No code was texted to 2125550100');
});
