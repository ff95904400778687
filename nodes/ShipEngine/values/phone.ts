import { digitsOfForm } from './validation';

/** As contacts, advertisers' forms and messengers write it in front: `p:+15124854282`. */
const LABEL = /^(?:tel:?|(?:p|ph|phone|telephone|c|cell|m|mobile|sms|whatsapp|home|work):)/i;

/**
 * A US phone number as bare digits, `5124854282`: the form of the documented example of Send
 * Verification. Punctuation and a leading 1 are dropped (Stamps.com refuses both, seen on a carrier
 * help page). Any ten digits will do: the documented example of Register is `111-111-1111`.
 */
export const tenDigits = digitsOfForm((text) => {
	const phone = text.replace(/[()]/g, '').replace(LABEL, '');
	// A number of another country, as dialed from abroad.
	if (/^00(?!1)/.test(phone)) return undefined;
	return /^(?:\+?1|001)?(\d{10})$/.exec(phone)?.[1];
}, 'not_phone');

/** Bare digits as `512-485-4282`: the form of the documented example of Register. */
export function withDashes(digits: string): string {
	return digits.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1-$2-$3');
}
