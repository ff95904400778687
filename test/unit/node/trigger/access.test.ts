import type { IDataObject } from 'n8n-workflow';
import { checkPageLogin } from '../../../../nodes/StampsOnboardingTrigger/access';
import { OTHER_SECRET, SEAL_SECRET } from '../../../support/sealing';
import { get, post, registration } from './calling';

jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async (milliseconds: number) => void slept.push(milliseconds),
}));

const slept: number[] = [];

beforeEach(() => slept.splice(0));

const LOGIN = { user: 'office', password: 'pass:wörd of many' };
const PROTECTED = { parameters: { access: 'basicAuth' } };

const basic = (user: string, password: string) =>
	`Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

const GOOD = { authorization: basic(LOGIN.user, LOGIN.password) };

const WRONG = { authorization: basic(LOGIN.user, 'wrong') };

const getProtected = async (headers: IDataObject = {}, login: IDataObject = LOGIN, sender = {}) =>
	await get({
		...PROTECTED,
		...sender,
		credentials: { shipEnginePageLoginApi: login },
		headers,
	});

test.each([
	['nothing', {}],
	['another password', WRONG],
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

test('where nothing is set, the page has a password', async () => {
	expect((await get({ parameters: { access: undefined } })).status).toBe(503);
	const credentials = { shipEnginePageLoginApi: LOGIN };
	expect((await get({ parameters: { access: undefined }, credentials })).status).toBe(401);
});

test.each([
	['', ''],
	['office', ''],
	['', 'secret of many'],
	['office', 'elevenchars'],
	['of:fice', 'secret of many'],
])('a credential that will not do lets nobody in: %j, %j', async (user, password) => {
	const headers = { authorization: basic(user, password) };
	expect((await getProtected(headers, { user, password })).status).toBe(503);
});

const page = { ...PROTECTED, credentials: { shipEnginePageLoginApi: LOGIN }, headers: GOOD };

test('with it, the page has a pass with which it sends without the password', async () => {
	const body = await registration({}, page);
	const { items } = await post(body, { ...page, headers: {} });
	expect(items).toHaveLength(1);
	expect(items![0]).not.toHaveProperty('pass');
});

const OTHERS: Array<[string, Parameters<typeof post>[1]]> = [
	['path', { parameters: { ...PROTECTED.parameters, path: 'other' } }],
	[
		'password',
		{ credentials: { shipEnginePageLoginApi: { ...LOGIN, password: 'another password' } } },
	],
	['user', { credentials: { shipEnginePageLoginApi: { ...LOGIN, user: 'new' } } }],
	['access', { parameters: { access: 'anyone' } }],
	[
		'secret',
		{ credentials: { ...page.credentials, shipEngineCardSealApi: { secret: OTHER_SECRET } } },
	],
];

test.each(OTHERS)('a pass is not good for another %s', async (_name, other) => {
	expect(await post(await registration({}, page), { ...page, ...other })).toMatchObject({
		status: 401,
		items: undefined,
	});
});

test('a page for everybody has no pass for one with a password', async () => {
	expect(await post(await registration(), page)).toMatchObject({ status: 401, items: undefined });
});

test('while a secret is being replaced, the pages of the one before may still send', async () => {
	const body = await registration({}, page);
	const shipEngineCardSealApi = { secret: OTHER_SECRET, previousSecret: SEAL_SECRET };
	const credentials = { ...page.credentials, shipEngineCardSealApi };
	expect((await post(body, { ...page, credentials })).items).toHaveLength(1);
});

describe('after ten wrong passwords', () => {
	const from = (ip: string) => ({ sender: { ip, ips: [] } });
	const guess = async (times: number, sender = {}) => {
		for (let time = 0; time < times; time += 1) await getProtected(WRONG, LOGIN, sender);
	};

	test('the next ones are answered slowly, the right one at once', async () => {
		await guess(10);
		expect(slept).toEqual([]);
		await guess(2);
		expect(slept).toEqual([3_000, 3_000]);
		expect((await getProtected(GOOD)).status).toBe(200);
		expect((await getProtected()).status).toBe(401);
		expect(slept).toHaveLength(2);
	});

	test('those from another address are answered at once', async () => {
		await guess(11, from('203.0.113.7'));
		expect(slept).toHaveLength(1);
		await guess(1, from('203.0.113.8'));
		expect(slept).toHaveLength(1);
	});
});

describe.each(['link', 'invitation'])('a GET with ?%s', (name) => {
	test.each([
		['of a page for everybody', {}, ''],
		['of a page with a password', page, ''],
		['behind another', {}, 'a=b&'],
		['behind more than n8n reads', {}, 'a=b&'.repeat(2_000)],
	])('%s gets a short page without a form and a pass', async (_what, request, query) => {
		const originalUrl = `/webhook/open-account?${query}${name}=x`;
		const { status, body, headers } = await get({ ...request, originalUrl });
		expect(status).toBe(404);
		expect(headers['Content-Type']).toBe('text/plain; charset=utf-8');
		expect(body).toBe('This link is not valid. Ask us for a new one.');
	});
});

test.each(['?x=link', '?links=x', '?xlink=x', '?a=b'])(
	'a GET with %s gets the page',
	async (query) => {
		expect((await get({ originalUrl: `/webhook/open-account${query}` })).status).toBe(200);
	},
);

describe('the credential', () => {
	const check = async (data: IDataObject | undefined) =>
		await checkPageLogin.call({} as never, { id: '1', name: 'Login', type: '', data } as never);

	test('is tested when it is saved', async () => {
		expect(await check(LOGIN)).toEqual({
			status: 'OK',
			message: 'The page asks for this user and password',
		});
	});

	test.each([
		[undefined, 'Both a user and a password are needed'],
		[{ user: 'office', password: '' }, 'Both a user and a password are needed'],
		[{ user: 'a:b', password: 'secret of many' }, "The 'User' cannot have a colon"],
		[{ user: 'office', password: 'a' }, "The 'Password' needs at least 12 characters"],
		[{ user: 'office', password: 'aaaaaaaaaaaa' }, "The 'Password' could be guessed"],
		[{ user: 'office', password: 'password1234' }, "The 'Password' could be guessed"],
		[{ user: 'office', password: '123456789012' }, "The 'Password' could be guessed"],
	])('%j will not do', async (data, message) => {
		expect(await check(data)).toEqual({ status: 'Error', message });
	});
});
