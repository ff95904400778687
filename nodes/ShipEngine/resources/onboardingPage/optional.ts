import type { INodeProperties } from 'n8n-workflow';
import { type OwnField, nameOf } from '../../input/field';
import type { Item } from '../../input/item';
import { optionNamed, optionsOf } from '../../input/options';
import { Mistake } from '../../values/mistakes';
import { type Check, isNothing } from '../../values/validation';

/** What may be missing: as it is set, or as the item has it. */
export const optional = (
	property: INodeProperties,
	key: string,
	check: Check<string>,
	isOption?: true,
): OwnField<string | undefined> => ({
	properties: [property],
	isOption,
	read(item: Item) {
		const set = isOption ? optionsOf(item)[property.name] : item.parameter(property.name, '');
		const name = isOption ? optionNamed(property) : nameOf(property);
		if (!isNothing(set)) return item.checklist.check(name, set, check);
		const field = item.fieldNamed(key, true);
		if (field === undefined || field instanceof Mistake || isNothing(field.value)) return undefined;
		return item.checklist.check(name, field.value, check);
	},
});
