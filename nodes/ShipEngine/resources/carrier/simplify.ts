import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { OwnField } from '../../input/field';
import type { Output } from '../../step/operation';
import { picked } from '../../step/outputSchema';

/** What people look at first, by the API's names. */
export const CARRIER_OUTPUT = {
	carrier_id: 'string',
	nickname: 'string',
	account_number: 'string',
	balance: 'number',
	'funding_source_id?': 'string',
	'connection_status?': 'string',
	primary: 'boolean',
	disabled_by_billing_plan: 'boolean',
} satisfies Output;

const property: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** Makes an output of a carrier: without services, packages and options, which are many, or as it is. */
export const SIMPLIFY: OwnField<(carrier: IDataObject) => IDataObject> = {
	properties: [property],
	read: (item) =>
		item.parameter(property.name) === true
			? (carrier) => picked(carrier, CARRIER_OUTPUT)
			: (carrier) => carrier,
};
