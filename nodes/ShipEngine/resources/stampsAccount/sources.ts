import type { IDataObject } from 'n8n-workflow';
import { CARD_FIELDS } from '../../input/cardFields';
import type { CheckedField } from '../../input/checklist';
import { snakeCase } from '../../input/field';
import type { Item } from '../../input/item';
import { keyOf, objectAt } from '../../input/itemFields';
import { cardType } from '../../values/paymentCard';
import { isNothing } from '../../values/validation';

/**
 * Card Type is sent just as an expression on the panel spells it: the way out if the API wants another
 * spelling of a brand. Elsewhere usual spellings are replaced.
 */
const CARD_FIELDS_OF_PANEL = CARD_FIELDS.map(
	(field): CheckedField =>
		field.key === 'type'
			? { ...field, check: (value, { number }) => cardType(number as string, true)(value) }
			: field,
);

/** Where the values of an object of the body come from. */
export interface Source {
	/** What was entered for a field, unchecked. */
	entered(parent: string, field: CheckedField): unknown;
	/** The field name that the item lacks, if they come from one. */
	sought?(parent: string, field: CheckedField): string | undefined;
	/** The fields of a card, if its values are checked in another way than usual. */
	cardFields?: CheckedField[];
}

/** What the panel has. */
export const ofPanel = (item: Item): Source => ({
	entered: (_parent, { property }) => item.parameter(property.name),
	cardFields: CARD_FIELDS_OF_PANEL,
});

/** The item as the registration: in the API's nested shape, or flat with names such as card_number. */
export function ofItem({ json }: Item): Source {
	const find = (parent: string, { key, property }: CheckedField) => {
		const holder = objectAt(json, parent);
		const nested = keyOf(holder, key);
		if (nested !== undefined && !isNothing(holder[nested])) return holder[nested];
		const flat = keyOf(json, snakeCase(property.name), property.displayName);
		return flat === undefined ? undefined : json[flat];
	};
	return {
		entered(parent, field) {
			const value = find(parent, field);
			return isNothing(value) ? field.property.default : value;
		},
		// Where there is something to fall back on, nothing is wrong because the item lacks it.
		sought: (parent, field) =>
			find(parent, field) === undefined && !field.property.default
				? snakeCase(field.property.name)
				: undefined,
	};
}

/** A card by the names that its fields have there. */
export const ofCard = (card: IDataObject, nameOf: (field: CheckedField) => string): Source => ({
	entered: (_parent, field) => card[nameOf(field)] ?? field.property.default,
});
