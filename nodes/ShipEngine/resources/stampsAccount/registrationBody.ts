import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { CARD_FIELDS } from '../../input/cardFields';
import type { CheckedField } from '../../input/checklist';
import { choiceField } from '../../input/choices';
import { type Field, snakeCase } from '../../input/field';
import type { Item } from '../../input/item';
import { keyOf, objectAt } from '../../input/itemFields';
import { ACCOUNT_FIELDS, ADDRESS_FIELDS } from '../../input/registrationFields';
import { cardType } from '../../values/paymentCard';
import { isNothing } from '../../values/validation';
import { SEALED_CARD } from './sealedCardField';

/** Where the values of a registration come from. */
export const DATA_MODE = choiceField({
	displayName: 'Data Mode',
	name: 'dataMode',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Define Below',
			value: 'defineBelow',
			description: 'Set the value of each field',
		},
		{
			name: 'Map Automatically',
			value: 'autoMapInputData',
			description: "Take the fields that have the API's names from the input item",
		},
	],
	default: 'defineBelow',
	description:
		"Whether to fill in the fields below or read them from the input item, which then uses the API's field names, such as address_line1, nested or flat",
});

/** Where the payment card comes from. */
export const CARD_SOURCE = choiceField({
	displayName: 'Card Source',
	name: 'cardSource',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Credential',
			value: 'credential',
			description: 'An encrypted credential: the card is in no item and no output',
		},
		{
			name: 'None',
			value: 'none',
			description: "Only for partners, together with 'On Behalf Of'",
		},
		{
			name: 'Parameters',
			value: 'parameters',
			description: "The card's fields below or, when mapping automatically, of the input item",
		},
		{
			name: 'Sealed Card',
			value: 'sealed',
			description: 'A card that was sealed in the browser: n8n stores nothing that can be read',
		},
	],
	default: 'parameters',
	description:
		'Where the payment card comes from. What passes through items and parameters is stored by n8n with the execution and the workflow.',
});

const CARD_CREDENTIAL = 'shipEnginePaymentCardApi';

const shownFor = (show: Record<string, string[]>) => ({
	displayOptions: { show: { dataMode: ['defineBelow'], ...show } },
});

/** The registration's own part of the panel. */
const PROPERTIES: INodeProperties[] = [
	...[...ACCOUNT_FIELDS, ...ADDRESS_FIELDS].map(({ property }) => ({
		...property,
		...shownFor({}),
	})),
	...CARD_FIELDS.map(({ property }) => ({
		...property,
		...shownFor({ cardSource: ['parameters'] }),
	})),
	...SEALED_CARD.properties.map((property) => ({
		...property,
		displayOptions: { show: { cardSource: ['sealed'] } },
	})),
];

/** The way out if the API wants another spelling of a brand: an expression for Card Type. */
const CARD_FIELDS_OF_PANEL = CARD_FIELDS.map(
	(field): CheckedField =>
		field.key === 'type'
			? { ...field, check: (value, { number }) => cardType(number as string, true)(value) }
			: field,
);

/** The body of a registration (reference page "Register Free Stamps Account"). */
export interface Registration extends IDataObject {
	nickname: string;
	email: string;
	agree_to_carrier_terms: true;
	address: IDataObject & { phone: string };
	credit_card?: IDataObject & { number: string };
}

/** Where the values of an object of the body come from. */
interface Source {
	/** What was entered for a field, unchecked. */
	entered(parent: string, field: CheckedField): unknown;
	/** The field name that the item lacks, if they come from one. */
	sought?(parent: string, field: CheckedField): string | undefined;
	cardFields?: CheckedField[];
}

const ofPanel = (item: Item): Source => ({
	entered: (_parent, { property }) => item.parameter(property.name),
	cardFields: CARD_FIELDS_OF_PANEL,
});

/** The item as the registration: in the API's nested shape, or flat with names such as card_number. */
function ofItem({ json }: Item): Source {
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
		sought: (parent, field) =>
			find(parent, field) === undefined ? snakeCase(field.property.name) : undefined,
	};
}

/** A card by the names that its fields have there. */
const ofCard = (card: IDataObject, nameOf: (field: CheckedField) => string): Source => ({
	entered: (_parent, field) => card[nameOf(field)] ?? field.property.default,
});

/** Where the card's values come from; undefined if there is none, or it cannot be opened. */
async function cardSource(item: Item, others: Source): Promise<Source | undefined> {
	const source = item.parameter('cardSource');
	if (source === 'none') return undefined;
	if (source === 'parameters') return others;
	if (source === 'sealed') {
		const opened = await SEALED_CARD.read(item);
		return opened && ofCard(opened, ({ key }) => key);
	}
	// For each item, since a credential's own expressions may depend on the item.
	const card = await item.context.getCredentials(CARD_CREDENTIAL, item.index);
	return ofCard(card, ({ property }) => property.name);
}

/** The registration that an item and the panel give, as the API takes it. */
export const REGISTRATION: Field<Registration> = {
	properties: PROPERTIES,

	async read(item) {
		const isMapped = item.parameter('dataMode') === 'autoMapInputData';
		const fields = isMapped ? ofItem(item) : ofPanel(item);
		const read = (parent: string, checked: CheckedField[], { entered, sought }: Source) =>
			item.checklist.checkObject(
				parent && `${parent}.`,
				checked,
				(field) => entered(parent, field),
				(field) => sought?.(parent, field),
			);
		const account = read('', ACCOUNT_FIELDS, fields);
		const address = read('address', ADDRESS_FIELDS, fields);
		const source = await cardSource(item, fields);
		const card = source && read('credit_card', source.cardFields ?? CARD_FIELDS, source);
		item.secrets.push(String(card?.number ?? ''));
		return { ...account, address, ...(card && { credit_card: card }) } as Registration;
	},
};
