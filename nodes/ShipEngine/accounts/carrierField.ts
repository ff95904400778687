import { chainField } from '../input/chainFields';
import { carrierId } from '../values/identifiers';

/** The carrier of a step. */
export const CARRIER = chainField({
	property: {
		displayName: 'Carrier',
		name: 'carrierId',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description: 'The Stamps.com account',
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
