/** What is wrong with one value, in the API's own codes and in words that follow the field's label. */
export class Mistake {
	/**
	 * @param code - the API's `error_code` for this kind of mistake (OpenAPI document, `error_code`)
	 * @param says - the rest of a sentence that begins with the field's label; it never quotes the value
	 */
	constructor(
		readonly code: string,
		readonly says: string,
	) {}
}

/** Turns what an item holds into what the API takes, or says what is wrong with it. */
export type Check<T> = (value: unknown) => T | Mistake;

/** Longer than any real name, address or e-mail address; the API documents no figure (inferred). */
const MAX_LENGTH = 255;

/** Whether an expression or an item gave nothing: undefined, null or blank text. */
export function isNothing(value: unknown): value is undefined | null | '' {
	return value === undefined || value === null || (typeof value === 'string' && !value.trim());
}

/** A larger number has been rounded, perhaps to somebody else's card. */
const isExact = (value: unknown) =>
	typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER;

/** Text that may be left out: trimmed, '' for nothing. Numbers, as spreadsheets give them, count as text. */
export const optionalText: Check<string> = (value) => {
	if (isNothing(value)) return '';
	const entered = isExact(value) ? String(value) : value;
	if (typeof entered !== 'string') return new Mistake('invalid_field_value', 'must be text');
	const text = entered.trim();
	return text.length > MAX_LENGTH
		? new Mistake('invalid_string_length', `is longer than ${MAX_LENGTH} characters`)
		: text;
};

/** Text that may not be left out: trimmed, never ''. */
export const requiredText: Check<string> = (value) => {
	const text = optionalText(value);
	return text === '' ? new Mistake('field_value_required', 'is empty') : text;
};

/**
 * A required text of a certain form.
 *
 * @param read - gives the text as the API takes it, or undefined when the form is wrong
 * @param says - what the form is, as the rest of a sentence: "needs ten digits"
 */
export function textOfForm(
	read: (text: string) => string | undefined,
	says: string,
): Check<string> {
	return (value) => {
		const text = requiredText(value);
		if (text instanceof Mistake) return text;
		return read(text) ?? new Mistake('invalid_field_value', says);
	};
}

/** An e-mail address; only its outline is checked, since the API has the last word. */
export const email = textOfForm(
	(text) => (/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text) ? text : undefined),
	"needs the form of an email address, such as 'name@example.com'",
);

const YES = ['true', 'yes', 'on', '1'];

/** Consent: true, the words true, yes, on or 1, or a ticked checkbox, which forms give as a list. */
export const accepted: Check<true> = (value) => {
	const given = Array.isArray(value)
		? value.length > 0
		: typeof value !== 'object' && YES.includes(String(value).trim().toLowerCase());
	return given || new Mistake('terms_not_accepted', 'has to be accepted before registering');
};
