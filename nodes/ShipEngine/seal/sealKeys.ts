import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../failures/failure';
import { type SealKey, sealKeyOf } from './sealedCard';

/** The name of the credential that has the secret. */
export const CARD_SEAL_CREDENTIAL = 'shipEngineCardSealApi';

/** Shorter ones can be guessed, by trying them against the public key. */
const SHORTEST_SECRET = 32;

/** Fewer different characters are one key held down, or a word again and again. */
const FEWEST_DIFFERENT = 10;

/** What is wrong with a secret, as the rest of a sentence; '' for nothing. */
function wrongWith(secret: string): string {
	if (secret.length < SHORTEST_SECRET) return `needs at least ${SHORTEST_SECRET} characters`;
	if (new Set(secret).size < FEWEST_DIFFERENT) return 'repeats itself: it could be guessed';
	return '';
}

/** A field of the credential, without the line break that some secret stores put behind it. */
const fieldOf = (value: unknown) => String(value ?? '').trim();

/**
 * The pairs of keys of the credential: that of its secret first, which cards are sealed for, then that
 * of the secret before it, if there is one.
 *
 * @throws {@link Failure} where a secret is too weak
 */
export function sealKeysOf({ secret, previousSecret }: IDataObject): [SealKey, ...SealKey[]] {
	const [current, previous] = [fieldOf(secret), fieldOf(previousSecret)];
	const wrong = [
		{ label: 'Secret', says: wrongWith(current) },
		{ label: 'Previous Secret', says: previous && wrongWith(previous) },
	].find(({ says }) => says !== '');
	if (!wrong) return [sealKeyOf(current), ...(previous ? [sealKeyOf(previous)] : [])];
	const message = `The '${wrong.label}' of the 'ShipEngine Card Seal' credential ${wrong.says}`;
	throw new Failure({
		message,
		description:
			'Take a long random text, for example from a password manager, and keep a copy of it.',
		reasons: [{ code: 'card_seal_secret_weak', field: null, message }],
	});
}
