import type { IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Checklist } from './checklist';
import { snakeCase } from './fields';
import { parameterOf } from './parameters';
import { Mistake } from '../values/validation';

const inWords = (values: string[]) =>
	values
		.map((value) => `'${value}'`)
		.join(', ')
		.replace(/, (?=[^,]*$)/, ' or ');

/**
 * Which of the choices of a field an item takes: what an expression gives must not be taken for another
 * one. Undefined where it is none of them, which is noted.
 */
export function readChoice(
	context: IExecuteFunctions,
	itemIndex: number,
	checklist: Checklist,
	{ name, displayName, options = [] }: INodeProperties,
): string | undefined {
	const values = (options as INodePropertyOptions[]).map(({ value }) => String(value));
	return checklist.check(
		{ field: snakeCase(name), label: displayName },
		parameterOf(context, name, itemIndex),
		(value) =>
			values.includes(String(value))
				? String(value)
				: new Mistake('invalid_field_value', `needs to be ${inWords(values)}`),
	);
}
