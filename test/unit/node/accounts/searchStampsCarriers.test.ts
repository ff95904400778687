import type { IHttpRequestOptions, ILoadOptionsFunctions, INode } from 'n8n-workflow';
import { searchStampsCarriers } from '../../../../nodes/ShipEngine/accounts/searchStampsCarriers';
import { errorOf } from '../support';

const NODE: INode = {
	id: '1',
	name: 'Send',
	type: 'n8n-nodes-shipengine.shipEngine',
	typeVersion: 1,
	position: [0, 0],
	parameters: { phone: '5124854282' },
	credentials: { shipEngineApi: { id: '7', name: 'Mine' } },
};

const carrier = (id: string, nickname?: unknown, account?: unknown, code = 'stamps_com') => ({
	carrier_id: id,
	carrier_code: code,
	nickname,
	account_number: account,
});

const CARRIERS = [
	carrier('se-1', 'Austin store', 'ABC-100'),
	carrier('se-2', 'Dallas STORE', 'abc-200'),
	carrier('se-3', 'Ups', 'U-1', 'ups'),
	carrier('se-4', 'El Paso', 'XYZ-300'),
];

interface Answer {
	statusCode?: number;
	body?: unknown;
	headers?: Record<string, string>;
}

/** n8n as the editor's list finds it, with an API that gives these answers in turn. */
function editor(
	answers: Array<Answer | Error>,
	settings: { onBehalfOf?: unknown; isOwn?: boolean; baseUrl?: string; keyType?: string } = {},
) {
	const requests: IHttpRequestOptions[] = [];
	const left = [...answers];
	const context = {
		getNode: () => NODE,
		getCredentials: async () => ({
			apiKey: 'TEST_key',
			keyType: settings.keyType,
			baseUrl: settings.baseUrl ?? 'https://api.shipengine.com/',
		}),
		getCurrentNodeParameter: (path: string) =>
			({
				'options.onBehalfOf': settings.onBehalfOf,
				'options.partnersOwnAccount': settings.isOwn,
			})[path],
		helpers: {
			async httpRequestWithAuthentication(_credential: string, request: IHttpRequestOptions) {
				requests.push(request);
				const answer = left.shift();
				if (!answer) throw new Error('One request too many');
				if (answer instanceof Error) throw answer;
				const { statusCode = 200, body = '', headers = {} } = answer;
				return {
					statusCode,
					headers,
					body: typeof body === 'string' ? body : JSON.stringify(body),
				};
			},
		},
	} as unknown as ILoadOptionsFunctions;
	const search = (filter?: string) => searchStampsCarriers.call(context, filter);
	return { requests, search };
}

/** What the list shows of the carriers. */
async function shown(carriers: unknown, filter?: string) {
	const { results } = await editor([{ body: { carriers } }]).search(filter);
	return results.map(({ name, value }) => [name, value]);
}

const names = async (filter?: string) => (await shown(CARRIERS, filter)).map(([name]) => name);

test('the Stamps.com carriers, and no others', async () => {
	expect(await shown(CARRIERS)).toEqual([
		['Austin store se-1 (ABC-100)', 'se-1'],
		['Dallas STORE se-2 (abc-200)', 'se-2'],
		['El Paso se-4 (XYZ-300)', 'se-4'],
	]);
});

test.each([
	['nothing', undefined, 3],
	['empty text', '', 3],
	['a nickname', 'El Paso', 1],
	['part of a nickname in another case', 'sToRe', 2],
	['an account number', 'ABC-100', 1],
	['part of an account number in another case', 'aBc', 2],
	['an ID', 'se-4', 1],
	['part of an ID in another case', 'SE-', 3],
	['what only a label has', ' (a', 2],
	['what only the other carriers have', 'ups', 0],
	['what nobody has', 'Houston', 0],
	['what would be a regular expression', '.*', 0],
])('searching for %s finds %#', async (_name, filter, found) => {
	expect(await names(filter)).toHaveLength(found);
});

test.each([
	['no nickname', carrier('se-5', undefined, 'ABC'), 'se-5 (ABC)'],
	['an empty nickname', carrier('se-5', '', 'ABC'), 'se-5 (ABC)'],
	['no account number', carrier('se-5', 'Shop'), 'Shop se-5'],
	['an empty account number', carrier('se-5', 'Shop', ''), 'Shop se-5'],
	['neither', carrier('se-5', null, null), 'se-5'],
	['a nickname of another type', carrier('se-5', { a: 1 }, 5), 'se-5'],
	[
		'no use',
		{ ...carrier('se-5', 'Shop'), disabled_by_billing_plan: true },
		'Shop se-5 (disabled)',
	],
	[
		'the account number of no use',
		carrier('se-5', 'Shop', 'stamps_com_disabled'),
		'Shop se-5 (stamps_com_disabled) (disabled)',
	],
	['use', { ...carrier('se-5', 'Shop'), disabled_by_billing_plan: false }, 'Shop se-5'],
	[
		'use, as far as is known',
		{ ...carrier('se-5', 'Shop'), disabled_by_billing_plan: 'no' },
		'Shop se-5',
	],
])('a carrier with %s is shown as can be', async (_name, given, label) => {
	expect(await shown([given])).toEqual([[label, 'se-5']]);
});

test('junk entries are skipped', async () => {
	const junk = [
		null,
		1,
		'se-1',
		true,
		[],
		[null],
		{},
		{ carrier_code: 'stamps_com' },
		carrier('', 'No ID'),
		carrier('../se-1', 'A path'),
		{ ...carrier('se-9', 'A list'), carrier_id: ['se-9'] },
		{ ...carrier('se-9', 'No code'), carrier_code: null },
	];
	expect(await shown([...junk, CARRIERS[0], ...junk])).toEqual([
		['Austin store se-1 (ABC-100)', 'se-1'],
	]);
});

test('an account without carriers', async () => {
	expect(await shown([])).toEqual([]);
});

describe('the request', () => {
	test('is one GET for all, with nothing of the step in it', async () => {
		const { requests, search } = editor([{ body: { carriers: CARRIERS } }]);
		await search('store');
		expect(requests).toHaveLength(1);
		expect(requests[0]).toMatchObject({
			method: 'GET',
			url: 'https://api.shipengine.com/v1/carriers',
			disableFollowRedirect: true,
		});
		expect(requests[0]?.headers).toEqual({});
		expect(requests[0]?.body).toBeUndefined();
		expect(JSON.stringify(requests)).not.toMatch(/store|5124854282|TEST_key/);
	});

	test.each([
		['se-123456', 'se-123456'],
		[' se-123456 ', 'se-123456'],
	])("acts for the sub-account '%s'", async (onBehalfOf, header) => {
		const settings = { onBehalfOf, keyType: 'partner' };
		const { requests, search } = editor([{ body: { carriers: [] } }], settings);
		await search();
		expect(requests[0]?.headers).toEqual({ 'On-Behalf-Of': header });
	});

	test("acts for the partner's own account only where that is switched on", async () => {
		const own = editor([{ body: { carriers: [] } }], { isOwn: true, keyType: 'partner' });
		await own.search();
		expect(own.requests[0]?.headers).not.toHaveProperty('On-Behalf-Of');

		const { requests, search } = editor([], { keyType: 'partner' });
		expect(await errorOf(search())).toMatchObject({
			message: expect.stringMatching(/'On Behalf Of' is empty: a step with a partner's key/),
			description: expect.stringMatching(/'By ID'.*\.$/),
		});
		expect(requests).toEqual([]);
	});

	test("is not made for a sub-account with a key of one's own", async () => {
		const { requests, search } = editor([], { onBehalfOf: 'se-1' });
		expect((await errorOf(search())).message).toMatch(/'Key Type' must be 'Partner'/);
		expect(requests).toEqual([]);
	});

	test.each([[''], ['  '], [undefined], [null]])(
		'acts for the account of the key where On Behalf Of is %p',
		async (onBehalfOf) => {
			const { requests, search } = editor([{ body: { carriers: [] } }], { onBehalfOf });
			await search();
			expect(requests[0]?.headers).not.toHaveProperty('On-Behalf-Of');
		},
	);

	test.each(['={{ $json.account }}', '=se-123456'])(
		"is not made while On Behalf Of is the expression '%s'",
		async (onBehalfOf) => {
			const { requests, search } = editor([], { onBehalfOf, keyType: 'partner' });
			const error = await errorOf(search());
			expect(error.message).toMatch(/'On Behalf Of' is an expression/);
			expect(error).toMatchObject({ description: expect.stringMatching(/'By ID'.*\.$/) });
			expect(requests).toEqual([]);
		},
	);

	test.each(['not an ID', 'se-1\r\nX-Other: 1', '0123'])(
		"is not made for the sub-account '%s'",
		async (onBehalfOf) => {
			const settings = { onBehalfOf, keyType: 'partner' };
			const { requests, search } = editor([{ body: { carriers: [] } }], settings);
			expect((await errorOf(search())).message).toMatch(/'On Behalf Of'/);
			expect(requests).toEqual([]);
		},
	);

	test('is not made to an address that is not encrypted', async () => {
		const { requests, search } = editor([], { baseUrl: 'http://example.com' });
		expect((await errorOf(search())).message).toMatch(/'Base URL'/);
		expect(requests).toEqual([]);
	});
});

describe('answers that are none', () => {
	const ERRORS = [{ error_code: 'carrier_conflict', message: 'One carrier is down.' }];

	test('a 207 with errors shows what it holds', async () => {
		const { search } = editor([
			{ statusCode: 207, body: { carriers: [CARRIERS[0]], errors: ERRORS } },
		]);
		expect(await search()).toEqual({
			results: [{ name: 'Austin store se-1 (ABC-100)', value: 'se-1' }],
		});
	});

	test.each([
		['a 207 with errors and no list', { statusCode: 207, body: { errors: ERRORS } }, /One carrier/],
		['HTML', { body: '<html></html>' }, /lacks what was asked for/],
		['nothing', { body: '' }, /lacks what was asked for/],
		['a list that is none', { body: { carriers: { 0: CARRIERS[0] } } }, /lacks what was asked for/],
		[
			'401',
			{ statusCode: 401, body: { errors: [{ message: 'Bad key TEST_key.' }] } },
			/Bad key \[hidden\]\./,
		],
		[
			'a redirect',
			{ statusCode: 307, headers: { location: 'https://evil.com' } },
			/another address/,
		],
	])('%s', async (_name, answer, message) => {
		const { requests, search } = editor([answer]);
		const error = await errorOf(search());
		expect(error.message).toMatch(/^The accounts could not be listed: /);
		expect(error.message).toMatch(message);
		expect(error).toMatchObject({
			description: expect.stringMatching(/[.!]$/),
			node: { name: 'Send', parameters: {} },
			context: expect.not.objectContaining({ itemIndex: expect.anything() }),
		});
		// A list in the editor is no item, and cannot be run.
		expect(error).toMatchObject({ description: expect.not.stringMatching(/this item/) });
		expect(requests).toHaveLength(1);
	});

	describe('with pauses', () => {
		beforeEach(() => jest.useFakeTimers());
		afterEach(() => jest.useRealTimers());

		const refused = () => Object.assign(new Error('TEST_key'), { httpCode: 'ECONNREFUSED' });
		const reset = () => Object.assign(new Error('TEST_key'), { httpCode: 'ECONNRESET' });

		test.each([
			['502', () => ({ statusCode: 502, body: '<html></html>' })],
			['a refused connection', refused],
			['a reset connection', reset],
			['429', () => ({ statusCode: 429, headers: { 'retry-after': '2' } })],
		])('a read is tried again after %s', async (_name, fault) => {
			const { requests, search } = editor([fault(), { body: { carriers: CARRIERS } }]);
			const found = search('paso');
			await jest.advanceTimersByTimeAsync(10_000);
			expect((await found).results).toEqual([{ name: 'El Paso se-4 (XYZ-300)', value: 'se-4' }]);
			expect(requests).toHaveLength(2);
		});

		test.each([
			['502', () => ({ statusCode: 502 }), /status 502/],
			['refused connections', refused, /could not be reached/],
			['reset connections', reset, /no answer came/],
		])('and given up after a few times %s', async (_name, fault, message) => {
			const { requests, search } = editor(
				Array.from<unknown, Answer | Error>({ length: 20 }, fault),
			);
			const failed = errorOf(search());
			await jest.advanceTimersByTimeAsync(120_000);
			const error = await failed;
			expect(error.message).toMatch(message);
			expect(error.message).not.toContain('TEST_key');
			expect(requests.length).toBeGreaterThan(1);
			expect(requests.length).toBeLessThan(6);
		});
	});
});
