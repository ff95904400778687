import type { PageAnswer } from '../nodes/ShipEngine/onboarding/pageAnswer';
import { type Reason, type StepWords, ofUnknown, stepOf } from './words';

/** The account is there, and its phone has to be confirmed. */
export type ToConfirm = Extract<PageAnswer, { stage: 'code' }>;

/** What became of what was sent. */
export type Answer =
	/** It has arrived, and nobody says more. */
	| { kind: 'received' }
	| ({ kind: 'code' } & Omit<ToConfirm, 'stage'>)
	/** The phone is confirmed: there is nothing left to do. */
	| { kind: 'ready' }
	/** Nothing was done, and the form can be corrected. `refusal` shows that to the server; no step is the door. */
	| { kind: 'refused'; step?: StepWords; reasons: Reason[]; refusal?: string }
	/** It may be sent again, after so many seconds. */
	| { kind: 'tooEarly'; seconds: number }
	/** The page was open for too long, and needs another pass. */
	| { kind: 'expired' }
	/** The workflow does not know what came of it. */
	| { kind: 'unknown'; text: string }
	/** The workflow said nothing that says what became of it: it stopped, or it takes long. */
	| { kind: 'lost' }
	/** Something in front of n8n leads elsewhere, such as to a sign-in. n8n itself never does. */
	| { kind: 'redirected' }
	/** There is no workflow at this address now. */
	| { kind: 'away' };

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
	value !== null && typeof value === 'object' && !Array.isArray(value);

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

function reasonsOf({ errors }: Json): Reason[] {
	return (Array.isArray(errors) ? errors : []).filter(isObject).map((error) => ({
		code: textOf(error.code),
		message: textOf(error.message),
		field: textOf(error.field) || null,
	}));
}

/** What the step *Answer Page* says of a failure, or what the trigger refuses. */
function readError(error: Json, refusal: unknown): Answer {
	const reasons = reasonsOf(error);
	const has = (wanted: string) => reasons.some(({ code }) => code === wanted);
	const message = textOf(error.message);
	if (has('outcome_unknown')) return { kind: 'unknown', text: ofUnknown(message) };
	if (has('pass_expired')) return { kind: 'expired' };
	if (typeof error.retry_after === 'number') {
		return { kind: 'tooEarly', seconds: error.retry_after };
	}
	return { kind: 'refused', step: stepOf(message), reasons, refusal: textOf(refusal) || undefined };
}

function parsed(text: string): Json {
	try {
		const value: unknown = JSON.parse(text);
		return isObject(value) ? value : {};
	} catch {
		return {};
	}
}

/** What is said of a stage, in the form of {@link PageAnswer}. */
function readStage(json: Json): Answer {
	const { stage, link, phone_end, texted, existing, can_change_phone } = json;
	if (stage === 'received' || stage === 'ready') return { kind: stage };
	if (stage !== 'code' || textOf(link) === '') return { kind: 'lost' };
	return {
		kind: 'code',
		link: textOf(link),
		phone_end: textOf(phone_end),
		texted: typeof texted === 'boolean' ? texted : null,
		existing: existing === 'own' || existing === 'other' ? existing : null,
		can_change_phone: can_change_phone === true,
	};
}

/**
 * What an answer means.
 *
 * @param status - of HTTP; 0 for a redirect, which a script is not told more of
 * @param text - the body
 */
export function readAnswer(status: number, text: string): Answer {
	if (status === 0) return { kind: 'redirected' };
	const json = parsed(text);
	if (isObject(json.error)) return readError(json.error, json.refusal);
	if (status === 404) return { kind: 'away' };
	// n8n answers with nothing where a run ends without an answer, with 500 where it stops, and an n8n that
	// still starts answers anything with a page of its own.
	return status === 200 ? readStage(json) : { kind: 'lost' };
}
