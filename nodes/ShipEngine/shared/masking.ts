import { isCardNumber } from './paymentCard';

const HIDDEN = '[hidden]';

/** A UUID, in which nobody looks for a card, or digits that are enough for one, spaced or not. */
const UUID_OR_CARD = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|(?<!\d)\d(?:[ -]?\d){11,18}(?!\d)/gi;

/** What cannot be seen, spaces and dashes of all kinds. */
const SEPARATOR = '\\s\\p{Dash}\\p{Cf}';

/** No code is as long as the shortest card number. */
const LONGEST_CODE = 11;

const escaped = (character: string) => `\\u{${character.codePointAt(0)!.toString(16)}}`;

/** The secret as it stands in a text, also where the text spreads it. */
function spread(secret: string): RegExp {
	const isNumber = /^\d+$/.test(secret);
	const between = `[${SEPARATOR}${isNumber ? '._/' : ''}]*`;
	// Without its own separators: one that could stand for two things would make the search endless.
	const characters = [...secret.replace(new RegExp(`[${SEPARATOR}]`, 'gu'), '')];
	const pattern = characters.map(escaped).join(between);
	// The digits of a code may be part of a longer number that has nothing to do with it.
	const isCode = isNumber && secret.length <= LONGEST_CODE;
	return new RegExp(isCode ? `(?<!\\d)${pattern}(?!\\d)` : pattern || '$^', 'gu');
}

/**
 * A text from elsewhere, fit to be stored and shown: without the given secrets, however they are
 * spaced, and without anything that could be a card number.
 *
 * @param secrets - card number, verification code, API key, as sent
 */
export function masked(text: string, secrets: readonly string[]): string {
	return secrets
		.filter((secret) => secret !== '')
		.reduce((rest, secret) => rest.replace(spread(secret), HIDDEN), text)
		.replace(UUID_OR_CARD, (found) => (isCardNumber(found.replace(/[ -]/g, '')) ? HIDDEN : found));
}

/** A text of a bounded length: what an answer says is stored with the execution, and shown. */
export function shortened(text: string, longest: number): string {
	if (text.length <= longest) return text;
	// Not in the middle of a pair of surrogates.
	return `${text.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
