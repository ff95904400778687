/**
 * Seals a text to the node's public key: a JWE in compact serialization (RFC 7516) of algorithm
 * ECDH-ES (RFC 7518, 4.6) on the curve P-256, and A256GCM (RFC 7518, 5.3). Nothing but WebCrypto.
 */

/** The node's public key (RFC 7517) with its thumbprint (RFC 7638), as the trigger tells it. */
export interface PublicJwk {
	kty: string;
	crv: string;
	x: string;
	y: string;
	kid: string;
}

const P256 = { name: 'ECDH', namedCurve: 'P-256' };

const utf8 = (text: string) => new TextEncoder().encode(text);

/** RFC 7515, 2: base64url without padding. */
const base64url = (bytes: Uint8Array) =>
	btoa(String.fromCharCode(...bytes))
		.replaceAll('+', '-')
		.replaceAll('/', '_')
		.replaceAll('=', '');

const uint32 = (value: number) => [
	value >>> 24,
	(value >>> 16) & 255,
	(value >>> 8) & 255,
	value & 255,
];

/**
 * The key that encrypts, from what both sides have computed (RFC 7518, 4.6.2): the Concat KDF with
 * SHA-256, whose one round gives the 256 bits that A256GCM takes. PartyUInfo and PartyVInfo are empty.
 */
async function concatKdf(shared: ArrayBuffer): Promise<CryptoKey> {
	const algorithm = utf8('A256GCM');
	const otherInfo = [
		...[...uint32(algorithm.length), ...algorithm],
		...[...uint32(0), ...uint32(0)],
		...uint32(256),
	];
	const input = new Uint8Array([...uint32(1), ...new Uint8Array(shared), ...otherInfo]);
	const derived = await crypto.subtle.digest('SHA-256', input);
	return await crypto.subtle.importKey('raw', derived, 'AES-GCM', false, ['encrypt']);
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * @param text - what only the node is to read
 * @returns the JWE, five parts of base64url of which the second is empty; another one each time
 */
export async function seal(text: string, { kid, ...publicJwk }: PublicJwk): Promise<string> {
	const { subtle } = crypto;
	const theirs = await subtle.importKey('jwk', publicJwk, P256, false, []);
	const own = await subtle.generateKey(P256, false, ['deriveBits']);
	const { kty, crv, x, y } = await subtle.exportKey('jwk', own.publicKey);
	const shared = await subtle.deriveBits({ name: 'ECDH', public: theirs }, own.privateKey, 256);
	const key = await concatKdf(shared);

	const epk = { kty, crv, x, y };
	const header = base64url(utf8(JSON.stringify({ alg: 'ECDH-ES', enc: 'A256GCM', kid, epk })));
	const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
	const parameters = {
		name: 'AES-GCM',
		iv,
		additionalData: utf8(header),
		tagLength: TAG_BYTES * 8,
	};
	// WebCrypto puts the tag behind what it has encrypted.
	const sealed = new Uint8Array(await subtle.encrypt(parameters, key, utf8(text)));
	const [encrypted, tag] = [sealed.slice(0, -TAG_BYTES), sealed.slice(-TAG_BYTES)];
	return [header, '', base64url(iv), base64url(encrypted), base64url(tag)].join('.');
}
