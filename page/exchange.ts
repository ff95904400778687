import type { Admission } from '../nodes/StampsOnboardingTrigger/pageSettings';
import type { Admissions } from './admissions';
import { post } from './post';
import { type Answer, readAnswer } from './readAnswer';

/** What is sent with a pass; the time is the server's, in seconds since 1970. */
type Body = (admission: Admission, now: number) => object | Promise<object>;

async function once({ current, now }: Admissions, body: Body): Promise<Answer> {
	const answered = await post({ ...(await body(current, now)), pass: current.pass });
	return answered ? readAnswer(answered.status, answered.text) : { kind: 'lost' };
}

/**
 * Sends something, with another pass if that of the page is too old.
 *
 * @param mayGoOn - whether it is to be sent with the other pass too
 */
export async function exchange(
	admissions: Admissions,
	body: Body,
	mayGoOn: (before: Admission, after: Admission) => boolean = () => true,
): Promise<Answer | { kind: 'otherTerms' }> {
	const answer = await once(admissions, body);
	if (answer.kind !== 'expired') return answer;
	const before = admissions.current;
	if (!(await admissions.renew())) return answer;
	return mayGoOn(before, admissions.current)
		? await once(admissions, body)
		: { kind: 'otherTerms' };
}
