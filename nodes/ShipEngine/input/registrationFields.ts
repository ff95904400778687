import type { CheckedField } from './checklist';
import { tenDigits, withDashes } from '../values/phone';
import { country, leftOut, residential, secondLine, street, zip } from '../values/usAddress';
import { state } from '../values/usStates';
import { Mistake } from '../values/mistakes';
import { fullName, plainWords } from '../values/plainWords';
import { type Check, accepted, email, requiredText } from '../values/validation';

const phone: Check<string> = (value) => {
	const digits = tenDigits(value);
	return digits instanceof Mistake ? digits : withDashes(digits);
};

/** The account itself, in the order of the reference page "Register Free Stamps Account". */
export const ACCOUNT_FIELDS: CheckedField[] = [
	{
		key: 'nickname',
		check: requiredText,
		property: {
			displayName: 'Nickname',
			name: 'nickname',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Austin store',
			description: 'The name of the account in lists of carriers',
		},
	},
	{
		key: 'email',
		check: email,
		property: {
			displayName: 'Email',
			name: 'email',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. name@email.com',
		},
	},
	{
		key: 'agree_to_carrier_terms',
		check: accepted,
		property: {
			displayName: 'Agree to Carrier Terms',
			name: 'agreeToCarrierTerms',
			type: 'boolean',
			default: false,
			description:
				'Whether the owner of the account accepts the terms of Stamps.com and USPS. Required to register.',
		},
	},
];

/** The address of the account's owner; the phone gets the verification code. */
export const ADDRESS_FIELDS: CheckedField[] = [
	{
		key: 'name',
		check: fullName,
		property: {
			displayName: 'Name',
			name: 'name',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Nathan Smith',
			description: "The owner's first and last name, not a company's",
		},
	},
	{
		key: 'phone',
		check: phone,
		property: {
			displayName: 'Phone',
			name: 'phone',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 512-485-4282',
			description: 'A US phone number with ten digits',
		},
	},
	{
		key: 'company_name',
		check: leftOut,
		property: {
			displayName: 'Company Name',
			name: 'companyName',
			type: 'string',
			default: '',
			placeholder: 'e.g. Example Corp.',
		},
	},
	{
		key: 'address_line1',
		check: street,
		property: {
			displayName: 'Address Line 1',
			name: 'addressLine1',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 4009 Marathon Blvd',
			description: 'A street address: Stamps.com refuses PO boxes',
		},
	},
	{
		key: 'address_line2',
		check: secondLine,
		property: {
			displayName: 'Address Line 2',
			name: 'addressLine2',
			type: 'string',
			default: '',
			placeholder: 'e.g. Suite 300',
		},
	},
	{
		key: 'city_locality',
		check: plainWords,
		property: {
			displayName: 'City',
			name: 'cityLocality',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Austin',
		},
	},
	{
		key: 'state_province',
		check: state,
		property: {
			displayName: 'State',
			name: 'stateProvince',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. TX',
			description: 'A US state, territory or military region: two letters or the full name',
		},
	},
	{
		key: 'postal_code',
		check: (value, { state_province: region }) => zip(region as string | undefined)(value),
		property: {
			displayName: 'ZIP Code',
			name: 'postalCode',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 78756',
		},
	},
	{
		key: 'country_code',
		check: country,
		property: {
			displayName: 'Country Code',
			name: 'countryCode',
			type: 'string',
			required: true,
			default: 'US',
			description: 'Stamps.com accounts are for US addresses only',
		},
	},
	{
		key: 'address_residential_indicator',
		check: residential,
		property: {
			displayName: 'Residential Address',
			name: 'addressResidentialIndicator',
			type: 'options',
			options: [
				{ name: 'No', value: 'no' },
				{ name: 'Unknown', value: 'unknown' },
				{ name: 'Yes', value: 'yes' },
			],
			default: 'unknown',
			description: 'Whether people live at this address',
		},
	},
];
