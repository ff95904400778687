import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { CARD_FIELDS } from '../../shared/cardFields';
import type { CheckedField, Checklist } from '../../shared/checklist';
import { snakeCase } from '../../shared/fields';
import { isNothing } from '../../shared/validation';
import { ACCOUNT_FIELDS, ADDRESS_FIELDS } from './registrationFields';

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
	...[...ACCOUNT_FIELDS, ...ADDRESS_FIELDS].map(({ property }) => ({
		...property,
		...shownFor({}),
	})),
	...CARD_FIELDS.map(({ property }) => ({
		...property,
		...shownFor({ cardSource: ['parameters'] }),
	})),
];

/** The body of a registration (reference page "Register Free Stamps Account"). */
export interface Registration extends IDataObject {
	nickname: string;
	email: string;
	agree_to_carrier_terms: true;
	address: IDataObject & { phone: string };
	credit_card?: IDataObject & { number: string };
}

/** Gives what was entered for a field of an object of the body, unchecked. */
type Source = (parent: string, field: CheckedField) => unknown;

/** A field of an item that may have any keys: only what the item itself holds counts. */
const own = (holder: unknown, key: string): unknown =>
	holder !== null && typeof holder === 'object' && Object.hasOwn(holder, key)
		? (holder as IDataObject)[key]
		: undefined;

/** The item as the registration: in the API's nested shape, or flat with names such as card_number. */
function fromItem(item: IDataObject): Source {
	return (parent, { key, property }) => {
		const nested = own(own(item, parent), key);
		const value = isNothing(nested) ? own(item, snakeCase(property.name)) : nested;
		return isNothing(value) ? property.default : value;
	};
}

async function cardSource(
	context: IExecuteFunctions,
	itemIndex: number,
	others: Source,
): Promise<Source | undefined> {
	const source = context.getNodeParameter('cardSource', itemIndex);
	if (source === 'none') return undefined;
	if (source === 'parameters') return others;
	// For each item, since a credential's own expressions may depend on the item.
	const card = await context.getCredentials(CARD_CREDENTIAL, itemIndex);
	return (_parent, { property }) => card[property.name];
}

/**
 * The registration that an item and the panel give, as the API takes it. What is wrong is noted in
 * the checklist, and is missing from the registration.
 */
export async function readRegistration(
	context: IExecuteFunctions,
	itemIndex: number,
	checklist: Checklist,
): Promise<Registration> {
	const entered: Source =
		context.getNodeParameter('dataMode', itemIndex) === 'autoMapInputData'
			? fromItem(context.getInputData()[itemIndex]!.json)
			: (_parent, { property }) => context.getNodeParameter(property.name, itemIndex);
	const card = await cardSource(context, itemIndex, entered);
	const read = (parent: string, fields: CheckedField[], source: Source) =>
		checklist.checkObject(parent && `${parent}.`, fields, (field) => source(parent, field));

	return {
		...read('', ACCOUNT_FIELDS, entered),
		address: read('address', ADDRESS_FIELDS, entered),
		...(card && { credit_card: read('credit_card', CARD_FIELDS, card) }),
	} as Registration;
}
