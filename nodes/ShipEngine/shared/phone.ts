import { type Check, textOfForm } from './validation';

/**
 * A US phone number as bare digits, `5124854282`: the form of the documented example of Send
 * Verification. Punctuation and a leading 1 are dropped (Stamps.com refuses both, seen on a carrier
 * help page).
 */
export const tenDigits: Check<string> = textOfForm(
	(text) => /^(?:\+?1)?(\d{10})$/.exec(text.replace(/[\s()./\p{Dash}]/gu, ''))?.[1],
	'needs a US phone number with ten digits',
);

/** Bare digits as `512-485-4282`: the form of the documented example of Register. */
export function withDashes(digits: string): string {
	return digits.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1-$2-$3');
}
