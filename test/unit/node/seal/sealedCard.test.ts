import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { calculateJwkThumbprint } from 'jose';
import {
	contentKey,
	openCard,
	sealKeyOf,
	thumbprint,
} from '../../../../nodes/ShipEngine/seal/sealedCard';
import {
	CARD,
	NOW,
	OTHER_SECRET,
	SEAL_SECRET,
	keyOf,
	sealedByHand,
	sealedCard,
	sealedText,
} from '../../../support/sealing';

const KEY = keyOf(SEAL_SECRET);

const A_DAY = 86_400;

describe('what jose has sealed', () => {
	test('opens', async () => {
		const sealed = await sealedCard(KEY.publicJwk);
		expect(openCard(sealed, [KEY], A_DAY, NOW)).toEqual(CARD);
		expect(sealed).not.toContain(CARD.number);
		expect(sealed.length).toBeLessThan(600);
	});

	test('opens with any secret, whatever its key begins with', async () => {
		for (let number = 0; number < 600; number += 1) {
			const key = sealKeyOf(createHash('sha256').update(String(number)).digest());
			const sealed = await sealedCard(key.publicJwk);
			expect(openCard(sealed, [key], A_DAY, NOW)).toEqual(CARD);
		}
	});

	test('opens with names of the parties, and a type', async () => {
		const parties = { apu: Buffer.from('Alice'), apv: Buffer.from('Bob') };
		const sealed = await sealedCard(KEY.publicJwk, {}, { parties, header: { typ: 'JWE' } });
		expect(openCard(sealed, [KEY], A_DAY, NOW)).toEqual(CARD);
	});

	test('opens for the secret before, while both are given', async () => {
		const before = keyOf(OTHER_SECRET);
		const sealed = await sealedCard(before.publicJwk);
		expect(openCard(sealed, [KEY, before], A_DAY, NOW)).toEqual(CARD);
		expect(openCard(sealed, [KEY], A_DAY, NOW)).toBeUndefined();
	});

	test.each([
		['just made', NOW, CARD],
		['a day old', NOW - A_DAY, CARD],
		['older than that', NOW - A_DAY - 1, undefined],
		['of a clock that is five minutes ahead', NOW + 300, CARD],
		['of a clock that is further ahead', NOW + 301, undefined],
		['of a time that is text', String(NOW), undefined],
		['of a time that is none', null, undefined],
	])('%s', async (_name, iat, card) => {
		const sealed = await sealedCard(KEY.publicJwk, { iat });
		expect(openCard(sealed, [KEY], A_DAY, NOW)).toEqual(card);
	});

	test.each([
		['another algorithm', { alg: 'ECDH-ES+A256KW' }],
		['another encryption', { enc: 'A128GCM' }],
		['an encryption of two keys', { enc: 'A256CBC-HS512' }],
		['another key', { kid: 'of nobody' }],
		['no key', { kid: undefined }],
		['a key that is no text', { kid: [KEY.publicJwk.kid] }],
	])('does not open with %s in its header', async (_name, header) => {
		const sealed = await sealedCard(KEY.publicJwk, {}, { header });
		expect(openCard(sealed, [KEY], A_DAY, NOW)).toBeUndefined();
	});

	test.each([
		['a list', '[]'],
		['a text', '"4111111111111111"'],
		['nothing', 'null'],
		['no JSON', '4111111111111111'],
		['no text', ''],
		['without a time', JSON.stringify(CARD)],
	])('does not open where it is %s', async (_name, text) => {
		expect(openCard(await sealedText(text, KEY.publicJwk), [KEY], A_DAY, NOW)).toBeUndefined();
	});
});

describe('of the RFCs', () => {
	test('the key of RFC 7518, appendix C', () => {
		// Z as the appendix lists it, byte by byte.
		const agreed = Buffer.from([
			158, 86, 217, 29, 129, 113, 53, 211, 114, 131, 66, 131, 191, 132, 38, 156, 251, 49, 110, 163,
			218, 128, 106, 72, 246, 218, 167, 121, 140, 254, 144, 196,
		]);
		const parties = [Buffer.from('Alice'), Buffer.from('Bob')];
		expect(contentKey(agreed, 'A128GCM', 128, parties).toString('base64url')).toBe(
			'VqqN6vgjbSBcIijNcacQGg',
		);
	});

	test('the thumbprint of RFC 7638, 3.1', () => {
		const n =
			'0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw';
		expect(thumbprint({ n, kty: 'RSA', e: 'AQAB' })).toBe(
			'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs',
		);
	});

	test('the thumbprint of a key, as jose makes it', async () => {
		const { kid, ...jwk } = KEY.publicJwk;
		expect(kid).toBe(await calculateJwkThumbprint(jwk));
	});
});

test('a secret gives the same key each time, and another secret another one', () => {
	expect(keyOf(SEAL_SECRET).publicJwk).toEqual(KEY.publicJwk);
	expect(keyOf(OTHER_SECRET).publicJwk).not.toEqual(KEY.publicJwk);
	// Whoever updates the node must still be able to open what was sealed before.
	expect(KEY.publicJwk).toMatchInlineSnapshot(`
		{
		  "crv": "P-256",
		  "kid": "zpfvni5HEjb3ciJQb9xwkMHH2T8B3v9llfPSQHmliU0",
		  "kty": "EC",
		  "x": "SfB6Ig8MEg8FDfspf6Kjos6fCD6lAAe_s0uMlzC3uJo",
		  "y": "hkk18bZFD0Wv_68AfUfBwqRV7g7f_XjShBoe4O6V53E",
		}
	`);
});

describe('whatever else is no sealed card', () => {
	const parsed = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as object;
	const encoded = (header: object) => Buffer.from(JSON.stringify(header)).toString('base64url');
	const opened = (text: string) => openCard(text, [KEY, keyOf(OTHER_SECRET)], A_DAY, NOW);
	let sealed: string;
	let others: string[];
	beforeAll(async () => {
		sealed = await sealedCard(KEY.publicJwk);
		others = await Promise.all([
			sealedCard(KEY.publicJwk),
			sealedCard(keyOf(OTHER_SECRET).publicJwk),
			sealedCard(keyOf(`${SEAL_SECRET} of somebody else`).publicJwk),
		]);
	});

	const withHeader = (change: object) => {
		const [header, ...rest] = sealed.split('.');
		return [encoded({ ...parsed(header!), ...change }), ...rest].join('.');
	};

	test('cut at any place, or longer', () => {
		for (let length = 0; length < sealed.length; length += 1) {
			expect(opened(sealed.slice(0, length))).toBeUndefined();
			expect(opened(sealed.slice(length + 1))).toBeUndefined();
		}
		for (const more of ['.', 'A', '=', '==', '\n', '.A', ' ']) {
			expect(opened(sealed + more)).toBeUndefined();
			expect(opened(more + sealed)).toBeUndefined();
		}
	});

	test('with any character in place of another', () => {
		const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.+/= é';
		for (let place = 0; place < sealed.length; place += 1) {
			for (const character of alphabet) {
				if (character === sealed[place]) continue;
				const changed = sealed.slice(0, place) + character + sealed.slice(place + 1);
				expect(opened(changed)).toBeUndefined();
			}
		}
	});

	test('of the parts of several', () => {
		fc.assert(
			fc.property(fc.array(fc.nat(3), { minLength: 5, maxLength: 5 }), (from) => {
				const all = [sealed, ...others].map((text) => text.split('.'));
				const text = from.map((index, part) => all[index]![part]).join('.');
				const isWhole = new Set(from.filter((_index, part) => part !== 1)).size === 1;
				return (opened(text) !== undefined) === (isWhole && from[0] !== 3);
			}),
			{ numRuns: 2_000, seed: 11 },
		);
	});

	test('with other bytes in its parts', () => {
		fc.assert(
			fc.property(fc.nat(4), fc.uint8Array({ maxLength: 80 }), (place, bytes) => {
				const parts = sealed.split('.');
				const part = Buffer.from(bytes).toString('base64url');
				if (part === parts[place]) return true;
				parts[place] = part;
				return opened(parts.join('.')) === undefined;
			}),
			{ numRuns: 5_000, seed: 12 },
		);
	});

	test('with another header, of any kind', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(
					'alg',
					'enc',
					'kid',
					'epk',
					'apu',
					'apv',
					'crit',
					'zip',
					'p2c',
					'__proto__',
				),
				fc.jsonValue(),
				(name, value) => opened(withHeader({ [name]: value })) === undefined,
			),
			{ numRuns: 5_000, seed: 13 },
		);
	});

	test('with a key of the sealer that is not on the curve, or of another', () => {
		const { epk } = parsed(sealed.split('.')[0]!) as { epk: Record<string, string> };
		const bytes = (byte: number, length = 32) => Buffer.alloc(length, byte).toString('base64url');
		for (const change of [
			{ x: epk.y, y: epk.x },
			{ x: bytes(0), y: bytes(0) },
			{ x: bytes(1), y: bytes(1) },
			{ x: bytes(255), y: bytes(255) },
			{ y: undefined },
			{ x: bytes(1, 31) },
			{ x: bytes(1, 33) },
			{ x: `${epk.x}=` },
			{ crv: 'P-384' },
			{ crv: 'secp256k1' },
			{ crv: 'X25519' },
			{ kty: 'OKP' },
			{ kty: undefined },
		]) {
			expect(opened(withHeader({ epk: { ...epk, ...change } }))).toBeUndefined();
		}
	});

	test('that asks for what is not done here, and was sealed so', () => {
		expect(opened(sealedByHand(KEY.publicJwk, {}))).toEqual(CARD);
		for (const header of [{ crit: ['exp'], exp: 1 }, { zip: 'DEF' }]) {
			expect(opened(sealedByHand(KEY.publicJwk, header))).toBeUndefined();
		}
	});

	test('longer than any card', async () => {
		const long = { ...CARD, name: 'N'.repeat(4_000) };
		expect(opened(await sealedCard(KEY.publicJwk, { card: long }))).toBeUndefined();
	});

	test('of any other text', () => {
		fc.assert(
			fc.property(
				fc.oneof(
					fc.string({ unit: 'binary' }),
					fc.stringMatching(/^[A-Za-z0-9_-]{0,40}(\.[A-Za-z0-9_-]{0,40}){0,5}$/),
				),
				(text) => opened(text) === undefined,
			),
			{ numRuns: 5_000, seed: 14 },
		);
	});
});
