import type { Operation } from '../../step/operation';
import { Checklist } from '../../input/checklist';
import type { FailureWords } from '../../api/request';
import { fromItemOrEarlierStep } from '../../input/defaults';
import { readFields } from '../../input/fields';
import { optionsField, readOptions } from '../../input/options';
import { tenDigits } from '../../values/phone';
import { requiredText } from '../../values/validation';
import { carrierField, expectedCarrier } from '../carrier/carrierField';
import { parseVerification } from './verification';

const words: FailureWords = {
	failed: 'The verification code was not sent',
	unknown: 'The verification code may or may not have been sent',
	ifUnknown:
		'Ask the owner of the phone whether a text message came. Run this step again for a new code: only the newest verification ID counts.',
};

/**
 * Sends a code to the phone of a carrier.
 *
 * Source: reference page "Register Free Stamps Account"; only `sms` is supported.
 */
export const sendVerification: Operation = {
	name: 'Send Verification',
	value: 'sendVerification',
	action: 'Send verification to stamps account',
	description: 'Send a text message with a verification code to the phone of the account',
	fields: [
		carrierField,
		{
			displayName: 'Phone',
			name: 'phone',
			type: 'string',
			required: true,
			default: fromItemOrEarlierStep('phone'),
			placeholder: 'e.g. 512-485-4282',
			description:
				'The US phone number that gets the code. As it is, the step takes the one that the last earlier ShipEngine step gave for this item.',
		},
		{
			displayName: 'Verification Type',
			name: 'verificationType',
			type: 'options',
			options: [{ name: 'Text Message (SMS)', value: 'sms' }],
			default: 'sms',
			description: 'How the code reaches the phone; the API supports text messages only',
		},
		optionsField(),
	],

	makes: ['verification_id'],

	async prepare(itemIndex, run) {
		const checklist = new Checklist();
		const options = readOptions(this, itemIndex, checklist);
		const { carrierId, phone, verificationType } = readFields(
			this,
			itemIndex,
			run.earlierSteps,
			checklist,
			sendVerification.fields,
			{
				carrierId: expectedCarrier,
				phone: { check: tenDigits, providedBy: 'Register Stamps Account' },
				verificationType: { check: requiredText, providedBy: "'Verification Type'" },
			},
		);
		checklist.settle(words.failed, carrierId);

		const subject = { carrier_id: carrierId, phone, on_behalf_of: options.onBehalfOf };
		const send = async () => {
			const verification = await run.api.send({
				kind: 'write',
				method: 'POST',
				path: `/v1/connections/carriers/stamps_com/${carrierId}/verification`,
				body: { phone, verification_type: verificationType },
				parse: parseVerification,
				words,
				carrierId,
				...options,
			});
			return { carrier_id: carrierId, ...verification };
		};
		return async () => await run.memory.once(itemIndex, { subject, isRepeatable: true }, send);
	},
};
