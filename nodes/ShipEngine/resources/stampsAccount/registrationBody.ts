import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { CARD_FIELDS } from '../../input/cardFields';
import type { CheckedField } from '../../input/checklist';
import { choiceField } from '../../input/choices';
import type { OwnField } from '../../input/field';
import { ACCOUNT_FIELDS, ADDRESS_FIELDS } from '../../input/registrationFields';
import { readCardSource } from './cardSource';
import { inSteps, inTools } from '../../input/tools';
import { SEALED_CARD_PROPERTY } from './sealedCardField';
import { type Source, ofItem, ofPanel } from './sources';

/** Where the values of a registration come from: in a tool of an agent, each is set or offered to the model. */
export const DATA_MODE: OwnField<string> = {
	...choiceField(
		{
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
		},
		['defineBelow'],
	),
	decides: true,
};

const shownFor = (show: Record<string, string[]>) => ({
	displayOptions: { show: { dataMode: ['defineBelow'], ...show } },
});

/** In a tool of an agent, a person switches it on, and no model. */
const CONSENT = 'agree_to_carrier_terms';

/** The registration's own part of the panel. */
const PROPERTIES: INodeProperties[] = [
	...[...ACCOUNT_FIELDS, ...ADDRESS_FIELDS].flatMap(({ key, property }) => {
		const shown = { ...property, ...shownFor({}) };
		return key === CONSENT
			? [inSteps(shown), inTools({ ...shown, noDataExpression: true })]
			: [shown];
	}),
	...CARD_FIELDS.map(({ property }) => ({
		...property,
		...shownFor({ cardSource: ['parameters'] }),
	})),
	{ ...SEALED_CARD_PROPERTY, displayOptions: { show: { cardSource: ['sealed'] } } },
];

/** The body of a registration (reference page "Register Free Stamps Account"). */
export interface Registration extends IDataObject {
	nickname: string;
	email: string;
	agree_to_carrier_terms: true;
	address: IDataObject & { phone: string };
	credit_card?: IDataObject & { number: string };
}

/** The registration that an item and the panel give, as the API takes it. */
export const REGISTRATION: OwnField<Registration> = {
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
		const { email } = account;
		const { phone } = address;
		const person = email === undefined || phone === undefined ? undefined : { email, phone };
		const source = await readCardSource(item, fields, person);
		const card = source && read('credit_card', source.cardFields ?? CARD_FIELDS, source);
		item.secrets.push(String(card?.number ?? ''));
		return { ...account, address, ...(card && { credit_card: card }) } as Registration;
	},
};
