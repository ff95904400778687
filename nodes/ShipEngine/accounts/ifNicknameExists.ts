import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { choiceField } from '../input/choices';

const property: INodeProperties = {
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
			description: 'Register without looking: every run opens another account',
		},
		{
			name: 'Return Existing',
			value: 'returnExisting',
			description: 'Register nothing, and return the account that exists',
		},
	],
	default: 'fail',
	description:
		'What to do if an account of this nickname exists. With Return Existing on a public form, let the workflow make the nickname: anyone who enters the nickname of somebody else would get that account.',
};

/** Whether a nickname that is there already is left alone, given back, or doubled. */
export const IF_NICKNAME_EXISTS = choiceField(property);

/** The same for a connection, but for a second one of the same nickname, which nobody needs. */
export const IF_NICKNAME_IS_CONNECTED = choiceField({
	...property,
	options: [
		{
			name: 'Fail',
			value: 'fail',
			description:
				'Connect nothing, and fail the item with the ID of the account that is connected',
		},
		{
			name: 'Return Existing',
			value: 'returnExisting',
			description: 'Connect nothing, and return the account that is connected',
		},
	] satisfies INodePropertyOptions[],
	description: 'What to do if an account of this nickname is connected',
});
