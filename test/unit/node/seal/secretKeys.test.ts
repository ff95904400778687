import * as crypto from 'crypto';
import { sealKeysOf } from '../../../../nodes/ShipEngine/seal/sealKeys';
import { OTHER_SECRET, SEAL_SECRET, keyOf } from '../../../support/sealing';

/** The keys of a secret: made slowly, once. */

jest.mock('crypto', () => {
	const actual = jest.requireActual<typeof crypto>('crypto');
	return { ...actual, scrypt: jest.fn(actual.scrypt) };
});

const scrypt = jest.mocked(crypto.scrypt);

beforeEach(() => scrypt.mockClear());

test('any number of first requests make the keys once', async () => {
	const secret = `${SEAL_SECRET} asked for by many`;
	const keys = await Promise.all(
		Array.from({ length: 50 }, async () => await sealKeysOf({ secret })),
	);
	expect(scrypt).toHaveBeenCalledTimes(1);
	expect(new Set(keys.map(([{ publicJwk }]) => publicJwk.kid)).size).toBe(1);
	await sealKeysOf({ secret });
	expect(scrypt).toHaveBeenCalledTimes(1);
});

test('they are the same on each machine, and of both secrets', async () => {
	const [key, before] = await sealKeysOf({ secret: SEAL_SECRET, previousSecret: OTHER_SECRET });
	expect(key.publicJwk).toEqual(keyOf(SEAL_SECRET).publicJwk);
	expect(before!.publicJwk).toEqual(keyOf(OTHER_SECRET).publicJwk);
});

test('a secret for which there was no memory is tried again', async () => {
	const secret = `${SEAL_SECRET} without memory`;
	scrypt.mockImplementationOnce((_password, _salt, _length, _options, done) =>
		done(new Error('out of memory'), Buffer.alloc(0)),
	);
	await expect(sealKeysOf({ secret })).rejects.toThrow('out of memory');
	expect((await sealKeysOf({ secret }))[0].publicJwk.kid).toMatch(/^[\w-]{43}$/);
});
