import { SANDBOX_KEY } from '../../sandbox/api';
import { ShipEngine } from '../../nodes/ShipEngine/ShipEngine.node';
import { editorContext, step } from './support/engine';
import { useApi } from './support/fixtures';

const sandbox = useApi();

/** What the editor shows in the list of a step's carriers. */
async function list(filter?: string, options = {}, credentials = sandbox.credentials()) {
	const context = editorContext(step('Send', 'sendVerification', { options }), credentials);
	const { results } = await new ShipEngine().methods.listSearch.searchStampsCarriers.call(
		context,
		filter,
	);
	return results;
}

test('the list holds the account’s Stamps.com carriers, by nickname, ID and account number', async () => {
	const one = sandbox.api.addCarrier({ nickname: 'Austin store', account_number: 'A-17' });
	sandbox.api.addCarrier({ nickname: 'Austin store', carrier_code: 'ups' });
	const two = sandbox.api.addCarrier({ nickname: 'Boston store', account_number: 'B-17' });
	const austin = { name: `Austin store ${one.carrier_id} (A-17)`, value: one.carrier_id };
	const boston = { name: `Boston store ${two.carrier_id} (B-17)`, value: two.carrier_id };

	expect(await list()).toEqual([austin, boston]);
	expect(await list('bOSTON')).toEqual([boston]);
	expect(await list('a-17')).toEqual([austin]);
	expect(await list(two.carrier_id)).toEqual([boston]);
	expect(await list('Chicago')).toEqual([]);
	expect(sandbox.calls()).toEqual(Array(5).fill('GET /v1/carriers'));
});

test('the list is that of the sub-account which the step acts for', async () => {
	sandbox.api.addCarrier({ nickname: 'Ours' });
	sandbox.asPartner();
	const theirs = sandbox.api.addCarrier({ nickname: 'Theirs', onBehalfOf: 'se-123456' });
	expect(await list(undefined, { onBehalfOf: 'se-123456' })).toMatchObject([
		{ value: theirs.carrier_id },
	]);
	expect(sandbox.api.requests[0]?.rawHeaders).toContainEqual(['On-Behalf-Of', 'se-123456']);
});

test('an expression that the editor cannot resolve lists nobody’s carriers', async () => {
	sandbox.asPartner();
	await expect(list(undefined, { onBehalfOf: '={{ $json.sub }}' })).rejects.toMatchObject({
		message:
			"The accounts could not be listed: 'On Behalf Of' is an expression, which the editor cannot work out for a list",
	});
	expect(sandbox.calls()).toEqual([]);
});

test('a list that is not complete is shown as far as it goes', async () => {
	const lost = sandbox.api.addCarrier({ nickname: 'Lost' });
	const kept = sandbox.api.addCarrier({ nickname: 'Kept' });
	sandbox.api.faults.add({
		operation: 'carriers',
		kind: 'partialCarriers',
		without: [lost.carrier_id],
	});
	expect(await list()).toMatchObject([{ value: kept.carrier_id }]);
});

test.each(['dropBefore', 'serverErrorBefore', 'badGatewayBefore'] as const)(
	'a list is asked for again after a passing fault (%s)',
	async (kind) => {
		const { carrier_id } = sandbox.api.addCarrier({ nickname: 'One' });
		sandbox.api.faults.add({ operation: 'carriers', kind });
		expect(await list()).toMatchObject([{ value: carrier_id }]);
		expect(sandbox.calls()).toHaveLength(2);
	},
);

test('a wrong key is said so, without the key', async () => {
	const credentials = {
		...sandbox.credentials(),
		shipEngineApi: { apiKey: `${SANDBOX_KEY}-wrong`, baseUrl: sandbox.api.url },
	};
	await expect(list(undefined, {}, credentials)).rejects.toMatchObject({
		message: expect.stringMatching(/^The accounts could not be listed: /),
		description: expect.stringContaining("Check the API key in the 'ShipEngine API' credential."),
	});
});
