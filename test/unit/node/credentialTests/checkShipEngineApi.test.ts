import type { ICredentialTestFunctions } from 'n8n-workflow';
import { checkShipEngineApi } from '../../../../nodes/ShipEngine/credentialTests/checkShipEngineApi';

const KEY = 'key-of-nobody';

/** What comes of a key where the API answers so, and what it was asked. */
async function checkWith(answer: () => Promise<unknown>, data?: object) {
	const request = jest.fn<Promise<unknown>, [object]>(answer);
	const context = { helpers: { request } } as unknown as ICredentialTestFunctions;
	const result = await checkShipEngineApi.call(context, {
		id: '1',
		name: 'ShipEngine API',
		type: 'shipEngineApi',
		data: { apiKey: KEY, baseUrl: 'https://api.shipengine.com/', ...data },
	});
	return { ...result, asked: request.mock.calls.map(([options]) => options) };
}

const answer = (statusCode: number, body: unknown) => async () => ({
	statusCode,
	headers: {},
	body: typeof body === 'object' ? JSON.stringify(body) : body,
});

const refusal = (message: string) => ({
	request_id: 'request-1',
	errors: [{ error_code: 'unspecified', message }],
});

test('asks twice, with options that follow nothing and throw at no status', async () => {
	const { asked, ...result } = await checkWith(answer(200, { carriers: [], accounts: [] }));
	expect(result).toMatchObject({
		status: 'OK',
		message: expect.stringMatching(/^The key works\./),
	});
	expect(asked).toEqual(
		['/v1/carriers', '/v1/partners/accounts?page=1&page_size=1'].map((path) => ({
			method: 'GET',
			url: `https://api.shipengine.com${path}`,
			headers: { 'API-Key': KEY, Accept: 'application/json' },
			timeout: 20_000,
			followRedirect: false,
			json: false,
			resolveWithFullResponse: true,
			simple: false,
		})),
	);
});

test('a key of the sandbox is named as one', async () => {
	const good = answer(200, { carriers: [], accounts: [] });
	const [sandbox, live] = await Promise.all(
		[' TEST_nobody', 'nobody_TEST_'].map(async (apiKey) => await checkWith(good, { apiKey })),
	);
	expect(sandbox!.message).toContain('a key of the sandbox: nothing that it makes is real');
	expect(live!.message).not.toContain('sandbox');
});

test('part of a list shows as well that the key is known', async () => {
	const body = { carriers: [], ...refusal('The carrier did not answer.') };
	expect(await checkWith(answer(207, body))).toMatchObject({ status: 'OK' });
});

test.each([
	['a web page', '<html><title>Welcome</title></html>'],
	['nothing', undefined],
	['empty text', ''],
	['other JSON', { hello: 'world' }],
	['a list that is none', { carriers: 'none' }],
	['JSON that is no object', '[]'],
	['null', 'null'],
])('%s with status 200 is no success', async (_name, body) => {
	const { status, message } = await checkWith(answer(200, body));
	expect(status).toBe('Error');
	expect(message).toContain("Check the 'Base URL'");
});

test.each([
	['401', 401, refusal('No.'), /^The API does not know this key\. Copy it again/],
	['401 of a gateway', 401, '<html></html>', /^The API does not know this key\. Copy it again/],
	['403 of the API', 403, refusal('No.'), /^This key may not list carriers/],
	['403 of something between', 403, '<html></html>', /A proxy or a firewall/],
	['404', 404, '<html></html>', /Check the 'Base URL'/],
	['407', 407, '', /the proxy of this n8n/],
	['429', 429, refusal('Slow.'), /could not be checked now.*Try again in a minute/],
	['500', 500, refusal('Oops.'), /could not be checked: .*status 500\. Try again later/],
	['503', 503, '', /could not be checked: .*status 503\. Try again later/],
])('%s', async (_name, code, body, words) => {
	const { status, message } = await checkWith(answer(code, body));
	expect(status).toBe('Error');
	expect(message).toMatch(words);
});

test.each([KEY, [...KEY].join(' '), KEY.replace(/-/g, ' – ')])(
	'the key is not repeated where the answer does: %s',
	async (echo) => {
		for (const [status, body] of [
			[400, refusal(`Bad: ${echo}`)],
			[200, refusal(`Bad: ${echo}`)],
			[500, { ...refusal(echo), request_id: echo }],
			[404, echo],
		] as const) {
			const result = await checkWith(answer(status, body));
			expect(result.status).toBe('Error');
			expect(result.message).not.toContain(echo);
		}
	},
);

test.each([
	['ECONNREFUSED', /could not be reached\. Nothing was sent/],
	['ENETUNREACH', /could not be reached\. Nothing was sent/],
	['CERT_HAS_EXPIRED', /certificate .* NODE_EXTRA_CA_CERTS/],
	['ECONNRESET', /no answer came/],
])('%s', async (code, words) => {
	const thrown = Object.assign(new Error(`Request with ${KEY}`), { code, options: { KEY } });
	const { status, message } = await checkWith(async () => await Promise.reject(thrown));
	expect(status).toBe('Error');
	expect(message).toMatch(words);
	expect(message).not.toContain(KEY);
});

test('what never ends, ends', async () => {
	const late = new AbortController();
	jest.spyOn(AbortSignal, 'timeout').mockReturnValue(late.signal);
	const checked = checkWith(async () => await new Promise(() => {}));
	late.abort();
	expect(await checked).toMatchObject({ status: 'Error' });
	jest.restoreAllMocks();
});

test.each(['http://192.0.2.1', 'http://api.shipengine.com', 'https://a@b.example', '', undefined])(
	'nothing is asked at %j',
	async (baseUrl) => {
		const { asked, status, message } = await checkWith(answer(200, { carriers: [] }), { baseUrl });
		expect([asked, status]).toEqual([[], 'Error']);
		expect(message).toMatch(/'Base URL' .* cannot be used\. Nothing was sent/);
	},
);

test('a credential without data', async () => {
	const context = {} as ICredentialTestFunctions;
	const credential = { id: '1', name: 'x', type: 'shipEngineApi' };
	expect(await checkShipEngineApi.call(context, credential)).toMatchObject({ status: 'Error' });
});
