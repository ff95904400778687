import type { IExecuteFunctions } from 'n8n-workflow';
import { Failure } from '../../../../nodes/ShipEngine/failures/failure';
import { Transport } from '../../../../nodes/ShipEngine/api/transport';
import { errorOf } from '../support';

const KEY = 'TEST_key_of_a_merchant';

const FAILED = 'The Stamps account was not registered';

interface Of {
	apiKey?: string;
	baseUrl?: string;
}

/** A run with a credential. */
function run({ apiKey = KEY, baseUrl = 'https://api.shipengine.com' }: Of = {}) {
	const getCredentials = jest.fn(async () => ({ apiKey, baseUrl }));
	const context = {
		getCredentials,
		getNode: () => ({ credentials: { shipEngineApi: { id: '7', name: 'Mine' } } }),
		getExecutionCancelSignal: () => undefined,
	} as unknown as IExecuteFunctions;
	return { api: new Transport(context, 0), getCredentials };
}

// How the runs of this process tell whether they are at work on the same account.
describe('an account', () => {
	const accountOf = async (of: Of = {}) => await run(of).api.account(FAILED);

	test.each<[string, Of]>([
		['as in another run', {}],
		['with an address that ends with a slash', { baseUrl: 'https://api.shipengine.com/' }],
		['with an address copied with a space', { baseUrl: ' https://api.shipengine.com' }],
		['with an address in other letters', { baseUrl: 'https://API.ShipEngine.com:443' }],
		['with a key copied with a line break', { apiKey: `${KEY}\n` }],
	])('is the same %s', async (_name, of) => {
		expect(await accountOf(of)).toBe(await accountOf());
	});

	test.each<[string, Of]>([
		['with another key', { apiKey: `${KEY}2` }],
		['at another address', { baseUrl: 'https://other.example.com' }],
	])('is another one %s', async (_name, of) => {
		expect(await accountOf(of)).not.toBe(await accountOf());
	});

	test('is told without anything of the credential in it', async () => {
		const account = await accountOf();
		expect(account).toMatch(/^[\w-]{43}$/);
		expect(account).not.toMatch(/TEST|key|merchant/);
		expect(Buffer.from(account, 'base64url').toString('latin1')).not.toMatch(/TEST|merchant/);
	});

	test.each([
		[
			'key',
			{ apiKey: ' ' },
			'api_key_unusable',
			"the 'API Key' of the 'ShipEngine API' credential cannot be used",
		],
		[
			'address',
			{ baseUrl: 'http://example.com' },
			'base_url_unusable',
			"the 'Base URL' of the 'ShipEngine API' credential cannot be used",
		],
	])(
		'is none where the %s cannot be used, and what was not done is told',
		async (_name, of, code, because) => {
			const { details } = (await errorOf(accountOf(of))) as Failure;
			expect(details.message).toBe(`${FAILED}: ${because}`);
			expect(details.description).toMatch(/^Nothing was sent\./);
			expect(details.reasons).toMatchObject([{ code }]);
		},
	);
});

test('a credential is decrypted once for all items of a run', async () => {
	const { api, getCredentials } = run();
	await Promise.all([api.account(FAILED), api.account(FAILED)]);
	await api.account(FAILED);
	expect(getCredentials).toHaveBeenCalledTimes(1);
});
