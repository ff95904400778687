import './support/wholeRuns/clock';
import type { IDataObject, INode } from 'n8n-workflow';
import { DECLINED_CARD } from '../../sandbox/api';
import { step } from './support/engine';
import { REGISTRATION, VISA, useApi } from './support/fixtures';

// What becomes of each fault is in the table of faults.test.ts.
const sandbox = useApi();
const REGISTER = 'POST /v1/registration/stamps_com';
const LOOK = 'GET /v1/carriers';

/** Registers an account for each item: its `shop`, with its `card` and its `sub`-account. */
const register = (ifNicknameExists: string, settings: Partial<INode> = {}, options = {}) =>
	step(
		'Register',
		'register',
		{
			...REGISTRATION,
			nickname: '={{ $json.shop }}',
			cardNumber: '={{ $json.card }}',
			ifNicknameExists,
			options: { maxConcurrency: 1, ...options },
		},
		{ onError: 'continueRegularOutput', ...settings },
	);

const shop = (name: string, more: IDataObject = {}) => ({ shop: name, card: VISA, ...more });
const nicknames = () =>
	sandbox.api.state.accounts.map(({ body }) => (body as { nickname: string }).nickname);
const calls = (call: string) => sandbox.calls().filter((each) => each === call).length;

describe('where the nickname exists', () => {
	test('another is registered, without a look, unless told otherwise', async () => {
		sandbox.api.addCarrier({ nickname: 'One' });
		await sandbox.runChain([shop('One')], register('registerAnother'));
		expect(sandbox.calls()).toEqual([REGISTER]);
	});

	test('the existing one is put out', async () => {
		const { carrier_id } = sandbox.api.addCarrier({ nickname: 'One' });
		const outcome = await sandbox.runChain([shop('One')], register('returnExisting'));
		expect(outcome.json('Register')).toEqual([
			{
				carrier_id,
				nickname: 'One',
				phone: '1111111111',
				existing: true,
			},
		]);
		expect(sandbox.calls()).toEqual([LOOK]);
	});

	test('the item fails and names it', async () => {
		const { carrier_id } = sandbox.api.addCarrier({ nickname: 'One' });
		const outcome = await sandbox.runChain([shop('One')], register('fail'));
		expect(outcome.json('Register')).toMatchObject([
			{ error: { errors: [{ code: 'identifier_conflict', field: 'nickname' }], carrier_id } },
		]);
		expect(sandbox.calls()).toEqual([LOOK]);
	});

	test('a card number in its place is not repeated', async () => {
		sandbox.api.addCarrier({ nickname: `Shop ${VISA}` });
		const outcome = await sandbox.runChain([shop(`Shop ${VISA}`)], register('fail'));
		expect(outcome.json('Register')).toMatchObject([
			{ error: { errors: [{ code: 'identifier_conflict' }] } },
		]);
		expect(JSON.stringify(outcome.json('Register'))).not.toContain(VISA);
	});

	test.each(['returnExisting', 'fail'])('several of them fail the item (%s)', async (policy) => {
		const ids = [1, 2].map(() => sandbox.api.addCarrier({ nickname: 'One' }).carrier_id);
		const outcome = await sandbox.runChain([shop('One')], register(policy));
		expect(outcome.json('Register')).toMatchObject([
			{
				error: {
					message: expect.stringContaining('2 accounts'),
					description: expect.stringContaining(ids.join(' or ')),
				},
			},
		]);
		expect(sandbox.calls()).toEqual([LOOK]);
	});

	test('the carrier of another company does not count', async () => {
		sandbox.api.addCarrier({ nickname: 'One', carrier_code: 'ups' });
		await sandbox.runChain([shop('One')], register('fail'));
		expect(nicknames()).toEqual(['One']);
	});

	test('nothing is registered while the list is not complete', async () => {
		const { carrier_id } = sandbox.api.addCarrier({ nickname: 'Other' });
		sandbox.api.faults.add({
			operation: 'carriers',
			kind: 'partialCarriers',
			without: [carrier_id],
		});
		const outcome = await sandbox.runChain([shop('One')], register('returnExisting'));
		expect(outcome.json('Register')).toMatchObject([
			{ error: { message: expect.stringContaining('could not be looked up') } },
		]);
		expect(sandbox.calls()).toEqual([LOOK]);
	});
});

test('one look serves all items of a sub-account', async () => {
	sandbox.asPartner();
	sandbox.api.addCarrier({ nickname: 'One', onBehalfOf: 'se-1' });
	const data = [
		shop('One', { sub: 'se-1' }),
		shop('One', { sub: 'se-2' }),
		shop('Two', { sub: 'se-1' }),
		shop('Two', { sub: 'se-2' }),
	];
	const outcome = await sandbox.runChain(
		data,
		register('returnExisting', {}, { onBehalfOf: '={{ $json.sub }}', maxConcurrency: 4 }),
	);
	expect(calls(LOOK)).toBe(2);
	expect(outcome.json('Register').map(({ existing }) => existing)).toEqual([
		true,
		undefined,
		undefined,
		undefined,
	]);
});

describe('two items of one run with the same nickname', () => {
	test('come to one account', async () => {
		const outcome = await sandbox.runChain(
			[shop('One'), shop('One'), shop('One')],
			register('returnExisting', {}, { maxConcurrency: 3 }),
		);
		const [first, ...others] = outcome.json('Register');
		expect(first).not.toHaveProperty('existing');
		const { email, ...rest } = first!;
		expect(email).toBe('john.doe@example.com');
		expect(others).toEqual(Array(2).fill({ ...rest, existing: true }));
		expect(nicknames()).toEqual(['One']);
	});

	test('where the first is declined, leave it to the second', async () => {
		const outcome = await sandbox.runChain(
			[shop('One', { card: DECLINED_CARD }), shop('One')],
			register('returnExisting', {}, { maxConcurrency: 2 }),
		);
		expect(outcome.json('Register')).toMatchObject([{ error: {} }, { nickname: 'One' }]);
		expect(nicknames()).toEqual(['One']);
	});

	test('where the first is lost and not found, send no second', async () => {
		sandbox.api.faults.add({ operation: 'register', kind: 'dropBefore' });
		const outcome = await sandbox.runChain(
			[shop('One'), shop('One')],
			register('returnExisting', {}, { maxConcurrency: 2 }),
		);
		expect(outcome.json('Register')).toMatchObject([
			{ error: { errors: [{ code: 'outcome_unknown' }] } },
			{ error: { errors: [{ code: 'outcome_unknown' }] } },
		]);
		expect(calls(REGISTER)).toBe(1);
	}, 20_000);
});

test('an answer that was lost after the API acted is settled by looking', async () => {
	sandbox.api.faults.add({ operation: 'register', kind: 'dropAfter' });
	await sandbox.runChain([shop('One')], register('returnExisting'));
	expect(sandbox.calls()).toEqual([LOOK, REGISTER, LOOK]);
});

describe('n8n’s Retry On Fail', () => {
	const retried = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

	test.each(['continueRegularOutput', 'stopWorkflow'] as const)(
		'registers nothing twice that was registered (%s)',
		async (onError) => {
			// The second item fails each time, and n8n runs both again.
			await sandbox.runChain(
				[shop('Declined', { card: DECLINED_CARD }), shop('One')],
				register('registerAnother', { ...retried, onError }, { maxConcurrency: 2 }),
			);
			expect(nicknames()).toEqual(['One']);
			expect(calls(REGISTER)).toBe(4);
		},
	);

	test.each(['returnExisting', 'fail'])(
		'does not send again what may have been registered (%s)',
		async (policy) => {
			sandbox.api.faults.add({ operation: 'register', kind: 'dropBefore' });
			const outcome = await sandbox.runChain([shop('One')], register(policy, retried));
			expect(outcome.json('Register')).toMatchObject([
				{ error: { errors: [{ code: 'outcome_unknown' }] } },
			]);
			expect(calls(REGISTER)).toBe(1);
		},
		20_000,
	);

	test('registers nothing twice where the nickname is made anew each time', async () => {
		const step = register('registerAnother', retried, { maxConcurrency: 2 });
		step.parameters = { ...step.parameters, nickname: '={{ $json.shop + Math.random() }}' };
		const outcome = await sandbox.runChain(
			[shop('Declined', { card: DECLINED_CARD }), shop('One')],
			step,
		);
		expect(nicknames()).toEqual([outcome.json('Register')[1]?.nickname]);
	});

	test('registers somebody else in the same place all the same', async () => {
		const step = register('registerAnother', retried, { maxConcurrency: 2 });
		step.parameters = { ...step.parameters, email: '={{ Math.random() }}@example.com' };
		await sandbox.runChain([shop('Declined', { card: DECLINED_CARD }), shop('One')], step);
		expect(nicknames()).toEqual(['One', 'One', 'One']);
	});

	test('keeps no card for it', async () => {
		const outcome = await sandbox.runChain([shop('One')], register('registerAnother', retried));
		const { contextData } = outcome.run.data.executionData ?? {};
		expect(JSON.stringify(contextData)).toContain('"carrier_id"');
		expect(JSON.stringify(contextData)).not.toContain(VISA);
	});
});
