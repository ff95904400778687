import { Checklist } from '../../input/checklist';
import { Failure } from '../../failures/failure';
import type { FailureWords } from '../../api/request';
import { fromItemOrEarlierStep } from '../../input/defaults';
import { readFields } from '../../input/fields';
import { verificationCode, verificationId } from '../../values/identifiers';
import type { Operation } from '../../step/operation';
import { optionsField, readOptions } from '../../input/options';
import { carrierField, expectedCarrier } from '../carrier/carrierField';
import { parseVerification } from './verification';

const words: FailureWords = {
	failed: 'The phone number was not verified',
	unknown: 'The phone number may or may not have been verified',
	ifUnknown: 'Send a new text message with Send Verification, and confirm the new code.',
};

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
	fields: [
		carrierField,
		{
			displayName: 'Verification ID',
			name: 'verificationId',
			type: 'string',
			required: true,
			default: fromItemOrEarlierStep('verification_id'),
			placeholder: 'e.g. vfn_2Zx9',
			description:
				'What Send Verification returned. As it is, the step takes the one that the last earlier ShipEngine step gave for this item.',
		},
		{
			displayName: 'Verification Code',
			name: 'verificationCode',
			type: 'string',
			required: true,
			default: '={{ $json.verification_code }}',
			placeholder: 'e.g. 123456',
			description:
				"The code from the text message, as a form's field named 'verification_code' gives it",
		},
		optionsField(),
	],

	makes: [],

	async prepare(itemIndex, run) {
		const checklist = new Checklist();
		const options = readOptions(this, itemIndex, checklist);
		const fields = readFields(
			this,
			itemIndex,
			run.earlierSteps,
			checklist,
			confirmVerification.fields,
			{
				carrierId: expectedCarrier,
				verificationId: { check: verificationId, providedBy: 'Send Verification', isId: true },
				verificationCode: {
					check: verificationCode,
					providedBy: 'the form or message in which the person types the code',
					isOfItem: true,
				},
			},
		);
		const { carrierId, verificationId: id, verificationCode: code } = fields;
		checklist.settle(words.failed, carrierId);

		const subject = {
			carrier_id: carrierId,
			verification_id: id,
			on_behalf_of: options.onBehalfOf,
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
			return { carrier_id: carrierId, ...verification };
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
