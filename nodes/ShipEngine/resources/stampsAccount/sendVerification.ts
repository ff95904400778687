import { CARRIER } from '../../accounts/carrierField';
import { JUST_TEXTED, NEWEST_TEXT } from '../../onboarding/remembered';
import { writing } from '../../step/declare';
import { OF_PAGE } from './ofPage';
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
	fields: { carrierId: CARRIER, phone: PHONE, type: VERIFICATION_TYPE, page: OF_PAGE },
	output: { carrier_id: 'string', ...VERIFICATION_OUTPUT },
	subject: ({ carrierId, phone }) => ({ carrier_id: carrierId, phone }),
	isRepeatable: true,

	async act({ carrierId, phone, type, page }, { api }) {
		const place = `${carrierId} ${phone}`;
		// Whoever registers again comes to an account that was texted already, whatever phone they have
		// entered, and by which the page's limits count. Who asks for a new code has waited.
		const before = page && page.carrier_id === undefined ? JUST_TEXTED.of(place) : undefined;
		if (before) return { carrier_id: carrierId, ...before };
		const verification = await api.write({
			method: 'POST',
			path: `/v1/connections/carriers/stamps_com/${carrierId}/verification`,
			body: { phone, verification_type: type },
			parse: parseVerification,
		});
		JUST_TEXTED.note(place, verification);
		NEWEST_TEXT.note(carrierId, { verificationId: verification.verification_id, phone });
		return { carrier_id: carrierId, ...verification };
	},
});
