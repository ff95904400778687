import type { INodeProperties } from 'n8n-workflow';
import { fromItemOrEarlierStep, readChain } from '../../input/chainFields';
import type { OwnField } from '../../input/field';
import { accountId, externalAccountId } from '../../values/identifiers';
import type { Sought } from './subAccounts';

/** The locator's mode for an ID of one's own. */
const EXTERNAL = 'externalId';

const property: INodeProperties = {
	displayName: 'Sub-Account',
	name: 'accountId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'id', value: fromItemOrEarlierStep('account_id') },
	description:
		'The sub-account. By default, the step takes the one from the last earlier ShipEngine step for this item.',
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

/** Which sub-account: by default the one that an earlier step of the same item created. */
export const SUB_ACCOUNT: OwnField<Sought> = {
	properties: [property],

	read(item) {
		const { mode } = item.asSet(property.name) as { mode?: string };
		const isExternal = mode === EXTERNAL;
		const check = isExternal ? externalAccountId : accountId;
		const source = { property, check, providedBy: 'Create Sub-Account' };
		const { id } = readChain<{ id: string }>(item, { id: source });
		return id === undefined ? undefined : { id, isExternal };
	},
};
