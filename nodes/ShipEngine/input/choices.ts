import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { type OwnField, simpleField } from './field';
import { Mistake } from '../values/mistakes';

const inWords = (values: string[]) =>
	values
		.map((value) => `'${value}'`)
		.join(', ')
		.replace(/, (?=[^,]*$)/, ' or ');

/** A field with choices. What an expression gives must be one of them: it is taken for no other one, nor a list for its only entry. */
export function choiceField(property: INodeProperties): OwnField<string> {
	const values = (property.options as INodePropertyOptions[]).map(({ value }) => String(value));
	return simpleField(property, (value) =>
		typeof value === 'string' && values.includes(value)
			? value
			: new Mistake('not_a_choice', { choices: inWords(values) }),
	);
}
