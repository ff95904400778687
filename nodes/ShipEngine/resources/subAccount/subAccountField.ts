import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Checklist } from '../../input/checklist';
import { fromItemOrEarlierStep } from '../../input/defaults';
import { type StepField, readFields } from '../../input/fields';
import { asSet } from '../../input/parameters';
import type { Run } from '../../step/run';
import { accountId, externalAccountId } from '../../values/identifiers';

import type { Sought } from './subAccounts';

/** The locator's mode for an ID of one's own. */
const EXTERNAL = 'externalId';

/** Which sub-account: by default the one that an earlier step of the same item made. */
export const SUB_ACCOUNT: INodeProperties = {
	displayName: 'Sub-Account',
	name: 'accountId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'id', value: fromItemOrEarlierStep('account_id') },
	description:
		'The sub-account. By default, the step takes the one that the last earlier ShipEngine step gave for this item.',
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
						errorMessage: "Use the form of a sub-account ID, such as '123456'",
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

/** The sub-account that an item is about; undefined where that is wrong, which is noted. */
export function readSubAccount(
	context: IExecuteFunctions,
	itemIndex: number,
	run: Run,
	checklist: Checklist,
): Sought | undefined {
	const { mode } = asSet(context, SUB_ACCOUNT.name) as { mode?: string };
	const isExternal = mode === EXTERNAL;
	const field: StepField<string> = {
		property: SUB_ACCOUNT,
		check: isExternal ? externalAccountId : accountId,
		providedBy: 'Create Sub-Account',
	};
	const { accountId: id } = readFields(context, itemIndex, run.earlierSteps, checklist, {
		accountId: field,
	});
	return id === undefined ? undefined : { id, isExternal };
}
