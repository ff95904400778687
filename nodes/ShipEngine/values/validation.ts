import { LOST, damageOf, withoutMarks } from './accidents';
import { Mistake, type MistakeCode } from './mistakes';

/** Turns what an item holds into what the API takes, or says what is wrong with it. */
export type Check<T> = (value: unknown) => T | Mistake;

/** Longer than any real name, address or e-mail address; the API documents no figure (inferred). */
const MAX_LENGTH = 255;

/** A line break or a tab, as cells and text areas have them. */
const BREAK = /[\t\n\v\f\r\x85\u2028\u2029]/;

/**
 * Control and format characters, as they come along when text is copied. The two joiners stay between
 * characters beyond Latin: emoji, Persian and the scripts of India are written with them.
 */
const INVISIBLE =
	/(?![\u200c\u200d])[\p{Cc}\p{Cf}]|(?<![^\0-\u02ff\s\p{Cf}])[\u200c\u200d]|[\u200c\u200d](?![^\0-\u02ff\s\p{Cf}])/gu;

/** Text of which nothing is seen: fillers and selectors count as letters and marks. */
const BLANK = /^[\s\p{Default_Ignorable_Code_Point}\u2800]*$/u;

/** The text as people see it: trimmed, in one line, '' where nothing is seen. */
function cleaned(text: string): string {
	// Most text has nothing in it that takes a closer look.
	if (/^[ -~]*$/.test(text)) return text.trim();
	const line = text.replace(/[\s\x85]+/g, (spaces) => (BREAK.test(spaces) ? ' ' : spaces));
	const seen = line.replace(INVISIBLE, '').trim();
	return BLANK.test(seen) ? '' : seen;
}

/** Whether an expression or an item gave nothing: undefined, null or text that nobody can see. */
export function isNothing(value: unknown): value is undefined | null | '' {
	return value === undefined || value === null || (typeof value === 'string' && !cleaned(value));
}

/** A larger number has been rounded, perhaps to somebody else's card. */
const isExact = (value: unknown) =>
	typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER;

/**
 * Text that may be left out: trimmed, without what cannot be seen, '' for nothing. A line break
 * becomes a space. Numbers, as spreadsheets give them, count as text. What a spreadsheet or an export
 * has put around it is taken off; what it has damaged is refused.
 */
export const optionalText: Check<string> = (value) => {
	if (isNothing(value)) return '';
	const entered = isExact(value) ? String(value) : value;
	if (typeof entered !== 'string') return new Mistake('not_text');
	if (LOST.test(entered)) return new Mistake('damaged_text');
	const unmarked = withoutMarks(cleaned(entered));
	if (LOST.test(unmarked)) return new Mistake('damaged_text');
	const text = cleaned(unmarked);
	if (text.length > MAX_LENGTH)
		return new Mistake('invalid_string_length', { longest: MAX_LENGTH });
	const damage = damageOf(text);
	return damage ? new Mistake(damage) : text;
};

/** What is wrong with a required field of which nothing else is known. */
export const EMPTY = new Mistake('field_value_required');

/** Text that may not be left out: as {@link optionalText} gives it, never ''. */
export const requiredText: Check<string> = (value) => {
	const text = optionalText(value);
	return text === '' ? EMPTY : text;
};

/**
 * A required text of a certain form.
 *
 * @param read - gives the text as the API takes it, or undefined when the form is wrong
 * @param code - of the mistake of another form
 */
export function textOfForm(
	read: (text: string) => string | undefined,
	code: MistakeCode,
): Check<string> {
	return (value) => {
		const text = requiredText(value);
		if (text instanceof Mistake) return text;
		return read(text) ?? new Mistake(code);
	};
}

/** A name by its letters and digits, since people differ in case, spaces and punctuation. */
export const lettersOf = (name: string) =>
	name
		.normalize('NFKC')
		.toUpperCase()
		.replace(/[^\p{L}\p{N}]/gu, '');

/** What people write between the digits of a long number. */
const SEPARATORS = /[\s._/\u00b7\u2022\u2027\u2219\u22c5\p{Dash}]/gu;

/** A whole number as spreadsheets and programs write it: `5,125,550,101` and `78756.0`. */
const AS_NUMBER = /^(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.0{1,2})?$/;

/** The digits of a whole number, with full-width digits as plain ones; other text as it is. */
export function plainDigits(text: string): string {
	const plain = text.normalize('NFKC');
	return AS_NUMBER.test(plain) ? plain.replace(/\..*|,/g, '') : plain;
}

/** A long number as it is typed: without separators, and with full-width digits as plain ones. */
export const withoutSeparators = (text: string) => text.normalize('NFKC').replace(SEPARATORS, '');

/**
 * A required number of many digits, typed with separators or without.
 *
 * @param read - gives the digits as the API takes them, or undefined when they are wrong
 * @param code - of the mistake of another form
 */
export function digitsOfForm(
	read: (text: string) => string | undefined,
	code: MistakeCode,
): Check<string> {
	const typed = textOfForm((text) => read(withoutSeparators(plainDigits(text))), code);
	return (value) =>
		// A number's sign and point are no separators.
		typeof value === 'number' && !(Number.isInteger(value) && value >= 0)
			? new Mistake(code)
			: typed(value);
}

/** A nickname of email, a space and ten digits has to be within the longest text. */
const LONGEST_PLAIN_EMAIL = MAX_LENGTH - 11;

/** An email as a page takes it: letters that only look like others would make another nickname for the same mailbox. */
export const plainEmail: Check<string> = (value) => {
	const address = email(value);
	if (address instanceof Mistake) return address;
	if (/[^\x21-\x7e]/.test(address)) return new Mistake('not_plain_email');
	return address.length > LONGEST_PLAIN_EMAIL
		? new Mistake('invalid_string_length', { longest: LONGEST_PLAIN_EMAIL })
		: address;
};

/** An address as mail programs copy it: `Name <a@b.com>`, `mailto:a@b.com` and `'a@b.com';`. */
const bareAddress = (text: string) =>
	text
		.replace(/^[^<>@]*<([^<>]*)>/, '$1')
		.replace(/^mailto:/i, '')
		.replace(/^['"\s\u2018\u201c]+|['".,;\s\u2019\u201d]+$/g, '');

/** Letters, digits and what else RFC 5322 lets stand bare; a domain of names (RFC 1035), in any script. */
const ADDRESS =
	/^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-][\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~.-]*@(?:[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?\.)+[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?$/u;

/** An e-mail address; only its outline is checked, since the API has the last word. */
export const email = textOfForm((text) => {
	const address = bareAddress(text);
	return ADDRESS.test(address) ? address : undefined;
}, 'not_email');

/** What forms, spreadsheets and people say for a ticked box. */
const YES = ['true', 'yes', 'y', 'on', '1', 'ok', 'okay', 'checked'];

/** A sentence of consent, and all the words that may stand in one: any other one may take it back. */
const AGREEMENT =
	/^(yes )?((i|we) (hereby |fully |have read and )?)?(agreed?|accept(ed)?)( (to|the|these|this|all|of|and|with|for|by|at|on|in|as|my|our|your|above|below|terms?|conditions?|use|service|services|user|customer|license|agreements?|privacy|policy|policies|rules|payments?|postage|pay|charges?|fees?|carrier|account|stamps|com|usps|us|postal|shipstation|shipengine|api|auctane))*$/;

/** A ticked box in front. */
const TICK = /^(?:[\u2611\u2713\u2714\u2705]\ufe0f?|\[x\])\s*/i;

/** What stands between the words; a question or a box left empty does not. */
const SENTENCE = /^[\p{L}\p{N}\s.,!'\u2019"()&:;/-]+$/u;

function agrees(value: unknown): boolean {
	if (typeof value !== 'string') return value === true || value === 1;
	const text = cleaned(value).replace(TICK, '').toLowerCase();
	if (!SENTENCE.test(text)) return false;
	const words = text.match(/[\p{L}\p{N}]+/gu)?.join(' ') ?? '';
	return YES.includes(words) || AGREEMENT.test(words);
}

/**
 * Consent: true, the number 1, a word such as yes or on, or a sentence that begins with "I agree",
 * "accept" or the like and holds only words about terms, privacy and payment. A list, as forms give it for ticked
 * boxes with their labels, counts when it holds nothing but such. Everything else is none.
 */
export const accepted: Check<true> = (value) => {
	const given = Array.isArray(value) ? (value as unknown[]) : [value];
	// Not every(), which passes over what a list has no entry for.
	const isGiven = given.length > 0 && given.findIndex((entry) => !agrees(entry)) === -1;
	return isGiven || new Mistake('terms_not_accepted');
};
