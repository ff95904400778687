import { type KeyObject, createCipheriv, createDecipheriv, randomBytes } from 'crypto';

/** What only this n8n can make and read, such as the pass of a page: AES-256-GCM. */
const CIPHER = 'aes-256-gcm';

const IV_BYTES = 12;

const TAG_BYTES = 16;

/**
 * Seals bytes, or a text as UTF-8; another one each time.
 *
 * @param boundTo - with anything else than this it does not open
 * @returns base64url of the initialization vector, the encrypted bytes and their tag
 */
export function sealed(content: Buffer | string, key: KeyObject, boundTo: string): string {
	const iv = randomBytes(IV_BYTES);
	const cipher = createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(boundTo));
	const encrypted = Buffer.concat([cipher.update(Buffer.from(content)), cipher.final()]);
	return Buffer.concat([iv, encrypted, cipher.getAuthTag()]).toString('base64url');
}

/** What {@link sealed} has sealed; undefined for whatever else it is given. */
export function opened(text: string, key: KeyObject, boundTo: string): Buffer | undefined {
	const bytes = Buffer.from(text, 'base64url');
	// Of the last character not all bits count: only one spelling is taken.
	if (bytes.length < IV_BYTES + TAG_BYTES || bytes.toString('base64url') !== text) return undefined;
	const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES))
		.setAAD(Buffer.from(boundTo))
		.setAuthTag(bytes.subarray(-TAG_BYTES));
	try {
		const content = decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES));
		return Buffer.concat([content, decipher.final()]);
	} catch {
		return undefined;
	}
}
