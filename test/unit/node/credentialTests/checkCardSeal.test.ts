import type { ICredentialDataDecryptedObject, ICredentialTestFunctions } from 'n8n-workflow';
import { checkCardSeal } from '../../../../nodes/ShipEngine/credentialTests/checkCardSeal';
import { OTHER_SECRET, SEAL_SECRET } from '../../../support/sealing';

/** Anything that the test asks of n8n, a request above all, fails it. */
const UNUSED = {} as ICredentialTestFunctions;

const check = (data?: ICredentialDataDecryptedObject) =>
	checkCardSeal.call(UNUSED, {
		id: '3',
		name: 'Seal',
		type: 'shipEngineCardSealApi',
		...(data && { data }),
	});

test.each([
	['a secret', { secret: SEAL_SECRET }],
	['no secret before it', { secret: SEAL_SECRET, previousSecret: '' }],
	['a secret before it', { secret: SEAL_SECRET, previousSecret: OTHER_SECRET }],
	['just as long as it takes', { secret: SEAL_SECRET.slice(0, 32) }],
	['ten different characters', { secret: '0123456789'.repeat(4) }],
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
	['a word again and again', { secret: '123456789'.repeat(9) }, "'Secret'", 'repeats itself'],
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

test('a credential without data is told', async () => {
	expect(await check()).toMatchObject({ status: 'Error' });
});
