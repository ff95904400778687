import { Mistake } from './mistakes';
import { type Check, textOfForm, withoutSeparators } from './validation';

/** `^se(-[a-z0-9]+)+$`, at most 25 characters (OpenAPI document, `carrier_id`). */
const SHIPENGINE_ID = /^(?=.{1,25}$)se(-[a-z0-9]+)+$/;

/**
 * What can only be an ID, and means nothing in a URL's path. An API that gives its carriers IDs of
 * another form must be able to go on with them. A verification's ID is no carrier's.
 */
const OTHER_ID = /^(?=.{1,64}$)(?=\D*\d)(?!vfn_)[A-Za-z][A-Za-z0-9]*([_-][A-Za-z0-9]+)+$/;

const matching =
	(...forms: RegExp[]) =>
	(text: string) =>
		forms.some((form) => form.test(text)) ? text : undefined;

const someId = matching(SHIPENGINE_ID, OTHER_ID);

/** `SE-123` as it is meant: in lower case; anything else stays. */
const lowered = (text: string) => matching(SHIPENGINE_ID)(text.toLowerCase()) ?? text;

/** Whether an answer's `carrier_id` is one. */
export const isCarrierId = (value: unknown): value is string =>
	typeof value === 'string' && someId(value) !== undefined;

/** A carrier's ID in the documented form, or in another one that an answer may have had. */
export const carrierId = textOfForm((text) => someId(lowered(text)), 'not_carrier_id');

/**
 * A sub-account's ID for `On-Behalf-Of`, unchanged: `se-123456` (documented; that it is like a
 * carrier's is inferred) or `123456`, as the API gives it when it makes the sub-account (seen in the
 * vendor's demos).
 */
export const subAccountId = textOfForm(
	(text) => matching(SHIPENGINE_ID, /^[1-9]\d{0,19}$/)(lowered(text)),
	'not_sub_account_id',
);

/**
 * A sub-account's `account_id`, as the partner API writes it: an integer (documented). `se-123456`, as
 * `On-Behalf-Of` has it, is the same one (seen in the vendor's demos).
 */
export const accountId = textOfForm(
	(text) => /^(?:se-)?([1-9]\d{0,14})$/i.exec(text)?.[1],
	'not_account_id',
);

/** The longest `external_account_id` (documented). */
const LONGEST_EXTERNAL_ID = 128;

/**
 * An ID of one's own for a sub-account. It stands in the path of a request, where a slash, or dots
 * alone, would mean something else.
 */
export const externalAccountId = textOfForm(
	(text) => (text.length <= LONGEST_EXTERNAL_ID && !/[/\\]|^\.+$/.test(text) ? text : undefined),
	'not_external_account_id',
);

/** A verification's id, documented as `vfn_base58encodedguid`; no other character could be part of it (inferred). */
export const verificationId = textOfForm(matching(/^[A-Za-z0-9_-]{1,100}$/), 'not_verification_id');

/** The least number of six digits: a smaller one may have lost leading zeros. */
const FIRST_CODE = 100_000;

/** A code as a program writes a number. */
const AS_NUMBER = /^(\d{4,8})\.0{1,2}$/;

/** A code alone, with what people type between its digits. */
const BARE_CODE = /^\d{4,10}$/;

/**
 * A code among words: digits that stand alone, perhaps in two groups. One letter and a dash, as in
 * `G-123456`, say who sends it.
 */
const CODE_IN_WORDS =
	/(?<![\p{L}\p{N}_-])(?:[a-z]-)?(\d{3}[ -]\d{3}|\d{4,8})(?!-?\p{N}|[_-]?\p{L})/giu;

/** Codes of this length are documented. */
const LENGTH = 6;

/** The code in a text message; undefined where two numbers of it could be it. */
function codeInWords(text: string): string | undefined {
	const plain = text.normalize('NFKC').replace(/\p{Dash}/gu, '-');
	const found = [...plain.matchAll(CODE_IN_WORDS)].map(([, code]) => withoutSeparators(code!));
	const codes = [...new Set(found)];
	const [code, ...others] = codes.some(({ length }) => length === LENGTH)
		? codes.filter(({ length }) => length === LENGTH)
		: codes;
	return others.length === 0 ? code : undefined;
}

const typedCode = textOfForm(
	(text) =>
		BARE_CODE.exec(withoutSeparators(text.replace(AS_NUMBER, '$1')))?.[0] ?? codeInWords(text),
	'not_verification_code',
);

/**
 * The texted code, documented as `123456`; people type it with spaces or dashes, or paste the
 * whole message (length inferred). A number has to have six digits, since a wrong code costs an attempt.
 */
export const verificationCode: Check<string> = (value) =>
	typeof value === 'number' && !(Number.isInteger(value) && value >= FIRST_CODE)
		? new Mistake('code_as_number')
		: typedCode(value);
