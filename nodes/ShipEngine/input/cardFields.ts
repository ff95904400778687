import type { CheckedField } from './checklist';
import {
	CARD_TYPES,
	DETECT,
	DETECT_NAME,
	cardNumber,
	cardType,
	expirationMonth,
	expirationYear,
	isExpired,
} from '../values/paymentCard';
import { Mistake } from '../values/mistakes';
import { requiredText } from '../values/validation';

/**
 * A payment card, in the order of the reference page "Register Free Stamps Account". The names of
 * the properties are those of the register operation's parameters and of the card credential.
 */
export const CARD_FIELDS: CheckedField[] = [
	{
		key: 'name',
		check: requiredText,
		property: {
			displayName: 'Card Name',
			name: 'cardName',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Nathan Smith',
			description: 'The name on the card',
		},
	},
	{
		key: 'number',
		check: cardNumber,
		property: {
			displayName: 'Card Number',
			name: 'cardNumber',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'Stored encrypted in a credential, and in plain text in a workflow',
		},
	},
	{
		key: 'type',
		check: (value, { number }) => cardType(number as string | undefined)(value),
		property: {
			displayName: 'Card Type',
			name: 'cardType',
			type: 'options',
			options: [
				...CARD_TYPES.map(({ type, name }) => ({ name, value: type })),
				{ name: DETECT_NAME, value: DETECT },
			],
			default: DETECT,
			description:
				"The card's brand. An expression in the step can give any other spelling, which is sent as it is.",
		},
	},
	{
		key: 'expiration_year',
		check: expirationYear,
		property: {
			displayName: 'Card Expiration Year',
			name: 'cardExpirationYear',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 2028',
		},
	},
	{
		key: 'expiration_month',
		check: (value, { expiration_year: year }) => {
			const month = expirationMonth(value);
			return typeof month === 'string' && typeof year === 'string' && isExpired(year, month)
				? new Mistake('card_expired')
				: month;
		},
		property: {
			displayName: 'Card Expiration Month',
			name: 'cardExpirationMonth',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 07',
		},
	},
];
