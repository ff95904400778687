/**
 * What a person at the page reads. They know nothing of n8n, credentials or the API, and learn nothing
 * of other people: what happened, whether an account was opened, what to do.
 */

/** One reason of an error item. */
export interface Reason {
	code: string;
	field: string | null;
	message: string;
}

/** The step that failed, by the words with which each of them begins. */
const STEPS = [
	{
		begins: /^The verification code was not sent/,
		title: 'Your account is open, but the text message could not be sent',
		next: 'Send the page again in a few minutes. No second account is opened.',
	},
	{
		begins: /^The Stamps account was not registered/,
		title: 'Your account was not opened',
		next: '',
	},
];

const ANY_STEP = { title: 'Your registration was not accepted', next: '' };

/** The step that an error names. */
export const stepOf = (message: string) =>
	STEPS.find(({ begins }) => begins.test(message)) ?? ANY_STEP;

export const VERIFIED_BEFORE = {
	title: 'Your account is ready',
	text: 'It was opened and verified before, and there is nothing left to do. The data and the card that you sent now were not used.',
};

export const TOO_EARLY = 'Please wait a little';

export const NOT_SURE = 'We are not sure yet';

/** What is said where an outcome is not known, by the step that it is about. */
export const ofUnknown = (message: string) =>
	/^The verification code may or may not/.test(message)
		? 'Your account is open, but we do not know whether the text message was sent. If none comes within some minutes, load this page again and send it once more: no second account is opened.'
		: 'We do not know yet whether your account was opened. If you hear nothing within an hour, ask us. Please do not send the page again.';

const LATER = 'Too much is going on at the moment. Try again in a few minutes.';

const INPUT =
	'Something that you typed was not accepted. Check your name, address and card, or ask us.';

const OURS = 'Something is wrong on our side. Please tell us, or try again later.';

/** By code, of what is about no field of the page. */
const REASONS: Record<string, string> = {
	funding_source_error: 'The card was declined. Try another card.',
	insufficient_funds: 'The card was declined. Try another card.',
	invalid_request: 'Load the page again, then send it from there.',
	request_too_large: 'Load the page again, then send it from there.',
	pass_not_valid: 'Load the page again, then fill it in and send it from there.',
	not_here: 'There is no page at this address. Ask us for the right one.',
	page_not_ready: OURS,
	nickname_of_other: 'Your registration could not be told apart from another one. Please tell us.',
	sealed_card_not_opened: 'The page was open for too long. Load it again, then send it from there.',
	rate_limit_exceeded: LATER,
	not_reached: LATER,
};

/** What the API complains of without a field: its own words may name what is no stranger's business. */
const OF_INPUT = /^(?:invalid_|field_value_)/;

/** What is said of a reason that is about no field of the page. */
export const wordsFor = ({ code }: Reason) => REASONS[code] ?? (OF_INPUT.test(code) ? INPUT : OURS);

/** How long a person has to wait, in words. */
export function inWords(seconds: number): string {
	if (seconds <= 90) return `${seconds} ${seconds === 1 ? 'second' : 'seconds'}`;
	const minutes = Math.ceil(seconds / 60);
	if (minutes <= 90) return `${minutes} minutes`;
	return `${Math.ceil(minutes / 60)} hours`;
}
