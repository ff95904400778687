import { chainField } from '../input/chainFields';
import { simpleField } from '../input/field';
import { verificationCode, verificationId } from '../values/identifiers';
import { tenDigits } from '../values/phone';
import { requiredText } from '../values/validation';

/** The phone that gets the code. */
export const PHONE = chainField({
	property: {
		displayName: 'Phone',
		name: 'phone',
		type: 'string',
		default: '',
		placeholder: 'e.g. 512-485-4282',
		description: 'The US phone number that gets the code',
	},
	check: tenDigits,
	providedBy: 'Register Stamps Account',
});

/** How the code reaches the phone (reference page "Register Free Stamps Account": only `sms`). */
export const VERIFICATION_TYPE = simpleField(
	{
		displayName: 'Verification Type',
		name: 'verificationType',
		type: 'options',
		options: [{ name: 'Text Message (SMS)', value: 'sms' }],
		default: 'sms',
		description: 'How the code reaches the phone; the API supports text messages only',
	},
	requiredText,
);

/** The verification that a code belongs to. */
export const VERIFICATION_ID = chainField({
	property: {
		displayName: 'Verification ID',
		name: 'verificationId',
		type: 'string',
		default: '',
		placeholder: 'e.g. vfn_2Zx9',
		description: 'What Send Verification returned',
	},
	check: verificationId,
	providedBy: 'Send Verification',
	isId: true,
});

/** The code that a person was texted. */
export const VERIFICATION_CODE = chainField({
	property: {
		displayName: 'Verification Code',
		name: 'verificationCode',
		type: 'string',
		default: '',
		placeholder: 'e.g. 123456',
		description: 'The code from the text message',
	},
	check: verificationCode,
	isSecret: true,
	providedBy: 'the form or message in which the person types the code',
	isOfItem: true,
});
