import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../failures/failure';
import type { Place } from '../step/memory';
import { isSame } from '../values/names';
import { isNothing } from '../values/validation';

/** For whom an item wants the account of a nickname. */
export interface Claim extends Place {
	/** What is known of the person: `email` and `phone`. */
	person: IDataObject;
}

const PERSON = ['email', 'phone'];

/** Whether two claims are certainly those of different people. */
const isOther = ({ person: one }: Claim, { person: other }: Claim) =>
	PERSON.some(
		(key) => !isNothing(one[key]) && !isNothing(other[key]) && !isSame(key, one[key], other[key]),
	);

/** The other row or run, as the item's own message names it. */
function whereOf(claim: Claim, own: Claim): string {
	if (claim.executionId !== own.executionId) return `execution ${claim.executionId}`;
	return `item ${claim.item}${claim.run === own.run ? '' : ` of run ${claim.run}`}`;
}

/**
 * Keeps one person from being given the account of another one.
 *
 * @param failed - what does not happen then
 * @throws a Failure that names the other row or run, never the person
 */
export function refuseOther(own: Claim, claims: Iterable<Claim>, failed: string): void {
	for (const claim of claims) {
		if (!isOther(own, claim)) continue;
		const message = `${failed}: ${whereOf(claim, own)} has the same nickname for another person`;
		throw new Failure({
			message,
			description:
				"Nothing was sent. The two have different emails or phones. Give each person's account a nickname of its own.",
			reasons: [{ code: 'nickname_of_other', field: 'nickname', message }],
		});
	}
}
