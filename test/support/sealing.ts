import { createCipheriv, createECDH, createHash, randomBytes, scryptSync } from 'node:crypto';
import { CompactEncrypt, importJWK } from 'jose';
import {
	type PublicJwk,
	type SealKey,
	contentKey,
	sealKeyOf,
} from '../../nodes/ShipEngine/seal/sealedCard';
import { STRETCHING } from '../../nodes/ShipEngine/seal/stretching';

/** The other side: a library that others use, and that knows nothing of the node. */

/** Random to look at, and the same in each run. */
const secretOf = (name: string) => createHash('sha256').update(name).digest('base64url');

export const SEAL_SECRET = secretOf('the seal of the tests');

export const OTHER_SECRET = secretOf('another seal of the tests');

const { salt, cost, bytes } = STRETCHING;

const KEYS = new Map<string, SealKey>();

/** The pair of keys of a secret. */
export function keyOf(secret: string): SealKey {
	const key = KEYS.get(secret) ?? sealKeyOf(scryptSync(secret, salt, bytes, cost));
	KEYS.set(secret, key);
	return key;
}

/** A moment, in seconds. */
export const NOW = 1_800_000_000;

/** The time, in seconds. */
export const now = () => Math.floor(Date.now() / 1000);

/** A card as it is sealed. */
export const CARD = {
	name: 'Nathan Smith',
	number: '4111111111111111',
	type: 'Visa',
	expiration_year: String(new Date().getFullYear() + 1),
	expiration_month: '07',
};

export interface Sealing {
	/** More headers, or others in place of the usual. */
	header?: Record<string, unknown>;
	/** The headers `apu` and `apv`, as bytes. */
	parties?: { apu?: Uint8Array; apv?: Uint8Array };
}

/** Any text sealed by jose for a key. */
export async function sealedText(
	text: string,
	jwk: PublicJwk,
	{ header = {}, parties }: Sealing = {},
): Promise<string> {
	const sealer = new CompactEncrypt(new TextEncoder().encode(text)).setProtectedHeader({
		alg: 'ECDH-ES',
		enc: 'A256GCM',
		kid: jwk.kid,
		...header,
	});
	if (parties) sealer.setKeyManagementParameters(parties);
	const { kty, crv, x, y } = jwk;
	return await sealer.encrypt(await importJWK({ kty, crv, x, y }, 'ECDH-ES'));
}

/** A card sealed by jose. */
export const sealedCard = async (
	jwk: PublicJwk,
	{ card = CARD, person, iat = NOW }: { card?: object; person?: object; iat?: unknown } = {},
	sealing?: Sealing,
): Promise<string> => await sealedText(JSON.stringify({ ...card, ...person, iat }), jwk, sealing);

/** The card sealed with headers that jose refuses to write. */
export function sealedByHand({ kid, x, y }: PublicJwk, header: object): string {
	const ecdh = createECDH('prime256v1');
	const own = ecdh.generateKeys();
	const point = Buffer.concat([
		Buffer.of(4),
		Buffer.from(x, 'base64url'),
		Buffer.from(y, 'base64url'),
	]);
	const [left, right] = [own.subarray(1, 33), own.subarray(33)].map((half) =>
		half.toString('base64url'),
	);
	const epk = { kty: 'EC', crv: 'P-256', x: left, y: right };
	const protectedHeader = Buffer.from(
		JSON.stringify({ alg: 'ECDH-ES', enc: 'A256GCM', kid, epk, ...header }),
	).toString('base64url');
	const none = Buffer.alloc(0);
	const key = contentKey(ecdh.computeSecret(point), 'A256GCM', 256, [none, none]);
	const iv = randomBytes(12);
	const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(protectedHeader));
	const content = Buffer.concat([
		cipher.update(JSON.stringify({ ...CARD, iat: NOW })),
		cipher.final(),
	]);
	const rest = [iv, content, cipher.getAuthTag()].map((part) => part.toString('base64url'));
	return [protectedHeader, '', ...rest].join('.');
}
