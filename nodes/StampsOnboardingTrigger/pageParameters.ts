import type { INodeProperties } from 'n8n-workflow';
import { type OptionalField, OPTIONAL_FIELDS } from './pageSettings';

const OPTIONAL_NAMES: Record<OptionalField, string> = {
	address_line2: 'Address Line 2',
	address_residential_indicator: 'Residential Address',
	company_name: 'Company Name',
};

/** What can be set besides. */
const OPTIONS: INodeProperties[] = [
	{
		displayName: 'Accent Color',
		name: 'accentColor',
		type: 'color',
		default: '#2f5bd8',
		description: 'The color of the button',
	},
	{
		displayName: 'Button Label',
		name: 'buttonLabel',
		type: 'string',
		default: 'Open Account',
	},
	{
		displayName: 'End Text',
		name: 'endText',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. We write to you within a day.',
		description: 'What the page says at its end. If empty, what comes next at Stamps.com.',
	},
	{
		displayName: 'End Title',
		name: 'endTitle',
		type: 'string',
		default: '',
		placeholder: 'e.g. Welcome',
		description: 'The last title of the page. If empty, that the account is ready.',
	},
	{
		displayName: 'Optional Fields',
		name: 'optionalFields',
		type: 'multiOptions',
		options: [...OPTIONAL_FIELDS]
			.map((value) => ({ name: OPTIONAL_NAMES[value], value }))
			.sort((one, other) => one.name.localeCompare(other.name)),
		default: ['company_name', 'address_line2'],
		description: 'What the page asks for, and people may leave empty',
	},
	{
		displayName: 'Privacy Notice URL',
		name: 'privacyUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://www.example.com/privacy',
		description: 'Where you say what happens with the data that people enter',
	},
	{
		displayName: 'Redirect URL',
		name: 'redirectUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://www.example.com/welcome',
		description: 'Where the page goes at its end',
	},
	{
		displayName: 'Registrations an Hour',
		name: 'registrationsAnHour',
		type: 'number',
		typeOptions: { minValue: 1 },
		displayOptions: { show: { '/access': ['anyone'] } },
		default: 30,
		description:
			'How many the page takes in an hour from all people together. So many cards can a thief try; so many can close the page for the hour.',
	},
	{
		displayName: 'Request Details',
		name: 'requestDetails',
		type: 'boolean',
		default: false,
		description:
			"Whether the item has the sender's 'ip', where n8n knows it, and 'user_agent', for rules of your own",
	},
	{
		displayName: 'Text Message Notice',
		name: 'smsText',
		type: 'string',
		typeOptions: { rows: 2 },
		default: 'We text you a code to confirm it.',
		description:
			'What stands under the phone. If you text people yourself, add what the law and your carrier ask for.',
	},
];

/** The parameters of the trigger, in their order. */
export const PANEL: INodeProperties[] = [
	{
		displayName: 'Access',
		name: 'access',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Anyone',
				value: 'anyone',
				description: 'Everybody who has the address, programs too',
			},
			{
				name: 'Basic Auth',
				value: 'basicAuth',
				description: 'People who enter the user name and password of a credential',
			},
		],
		default: 'basicAuth',
		description: 'Who can open the page',
	},
	{
		displayName:
			"Everybody who has the address can try cards here, up to 'Registrations an Hour', and have phones texted, three times for each account that is opened. Choose this only behind a sign-in of your own, or for a page that may be closed for an hour.",
		name: 'anyoneNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { access: ['anyone'] } },
	},
	{
		displayName: 'Card',
		name: 'card',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Ask',
				value: 'ask',
				description: 'People enter a card of their own, which is sealed in their browser',
			},
			{
				name: 'Do Not Ask',
				value: 'doNotAsk',
				description: "The card comes from the workflow: set 'Card Source' in Register",
			},
		],
		default: 'ask',
		displayOptions: { show: { access: ['basicAuth'] } },
		description: 'Whose card pays for the account',
	},
	{
		displayName: 'Path',
		name: 'path',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. open-account',
		description: "The end of the page's address",
	},
	{
		displayName: 'Form Title',
		name: 'formTitle',
		type: 'string',
		required: true,
		default: 'Open a Stamps.com account',
	},
	{
		displayName: 'Form Description',
		name: 'formDescription',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. A free account for USPS postage',
		description: 'The text under the title',
	},
	{
		displayName: 'Terms Text',
		name: 'termsText',
		type: 'string',
		required: true,
		default: 'I accept the terms of Stamps.com and USPS.',
		description: 'The text next to the checkbox that people tick',
	},
	{
		displayName: 'Terms URL',
		name: 'termsUrl',
		type: 'string',
		default: 'https://www.stamps.com/conditions/',
		description: 'Where the terms can be read: an address that begins with https or http',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: OPTIONS,
	},
];

/** What a parameter or an option is where nothing was set. */
export const defaultOf = (name: string) =>
	[...PANEL, ...OPTIONS].find((property) => property.name === name)?.default;
