import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import {
	carrierId,
	subAccountId,
	verificationCode,
	verificationId,
} from '../../nodes/ShipEngine/values/identifiers';
import { tenDigits } from '../../nodes/ShipEngine/values/phone';
import { Mistake } from '../../nodes/ShipEngine/values/mistakes';
import { type Check, requiredText } from '../../nodes/ShipEngine/values/validation';
import { step } from './support/engine';
import {
	MARKS,
	SUB_ACCOUNT_ID,
	climbing,
	expressionOf,
	forAll,
	hasFailed,
	megabyte,
	value,
} from './support/hostile';
import { CONTINUE, expectItems, many, mixed, useHostileRuns } from './support/hostileRun';

const { sandbox, runOver, expectOwn } = useHostileRuns();

const VERIFICATION = '/v1/connections/carriers/stamps_com';

/** What is meant by an object that has the form of a locator's value. */
const plain = (given: unknown) =>
	given !== null && typeof given === 'object' && 'mode' in given
		? (given as IDataObject).value
		: given;

/** The value as a check of the node lets it through; undefined where it does not. */
function passed<T>(check: Check<T>, given: unknown): T | undefined {
	const checked = MARKS.includes(given) ? undefined : check(plain(given));
	return checked === undefined || checked instanceof Mistake ? undefined : checked;
}

const someCarrierId = fc.stringMatching(/^se(-[a-z0-9]{1,5}){1,3}$/);
const somePhone = fc.stringMatching(
	/^(\+?1[ .-])?\(?[2-9][0-9]{2}\)?[ .-]?[0-9]{3}[ .-]?[0-9]{4}$/,
);
const someVerificationId = fc.stringMatching(/^[A-Za-z0-9_-]{1,100}$/);
const someCode = fc.stringMatching(/^[0-9]{3}[ -]?[0-9]{3}$/);

/** One field of three hostile: two that are fine, so that it is this one that is refused. */
const fields = (good: Record<string, fc.Arbitrary<unknown>>) =>
	fc.oneof(
		...Object.keys(good).map((key) => fc.record({ ...good, [key]: fc.oneof(value, climbing) })),
		fc.record(Object.fromEntries(Object.keys(good).map((key) => [key, value]))),
		fc.record(good),
	) as fc.Arbitrary<IDataObject>;

/** What a good item needs, and is in each run beside the hostile ones. */
function goodItem() {
	const { carrier_id } = sandbox.api.addCarrier({ nickname: 'Good' });
	const id = `vfn_${sandbox.api.state.verifications.length}`;
	const verification = { id, carrierId: carrier_id, phone: '5124854282', code: '123456' };
	sandbox.api.state.verifications.push({
		...verification,
		attemptsLeft: 3,
		expired: false,
		status: 'unverified',
	});
	return { carrier_id, phone: '5124854282', verification_id: id, verification_code: '123456' };
}

const pathsOf = () => sandbox.api.requests.map(({ method, path }) => `${method} ${path}`).sort();

/** Sorted as JSON, since items are sent side by side. */
const bodiesOf = () =>
	sandbox
		.bodies()
		.map((body) => JSON.stringify(body))
		.sort();

/** A step whose fields are expressions of the item's. */
const sendStep = (options: IDataObject = {}) =>
	step(
		'Step',
		'sendVerification',
		{
			carrierId: { __rl: true, mode: 'id', value: expressionOf('carrier_id') },
			phone: expressionOf('phone'),
			verificationType: expressionOf('type'),
			options,
		},
		CONTINUE,
	);

const confirmStep = () =>
	step(
		'Step',
		'confirmVerification',
		{
			carrierId: { __rl: true, mode: 'id', value: expressionOf('carrier_id') },
			verificationId: expressionOf('verification_id'),
			verificationCode: expressionOf('verification_code'),
		},
		CONTINUE,
	);

const sendItems = many(
	fields({ carrier_id: someCarrierId, phone: somePhone, type: fc.constantFrom('sms', 'voice') }),
);

/** Sends, and compares what went over the wire with what the checks let through. */
async function send(hostile: IDataObject[]): Promise<void> {
	sandbox.api.reset();
	const { data, isGood } = mixed(hostile, () => ({ ...goodItem(), type: 'sms' }));
	const outcome = await runOver(data, sendStep());

	expectItems(outcome, isGood, { status: 'unverified', phone: '5124854282' });
	sandbox.api.requests.forEach((request) =>
		expectOwn(
			request,
			/^POST \/v1\/connections\/carriers\/stamps_com\/[A-Za-z][A-Za-z0-9_-]+\/verification$/,
		),
	);
	const expected = data.flatMap((item) => {
		const id = passed(carrierId, item.carrier_id);
		const phone = passed(tenDigits, item.phone);
		const verification_type = passed(requiredText, item.type);
		return id === undefined || phone === undefined || verification_type === undefined
			? []
			: [{ path: `POST ${VERIFICATION}/${id}/verification`, body: { phone, verification_type } }];
	});
	expect(pathsOf()).toEqual(expected.map(({ path }) => path).sort());
	expect(bodiesOf()).toEqual(expected.map(({ body }) => JSON.stringify(body)).sort());
}

test('Send asks only for its own path, with what passed its checks', async () => {
	await forAll(sendItems, 8, send);
}, 120_000);

test('Confirm asks only for its own path, with what passed its checks', async () => {
	const confirmItems = many(
		fields({
			carrier_id: someCarrierId,
			verification_id: someVerificationId,
			verification_code: someCode,
		}),
	);
	await forAll(confirmItems, 6, async (hostile) => {
		sandbox.api.reset();
		const { data, isGood } = mixed(hostile, goodItem);
		const outcome = await runOver(data, confirmStep());

		const codes = data.map((item) => passed(verificationCode, item.verification_code));
		expectItems(outcome, isGood, { status: 'verified' }, (index) =>
			// Shorter ones may be a part of the words by chance.
			(codes[index]?.length ?? 0) >= 6 ? [codes[index]!] : [],
		);
		sandbox.api.requests.forEach((request) =>
			expectOwn(
				request,
				/^PUT \/v1\/connections\/carriers\/stamps_com\/[A-Za-z][A-Za-z0-9_-]+\/verification\/[A-Za-z0-9_-]+$/,
			),
		);
		const expected = data.flatMap((item, index) => {
			const id = passed(carrierId, item.carrier_id);
			const verification = passed(verificationId, item.verification_id);
			return id === undefined || verification === undefined || codes[index] === undefined
				? []
				: [`PUT ${VERIFICATION}/${id}/verification/${verification} ${codes[index]}`];
		});
		const sent = sandbox.api.requests.map(({ method, path, body }) =>
			[method, path, (body as IDataObject).verification_code].join(' '),
		);
		expect(sent.sort()).toEqual(expected.sort());
	});
}, 120_000);

test('a megabyte in a field is refused without being repeated', async () => {
	const hostile = fields({ carrier_id: megabyte, phone: megabyte, type: megabyte });
	await forAll(fc.array(hostile, { minLength: 3, maxLength: 3 }), 3, send);
}, 120_000);

describe('options', () => {
	const option = fc.oneof(
		value,
		fc.constantFrom<unknown>(...[-1, 0, 0.5, 1e-9, 1e9, '5', '5s', ' 7 ', 'Infinity', '0x10', 2]),
	);

	test('the sub-account and the timeout of an item are its own, well-formed or refused', async () => {
		const hostile = fields({ sub: someCarrierId, timeout: fc.integer({ min: 5, max: 60 }) }).map(
			(item) => ({ phone: '5124854282', carrier_id: 'se-5', type: 'sms', ...item }),
		);
		sandbox.asPartner();
		const node = sendStep({
			onBehalfOf: expressionOf('sub'),
			timeout: expressionOf('timeout'),
		});
		await forAll(many(hostile), 6, async (data) => {
			sandbox.api.reset();
			const good = { type: 'sms', sub: 'se-9', timeout: 60 };
			const { carrier_id } = sandbox.api.addCarrier({ nickname: 'Good', onBehalfOf: 'se-9' });
			const all = mixed(data, () => ({ ...good, phone: '5124854282', carrier_id }));
			const outcome = await runOver(all.data, node);
			expectItems(outcome, all.isGood, { status: 'unverified' });
			for (const request of sandbox.api.requests) {
				expectOwn(request, /^POST \/v1\/connections\/carriers\/stamps_com\/se-\d+\/verification$/);
				// Whatever 'On Behalf Of' gave, nothing was done for the account of the key itself.
				expect(request.headers['on-behalf-of']).toMatch(SUB_ACCOUNT_ID);
			}
			const subAccounts = new Set(all.data.map(({ sub }) => passed(subAccountId, sub)));
			for (const { headers } of sandbox.api.requests) {
				expect(subAccounts).toContain(headers['on-behalf-of']);
			}
		});
	}, 120_000);

	test('Max Concurrency and Max Wait are brought into their range, or fail all items', async () => {
		await forAll(fc.record({ width: option, wait: option }), 100, async (given) => {
			sandbox.api.reset();
			const item = { ...goodItem(), type: 'sms', ...given };
			const outcome = await runOver(
				[item, item, item] as unknown as IDataObject[],
				sendStep({ maxConcurrency: expressionOf('width'), maxWait: expressionOf('wait') }),
			);
			const isFunction = [given.width, given.wait].some(
				(one) => typeof one === 'function' || one === 'a function of n8n',
			);
			expectItems(outcome, () => !isFunction, { status: 'unverified' });
			expect(outcome.items('Step').map(hasFailed)).toEqual(Array(3).fill(isFunction));
		});
	}, 120_000);
});
