import { Checklist } from '../../input/checklist';
import { LIST_FIELDS, readLimit } from '../../input/listFields';
import { optionsField, readTimeout } from '../../input/options';
import type { Operation } from '../../step/operation';
import { listSubAccounts } from './subAccounts';

const FAILED = 'The sub-accounts could not be listed';

/** Lists the sub-accounts of a partner, each an item (reference page "Partner accounts"). */
export const getMany: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many sub-accounts',
	description: "Get the sub-accounts of the API key's partner",
	fields: [...LIST_FIELDS, optionsField()],
	makes: [],

	async prepare(itemIndex, run) {
		const checklist = new Checklist();
		const timeout = readTimeout(this, itemIndex, checklist);
		const limit = readLimit(this, itemIndex, checklist);
		checklist.settle(FAILED);
		return async () => await listSubAccounts(run.api, limit, { failed: FAILED, timeout });
	},
};
