import type { INodeProperties } from 'n8n-workflow';
import type { CheckedField } from '../../input/checklist';
import type { StepField } from '../../input/fields';
import { externalAccountId } from '../../values/identifiers';
import { Mistake, email, isNothing, optionalText } from '../../values/validation';

/** The key against doubling: unique, as documented, and so required here. */
export const externalIdField: StepField<string> = {
	property: {
		displayName: 'External Account ID',
		name: 'externalAccountId',
		type: 'string',
		required: true,
		default: '={{ $json.external_account_id }}',
		placeholder: 'e.g. merchant-0001',
		description:
			'An ID of your own for the sub-account, which never changes. It keeps the sub-account from being created twice.',
	},
	check: externalAccountId,
	providedBy: 'your own list of merchants',
	isOfItem: true,
};

/** Whether an external account ID that is there already is left alone, or its sub-account given back. */
export const IF_EXTERNAL_ID_EXISTS: INodeProperties = {
	displayName: 'If External Account ID Exists',
	name: 'ifExternalAccountIdExists',
	type: 'options',
	options: [
		{
			name: 'Fail',
			value: 'fail',
			description: 'Create nothing, and fail the item with the ID of the sub-account that exists',
		},
		{
			name: 'Return Existing',
			value: 'returnExisting',
			description: 'Create nothing, and return the sub-account that exists',
		},
	],
	default: 'fail',
	description: 'What to do where a sub-account of this ID exists',
};

const upTo =
	(longest: number): CheckedField['check'] =>
	(value) => {
		const text = optionalText(value);
		return typeof text === 'string' && text.length > longest
			? new Mistake('invalid_string_length', `is longer than ${longest} characters`)
			: text;
	};

const textField = (displayName: string, name: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
});

/** What else a sub-account can be given, and how long it may be (reference page "Partner accounts"). */
export const ADDITIONAL_FIELDS: CheckedField[] = [
	{
		key: 'company_name',
		check: upTo(50),
		property: textField('Company Name', 'companyName'),
	},
	{
		key: 'email',
		check: (value) => (isNothing(value) ? '' : email(value)),
		property: {
			...textField('Email', 'email'),
			placeholder: 'e.g. name@email.com',
			description: 'No other account of ShipStation may have it',
		},
	},
	{ key: 'first_name', check: upTo(24), property: textField('First Name', 'firstName') },
	{ key: 'last_name', check: upTo(24), property: textField('Last Name', 'lastName') },
];

/** Their collection in the panel. */
export const additionalFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: ADDITIONAL_FIELDS.map(({ property }) => property),
};
