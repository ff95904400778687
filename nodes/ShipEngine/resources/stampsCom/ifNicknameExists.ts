import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Checklist } from '../../input/checklist';
import { parameterOf } from '../../input/parameters';
import { type Check, Mistake } from '../../values/validation';

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

/** One of the choices; what an expression gives must not be taken for another one. */
const policy: Check<string> = (value) =>
	['fail', 'registerAnother', 'returnExisting'].includes(String(value))
		? String(value)
		: new Mistake(
				'invalid_field_value',
				"needs to be 'fail', 'registerAnother' or 'returnExisting'",
			);

/** What an item does where an account of its nickname exists; undefined where that is wrong, which is noted. */
export const readPolicy = (
	context: IExecuteFunctions,
	itemIndex: number,
	checklist: Checklist,
): string | undefined =>
	checklist.check(
		{ field: 'if_nickname_exists', label: IF_NICKNAME_EXISTS.displayName },
		parameterOf(context, IF_NICKNAME_EXISTS.name, itemIndex),
		policy,
	);
