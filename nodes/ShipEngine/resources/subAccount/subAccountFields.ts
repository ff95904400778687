import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { chainField } from '../../input/chainFields';
import type { CheckedField } from '../../input/checklist';
import { choiceField } from '../../input/choices';
import type { OwnField } from '../../input/field';
import { externalAccountId } from '../../values/identifiers';
import { Mistake } from '../../values/mistakes';
import { email, isNothing, optionalText } from '../../values/validation';

/** The key against doubling: unique, as documented, and so required here. */
export const EXTERNAL_ID = chainField({
	property: {
		displayName: 'External Account ID',
		name: 'externalAccountId',
		type: 'string',
		default: '',
		placeholder: 'e.g. merchant-0001',
		description:
			'An ID of your own for the sub-account, which never changes. It keeps the sub-account from being created twice.',
	},
	check: externalAccountId,
	providedBy: 'your own list of merchants',
	isOfItem: true,
});

/** Whether an external account ID that is there already is left alone, or its sub-account given back. */
export const IF_EXTERNAL_ID_EXISTS = choiceField({
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
	description: 'What to do if a sub-account of this ID exists',
});

const textUpTo =
	(longest: number): CheckedField['check'] =>
	(value) => {
		const text = optionalText(value);
		return typeof text === 'string' && text.length > longest
			? new Mistake('invalid_string_length', { longest })
			: text;
	};

const textField = (displayName: string, name: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
});

/** What else a sub-account can be given, and how long it may be (reference page "Partner accounts"). */
const ADDITIONAL_FIELDS: CheckedField[] = [
	{
		key: 'company_name',
		check: textUpTo(50),
		property: textField('Company Name', 'companyName'),
	},
	{
		key: 'email',
		check: (value) => (isNothing(value) ? '' : email(value)),
		property: {
			...textField('Email', 'email'),
			placeholder: 'e.g. name@email.com',
			description: 'Must not be used by another ShipStation account',
		},
	},
	{ key: 'first_name', check: textUpTo(24), property: textField('First Name', 'firstName') },
	{ key: 'last_name', check: textUpTo(24), property: textField('Last Name', 'lastName') },
];

const collection: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: ADDITIONAL_FIELDS.map(({ property }) => property),
};

/** What else a sub-account is given, as the API takes it. */
export const ADDITIONAL: OwnField<IDataObject> = {
	properties: [collection],
	read(item) {
		const entered = item.parameter(collection.name, {}) as IDataObject;
		return item.checklist.checkObject(
			'',
			ADDITIONAL_FIELDS,
			({ property }) => entered[property.name],
		);
	},
};
