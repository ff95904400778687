import type { Reason } from '../../../../nodes/ShipEngine/failures/failure';
import { failureOf } from '../../../../nodes/ShipEngine/api/requestFailure';
import type { Reaction, Situation } from '../../../../nodes/ShipEngine/api/policy';

export const words = {
	failed: 'The Stamps account was not registered',
	unknown: 'The Stamps account may or may not have been registered',
	ifUnknown: 'Look for its nickname first.',
};

export const REQUEST_ID = 'aa3d8e8e-462b-4476-9618-72db7f7b7009';

export const CARD = '4111111111111111';

interface Told {
	situation?: Situation;
	reaction?: Reaction;
	status?: number;
	reasons?: Reason[];
	requestId?: string;
	source?: string;
	/** The carrier that the request is about. */
	carrierId?: string;
	/** The carrier that the answer names. */
	answered?: string;
	secrets?: string[];
}

/** What the user is told of it. */
export function told({
	situation = 'refused',
	reaction = 'fail',
	reasons = [],
	status,
	requestId,
	source,
	carrierId,
	answered,
	secrets = [],
}: Told) {
	const outcome = { situation, status, reasons, requestId, source, carrierId: answered };
	return failureOf({ words, carrierId }, outcome, reaction, secrets).details;
}

export const reason = (changes: Partial<Reason> = {}): Reason => ({
	code: 'invalid_field_value',
	field: 'credit_card.number',
	message: 'The card number is wrong.',
	...changes,
});
