import { digitsOfForm } from './validation';

/**
 * A US phone number as bare digits, `5124854282`: the form of the documented example of Send
 * Verification. Punctuation and a leading 1 are dropped (Stamps.com refuses both, seen on a carrier
 * help page). Any ten digits will do: the documented example of Register is `111-111-1111`.
 */
export const tenDigits = digitsOfForm(
	(text) => /^(?:tel:?)?(?:\+?1|001)?(\d{10})$/i.exec(text.replace(/[()]/g, ''))?.[1],
	'not_phone',
);

/** Bare digits as `512-485-4282`: the form of the documented example of Register. */
export function withDashes(digits: string): string {
	return digits.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1-$2-$3');
}
