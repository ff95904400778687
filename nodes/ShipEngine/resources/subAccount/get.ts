import { reading } from '../../step/declare';
import { SUB_ACCOUNT } from './subAccountField';
import { SUB_ACCOUNT_OUTPUT, getSubAccount } from './subAccounts';

/** Reads a sub-account (reference page "Partner accounts"). */
export const get = reading({
	name: 'Get',
	value: 'get',
	action: 'Get sub-account',
	description: 'Get a sub-account, by its ID or by an ID of your own',
	failed: 'The sub-account could not be read',
	isOfPartner: true,
	fields: { subAccount: SUB_ACCOUNT },
	output: SUB_ACCOUNT_OUTPUT,
	act: async ({ subAccount }, api) => await getSubAccount(api, subAccount),
});
