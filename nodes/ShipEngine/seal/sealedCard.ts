import {
	type ECDH,
	createDecipheriv,
	createECDH,
	createHash,
	createSecretKey,
	hkdfSync,
} from 'crypto';
import type { IDataObject } from 'n8n-workflow';

/**
 * The format of a sealed card, all of it: JWE compact serialization (RFC 7516) with ECDH-ES (RFC 7518,
 * 4.6) on P-256, and A256GCM (5.3). Whoever has the public key can seal; only the secret opens.
 */
export const ALG = 'ECDH-ES';
export const ENC = 'A256GCM';
const CRV = 'P-256';

/** Of the curve P-256 (FIPS 186-5, SP 800-186). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** Several times as long as any card's: no time is spent on what cannot be one. */
export const LONGEST_SEALED = 4_096;

/** What others need to seal a card (RFC 7517), with `kid` the key's thumbprint (RFC 7638). */
export interface PublicJwk {
	kty: string;
	crv: string;
	x: string;
	y: string;
	kid: string;
}

/** A pair of keys, of which the private one stays here. */
export interface SealKey {
	publicJwk: PublicJwk;
	ecdh: ECDH;
}

/**
 * The pair of keys of a secret: always the same one, on each machine.
 *
 * @param root - the secret's bytes, as `stretching.ts` gives them
 */
export function sealKeyOf(root: Buffer): SealKey {
	// Longer than the order by 128 bits, so that what is left of the division is even (FIPS 186-5, A.2.1).
	const bytes = Buffer.from(hkdfSync('sha256', root, '', 'card', 48));
	const scalar = (BigInt(`0x${bytes.toString('hex')}`) % (ORDER - 1n)) + 1n;
	const ecdh = createECDH('prime256v1');
	ecdh.setPrivateKey(scalar.toString(16).padStart(64, '0'), 'hex');
	const point = ecdh.getPublicKey();
	const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) =>
		half.toString('base64url'),
	);
	const jwk = { kty: 'EC', crv: CRV, x: x!, y: y! };
	return { publicJwk: { ...jwk, kid: thumbprint(jwk) }, ecdh };
}

/** The thumbprint of a key, of which only the members that make it up are given (RFC 7638). */
export const thumbprint = (jwk: Record<string, string>) =>
	createHash('sha256')
		.update(JSON.stringify(jwk, Object.keys(jwk).sort()))
		.digest('base64url');

/** A part of the text; undefined where another text would give the same bytes. */
function partOf(part: unknown, length?: number): Buffer | undefined {
	if (typeof part !== 'string') return undefined;
	const bytes = Buffer.from(part, 'base64url');
	if (length !== undefined && bytes.length !== length) return undefined;
	return bytes.toString('base64url') === part ? bytes : undefined;
}

function parsedObject(json: string): IDataObject | undefined {
	const value: unknown = JSON.parse(json);
	return value !== null && typeof value === 'object' && !Array.isArray(value)
		? (value as IDataObject)
		: undefined;
}

/** The public key of the one who sealed: a point in the form that has both coordinates (SEC 1, 2.3.3). */
function pointOf(epk: unknown): Buffer | undefined {
	const { kty, crv, x, y } = (epk ?? {}) as IDataObject;
	const [left, right] = [partOf(x, 32), partOf(y, 32)];
	if (kty !== 'EC' || crv !== CRV || !left || !right) return undefined;
	return Buffer.concat([Buffer.of(4), left, right]);
}

/** A number of four bytes. */
function uint32(number: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32BE(number);
	return bytes;
}

/**
 * The key of the content, by the Concat KDF of one round (RFC 7518, 4.6.2).
 *
 * @param bits - how long it is: 256 at most
 * @param parties - the headers `apu` and `apv`, decoded
 */
export function contentKey(agreed: Buffer, enc: string, bits: number, parties: Buffer[]): Buffer {
	const fields = [Buffer.from(enc), ...parties].flatMap((field) => [uint32(field.length), field]);
	const input = Buffer.concat([uint32(1), agreed, ...fields, uint32(bits)]);
	return createHash('sha256')
		.update(input)
		.digest()
		.subarray(0, bits / 8);
}

function decrypted(text: string, keys: readonly SealKey[]): IDataObject | undefined {
	const parts = text.split('.');
	const [header, none, ...rest] = parts;
	const [iv, content, tag] = [partOf(rest[0], 12), partOf(rest[1]), partOf(rest[2], 16)];
	if (
		text.length > LONGEST_SEALED ||
		parts.length !== 5 ||
		none !== '' ||
		!iv ||
		!content ||
		!tag
	) {
		return undefined;
	}
	const {
		alg,
		enc,
		kid,
		epk,
		apu = '',
		apv = '',
		...others
	} = parsedObject(partOf(header)?.toString() ?? '') ?? {};
	const key = keys.find(({ publicJwk }) => publicJwk.kid === kid);
	const point = pointOf(epk);
	const [sealer, opener] = [partOf(apu), partOf(apv)];
	if (alg !== ALG || enc !== ENC || !key || !point || !sealer || !opener) return undefined;
	// What these ask for is not done here, so what they are about must not be taken for understood.
	if ('crit' in others || 'zip' in others) return undefined;

	// Node refuses a point that is not on the curve.
	const agreed = key.ecdh.computeSecret(point);
	const secret = createSecretKey(contentKey(agreed, ENC, 256, [sealer, opener]));
	const decipher = createDecipheriv('aes-256-gcm', secret, iv);
	decipher.setAAD(Buffer.from(header!)).setAuthTag(tag);
	return parsedObject(Buffer.concat([decipher.update(content), decipher.final()]).toString());
}

/** How far the clock of the one who sealed may be ahead, in seconds. */
const MOST_AHEAD = 300;

/**
 * The card in a sealed text: `name`, `number`, `type`, `expiration_year`, `expiration_month`, and what
 * was sealed together with it: `email`, `phone`, `pass`; all of it unchecked.
 *
 * @param keys - the pairs of keys that it may be sealed for
 * @param maxAge - how old it may be, in seconds
 * @param now - the time, in seconds
 * @returns undefined, and no reason, for whatever cannot be opened
 */
export function openCard(
	text: string,
	keys: readonly SealKey[],
	maxAge: number,
	now = Date.now() / 1000,
): IDataObject | undefined {
	try {
		const { iat, ...card } = decrypted(text, keys) ?? {};
		const isTimely = typeof iat === 'number' && now - iat <= maxAge && iat - now <= MOST_AHEAD;
		return isTimely ? card : undefined;
	} catch {
		return undefined;
	}
}
