import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { CARD_FIELDS } from '../../input/cardFields';
import { cardType } from '../../values/paymentCard';
import type { CheckedField, Checklist } from '../../input/checklist';
import { snakeCase } from '../../input/fields';
import { keyOf, objectAt } from '../../input/itemFields';
import { parameterOf } from '../../input/parameters';
import type { Run } from '../../step/run';
import { isNothing } from '../../values/validation';
import { IF_NICKNAME_EXISTS } from '../stampsCom/ifNicknameExists';
import { ACCOUNT_FIELDS, ADDRESS_FIELDS } from './registrationFields';
import { SEALED_CARD, readSealedCard } from './sealedCardField';

const DATA_MODE: INodeProperties = {
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
		"Whether the fields are set below, or the input item is the registration: with the API's names, such as address_line1, nested or flat",
};

const CARD_SOURCE: INodeProperties = {
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
};

const CARD_CREDENTIAL = 'shipEnginePaymentCardApi';

const shownFor = (show: Record<string, string[]>) => ({
	displayOptions: { show: { dataMode: ['defineBelow'], ...show } },
});

/** The registration's part of the panel. */
export const registrationPanel: INodeProperties[] = [
	CARD_SOURCE,
	DATA_MODE,
	IF_NICKNAME_EXISTS,
	...[...ACCOUNT_FIELDS, ...ADDRESS_FIELDS].map(({ property }) => ({
		...property,
		...shownFor({}),
	})),
	...CARD_FIELDS.map(({ property }) => ({
		...property,
		...shownFor({ cardSource: ['parameters'] }),
	})),
	{ ...SEALED_CARD, displayOptions: { show: { cardSource: ['sealed'] } } },
];

/** The way out should the API want another spelling of a brand: an expression for Card Type. */
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
	/** The name that an item was searched for in vain. */
	sought?(parent: string, field: CheckedField): string | undefined;
}

/** The item as the registration: in the API's nested shape, or flat with names such as card_number. */
function fromItem(item: IDataObject): Source {
	const find = (parent: string, { key, property }: CheckedField) => {
		const holder = objectAt(item, parent);
		const nested = keyOf(holder, key);
		if (nested !== undefined && !isNothing(holder[nested])) return holder[nested];
		const flat = keyOf(item, snakeCase(property.name), property.displayName);
		return flat === undefined ? undefined : item[flat];
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
const fromCard = (card: IDataObject, nameOf: (field: CheckedField) => string): Source => ({
	entered: (_parent, field) => card[nameOf(field)] ?? field.property.default,
});

/** Where the card's values come from; undefined where there is none, or it cannot be opened. */
async function cardSource(
	context: IExecuteFunctions,
	itemIndex: number,
	run: Run,
	checklist: Checklist,
	others: Source,
): Promise<Source | undefined> {
	const source = parameterOf(context, 'cardSource', itemIndex);
	if (source === 'none') return undefined;
	if (source === 'parameters') return others;
	if (source === 'sealed') {
		const opened = await readSealedCard(context, itemIndex, run, checklist);
		return opened && fromCard(opened, ({ key }) => key);
	}
	// For each item, since a credential's own expressions may depend on the item.
	const card = await context.getCredentials(CARD_CREDENTIAL, itemIndex);
	return fromCard(card, ({ property }) => property.name);
}

/**
 * The registration that an item and the panel give, as the API takes it. What is wrong is noted in
 * the checklist, and is missing from the registration.
 */
export async function readRegistration(
	context: IExecuteFunctions,
	itemIndex: number,
	run: Run,
	checklist: Checklist,
): Promise<Registration> {
	const panel: Source = {
		entered: (_parent, { property }) => parameterOf(context, property.name, itemIndex),
	};
	const fields =
		parameterOf(context, 'dataMode', itemIndex) === 'autoMapInputData'
			? fromItem(context.getInputData()[itemIndex]!.json)
			: panel;
	const card = await cardSource(context, itemIndex, run, checklist, fields);
	const read = (parent: string, checked: CheckedField[], { entered, sought }: Source) =>
		checklist.checkObject(
			parent && `${parent}.`,
			checked,
			(field) => entered(parent, field),
			(field) => sought?.(parent, field),
		);

	return {
		...read('', ACCOUNT_FIELDS, fields),
		address: read('address', ADDRESS_FIELDS, fields),
		...(card && {
			credit_card: read('credit_card', card === panel ? CARD_FIELDS_OF_PANEL : CARD_FIELDS, card),
		}),
	} as Registration;
}
