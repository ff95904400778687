import { Checklist } from '../../input/checklist';
import { Failure } from '../../failures/failure';
import type { FailureWords } from '../../api/request';
import { propertiesOf, readFields } from '../../input/fields';
import type { Operation } from '../../step/operation';
import { ON_BEHALF_OF, named, readOptions } from '../../input/onBehalfOf';
import { optionsField } from '../../input/options';
import { carrierField } from '../stampsCom/carrierField';
import { parseVerification } from './verification';
import { codeField, idField } from './verificationFields';

const words: FailureWords = {
	failed: 'The phone number was not verified',
	unknown: 'The phone number may or may not have been verified',
	ifUnknown: 'Send a new text message with Send Verification, and confirm the new code.',
};

const FIELDS = { carrierId: carrierField, verificationId: idField, verificationCode: codeField };

/**
 * Confirms the code that a person was texted.
 *
 * Source: reference page "Register Free Stamps Account". The answer is the only proof: a carrier has
 * no field that says whether it is verified.
 */
export const confirmVerification: Operation = {
	name: 'Confirm Verification',
	value: 'confirmVerification',
	action: 'Confirm verification of stamps account',
	description: 'Verify the account with the code from the text message',
	fields: [...propertiesOf(FIELDS), optionsField(ON_BEHALF_OF)],
	makes: [],

	async prepare(itemIndex, run) {
		const checklist = new Checklist();
		const fields = readFields(this, itemIndex, run.earlierSteps, checklist, FIELDS);
		const { carrierId, verificationId: id, verificationCode: code } = fields;
		const options = readOptions(this, itemIndex, run.earlierSteps, checklist, carrierId);
		checklist.settle(words.failed, carrierId);

		const subject = {
			carrier_id: carrierId,
			verification_id: id,
			...named(options),
		};
		const confirm = async () => {
			const verification = await run.api.send({
				kind: 'write',
				method: 'PUT',
				path: `/v1/connections/carriers/stamps_com/${carrierId}/verification/${id}`,
				body: { verification_code: code },
				parse: parseVerification,
				words,
				secrets: [String(code)],
				carrierId,
				...options,
			});
			if (verification.status !== 'verified') throw notVerified(carrierId);
			return { carrier_id: carrierId, ...verification, ...named(options) };
		};
		// Each try of a code is one of the few that the API gives.
		const wish = { subject, secret: code, isRepeatable: true, isRefusalFinal: true };
		return async () => await run.memory.once(itemIndex, wish, confirm);
	},
};

function notVerified(carrierId?: string): Failure {
	const because = "the API's answer has a status other than 'verified'";
	return new Failure({
		message: `${words.failed}: ${because}`,
		description: words.ifUnknown,
		reasons: [{ code: 'verification_failure', field: 'status', message: because }],
		isRefused: true,
		carrierId,
	});
}
