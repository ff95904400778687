import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Checklist } from './checklist';
import { parameterOf } from './parameters';
import { type Check, Mistake } from '../values/validation';

/** What every operation has that reads a list, in n8n's own words. */
export const LIST_FIELDS: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		displayOptions: { show: { returnAll: [false] } },
		default: 50,
		description: 'Max number of results to return',
	},
];

const wholeNumber: Check<number> = (value) =>
	Number.isInteger(value) && (value as number) >= 1
		? (value as number)
		: new Mistake('invalid_field_value', 'needs a whole number, 1 or more');

/** How many results an item wants at the most; what is wrong with it is noted. */
export const readLimit = (
	context: IExecuteFunctions,
	itemIndex: number,
	checklist: Checklist,
): number =>
	parameterOf(context, 'returnAll', itemIndex) === true
		? Infinity
		: (checklist.check(
				{ field: 'limit', label: 'Limit' },
				parameterOf(context, 'limit', itemIndex),
				wholeNumber,
			) ?? 0);
