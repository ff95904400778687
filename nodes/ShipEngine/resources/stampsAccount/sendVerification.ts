import { CARRIER } from '../../accounts/carrierField';
import { NEWEST_TEXT } from '../../onboarding/remembered';
import { writing } from '../../step/declare';
import { VERIFICATION_OUTPUT, parseVerification } from './verification';
import { PHONE, VERIFICATION_TYPE } from '../../accounts/verificationFields';

/**
 * Sends a code to the phone of a carrier.
 *
 * Source: reference page "Register Free Stamps Account"; only `sms` is supported.
 */
export const sendVerification = writing({
	name: 'Send Verification',
	value: 'sendVerification',
	action: 'Send verification to stamps account',
	description: 'Send a text message with a verification code to the phone of the account',
	does: 'texts',
	makes: ['verification_id'],
	words: {
		failed: 'The verification code was not sent',
		unknown: 'The verification code may or may not have been sent',
		ifUnknown:
			'Ask the owner of the phone whether a text message came. Run this step again for a new code: only the newest verification ID counts.',
	},
	fields: { carrierId: CARRIER, phone: PHONE, type: VERIFICATION_TYPE },
	output: { carrier_id: 'string', ...VERIFICATION_OUTPUT },
	subject: ({ carrierId, phone }) => ({ carrier_id: carrierId, phone }),
	isRepeatable: true,

	async act({ carrierId, phone, type }, { api }) {
		const verification = await api.write({
			method: 'POST',
			path: `/v1/connections/carriers/stamps_com/${carrierId}/verification`,
			body: { phone, verification_type: type },
			parse: parseVerification,
		});
		NEWEST_TEXT.note(carrierId, { verificationId: verification.verification_id, phone });
		return { carrier_id: carrierId, ...verification };
	},
});
