import { Failure } from '../ShipEngine/failures/failure';

/** What a page lacks, for its owner. */
export function notReady(message: string): Failure {
	const description = 'Open the step, correct it, and publish the workflow again.';
	return new Failure({
		message,
		description,
		reasons: [{ code: 'page_not_ready', field: null, message }],
	});
}
