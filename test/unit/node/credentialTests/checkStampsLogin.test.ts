import type { ICredentialDataDecryptedObject, ICredentialTestFunctions } from 'n8n-workflow';
import { checkStampsLogin } from '../../../../nodes/ShipEngine/credentialTests/checkStampsLogin';

/** Anything that the test asks of n8n, a request above all, fails it. */
const UNUSED = {} as ICredentialTestFunctions;

const BASE_URL = 'https://api.shipengine.com';

const check = (data?: ICredentialDataDecryptedObject) =>
	checkStampsLogin.call(UNUSED, {
		id: '4',
		name: 'Login',
		type: 'shipEngineStampsLoginApi',
		...(data && { data }),
	});

test('a login that is complete', async () => {
	expect(await check({ username: 'shop', password: ' a b ', baseUrl: BASE_URL })).toEqual({
		status: 'OK',
		message: 'The login is complete. It is tried only when a step uses it.',
	});
});

test.each([
	[{ username: 'shop', password: '' }, "'Password' is empty."],
	[{ username: ' ', password: 'x' }, "'Username' is empty."],
	[
		{ username: 'shop', password: 'x', baseUrl: 'http://example.com' },
		"The 'Base URL' of the 'ShipEngine Stamps Login' credential cannot be used. Nothing was sent. Set it to 'https://api.shipengine.com', or for tests to another https address without a name, a password or a query.",
	],
	[undefined, "These are empty: 'Username', 'Password'."],
])('%j', async (data, message) => {
	expect(await check(data)).toEqual({ status: 'Error', message });
});
