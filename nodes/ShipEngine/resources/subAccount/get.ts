import { Checklist } from '../../input/checklist';
import { optionsField, readTimeout } from '../../input/options';
import type { Operation } from '../../step/operation';
import { SUB_ACCOUNT, readSubAccount } from './subAccountField';
import { getSubAccount } from './subAccounts';

const FAILED = 'The sub-account could not be read';

/** Reads a sub-account (reference page "Partner accounts"). */
export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get sub-account',
	description: 'Get a sub-account, by its ID or by an ID of your own',
	fields: [SUB_ACCOUNT, optionsField()],
	makes: [],

	async prepare(itemIndex, run) {
		const checklist = new Checklist();
		const timeout = readTimeout(this, itemIndex, checklist);
		const subAccount = readSubAccount(this, itemIndex, run, checklist);
		checklist.settle(FAILED);
		return async () => await getSubAccount(run.api, subAccount!, { failed: FAILED, timeout });
	},
};
