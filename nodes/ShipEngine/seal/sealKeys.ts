import { type KeyObject, createSecretKey, hkdfSync } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../failures/failure';
import { type SealKey, sealKeyOf } from './sealedCard';
import { weaknessOf } from './secretStrength';
import { stretched } from './stretching';

/** The name of the credential that has the secret. */
export const CARD_SEAL_CREDENTIAL = 'shipEngineCardSealApi';

/** A field of the credential, without the line break that some secret stores put behind it. */
const fieldOf = (value: unknown) => String(value ?? '').trim();

/** The keys of a secret, one for each purpose. */
export interface SecretKeys extends SealKey {
	/** With which passes of pages are sealed. */
	pass: KeyObject;
	/** With which links to pages are sealed. */
	link: KeyObject;
}

async function keysOf(secret: string): Promise<SecretKeys> {
	const root = await stretched(secret);
	const keyFor = (purpose: string) =>
		createSecretKey(Buffer.from(hkdfSync('sha256', root, '', purpose, 32)));
	return { ...sealKeyOf(root), pass: keyFor('pass'), link: keyFor('link') };
}

/**
 * The keys of the credential: those of its secret first, which cards are sealed for, then those of the
 * secret before it, if there is one.
 *
 * @throws {@link Failure} where a secret is too weak
 */
export async function sealKeysOf({
	secret,
	previousSecret,
}: IDataObject): Promise<[SecretKeys, ...SecretKeys[]]> {
	const [current, previous] = [fieldOf(secret), fieldOf(previousSecret)];
	const wrong = [
		{ label: 'Secret', says: weaknessOf(current) },
		{ label: 'Previous Secret', says: previous && weaknessOf(previous) },
	].find(({ says }) => says !== '');
	if (!wrong) return [await keysOf(current), ...(previous ? [await keysOf(previous)] : [])];
	const message = `The '${wrong.label}' of the 'ShipEngine Card Seal' credential ${wrong.says}`;
	throw new Failure({
		message,
		description:
			"Take a long random text, such as that of the command 'openssl rand -base64 48' or of a password manager, and keep a copy of it.",
		reasons: [{ code: 'card_seal_secret_weak', field: null, message }],
	});
}
