import './support/wholeRuns/clock';
import type { IDataObject, INode } from 'n8n-workflow';
import { chain, items, runWorkflow, step } from './support/engine';
import { REGISTRATION, useApi } from './support/fixtures';
import { Observer } from './support/wholeRuns/observer';

// What the runs of wholeRun*.test.ts have found, each as the smallest case.
const sandbox = useApi();
const REGISTER = 'POST /v1/registration/stamps_com';
const registrations = () => sandbox.calls().filter((call) => call === REGISTER).length;

const TRIED = {
	onError: 'continueRegularOutput',
	retryOnFail: true,
	maxTries: 2,
	waitBetweenTries: 1,
} as const;

const register = (settings: Partial<INode> = {}, options = {}) =>
	step(
		'Register',
		'register',
		{
			...REGISTRATION,
			nickname: '={{ $json.shop }}',
			ifNicknameExists: '={{ $json.policy }}',
			options: { maxConcurrency: 1, ...options },
		},
		{ ...TRIED, ...settings },
	);
const shop = (policy: string, nickname = 'One'): IDataObject => ({ shop: nickname, policy });
const UNKNOWN = { error: { errors: [{ code: 'outcome_unknown' }] } };

test('Retry On Fail sends no item of a nickname of which another may have been registered', async () => {
	sandbox.api.faults.add({ operation: 'register', kind: 'errorsOnly' });
	sandbox.api.faults.add({ operation: 'register', kind: 'dropBefore' });
	const outcome = await sandbox.runChain([shop('fail'), shop('fail')], register());
	expect(outcome.json('Register')).toMatchObject([UNKNOWN, UNKNOWN]);
	expect(registrations()).toBe(2);
});

test('Retry On Fail knows the accounts that it has made, also while the API does not list them', async () => {
	sandbox.api.reset({ listedAfter: 3 });
	sandbox.api.faults.add({ operation: 'register', kind: 'errorsOnly' });
	const outcome = await sandbox.runChain([shop('returnExisting'), shop('fail')], register());
	const [account, ...others] = sandbox.api.state.accounts;
	expect(others).toEqual([]);
	expect(outcome.json('Register')).toMatchObject([
		{ carrier_id: account!.carrierId, existing: true },
		{ carrier_id: account!.carrierId },
	]);
});

test('whoever waited for an answer that was lost is not taken for who sent it', async () => {
	sandbox.api.faults.add({ operation: 'register', kind: 'dropAfter' });
	sandbox.api.faults.add({ operation: 'carriers', kind: 'delayBefore', ms: 0 });
	// The looks after the first one, until n8n tries again.
	sandbox.api.faults.add({ operation: 'carriers', kind: 'errorsOnly', times: 4 });
	const outcome = await sandbox.runChain([shop('fail'), shop('fail')], register());
	expect(outcome.json('Register')).toMatchObject([
		{ recovered: true },
		{ error: { errors: [{ code: 'identifier_conflict' }] } },
	]);
	expect(registrations()).toBe(1);
});

test('the account of another item is not taken for one whose answer was lost', async () => {
	sandbox.api.faults.add({ operation: 'register', kind: 'dropBefore' });
	const outcome = await sandbox.runChain([shop('fail'), shop('registerAnother')], register());
	const [account] = sandbox.api.state.accounts;
	expect(outcome.json('Register')).toMatchObject([UNKNOWN, { carrier_id: account!.carrierId }]);
	expect(registrations()).toBe(2);
});

test('an account is nobody’s while two registrations of its nickname are open', async () => {
	sandbox.api.faults.add({ operation: 'register', kind: 'dropBefore' });
	sandbox.api.faults.add({ operation: 'register', kind: 'dropAfter' });
	const outcome = await sandbox.runChain([shop('fail'), shop('registerAnother')], register());
	expect(outcome.json('Register')).toMatchObject([UNKNOWN, UNKNOWN]);
	expect(sandbox.api.state.accounts).toHaveLength(1);
});

test('another account of a nickname, of which nobody knows yet, is not doubled', async () => {
	sandbox.api.faults.add({ operation: 'register', kind: 'delayBefore', ms: 0 });
	sandbox.api.faults.add({ operation: 'register', kind: 'dropAfter' });
	const outcome = await sandbox.runChain(
		// The first has the accounts looked at, before there is one of the nickname.
		[shop('fail', 'Other'), shop('registerAnother'), shop('returnExisting')],
		register(),
	);
	const [, account, ...others] = sandbox.api.state.accounts;
	expect(others).toEqual([]);
	expect(outcome.json('Register')).toMatchObject([
		{},
		UNKNOWN,
		{ carrier_id: account!.carrierId, existing: true },
	]);
});

test('a try that stops sooner than the one before names what that one has made', async () => {
	sandbox.api.faults.add({ operation: 'register', kind: 'delayBefore', ms: 60_000 });
	const { error } = await sandbox.runChain(
		Array.from({ length: 20 }, (_item, index) => shop('registerAnother', `Shop ${index}`)),
		register({ onError: 'stopWorkflow' }, { maxConcurrency: 2, timeout: 0.5 }),
	);
	const made = sandbox.api.state.accounts.map(({ carrierId }) => carrierId);
	// How many there is time for depends on the machine.
	expect(made.length).toBeGreaterThan(1);
	expect(error).toMatchObject({
		message: expect.stringContaining('[item 0]'),
		context: { data: { done: made.map((carrier_id) => ({ carrier_id })) } },
	});
});

test('what may have been registered stays so where a canceled execution is tried again', async () => {
	sandbox.api.faults.add({ operation: 'register', kind: 'errorsOnly' });
	sandbox.api.faults.add({ operation: 'register', kind: 'dropAfter' });
	sandbox.api.faults.add({ operation: 'carriers', kind: 'delayBefore', ms: 0 });
	sandbox.api.faults.add({ operation: 'carriers', kind: 'errorsOnly', times: Infinity });
	const lookedAgain = (async () => {
		while (sandbox.calls().length < 4) await new Promise((resolve) => setTimeout(resolve, 5));
	})();
	const observer = new Observer();
	await runWorkflow(
		{
			nodes: [items('Trigger', shop('fail'), shop('fail')), register({}, { maxConcurrency: 2 })],
			connections: chain('Trigger', 'Register'),
		},
		sandbox.credentials(),
		lookedAgain,
		observer.around,
	);
	expect(observer.calls).toHaveLength(2);
	expect(observer.calls[1]?.output).toMatchObject([{}, { json: UNKNOWN }]);
});

test('a code whose answer is no "verified" is not tried again', async () => {
	const { carrier_id } = sandbox.api.addCarrier({ nickname: 'One' });
	const sent = await sandbox.runChain(
		[{ carrier_id, phone: '5124854282' }],
		step('Send', 'sendVerification'),
	);
	sandbox.api.faults.add({ operation: 'confirm', kind: 'notVerified', status: 'pending' });
	const outcome = await sandbox.runChain(
		[{ ...sent.json('Send')[0], verification_code: '123456' }],
		step('Confirm', 'confirmVerification', {}, TRIED),
	);
	expect(outcome.json('Confirm')).toMatchObject([
		{ error: { errors: [{ code: 'verification_failure' }] } },
	]);
	expect(sandbox.calls()).toHaveLength(2);
});
