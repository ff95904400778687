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
		title: 'The text message could not be sent',
		next: 'Try again in a few minutes.',
	},
	{
		begins: /^The phone number was not verified/,
		title: 'The code was not accepted',
		next: 'Only the code of the newest text message counts.',
	},
	{
		begins: /^The Stamps account was not registered/,
		title: 'Your account was not opened',
		next: '',
	},
];

const ANY_STEP = { title: 'Your registration was not accepted', next: '' };

/** What stands in its place at the code. */
export const NOT_DONE = 'This could not be done';

/** The step that an error names. */
export const stepOf = (message: string) =>
	STEPS.find(({ begins }) => begins.test(message)) ?? ANY_STEP;

/** Whether it names one. */
export const isOfStep = (title: string) => title !== ANY_STEP.title;

/** What is said at the end, unless the owner says it in other words. */
export const RECEIVED = { title: 'Thank you', text: 'Your registration has arrived.' };

/** Told whoever tests the workflow. */
export const NO_ANSWER_PAGE =
	'This is a test: no step “Answer Page” stands behind the trigger, so the page ends here.';

export const READY = {
	title: 'Your account is ready',
	// Postage is prepaid from the card, the account is free (Stamps.com's help, 205900308).
	text: 'Your phone is confirmed. You can now buy USPS labels where you were given this page: their postage is paid by the card of the account. The account itself is free, and is one of Stamps.com.',
};

export const TOO_EARLY = 'Please wait a little';

export const NOT_SURE = 'We are not sure yet';

/** What is said where an outcome is not known, by the step that it is about. */
export function ofUnknown(message: string): string {
	if (/^The verification code/.test(message)) {
		return 'We do not know whether the text message was sent. If none comes within a minute, or its code is not accepted, ask for another one.';
	}
	if (/^The phone number/.test(message)) {
		return 'We do not know whether the code was accepted. Send it once more. If it is not accepted then, ask for a new code.';
	}
	return 'We do not know yet whether your account was opened. If you hear nothing within an hour, ask us. Please do not send the page again.';
}

export const STILL_HERE = 'Everything you typed is still here.';

/** What is said where no clear answer came, and it can be sent again. */
const NO_ANSWER = {
	lost: {
		title: 'We do not know whether your registration arrived',
		text: 'No clear answer came back. Wait a minute: if you hear from us, it arrived. If you hear nothing, check your connection and send it again. If this happens again, tell us.',
	},
	redirected: {
		title: 'We do not know whether your registration arrived',
		text: 'The answer leads to another address, such as a page where people sign in. Wait a minute and send it again. If this happens again, tell us.',
	},
	away: {
		title: 'Registration is closed at the moment',
		text: 'Nothing was received. Try again later, or ask us for a new link.',
	},
	expired: {
		title: 'Nothing was sent yet',
		text: 'The page was open for long and could not be renewed. Check your connection and send it again. If this happens again, load the page anew.',
	},
	otherTerms: {
		title: 'The terms have changed',
		text: 'Nothing was sent yet. Read them again, tick the box, and send the page.',
	},
};

/** The same, of a code. */
const NO_ANSWER_TO_CODE = {
	...NO_ANSWER,
	lost: {
		title: 'We do not know what came of it',
		text: 'No clear answer came back. Check your connection and try again. If this happens again, tell us.',
	},
	redirected: {
		title: 'We do not know what came of it',
		text: 'The answer leads to another address, such as a page where people sign in. Try again. If this happens again, tell us.',
	},
	away: {
		title: 'This page is closed at the moment',
		text: 'Nothing was received. Try again later, or ask us for a new link.',
	},
};

/** What whoever builds the workflow needs to know, while n8n listens for a test. */
const IN_TEST = {
	title: 'No answer came',
	text: 'This is a test, and n8n listens for one call. Click “Execute workflow” in n8n, then send this page once more. If n8n did listen, look at its last run: every line has to lead to a step “Answer Page”, and the “On Error” of the ShipEngine steps before it has to be “Continue”.',
};

export const noAnswer = (
	kind: keyof typeof NO_ANSWER,
	stage: 'registration' | 'code',
	isTest: boolean,
) =>
	isTest && (kind === 'lost' || kind === 'away')
		? IN_TEST
		: (stage === 'code' ? NO_ANSWER_TO_CODE : NO_ANSWER)[kind];

/** The page for the code. */
export const CODE = {
	title: 'Confirm your phone number',
	confirm: 'Confirm',
	textMe: 'Text me a code',
	textAgain: 'Send a new code',
	textPhone: 'Text the code to this number',
};

/** After a day and two hours. Loaded anew, the page would begin at its beginning. */
export const CODE_PAGE_TOO_OLD = {
	title: 'This page was open for too long',
	text: 'Nothing was sent. Open your link again, or ask us for one: your account is still there.',
};

/** What it says of the account, as far as that is known. */
export function textOfCode(account?: {
	phone_end: string;
	texted: boolean | null;
	existing: boolean;
}): string {
	if (!account) {
		return 'Enter the code from the text message. If you have none, let us text you one.';
	}
	const { phone_end: end, texted, existing } = account;
	const phone = `the phone that ends in ${end}`;
	const before = existing
		? 'There is an account with this email and phone already: nothing new was opened, and nothing that you sent now was used.'
		: 'Your account is open.';
	const code = {
		true: `To use it, enter the code that we texted to ${phone}.`,
		false: `The code could not be texted to ${phone}: ask for a text message below.`,
		null: `We do not know whether the code was texted to ${phone}. If none comes within a minute, or it is not accepted, ask for another one.`,
	}[String(texted)];
	return `${before} ${code}`;
}

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
	earlier_send_open:
		'We do not know yet what came of what you sent before. Its email and phone stand in the page again: send them once more. If the phone is wrong, you can correct it on the next page. If that does not help, load the page again.',
	identifier_conflict:
		'There is an account with this email and phone already. Please ask us how to go on.',
	nickname_in_use: 'Another registration of yours is under way. Wait a minute, then send it again.',
	verification_failure: 'This code is not right.',
	link_not_valid: 'This link is not valid. Ask us for a new one.',
	link_expired: 'The time of this link is over. Ask us for a new one.',
	no_code_yet: 'No code was texted yet. Ask for a text message below.',
	codes_tried_out: 'Too many codes were tried. Ask for a new text message below.',
	phone_not_changed: 'The phone number cannot be changed here. Please ask us.',
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
