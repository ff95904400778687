import type { CheckedField } from './checklist';
import { EMPTY, isNothing, requiredText } from '../values/validation';

/** What Stamps.com knows its customers by (reference page "Connect a carrier account"). */
export const LOGIN_FIELDS: CheckedField[] = [
	{
		key: 'username',
		check: requiredText,
		property: {
			displayName: 'Username',
			name: 'username',
			type: 'string',
			required: true,
			default: '',
			description: 'The user name you sign in with at Stamps.com',
		},
	},
	{
		key: 'password',
		// As it is: spaces may belong to it.
		check: (value) => (isNothing(value) ? EMPTY : String(value)),
		property: {
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
		},
	},
];
