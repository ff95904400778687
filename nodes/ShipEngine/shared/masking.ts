import { isCardNumber } from './paymentCard';

const HIDDEN = '[hidden]';

/** A UUID, in which nobody looks for a card, or digits that are enough for one, spaced or not. */
const UUID_OR_CARD = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|(?<!\d)\d(?:[ -]?\d){11,18}(?!\d)/gi;

const escaped = (character: string) => character.replace(/[^A-Za-z0-9]/, '\\$&');

/** The secret as it stands in a text, also where the text spreads it with spaces or dashes. */
function spread(secret: string): RegExp {
	const pattern = [...secret].map(escaped).join('[\\s-]*');
	// The digits of a code may be part of a longer number that has nothing to do with it.
	return new RegExp(/^\d+$/.test(secret) ? `(?<!\\d)${pattern}(?!\\d)` : pattern, 'g');
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
