import type { INodeProperties } from 'n8n-workflow';

/** Whether a nickname that is there already is left alone, given back, or doubled. */
export const IF_NICKNAME_EXISTS: INodeProperties = {
	displayName: 'If Nickname Exists',
	name: 'ifNicknameExists',
	type: 'options',
	options: [
		{
			name: 'Fail',
			value: 'fail',
			description: 'Register nothing, and fail the item with the ID of the account that exists',
		},
		{
			name: 'Register Another',
			value: 'registerAnother',
			description: 'Register without looking: each run opens one more account',
		},
		{
			name: 'Return Existing',
			value: 'returnExisting',
			description: 'Register nothing, and return the account that exists',
		},
	],
	default: 'fail',
	description:
		'What to do where an account of this nickname exists. With Return Existing on a public form, let the workflow make the nickname: whoever enters the nickname of somebody else would get that account.',
};
