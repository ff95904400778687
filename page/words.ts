import type { Mistake } from '../nodes/ShipEngine/values/mistakes';
import type { Language, TextKey, Words } from '../nodes/StampsOnboardingTrigger/words';
import { filled } from '../nodes/StampsOnboardingTrigger/words/filled';

/** The texts of this page. */
let words = {} as Words;

let isEnglish = true;

/** Sets them, before anything is said. */
export function speak(own: Words, language: Language): void {
	words = own;
	isEnglish = language === 'en';
}

/** A text of the page. */
export const say = (key: TextKey, details: Record<string, string | number> = {}) =>
	filled(words[key], details);

/** One reason of an error item. */
export interface Reason {
	code: string;
	field: string | null;
	message: string;
}

/** The step that failed, by the words with which each of them begins. */
const STEPS: Array<{ begins: RegExp; title: TextKey; next?: TextKey }> = [
	{
		begins: /^The verification code was not sent/,
		title: 'notTexted',
	},
	{
		begins: /^The phone number was not verified/,
		title: 'notVerified',
		next: 'notVerifiedNext',
	},
	{ begins: /^The Stamps account was not registered/, title: 'notRegistered' },
];

/** What is told of a step that failed. */
export interface StepWords {
	title: string;
	/** What to do; '' for nothing more. */
	next: string;
}

/** What is told of the step that an error names; undefined where it names none. */
export function stepOf(message: string): StepWords | undefined {
	const step = STEPS.find(({ begins }) => begins.test(message));
	return step && { title: say(step.title), next: step.next ? say(step.next) : '' };
}

/** What is said where an outcome is not known, by the step that it is about. */
export function ofUnknown(message: string): string {
	if (/^The verification code/.test(message)) return say('unknownText');
	return say(/^The phone number/.test(message) ? 'unknownCode' : 'unknownRegistration');
}

/** Told whoever tests the workflow. */
export const NO_ANSWER_PAGE =
	'This is a test: no step “Answer Page” stands behind the trigger, so the page ends here.';

/** What whoever builds the workflow needs to know, while n8n listens for a test. */
const IN_TEST = {
	title: 'No answer came',
	text: 'This is a test, and n8n listens for one call. Click “Execute workflow” in n8n, then send this page once more. If n8n did listen, look at its last run: every line has to lead to a step “Answer Page”, and the “On Error” of the ShipEngine steps before it has to be “Continue”.',
};

type NoAnswer = 'lost' | 'redirected' | 'away' | 'expired' | 'otherTerms';

/** What is said where no clear answer came, and it can be sent again: title and text. */
const NO_ANSWER: Record<'registration' | 'code', Record<NoAnswer, [TextKey, TextKey]>> = {
	registration: {
		lost: ['lostTitle', 'lostText'],
		redirected: ['lostTitle', 'lostRedirected'],
		away: ['awayTitle', 'awayText'],
		expired: ['expiredTitle', 'expiredText'],
		otherTerms: ['otherTermsTitle', 'otherTermsText'],
	},
	code: {
		lost: ['codeLostTitle', 'codeLostText'],
		redirected: ['codeLostTitle', 'codeLostRedirected'],
		away: ['codeAwayTitle', 'awayText'],
		expired: ['expiredTitle', 'expiredText'],
		otherTerms: ['otherTermsTitle', 'otherTermsText'],
	},
};

/** The title and the text for an answer that says nothing clear. */
export function noAnswer(kind: NoAnswer, stage: 'registration' | 'code', isTest: boolean) {
	if (isTest && (kind === 'lost' || kind === 'away')) return IN_TEST;
	const [title, text] = NO_ANSWER[stage][kind];
	return { title: say(title), text: say(text) };
}

/** What the page for the code says of the account, as far as that is known. */
export function textOfCode(account?: {
	phone_end: string;
	texted: boolean | null;
	existing: 'own' | 'other' | null;
}): string {
	if (!account) return say('codeAsk');
	const { phone_end: end, texted, existing } = account;
	const ofText = { true: 'codeTexted', false: 'codeNotTexted', null: 'codePerhapsTexted' } as const;
	const ofAccount = {
		own: 'accountResent',
		other: 'accountExisting',
		null: 'accountOpen',
	} as const;
	const before = say(ofAccount[`${existing}`]);
	return `${before} ${say(ofText[`${texted}`], { end })}`;
}

/** By code, of what is about no field of the page. */
const REASONS: Record<string, TextKey> = {
	funding_source_error: 'reasonCardDeclined',
	insufficient_funds: 'reasonCardDeclined',
	invalid_request: 'reasonLoadAgain',
	request_too_large: 'reasonLoadAgain',
	pass_not_valid: 'reasonLoadAgain',
	earlier_send_open: 'reasonSendOpen',
	identifier_conflict: 'reasonExists',
	not_invited: 'reasonNotInvited',
	nickname_in_use: 'reasonUnderWay',
	verification_failure: 'reasonCode',
	link_not_valid: 'reasonLink',
	link_expired: 'reasonLinkOver',
	no_code_yet: 'reasonNoCode',
	codes_tried_out: 'reasonTriedOut',
	phone_not_changed: 'reasonPhone',
	not_here: 'reasonNoPage',
	page_not_ready: 'reasonOurs',
	nickname_of_other: 'reasonOfOther',
	rate_limit_exceeded: 'reasonLater',
	not_reached: 'reasonLater',
};

/** By code, what can be done about it besides. */
const ADVICE: Record<string, TextKey> = {
	funding_source_error: 'adviceCard',
	insufficient_funds: 'adviceOtherCard',
};

const withAdvice = (code: string, said: string) =>
	ADVICE[code] ? `${said.replace(/\w$/, '$&.')} ${say(ADVICE[code])}` : said;

/** What the API complains of without a field: its own words may name what is no stranger's business. */
const OF_INPUT = /^(?:invalid_|field_value_)/;

/** What is said of a reason that is about no field of a stage of the page. */
export function wordsFor({ code }: Reason, stage: 'registration' | 'code' = 'registration') {
	const ofInput = stage === 'code' ? 'reasonInputOfCode' : 'reasonInput';
	return withAdvice(code, say(REASONS[code] ?? (OF_INPUT.test(code) ? ofInput : 'reasonOurs')));
}

/** By what an account is there, or is perhaps being opened: then it is not said that none was. */
export const mayExist = ({ code }: Reason) =>
	code === 'identifier_conflict' || code === 'nickname_in_use';

const ofMistake = (code: string) =>
	(words as Record<string, string | undefined>)[`mistake_${code}`];

/** What a check of the page finds wrong with a field. */
export const ofField = (label: string, { code, details, says }: Mistake) =>
	`${label}${say('fieldJoin')}${filled(ofMistake(code) ?? says, details)}`;

/**
 * What the server says of a field, which is in English.
 *
 * @param isOfStep - whether a step says it: the API's codes may mean something else than the page's
 */
export function ofReason(label: string, { code, message }: Reason, isOfStep: boolean): string {
	if (!isOfStep && code in REASONS) return say(REASONS[code]!);
	if (isEnglish && message !== '') return withAdvice(code, message);
	const own = isOfStep ? undefined : ofMistake(code);
	if (own !== undefined && !own.includes('{')) return `${label}${say('fieldJoin')}${own}`;
	const reason = REASONS[code];
	return reason
		? withAdvice(code, say(reason))
		: `${label}${say('fieldJoin')}${say('fieldNotAccepted')}.`;
}

/** How long a person has to wait, in words. */
export function inWords(seconds: number): string {
	if (seconds === 1) return say('timeSecond');
	if (seconds <= 90) return say('timeSeconds', { count: seconds });
	const minutes = Math.ceil(seconds / 60);
	if (minutes <= 90) return say('timeMinutes', { count: minutes });
	return say('timeHours', { count: Math.ceil(minutes / 60) });
}
