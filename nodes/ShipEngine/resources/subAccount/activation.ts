import type { IDataObject } from 'n8n-workflow';
import { parseNoBody } from '../../api/noBody';
import { Failure, asFailure } from '../../failures/failure';
import { Checklist } from '../../input/checklist';
import { optionsField, readTimeout } from '../../input/options';
import type { Operation } from '../../step/operation';
import type { Run } from '../../step/run';
import { SUB_ACCOUNT, readSubAccount } from './subAccountField';
import { IF_NOT_FOUND, SUB_ACCOUNTS, type Sought, getSubAccount } from './subAccounts';

interface Words {
	name: string;
	value: 'enable' | 'disable';
	description: string;
	/** What is done: "enabled". */
	done: string;
}

/** Switches a sub-account on or off (reference page "Partner accounts": 204, without a body). */
function activation({ name, value, description, done }: Words): Operation {
	const active = value === 'enable';
	const failed = `The sub-account was not ${done}`;
	const words = {
		failed,
		unknown: `The sub-account may or may not have been ${done}`,
		ifUnknown: 'Run this item again: it can be done twice without harm.',
		ifNotFound: IF_NOT_FOUND,
	};

	async function activate(api: Run['api'], sought: Sought, timeout: number): Promise<IDataObject> {
		const { account_id } = sought.isExternal
			? await getSubAccount(api, sought, { failed, timeout })
			: { account_id: Number(sought.id) };
		const sent = await api
			.send({
				kind: 'write',
				method: 'PUT',
				path: `${SUB_ACCOUNTS}/${account_id}/${value}`,
				parse: parseNoBody,
				words,
				timeout,
			})
			.catch(asFailure);
		if (sent instanceof Failure) {
			if (!sent.details.isUnknown) throw sent;
			const now = await getSubAccount(api, sought, { failed, timeout }).catch(() => undefined);
			if (now?.active !== active) throw sent;
		}
		return { account_id, active };
	}

	return {
		name,
		value,
		action: `${name} sub-account`,
		description,
		fields: [SUB_ACCOUNT, optionsField()],
		makes: [],

		async prepare(itemIndex, run) {
			const checklist = new Checklist();
			const timeout = readTimeout(this, itemIndex, checklist);
			const subAccount = readSubAccount(this, itemIndex, run, checklist);
			checklist.settle(failed);
			return async () => await activate(run.api, subAccount!, timeout);
		},
	};
}

export const enable = activation({
	name: 'Enable',
	value: 'enable',
	description: 'Let a sub-account be used again',
	done: 'enabled',
});

export const disable = activation({
	name: 'Disable',
	value: 'disable',
	description: 'Keep a sub-account from being used, until it is enabled again',
	done: 'disabled',
});
