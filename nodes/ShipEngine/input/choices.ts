import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { type OwnField, nameOf } from './field';
import { inSteps, inTools } from './tools';
import { Mistake } from '../values/mistakes';

const inWords = (values: string[]) =>
	values
		.map((value) => `'${value}'`)
		.join(', ')
		.replace(/, (?=[^,]*$)/, ' or ');

/** What the panel shows of a field with choices, of which a tool of an agent has not all. */
function shownFor(property: INodeProperties, ofTools: string[]): INodeProperties[] {
	const all = property.options as INodePropertyOptions[];
	const options = all.filter(({ value }) => ofTools.includes(String(value)));
	if (options.length === all.length) return [property];
	const inTool = options.length > 1 ? { ...property, options } : hidden(property);
	return [inSteps(property), inTools(inTool)];
}

const hidden = ({ name, displayName, default: value, displayOptions }: INodeProperties) => ({
	...{ displayName, name, default: value, displayOptions },
	type: 'hidden' as const,
});

/**
 * A field with choices. What an expression gives must be one of them: it is taken for no other one, nor a
 * list for its only entry.
 *
 * @param ofTools - the choices that a tool of an agent has: all, if it is not said
 */
export function choiceField(property: INodeProperties, ofTools?: string[]): OwnField<string> {
	const all = (property.options as INodePropertyOptions[]).map(({ value }) => String(value));
	return {
		properties: shownFor(property, ofTools ?? all),
		read(item) {
			const values = (item.isTool && ofTools) || all;
			return item.checklist.check(nameOf(property), item.parameter(property.name), (value) =>
				typeof value === 'string' && values.includes(value)
					? value
					: new Mistake('not_a_choice', { choices: inWords(values) }),
			);
		},
	};
}
