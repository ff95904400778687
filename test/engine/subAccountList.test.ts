import { ShipEngine } from '../../nodes/ShipEngine/ShipEngine.node';
import { editorContext, subAccountStep } from './support/engine';
import { useApi } from './support/fixtures';

const sandbox = useApi('partner');

/** What the editor shows in the list of a step's sub-accounts. */
async function list(filter?: string) {
	const context = editorContext(subAccountStep('Get', 'get'), sandbox.credentials());
	const { results } = await new ShipEngine().methods.listSearch.searchSubAccounts.call(
		context,
		filter,
	);
	return results;
}

test('the list holds the sub-accounts, by company, own ID and ID', async () => {
	const one = sandbox.api.addSubAccount({ external_account_id: 'm-1', company_name: 'Austin Co' });
	const two = sandbox.api.addSubAccount({ external_account_id: 'm-2' });
	two.active = false;
	const austin = { name: `Austin Co m-1 (${one.account_id})`, value: String(one.account_id) };
	const other = { name: `m-2 (${two.account_id}) (disabled)`, value: String(two.account_id) };
	expect(await list()).toEqual([austin, other]);
	expect(await list('aUSTIN')).toEqual([austin]);
	expect(await list('M-2')).toEqual([other]);
	expect(await list(String(one.account_id))).toEqual([austin]);
	expect(await list('Chicago')).toEqual([]);
});

test('goes on after a page of five hundred', async () => {
	for (let index = 0; index < 501; index += 1) {
		sandbox.api.addSubAccount({ external_account_id: `m-${index}` });
	}
	expect(await list('m-500')).toHaveLength(1);
});

test('a key that is no partner is said so', async () => {
	sandbox.api.reset({ isPartner: false });
	await expect(list()).rejects.toMatchObject({
		message: expect.stringMatching(/^The sub-accounts could not be listed: /),
	});
});
