import type { INodeProperties } from 'n8n-workflow';
import { chainProperties, chainProperty } from '../input/chainFields';
import type { Field, Fields } from '../input/field';
import { EFFECTS, type Effect } from './effects';

/** What the panel shows of an operation's fields, and what of them stands under *Options*. */
export function shownFields<T>(
	fields: Fields<T>,
	does: Effect,
): { shown: INodeProperties[]; options: INodeProperties[] } {
	const { looksBack, isForPeople } = EFFECTS[does];
	const shown: INodeProperties[] = [];
	const options: INodeProperties[] = [];
	for (const field of Object.values<Field<unknown>>(fields)) {
		if (!('chain' in field)) (field.isOption ? options : shown).push(...field.properties);
		else if (isForPeople) shown.push(chainProperty(field.chain, looksBack));
		else shown.push(...chainProperties(field.chain, looksBack));
	}
	return { shown, options };
}
