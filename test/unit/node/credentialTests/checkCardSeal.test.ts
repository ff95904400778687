import { createHash } from 'node:crypto';
import type { ICredentialDataDecryptedObject, ICredentialTestFunctions } from 'n8n-workflow';
import { checkCardSeal } from '../../../../nodes/ShipEngine/credentialTests/checkCardSeal';
import { weaknessOf } from '../../../../nodes/ShipEngine/seal/secretStrength';
import { OTHER_SECRET, SEAL_SECRET } from '../../../support/sealing';

/** Anything that the test asks of n8n, a request above all, fails it. */
const UNUSED = {} as ICredentialTestFunctions;

const check = (data?: ICredentialDataDecryptedObject) =>
	checkCardSeal.call(UNUSED, {
		id: '3',
		name: 'Seal',
		type: 'shipEngineCardSealApi',
		...(data && { data: { baseUrl: 'https://api.shipengine.com', ...data } }),
	});

test.each([
	['a secret', { secret: SEAL_SECRET }],
	['no secret before it', { secret: SEAL_SECRET, previousSecret: '' }],
	['a secret before it', { secret: SEAL_SECRET, previousSecret: OTHER_SECRET }],
	['just as long as it takes', { secret: SEAL_SECRET.slice(0, 32) }],
	['32 hexadecimal digits', { secret: 'b5bb9d8014a0f9b1d61e21e796d78dcc' }],
	['seven words', { secret: 'visit-copper-dawn-lemon-orbit-thumb-wagon' }],
])('%s will do', async (_name, data) => {
	expect(await check(data)).toEqual({
		status: 'OK',
		message: 'Cards can be sealed. Keep a copy of the secret.',
	});
});

test.each([
	['nothing', {}, "'Secret'", 'needs at least 32 characters'],
	['too short', { secret: SEAL_SECRET.slice(0, 31) }, "'Secret'", 'needs at least 32 characters'],
	['spaces around', { secret: ` ${SEAL_SECRET.slice(0, 30)}\n` }, "'Secret'", 'needs at least'],
	[
		'one that is too short before it',
		{ secret: SEAL_SECRET, previousSecret: 'short' },
		"'Previous Secret'",
		'needs at least 32 characters',
	],
])('%s will not do, and is told', async (_name, data, label, says) => {
	const { status, message } = await check(data);
	expect(status).toBe('Error');
	expect(message).toContain(label);
	expect(message).toContain(says);
	expect(message).toMatch(/Take a long random text/);
});

test.each([
	'12345678901234567890123456789012',
	'0123456789012345678901234567890123456789',
	'abcdefghijklmnopqrstuvwxyz123456',
	'zyxwvutsrqponmlkjihgfedcba654321',
	'Password123!Password123!Password123!',
	'qwertyuiopasdfghjklzxcvbnm1234567890',
	'aaaaaaaaaaaaaaaaaaaaaaa123456789',
	'this is the secret of our shop 2026',
	'the-quick-brown-fox-jumps-over-the-lazy-dog',
	'The Quick Brown Fox Jumps Over The Lazy Dog',
	'shipengine.card.seal.secret.2026',
	'TheQuickBrownFoxJumpsOverTheLazyDog',
	'31415926535897932384626433832795',
	'1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,',
	'a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6',
	'your-secret-key-must-be-at-least-32-characters-long',
	'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
	`${'b5bb9d80'.repeat(5)}`,
])('%j could be guessed', async (secret) => {
	const { status, message } = await check({ secret });
	expect(status).toBe('Error');
	expect(message).toContain(
		"The 'Secret' of the 'ShipEngine Card Seal' credential could be guessed",
	);
});

const ALPHABETS = {
	hexadecimal: '0123456789abcdef',
	'lower case and digits': 'abcdefghijklmnopqrstuvwxyz0123456789',
	'lower case': 'abcdefghijklmnopqrstuvwxyz',
	base64url: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_',
	base64: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
};

test.each(Object.entries(ALPHABETS))('a random one of %s will do', (_name, alphabet) => {
	for (let count = 0; count < 2_000; count += 1) {
		const bytes = createHash('sha256').update(`${alphabet} ${count}`).digest();
		const secret = [...bytes].map((byte) => alphabet[byte % alphabet.length]).join('');
		expect([secret, weaknessOf(secret)]).toEqual([secret, '']);
	}
});

test('an address that cannot be used is told', async () => {
	const { status, message } = await check({ secret: SEAL_SECRET, baseUrl: 'api.shipengine.com' });
	expect(status).toBe('Error');
	expect(message).toContain("The 'Base URL' of the 'ShipEngine Card Seal' credential");
});

test('a credential without data is told', async () => {
	expect(await check()).toMatchObject({ status: 'Error' });
});
