import type { Unsuccessful } from './answer';
import { Failure, type Reason } from '../failures/failure';
import { isCarrierId } from '../values/identifiers';
import { LONGEST_NAME, LONGEST_TEXT, told as toldOf, wordsOnly } from '../failures/masking';
import { MAX_UNREACHED, type Reaction, type Situation } from './policy';
import type { ApiRequest } from './request';

/** What a failure must know of its request. */
type About = Pick<ApiRequest<unknown>, 'words' | 'carrierId' | 'ifNotFound' | 'tellsWordsOnly'>;

/** If the API itself says nothing: the code of the reason, what happened, what to do next. */
const OWN_WORDS: Record<Situation, { code: string; because: string; next: string }> = {
	throttled: {
		code: 'rate_limit_exceeded',
		because: "the API's limit of requests per minute requires a longer wait than 'Max Wait' allows",
		next: "Try again later, raise 'Max Wait', or run fewer workflows with this API key at once.",
	},
	unreached: {
		code: 'not_reached',
		because: 'the API could not be reached',
		next: "Nothing was sent. Check the 'Base URL' of the credential and this n8n's connection to the internet, then try again.",
	},
	untrusted: {
		code: 'certificate_not_trusted',
		because: "the certificate of the API's server is not trusted by this n8n",
		next: "Nothing was sent. If a company proxy replaces certificates, start n8n with NODE_EXTRA_CA_CERTS set to the path of the company's CA certificate; otherwise check the 'Base URL' of the credential.",
	},
	unsendable: {
		code: 'not_sendable',
		because: 'it could not be sent to the API',
		next: "Nothing was sent. Check the proxy of this n8n, if it has one, and the 'ShipEngine API' credential.",
	},
	unavailable: {
		code: 'not_reached',
		because: `the API could not be reached ${MAX_UNREACHED} times in a row, so this item was not tried`,
		next: "Nothing was sent. Check the 'Base URL' of the credential and this n8n's connection to the internet, then run the failed items again.",
	},
	interrupted: {
		code: 'no_answer',
		because: 'no answer came: the connection was lost, or the timeout was reached',
		next: 'Try again later.',
	},
	notReady: {
		code: 'sub_account_not_ready',
		because:
			'the API does not recognize the sub-account yet, because it was created only moments ago',
		next: 'Nothing was done. Run this item again in a minute.',
	},
	refused: {
		code: 'refused',
		because: 'the API, or a proxy on the way to it, refused the request without saying why',
		next: 'Check the input and try again.',
	},
	unusable: {
		code: 'unusable_answer',
		because: "the API's answer lacks what was asked for",
		next: "Check the 'Base URL' of the credential, then try again.",
	},
	redirected: {
		code: 'redirected',
		because: 'the API pointed to another address, which was not followed',
		next: "Check the 'Base URL' of the credential: the API key and the card are sent to no other address.",
	},
};

/**
 * Why Stamps.com declines a card (help pages: ShippingEasy 204307475, Stamps.com 21040347803675). A
 * phone with a leading 1 is another reason, which no step sends.
 */
const DECLINED =
	"Stamps.com declines a card if the address is not the card's billing address or is a PO box, if a company's name stands in place of the person's, or if the bank blocks postage. Correct that, or try another payment card.";

/** What to do next, by the API's `error_code` (OpenAPI document) or the HTTP status. */
const NEXT = new Map<string | number, string>(
	Object.entries({
		"Check the API key in the 'ShipEngine API' credential.": ['unauthorized', 401],
		'Ask ShipStation whether this API key is allowed to do this, then try again.': [
			'forbidden',
			403,
		],
		"Check the carrier, and that 'On Behalf Of' names the sub-account it was registered for.": [
			'carrier_not_connected',
		],
		'Ask the person for the code again, or send a new text message with Send Verification.': [
			'verification_failure',
		],
		[DECLINED]: ['funding_source_error'],
		'Try another payment card.': ['insufficient_funds'],
	}).flatMap(([next, keys]) => keys.map((key): [string | number, string] => [key, next])),
);

/** What is not there: the carrier that a request is about, else the address itself. */
const notFound = (carrierId: string | undefined) =>
	carrierId === undefined
		? "Check the 'Base URL' of the credential: it is 'https://api.shipengine.com', without a path."
		: NEXT.get('carrier_not_connected')!;

/** How many of an answer's reasons a failure repeats. */
const MOST_REASONS = 20;

/** The API's own words, with what only whoever looks them up needs behind them. */
const described = ({ code, field, message }: Reason) =>
	`${message.replace(/\.$/, '')} (${field === null ? code : `${code} in '${field}'`})`;

function becauseOf({ situation, status, source }: Unsuccessful, [first]: Reason[]): string {
	const own = OWN_WORDS[situation].because;
	// What a 429 says is the same each time; whose limit it is, and what ended the wait, is not.
	if (situation === 'throttled') {
		return source === 'carrier' ? own.replace("the API's", "the carrier's") : own;
	}
	if (first && situation !== 'notReady') return first.message;
	return situation === 'interrupted' && status ? `the API answered with status ${status}` : own;
}

/** What the user does next, by what the API says, by the status, or by the situation. */
function nextOf(
	{ carrierId, ifNotFound }: About,
	{ situation, status }: Unsuccessful,
	[first]: Reason[],
) {
	// What the API says of a sub-account that it does not know yet would lead astray.
	if (situation === 'notReady') return OWN_WORDS.notReady.next;
	const byCode = first && NEXT.get(first.code);
	if (byCode !== undefined) return byCode;
	if (status === 404) return ifNotFound ?? notFound(carrierId);
	// A 2xx that tells what is wrong is the API's, whatever else it lacks.
	const own = OWN_WORDS[situation === 'unusable' && first ? 'refused' : situation];
	return NEXT.get(status ?? '') ?? own.next;
}

/**
 * What the user is told of an unsuccessful request.
 *
 * @param secrets - card number, code and key, masked wherever the API repeats them
 */
export function failureOf(
	request: About,
	outcome: Unsuccessful,
	reaction: Reaction,
	secrets: string[],
): Failure {
	const { words } = request;
	const { situation, status } = outcome;
	// Shortened last: half of a secret would not be known as one.
	const hidden = [...secrets, ...(outcome.secrets ?? [])];
	const tell = (text: string, longest: number) => toldOf(text, hidden, longest);
	const requestId = outcome.requestId && tell(outcome.requestId, LONGEST_NAME);
	const answered = outcome.carrierId && tell(outcome.carrierId, LONGEST_NAME);
	const told = outcome.reasons.slice(0, MOST_REASONS).map(({ code, field, message }) => ({
		code: tell(code, LONGEST_NAME),
		field: field === null ? null : tell(field, LONGEST_NAME),
		message: tell(request.tellsWordsOnly ? wordsOnly(message) : message, LONGEST_TEXT),
	}));
	const own = OWN_WORDS[situation];
	const because = becauseOf(outcome, told);
	const isUnknown = reaction === 'unknown';
	const isNotReady = situation === 'notReady';
	const unknown = isUnknown && 'unknown' in words ? words : undefined;
	const message = `${unknown?.unknown ?? words.failed}: ${because}`;
	const next = unknown?.ifUnknown ?? nextOf(request, outcome, told);
	const ownReason = {
		code: isUnknown ? 'outcome_unknown' : own.code,
		field: null,
		// On its own, as a page shows it, the reason has to say that something may have happened.
		message: isUnknown ? message : because,
	};
	return new Failure({
		message,
		description: [
			next,
			...(told.length > 0 ? [`The API says: ${told.map(described).join('; ')}.`] : []),
			...(answered ? [`The answer names the carrier '${answered}'.`] : []),
			...(requestId ? [`Request ID for ShipStation's support: ${requestId}`] : []),
		].join(' '),
		reasons: isUnknown || isNotReady || told.length === 0 ? [ownReason, ...told] : told,
		isUnknown,
		isRefused: situation === 'refused',
		httpStatus: status,
		requestId,
		carrierId:
			request.carrierId ?? (isCarrierId(outcome.carrierId) ? outcome.carrierId : undefined),
	});
}

/** What the user is told where the credential cannot be used: what was not done, and why. */
export function unsentOf({ details }: Failure, failed: string, carrierId?: string): Failure {
	const because = details.message.replace(/^The /, 'the ');
	return new Failure({ ...details, message: `${failed}: ${because}`, carrierId });
}
