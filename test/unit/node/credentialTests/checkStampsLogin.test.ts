import type { ICredentialDataDecryptedObject, ICredentialTestFunctions } from 'n8n-workflow';
import { checkStampsLogin } from '../../../../nodes/ShipEngine/credentialTests/checkStampsLogin';

/** Anything that the test asks of n8n, a request above all, fails it. */
const UNUSED = {} as ICredentialTestFunctions;

const check = (data?: ICredentialDataDecryptedObject) =>
	checkStampsLogin.call(UNUSED, {
		id: '4',
		name: 'Login',
		type: 'shipEngineStampsLoginApi',
		...(data && { data }),
	});

test('a login that is complete', async () => {
	expect(await check({ username: 'shop', password: ' a b ' })).toEqual({
		status: 'OK',
		message: 'The login is complete. It is tried only when a step uses it.',
	});
});

test.each([
	[{ username: 'shop', password: '' }, "'Password' is empty."],
	[{ username: ' ', password: 'x' }, "'Username' is empty."],
	[undefined, "These are empty: 'Username', 'Password'."],
])('%j', async (data, message) => {
	expect(await check(data)).toEqual({ status: 'Error', message });
});
