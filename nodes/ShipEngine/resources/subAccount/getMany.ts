import { LIMIT } from '../../input/listFields';
import { reading } from '../../step/declare';
import { SUB_ACCOUNT_OUTPUT, listSubAccounts } from './subAccounts';

/** Lists the sub-accounts of a partner, each an item (reference page "Partner accounts"). */
export const getMany = reading({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many sub-accounts',
	description: "Get the sub-accounts of the API key's partner",
	failed: 'The sub-accounts could not be listed',
	isOfPartner: true,
	fields: { limit: LIMIT },
	output: SUB_ACCOUNT_OUTPUT,
	act: async ({ limit }, api) => await listSubAccounts(api, limit),
});
