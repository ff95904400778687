import type { IDataObject } from 'n8n-workflow';
import { CARRIER } from '../../accounts/carrierField';
import { Failure } from '../../failures/failure';
import { CONFIRMED } from '../../onboarding/remembered';
import { writing } from '../../step/declare';
import { fingerprint } from '../../values/fingerprint';
import { OF_PAGE } from './ofPage';
import { VERIFICATION_OUTPUT, parseVerification } from './verification';
import { VERIFICATION_CODE, VERIFICATION_ID } from '../../accounts/verificationFields';

const words = {
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
export const confirmVerification = writing({
	name: 'Confirm Verification',
	value: 'confirmVerification',
	action: 'Confirm verification of stamps account',
	description: 'Verify the account with the code from the text message',
	does: 'verifies',
	words,
	fields: { carrierId: CARRIER, id: VERIFICATION_ID, code: VERIFICATION_CODE, page: OF_PAGE },
	output: { carrier_id: 'string', ...VERIFICATION_OUTPUT },
	subject: ({ carrierId, id }) => ({ carrier_id: carrierId, verification_id: id }),
	secret: ({ code }) => code,
	isRepeatable: true,
	// Each attempt is one of the few that the API gives.
	isRefusalFinal: true,

	async act({ carrierId, id, code, page }, { api }) {
		const place = `${carrierId} ${id}`;
		const confirm = api.write({
			method: 'PUT',
			path: `/v1/connections/carriers/stamps_com/${carrierId}/verification/${id}`,
			body: { verification_code: code },
			parse: parseVerification,
		});
		const verification: IDataObject = await confirm.catch((thrown) => {
			const before = page && CONFIRMED.of(place);
			if (before?.code !== fingerprint(code)) throw thrown;
			return before.verification;
		});
		if (verification.status !== 'verified') throw notVerified(carrierId);
		CONFIRMED.note(place, { code: fingerprint(code), verification });
		return { carrier_id: carrierId, ...verification };
	},
});

function notVerified(carrierId: string): Failure {
	const because = "the API's answer has a status other than 'verified'";
	return new Failure({
		message: `${words.failed}: ${because}`,
		description: words.ifUnknown,
		reasons: [{ code: 'verification_failure', field: 'status', message: because }],
		isRefused: true,
		carrierId,
	});
}
