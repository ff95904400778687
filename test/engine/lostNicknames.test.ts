import type { IDataObject } from 'n8n-workflow';
import { step } from './support/engine';
import { REGISTRATION, useApi } from './support/fixtures';

// What the runs of wholeRun*.test.ts have found, each as the smallest case.
const sandbox = useApi();
const REGISTER = 'POST /v1/registration/stamps_com';
const registrations = () => sandbox.calls().filter((call) => call === REGISTER).length;

const register = () =>
	step(
		'Register',
		'register',
		{
			...REGISTRATION,
			nickname: '={{ $json.shop }}',
			ifNicknameExists: '={{ $json.policy }}',
			options: { maxConcurrency: 1 },
		},
		{ onError: 'continueRegularOutput', retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
	);
const shop = (policy: string): IDataObject => ({ shop: 'One', policy });
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

test('the account of another item is not taken for one whose answer was lost', async () => {
	sandbox.api.faults.add({ operation: 'register', kind: 'dropBefore' });
	const outcome = await sandbox.runChain([shop('fail'), shop('registerAnother')], register());
	const [account] = sandbox.api.state.accounts;
	expect(outcome.json('Register')).toMatchObject([UNKNOWN, { carrier_id: account!.carrierId }]);
	expect(registrations()).toBe(2);
});
