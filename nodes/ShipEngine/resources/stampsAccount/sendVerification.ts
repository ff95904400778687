import type { Operation } from '../../step/operation';
import { Checklist } from '../../input/checklist';
import type { FailureWords } from '../../api/request';
import { propertiesOf, readFields } from '../../input/fields';
import { ON_BEHALF_OF, named, readOptions } from '../../input/onBehalfOf';
import { optionsField } from '../../input/options';
import { carrierField } from '../stampsCom/carrierField';
import { parseVerification } from './verification';
import { phoneField, typeField } from './verificationFields';

const words: FailureWords = {
	failed: 'The verification code was not sent',
	unknown: 'The verification code may or may not have been sent',
	ifUnknown:
		'Ask the owner of the phone whether a text message came. Run this step again for a new code: only the newest verification ID counts.',
};

const FIELDS = { carrierId: carrierField, phone: phoneField, verificationType: typeField };

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
	fields: [...propertiesOf(FIELDS), optionsField(ON_BEHALF_OF)],
	makes: ['verification_id'],

	async prepare(itemIndex, run) {
		const checklist = new Checklist();
		const fields = readFields(this, itemIndex, run.earlierSteps, checklist, FIELDS);
		const { carrierId, phone, verificationType } = fields;
		const options = readOptions(this, itemIndex, run.earlierSteps, checklist, carrierId);
		checklist.settle(words.failed, carrierId);

		const subject = { carrier_id: carrierId, phone, ...named(options) };
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
			return { carrier_id: carrierId, ...verification, ...named(options) };
		};
		return async () => await run.memory.once(itemIndex, { subject, isRepeatable: true }, send);
	},
};
