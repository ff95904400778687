import { passesLuhn } from './paymentCard';

const HIDDEN = '[hidden]';

/** Digits in a row, with spaces or dashes between them, long enough for a card number. */
const LIKE_A_CARD = /(?<!\d)\d(?:[ -]?\d){11,18}(?!\d)/g;

const escaped = (character: string) => character.replace(/[^A-Za-z0-9]/, '\\$&');

/** The secret as it stands in a text, also where the text spreads it with spaces or dashes. */
const spread = (secret: string) =>
	new RegExp(`(?<![A-Za-z0-9])${[...secret].map(escaped).join('[\\s-]*')}(?![A-Za-z0-9])`, 'g');

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
		.replace(LIKE_A_CARD, (digits) => (passesLuhn(digits.replace(/\D/g, '')) ? HIDDEN : digits));
}
