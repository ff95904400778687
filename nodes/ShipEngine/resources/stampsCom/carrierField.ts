import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Checklist } from '../../input/checklist';
import { fromItemOrEarlierStep } from '../../input/defaults';
import { type StepField, readFields } from '../../input/fields';
import { type RequestOptions, readOptions } from '../../input/onBehalfOf';
import type { Run } from '../../step/run';
import { carrierId } from '../../values/identifiers';

const CARRIER: INodeProperties = {
	displayName: 'Carrier',
	name: 'carrierId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'id', value: fromItemOrEarlierStep('carrier_id') },
	description:
		'The Stamps.com account. By default, the step takes the one that the last earlier ShipEngine step gave for this item.',
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

/** A carrier, and the options of a request that is about it. */
export interface AboutCarrier {
	carrierId: string;
	options: RequestOptions;
}

/** The carrier that an item is about; what is wrong with it, or with the options, is noted. */
export function readCarrier(
	context: IExecuteFunctions,
	itemIndex: number,
	{ earlierSteps }: Run,
	checklist: Checklist,
): AboutCarrier {
	const fields = { carrierId: carrierField };
	const { carrierId = '' } = readFields(context, itemIndex, earlierSteps, checklist, fields);
	const options = readOptions(context, itemIndex, earlierSteps, checklist, carrierId);
	return { carrierId, options };
}
