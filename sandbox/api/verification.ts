import type { FastifyInstance } from 'fastify';
import { checked, object, oneOf, text } from './check';
import { Refusal, apiError, type ApiError } from './errors';
import { requireStampsCarrier } from './carriers';
import type { Settings } from './settings';
import type { Store, Verification } from './store';

const BASE = '/v1/connections/carriers/stamps_com/:carrier_id/verification';

/** A refusal's place in the documented envelope: which carrier it is about. */
const about = (carrier_id: string): Partial<ApiError> => ({
	carrier_id,
	carrier_code: 'stamps_com',
});

/** Send and Confirm (paths and bodies documented, refusals mostly inferred). */
export function verificationRoutes(app: FastifyInstance, store: Store, settings: Settings): void {
	app.post<{ Params: { carrier_id: string } }>(
		BASE,
		{ config: { operation: 'send' } },
		async (request) => {
			const { carrier_id } = request.params;
			requireStampsCarrier(store, carrier_id, request.onBehalfOf);
			const { phone } = checked<{ phone: string }>(request.body, sendFields);

			const { id, code } = store.startVerification(carrier_id, phone, settings.attempts);
			settings.onText({ phone, code, carrierId: carrier_id });
			return {
				phone,
				verification_id: id,
				verification_method: 'sms/voice',
				status: 'unverified',
			};
		},
	);

	app.put<{ Params: { carrier_id: string; verification_id: string } }>(
		`${BASE}/:verification_id`,
		{ config: { operation: 'confirm' } },
		async (request) => {
			const { carrier_id, verification_id } = request.params;
			requireStampsCarrier(store, carrier_id, request.onBehalfOf);
			const verification = requireVerification(store, carrier_id, verification_id);
			const body = checked<{ verification_code: string }>(request.body, confirmFields);

			tryCode(verification, body.verification_code);
			return {
				phone: verification.phone,
				verification_id,
				verification_method: 'sms',
				status: verification.status,
			};
		},
	);
}

const sendFields = object({
	phone: text(/^\d{10}$/, 'must be ten digits'),
	verification_type: oneOf('sms'),
});

const confirmFields = object({ verification_code: text() });

/** @throws Refusal 404 unless the verification was started for this carrier */
function requireVerification(store: Store, carrierId: string, id: string): Verification {
	const found = store.verifications.find(
		(verification) => verification.id === id && verification.carrierId === carrierId,
	);
	if (found) return found;
	throw new Refusal(404, [
		apiError('invalid_identifier', 'There is no such verification of this carrier.', {
			field_name: 'verification_id',
			...about(carrierId),
		}),
	]);
}

/**
 * Tries a code: the right one verifies, a wrong one costs an attempt.
 * @throws Refusal 400 `verification_failure` (seen) unless the verification is verified by this try
 */
function tryCode(verification: Verification, code: string): void {
	if (verification.status === 'verified') throw failure(verification, 'The code was used already.');
	if (verification.expired) throw failure(verification, 'The code has expired.');
	if (verification.attemptsLeft === 0) throw failure(verification, 'No attempts are left.');
	verification.attemptsLeft -= 1;
	if (code !== verification.code) throw failure(verification, 'The code is not the one texted.');
	verification.status = 'verified';
}

function failure({ carrierId }: Verification, message: string): Refusal {
	return new Refusal(400, [
		apiError('verification_failure', message, {
			error_type: 'business_rules',
			field_name: 'verification_code',
			...about(carrierId),
		}),
	]);
}
