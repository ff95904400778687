import { parseNoBody } from '../../api/answer';
import { writing } from '../../step/declare';
import { SUB_ACCOUNT } from './subAccountField';
import { IF_NOT_FOUND, SUB_ACCOUNTS, getSubAccount } from './subAccounts';

interface Words {
	name: string;
	value: 'enable' | 'disable';
	description: string;
	/** What is done: "enabled". */
	done: string;
}

/** Switches a sub-account on or off (reference page "Partner accounts": 204, without a body). */
const activation = ({ name, value, description, done }: Words) =>
	writing({
		name,
		value,
		action: `${name} sub-account`,
		description,
		does: 'changesAccess',
		words: {
			failed: `The sub-account was not ${done}`,
			unknown: `The sub-account may or may not have been ${done}`,
			ifUnknown: 'Run this item again: doing it twice does no harm.',
		},
		isOfPartner: true,
		fields: { sought: SUB_ACCOUNT },
		output: { account_id: 'number', active: 'boolean' },

		async act({ sought }, { api }) {
			const active = value === 'enable';
			const { account_id } = sought.isExternal
				? await getSubAccount(api, sought)
				: { account_id: Number(sought.id) };
			await api.writeOrFind(
				{
					method: 'PUT',
					path: `${SUB_ACCOUNTS}/${account_id}/${value}`,
					parse: parseNoBody,
					ifNotFound: IF_NOT_FOUND,
				},
				async () => (await getSubAccount(api, sought)).active === active || undefined,
			);
			return { account_id, active };
		},
	});

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
