import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { type OptionalField, OPTIONAL_FIELDS } from './pageSettings';
import { TEXT_KEYS } from './words';
import { EN } from './words/en';

const OPTIONAL_NAMES: Record<OptionalField, string> = {
	address_line2: 'Address Line 2',
	address_residential_indicator: 'Residential Address',
	company_name: 'Company Name',
};

/** `cardNumber` as `Card Number`. */
const titled = (key: string) =>
	key
		.replace(/_/g, ' ')
		.replace(/([A-Z])/g, ' $1')
		.replace(/(?:^| )[a-z]/g, (letter) => letter.toUpperCase());

/** Every text of the page. */
const TEXT_OPTIONS: INodePropertyOptions[] = TEXT_KEYS.map((key) => ({
	name: titled(key),
	value: key,
	description: EN[key],
})).sort((one, other) => one.name.localeCompare(other.name));

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
		displayName: 'Logo',
		name: 'logo',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. data:image/png;base64,iVBORw0KGgo…',
		description: 'An image of at most 24 kB as a data address, shown above the title',
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
		displayName: 'Texts',
		name: 'texts',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Text' },
		placeholder: 'Add option',
		default: {},
		description: 'What the page says, in your own words',
		options: [
			{
				displayName: 'Text',
				name: 'rows',
				values: [
					{
						displayName: 'Language',
						name: 'language',
						type: 'options',
						options: [
							{ name: 'All', value: 'all' },
							{ name: 'English', value: 'en' },
							{ name: 'Spanish', value: 'es' },
						],
						default: 'all',
						description: 'The language of the page on which it stands',
					},
					{
						displayName: 'Text',
						name: 'text',
						type: 'options',
						options: TEXT_OPTIONS,
						default: 'button',
						description: 'Which one',
					},
					{
						displayName: 'Wording',
						name: 'wording',
						type: 'string',
						typeOptions: { rows: 2 },
						default: '',
						description: 'What it says. What stands in braces in the original is filled in.',
					},
				],
			},
		],
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
			{
				name: 'Invitation',
				value: 'invitation',
				description: "People who have an invitation or a link of the resource 'Onboarding Page'",
			},
		],
		default: 'basicAuth',
		description: 'Who can open the page. Invitations are best for people whom you know.',
	},
	{
		displayName:
			"Everybody who has the address can try cards here, up to 'Registrations an Hour', and have phones texted, up to ten times a day for each page that is loaded. Choose this only behind a sign-in of your own, or for a page that may be closed for an hour.",
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
		displayOptions: { show: { access: ['basicAuth', 'invitation'] } },
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
		displayName: 'Page Language',
		name: 'language',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: "Browser's",
				value: 'browser',
				description: 'Spanish for people whose browser asks for it, else English',
			},
			{ name: 'English', value: 'en' },
			{ name: 'Spanish', value: 'es' },
		],
		default: 'en',
		description: 'The language of the page',
	},
	{
		displayName:
			"The three texts below are in English. For Spanish, add yours under 'Options' > 'Texts'; else the page has its own.",
		name: 'languageNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { language: ['browser'] } },
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
