import type * as policy from '../../nodes/ShipEngine/api/policy';
import { step, subAccountStep } from './support/engine';
import { REGISTRATION, useApi } from './support/fixtures';

// A minute is long for a test.
jest.mock('../../nodes/ShipEngine/api/policy', () => ({
	...jest.requireActual<typeof policy>('../../nodes/ShipEngine/api/policy'),
	READY_AFTER: 1_500,
}));

const sandbox = useApi('partner');

test('a sub-account that is not ready in time: says that nothing was done, and what to do', async () => {
	sandbox.api.reset({ subAccountReadyAfter: 1_000 });
	const outcome = await sandbox.runChain(
		[{ external_account_id: 'own-1' }],
		subAccountStep('Create', 'create'),
		step('Register', 'register', REGISTRATION, { onError: 'continueRegularOutput' }),
	);
	expect(outcome.json('Register')).toMatchObject([
		{
			error: {
				message:
					'The Stamps account was not registered: the API does not recognize the sub-account yet, because it was created only moments ago',
				description: expect.stringContaining('Nothing was done. Run this item again in a minute.'),
				errors: [{ code: 'sub_account_not_ready' }, { code: 'forbidden' }],
				http_status: 403,
			},
		},
	]);
	expect(sandbox.api.state.accounts).toEqual([]);
});
