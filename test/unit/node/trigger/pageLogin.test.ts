import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { checkPageLogin } from '../../../../nodes/StampsOnboardingTrigger/basicAuth';
import { OTHER_SECRET, SEAL_SECRET } from '../../../support/sealing';
import { get, post, registration, settingsOf } from './calling';

const LOGIN = { user: 'office', password: 'pass:wörd' };
const PROTECTED = { parameters: { authentication: 'basicAuth' } };
const CREDENTIALS = { credentials: { shipEnginePageLoginApi: LOGIN } };

const basic = (user: string, password: string) =>
	`Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

const GOOD = { authorization: basic(LOGIN.user, LOGIN.password) };

const getProtected = async (headers: IDataObject = {}, login: IDataObject = LOGIN) =>
	await get({ ...PROTECTED, credentials: { shipEnginePageLoginApi: login }, headers });

afterEach(() => jest.useRealTimers());

test.each([
	['nothing', {}],
	['another password', { authorization: basic('office', 'other') }],
	['another user', { authorization: basic('home', LOGIN.password) }],
	['another scheme', { authorization: 'Bearer abc' }],
	['no Base64', { authorization: 'Basic ***' }],
	['a list', { authorization: [GOOD.authorization, 'x'] }],
])('without the password, the page is not shown: %s', async (_name, headers) => {
	const { status, headers: told, body } = await getProtected(headers);
	expect(status).toBe(401);
	expect(told['WWW-Authenticate']).toBe('Basic realm="Registration", charset="UTF-8"');
	expect(body).toBe('This page needs a user name and password.');
});

test.each([
	['', ''],
	['office', ''],
	['', 'secret'],
])('an empty credential lets nobody in: %j, %j', async (user, password) => {
	const headers = { authorization: basic(user, password) };
	expect((await getProtected(headers, { user, password })).status).toBe(401);
});

async function tokenOfPage(): Promise<string> {
	const answered = await getProtected(GOOD);
	expect(answered.status).toBe(200);
	return String(settingsOf(answered).token);
}

test('with it, the page has a token with which it may send, once more too', async () => {
	const body = await registration({ token: await tokenOfPage() });
	for (let time = 0; time < 2; time += 1) {
		const { items } = await post(body, { ...PROTECTED, ...CREDENTIALS });
		expect(items).toHaveLength(1);
		expect(items![0]).not.toHaveProperty('token');
	}
});

test('a page for everybody has no token', async () => {
	expect(settingsOf(await get())).not.toHaveProperty('token');
});

test('a token is good for a day', async () => {
	jest.useFakeTimers({ now: new Date('2027-01-01T00:00:00Z') });
	const body = await registration({ token: await tokenOfPage() });
	jest.setSystemTime(new Date('2027-01-02T00:00:00Z'));
	expect((await post(body, { ...PROTECTED, ...CREDENTIALS })).items).toHaveLength(1);
	jest.setSystemTime(new Date('2027-01-02T00:00:01Z'));
	expect(await post(body, { ...PROTECTED, ...CREDENTIALS })).toMatchObject({
		status: 401,
		items: undefined,
	});
});

const OTHERS: Array<[string, Parameters<typeof post>[1]]> = [
	['path', { parameters: { ...PROTECTED.parameters, path: 'other' } }],
	['password', { credentials: { shipEnginePageLoginApi: { ...LOGIN, password: 'new' } } }],
	['user', { credentials: { shipEnginePageLoginApi: { ...LOGIN, user: 'new' } } }],
	[
		'secret',
		{
			credentials: { ...CREDENTIALS.credentials, shipEngineCardSealApi: { secret: OTHER_SECRET } },
		},
	],
];

test.each(OTHERS)('a token is not good for another %s', async (_name, other) => {
	const body = await registration({ token: await tokenOfPage() });
	expect(await post(body, { ...PROTECTED, ...CREDENTIALS, ...other })).toMatchObject({
		status: 401,
		items: undefined,
	});
});

test('while a secret is being replaced, the pages of the one before may still send', async () => {
	const body = await registration({ token: await tokenOfPage() });
	const shipEngineCardSealApi = { secret: OTHER_SECRET, previousSecret: SEAL_SECRET };
	const credentials = { ...CREDENTIALS.credentials, shipEngineCardSealApi };
	expect((await post(body, { ...PROTECTED, credentials })).items).toHaveLength(1);
});

test.each([
	['none', () => undefined],
	['a number', () => 12],
	['a later expiry', (token: string) => token.replace(/^\d+/, '99999999999')],
	[
		'a changed signature',
		(token: string) => token.replace(/.$/, (last) => (last === 'A' ? 'E' : 'A')),
	],
	['no signature', (token: string) => token.replace(/\..*/, '.')],
	['more behind', (token: string) => `${token}A`],
])('a token that was not given out is none: %s', async (_name, changed) => {
	const token = changed(await tokenOfPage());
	const answered = await post(await registration({ token }), { ...PROTECTED, ...CREDENTIALS });
	expect(answered).toMatchObject({ status: 401, items: undefined });
	expect(JSON.parse(answered.body)).toMatchObject({
		error: { errors: [{ code: 'unauthorized', field: null }] },
	});
});

describe('the credential, when it is saved', () => {
	const check = async (data?: object) =>
		await checkPageLogin.call({} as never, {
			id: '1',
			name: 'x',
			type: 'y',
			data: data as ICredentialDataDecryptedObject,
		});

	test('is good with a user and a password', async () => {
		expect(await check(LOGIN)).toMatchObject({ status: 'OK' });
	});

	test.each([undefined, {}, { user: 'a' }, { password: 'b' }, { user: 'a:b', password: 'c' }])(
		'is not good as %j',
		async (data) => expect(await check(data)).toMatchObject({ status: 'Error' }),
	);
});
