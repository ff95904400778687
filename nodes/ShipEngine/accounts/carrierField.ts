import { chainField, fromItemOrEarlierStep } from '../input/chainFields';
import { carrierId } from '../values/identifiers';

/** The carrier of a step: by default the one that an earlier step of the same item registered. */
export const CARRIER = chainField({
	property: {
		displayName: 'Carrier',
		name: 'carrierId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'id', value: fromItemOrEarlierStep('carrier_id') },
		description:
			'The Stamps.com account. By default, the step takes the one from the last earlier ShipEngine step for this item.',
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
							errorMessage: "Enter a carrier ID, such as 'se-123890'",
						},
					},
				],
			},
		],
	},
	check: carrierId,
	providedBy: 'Register Stamps Account',
	isId: true,
});
