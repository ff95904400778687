import type { INodeProperties } from 'n8n-workflow';
import { fromItemOrEarlierStep } from '../../input/defaults';
import type { StepField } from '../../input/fields';
import { carrierId } from '../../values/identifiers';

const CARRIER: INodeProperties = {
	displayName: 'Carrier',
	name: 'carrierId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'id', value: fromItemOrEarlierStep('carrier_id') },
	description:
		'The Stamps.com account. As it is, the step takes the one that the last earlier ShipEngine step gave for this item.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select an account...',
			typeOptions: { searchListMethod: 'searchStampsCarriers', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. se-123890',
			validation: [
				{
					type: 'regex',
					properties: {
						// The editor's first look only: what an answer gave has to pass.
						regex: '^[A-Za-z][A-Za-z0-9]*([_-][A-Za-z0-9]+)+$',
						errorMessage: "Use the form of a carrier ID, such as 'se-123890'",
					},
				},
			],
		},
	],
};

/** The carrier of a step: by default the one that an earlier step of the same item registered. */
export const carrierField: StepField<string> = {
	property: CARRIER,
	check: carrierId,
	providedBy: 'Register Stamps Account',
	isId: true,
};
