import { fromItemOrEarlierStep } from '../../input/defaults';
import type { StepField } from '../../input/fields';
import { verificationCode, verificationId } from '../../values/identifiers';
import { tenDigits } from '../../values/phone';
import { requiredText } from '../../values/validation';

/** The phone that gets the code. */
export const phoneField: StepField<string> = {
	property: {
		displayName: 'Phone',
		name: 'phone',
		type: 'string',
		required: true,
		default: fromItemOrEarlierStep('phone'),
		placeholder: 'e.g. 512-485-4282',
		description:
			'The US phone number that gets the code. By default, the step takes the one that the last earlier ShipEngine step gave for this item.',
	},
	check: tenDigits,
	providedBy: 'Register Stamps Account',
};

/** How the code reaches the phone (reference page "Register Free Stamps Account": only `sms`). */
export const typeField: StepField<string> = {
	property: {
		displayName: 'Verification Type',
		name: 'verificationType',
		type: 'options',
		options: [{ name: 'Text Message (SMS)', value: 'sms' }],
		default: 'sms',
		description: 'How the code reaches the phone; the API supports text messages only',
	},
	check: requiredText,
	providedBy: "'Verification Type'",
};

/** The verification that a code belongs to. */
export const idField: StepField<string> = {
	property: {
		displayName: 'Verification ID',
		name: 'verificationId',
		type: 'string',
		required: true,
		default: fromItemOrEarlierStep('verification_id'),
		placeholder: 'e.g. vfn_2Zx9',
		description:
			'What Send Verification returned. By default, the step takes the one that the last earlier ShipEngine step gave for this item.',
	},
	check: verificationId,
	providedBy: 'Send Verification',
	isId: true,
};

/** The code that a person was texted. */
export const codeField: StepField<string> = {
	property: {
		displayName: 'Verification Code',
		name: 'verificationCode',
		type: 'string',
		required: true,
		default: '={{ $json.verification_code }}',
		placeholder: 'e.g. 123456',
		description:
			"The code from the text message, as a form's field named 'verification_code' gives it",
	},
	check: verificationCode,
	providedBy: 'the form or message in which the person types the code',
	isOfItem: true,
};
