import type { INodeProperties } from 'n8n-workflow';
import { type OwnField, nameOf } from './field';
import { Mistake } from '../values/mistakes';
import type { Check } from '../values/validation';

const RETURN_ALL: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

const MAX_RESULTS: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	displayOptions: { show: { returnAll: [false] } },
	default: 50,
	description: 'Max number of results to return',
};

const wholeNumber: Check<number> = (value) =>
	Number.isInteger(value) && (value as number) >= 1
		? (value as number)
		: new Mistake('not_whole_number');

/** How many results an item wants at most, in n8n's own words: what every operation has that lists. */
export const LIMIT: OwnField<number> = {
	properties: [RETURN_ALL, MAX_RESULTS],
	read: (item) =>
		item.parameter(RETURN_ALL.name) === true
			? Infinity
			: item.checklist.check(nameOf(MAX_RESULTS), item.parameter(MAX_RESULTS.name), wholeNumber),
};
