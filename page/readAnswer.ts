import { type Reason, ofUnknown, stepOf } from './words';

/** What became of a registration that was sent. */
export type Answer =
	| { kind: 'done'; redirectUrl: string }
	/** Nothing was done, and the form can be corrected. */
	| { kind: 'refused'; title: string; text: string; reasons: Reason[] }
	/** The account was opened and verified before: nothing was done. */
	| { kind: 'alreadyVerified' }
	/** It may be sent again, after so many seconds. */
	| { kind: 'tooEarly'; seconds: number }
	/** The page was open for too long, and needs another pass. */
	| { kind: 'expired' }
	/** The workflow does not know whether an account was opened. */
	| { kind: 'unknown'; text: string }
	/** The workflow said nothing that says what became of it. */
	| { kind: 'lost' }
	/** Something in front of n8n leads elsewhere, such as to a sign-in. n8n itself never does. */
	| { kind: 'redirected' }
	/** There is no workflow at this address now. */
	| { kind: 'away' };

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
	value !== null && typeof value === 'object' && !Array.isArray(value);

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

/**
 * The whole address where a page may lead on to it: http or https, and nothing else; '' for none.
 *
 * @param page - the address of the page, which others may be relative to
 */
export function webAddress(value: unknown, page: string): string {
	if (textOf(value) === '') return '';
	try {
		const { protocol, href } = new URL(textOf(value), page);
		return /^https?:$/.test(protocol) ? href : '';
	} catch {
		return '';
	}
}

function reasonsOf({ errors }: Json): Reason[] {
	return (Array.isArray(errors) ? errors : []).filter(isObject).map((error) => ({
		code: textOf(error.code),
		message: textOf(error.message),
		field: textOf(error.field) || null,
	}));
}

/** An error item (`failures/n8nErrors.ts` of the node says what it has), or what the trigger refuses. */
function readError(error: Json): Answer {
	const reasons = reasonsOf(error);
	const has = (wanted: string) => reasons.some(({ code }) => code === wanted);
	const message = textOf(error.message);
	if (has('outcome_unknown')) return { kind: 'unknown', text: ofUnknown(message) };
	if (has('already_verified')) return { kind: 'alreadyVerified' };
	if (has('pass_expired')) return { kind: 'expired' };
	if (typeof error.retry_after === 'number') {
		return { kind: 'tooEarly', seconds: error.retry_after };
	}
	const { title, next } = stepOf(message);
	return { kind: 'refused', title, text: next, reasons };
}

function parsed(text: string): unknown {
	try {
		const value: unknown = JSON.parse(text);
		return Array.isArray(value) && value.length === 1 ? value[0] : value;
	} catch {
		return undefined;
	}
}

/**
 * What an answer to the registration means.
 *
 * @param status - of HTTP; 0 for a redirect, which a script is not told more of
 * @param text - the body
 * @param page - the address of the page
 */
export function readAnswer(status: number, text: string, page: string): Answer {
	if (status === 0) return { kind: 'redirected' };
	const body = parsed(text);
	const json = isObject(body) ? body : {};
	if (isObject(json.error)) return readError(json.error);
	if (status === 404) return { kind: 'away' };
	// An n8n that still starts answers anything with a page of its own; one of old, a run that failed with nothing.
	const isUnderstood = body !== undefined && !('error' in json);
	if (status < 200 || status > 299 || !isUnderstood) return { kind: 'lost' };
	return { kind: 'done', redirectUrl: webAddress(json.redirect_url ?? json.redirectURL, page) };
}
