import type { INodeProperties } from 'n8n-workflow';
import { chainProperties, readChain } from '../../input/chainFields';
import type { OwnField } from '../../input/field';
import { accountId, externalAccountId } from '../../values/identifiers';
import type { Sought } from './subAccounts';

/** The locator's mode for an ID of one's own. */
const EXTERNAL = 'externalId';

const property: INodeProperties = {
	displayName: 'Sub-Account',
	name: 'accountId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'The account of a merchant under yours',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a sub-account...',
			typeOptions: { searchListMethod: 'searchSubAccounts', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 123456',
			validation: [
				{
					type: 'regex',
					properties: {
						regex: '^([sS][eE]-)?[1-9][0-9]*$',
						errorMessage: "Enter a sub-account ID, such as '123456'",
					},
				},
			],
		},
		{
			displayName: 'By External ID',
			name: EXTERNAL,
			type: 'string',
			placeholder: 'e.g. merchant-0001',
			hint: 'The ID of your own that it was created with',
		},
	],
};

/** As outputs about a sub-account name it; an `account_id` may be that of any other system. */
const SOURCE = {
	property,
	key: 'on_behalf_of',
	isExact: true,
	isOfItem: true,
	providedBy: 'Create Sub-Account',
};

/** Which sub-account, from the item itself. */
export const SUB_ACCOUNT: OwnField<Sought> = {
	properties: chainProperties({ ...SOURCE, check: accountId }),

	read(item) {
		const { mode } = item.asSet(property.name) as { mode?: string };
		const isExternal = mode === EXTERNAL;
		const own = { key: 'external_account_id', check: externalAccountId };
		const source = { ...SOURCE, check: accountId, ...(isExternal && own) };
		const { id } = readChain<{ id: string }>(item, { id: source }).values;
		return id === undefined ? undefined : { id, isExternal };
	},
};
