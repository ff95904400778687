import { scrypt } from 'crypto';
import { fingerprint } from '../values/fingerprint';

/**
 * How a secret becomes the bytes that all of its keys are made from: by scrypt (RFC 7914), so that
 * each guess at a secret costs whoever guesses as much time and memory. Salt and cost are part of the
 * format: every machine that has the secret has to come to the same keys.
 */
export const STRETCHING = {
	salt: 'n8n-nodes-shipengine card seal',
	// A cost that OWASP's Password Storage Cheat Sheet recommends, the one that takes least memory: 32 MiB.
	cost: { N: 2 ** 15, r: 8, p: 3, maxmem: 2 ** 26 },
	bytes: 32,
};

/** More secrets than an n8n has; each costs a third of a second once. */
const MOST_KEPT = 100;

/** By the secret's fingerprint, as long as the process runs. */
const STRETCHED = new Map<string, Promise<Buffer>>();

const stretchAnew = async (secret: string) =>
	await new Promise<Buffer>((resolve, reject) => {
		const { salt, cost, bytes } = STRETCHING;
		scrypt(secret, salt, bytes, cost, (error, key) => (error ? reject(error) : resolve(key)));
	});

/** The 32 bytes of a secret. It takes its time once: requests that come meanwhile wait for the same. */
export async function stretched(secret: string): Promise<Buffer> {
	const key = fingerprint(secret);
	const known = STRETCHED.get(key);
	if (known) return await known;
	const bytes = stretchAnew(secret);
	STRETCHED.set(key, bytes);
	// Where there was no memory for it, the next request tries again.
	bytes.catch(() => STRETCHED.delete(key));
	if (STRETCHED.size > MOST_KEPT) STRETCHED.delete([...STRETCHED.keys()][0]!);
	return await bytes;
}
