import { Failure, type Reason } from '../ShipEngine/failures/failure';

/** A registration that is not taken, with the HTTP status that says so. */
export class Refusal extends Failure {
	/** @param description - what the person at the page can do */
	constructor(
		readonly status: number,
		reasons: Reason[],
		description: string,
	) {
		const [first] = reasons;
		const what =
			reasons.length > 1 ? `${reasons.length} fields need to be corrected` : first?.message;
		super({ message: `The registration was not accepted: ${what}`, description, reasons });
	}
}

/** Nothing of the request is repeated: not even a field's name, which may be a card number. */
export const unknownShape = () =>
	new Refusal(
		400,
		[{ code: 'invalid_request', field: null, message: 'The request was not sent by this page' }],
		'Load the page again, then submit it from there.',
	);

export const tooLarge = () =>
	new Refusal(
		413,
		[{ code: 'request_too_large', field: null, message: 'The request is too large' }],
		'Load the page again, then submit it from there.',
	);

export const notSignedIn = () =>
	new Refusal(
		401,
		[{ code: 'unauthorized', field: null, message: 'The page was open for too long' }],
		'Load the page again and sign in.',
	);
