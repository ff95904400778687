import { readFileSync } from 'node:fs';
import type { IDataObject } from 'n8n-workflow';
import { parse, stringify } from 'yaml';
import { type Api, startApi } from '../../sandbox/api';
import type { Exchange } from '../vendor/exchanges';
import { VendorDocument } from '../vendor/document';
import { DOCUMENT, PAGES } from '../vendor/facts';
import { type Sources, findings } from '../vendor/findings';
import { fingerprints } from '../vendor/outline';
import { tour } from '../vendor/tour';
import { report, titleOf } from '../vendor/watch';
import { DOCUMENTED_BODY } from './support/fixtures';

/**
 * The watch over the vendor's documents, tried against copies with changes put in. The copy of the OpenAPI
 * document is the vendor's package, which is older than what the code goes by: what that alone makes the
 * watch say is known before the changes. VENDOR_DOCUMENT names a newer one to start from.
 */

const original = readFileSync(
	process.env.VENDOR_DOCUMENT ?? require.resolve('shipengine-openapi/openapi.yaml'),
	'utf8',
);

const http = (line: string, body?: object) =>
	['```http', `${line} HTTP/1.1`, ...(body ? [JSON.stringify(body, null, 2)] : []), '```'].join(
		'\n',
	);

const VERIFICATION = '/v1/connections/carriers/stamps_com/:carrier_id/verification';

/** The pages as they stand there, in words of our own but for what the code goes by. */
const COPIES: Record<string, string> = {
	'reference/register-stamps': [
		'# Register',
		'> **WARNING:** You cannot link your accounts to the public test account.',
		http('POST /v1/registration/stamps_com', DOCUMENTED_BODY),
		'All fields are required, except for `address_line2` and `company_name`.',
		http('', { carrier_id: 'se-123890' }),
		http(`POST ${VERIFICATION}`, { phone: '5121112222', verification_type: 'sms' }),
		'INFO: Only sms verification\nsupported initially',
		http('', { verification_id: '', verification_method: '', status: '' }),
		http(`PUT ${VERIFICATION}/:verification_id`, { verification_code: '123456' }),
	].join('\n\n'),
	'reference/carriers/update-carrier': '**PUT /v1/connections/carriers/:carrier_name/:carrier_id**',
	'carriers/add-funds': [
		http('PUT /v1/carriers/:carrier_id/add_funds', { currency: 'usd', amount: 10 }).replace(
			'10',
			'10.0',
		),
		'There is no test mode for adding funds.',
	].join('\n'),
	'guides/rate-limits':
		'Up to 200 requests per minute. A `Retry-After` header is the number of seconds to wait.',
	'partners/accounts/create': [
		'POST /v1/partners/accounts',
		'| Name | Type | Max Length |',
		...['first_name | string | 24', 'last_name | string | 24', 'company_name | string | 50'],
		...['external_account_id | string | 128', 'origin_country_code | string | 2'],
		'email | string | 50',
	].join('\n'),
	'partners/accounts/get-account-by-external-id':
		'GET /v1/partners/accounts/external_account_id/:external_account_id',
	'labels/downloading': 'The links are valid for 90 days.',
	'labels/voiding':
		'PUT /v1/labels/:label_id/void\n\nOnce a label is voided it cannot be *unvoided*. You can create another.',
};

let api: Api;
let exchanges: Exchange[];
beforeAll(async () => {
	api = await startApi();
	exchanges = await tour(api);
	const own = new VendorDocument(original);
	parts = process.env.VENDOR_DOCUMENT ? undefined : fingerprints(own, api.routes);
	before = await found();
});
afterAll(async () => await api.close());

/** What is changed in the copies: text that stands there once or more, or a page that is gone. */
interface Change {
	document?: [from: string | RegExp, to: string];
	page?: [name: string, from: string, to: string];
	gone?: string;
	version?: string;
}

const replaced = (text: string, from: string | RegExp, to: string) => {
	const changed = text.replace(from, to);
	if (changed === text) throw new Error(`“${String(from)}” does not stand in the copy`);
	return changed;
};

const copies = ({ document, page, gone, version }: Change = {}): Sources => ({
	async read(address) {
		if (address === DOCUMENT) return document ? replaced(original, ...document) : original;
		const name = address.slice(PAGES.length).replace(/\.md$/, '');
		const copy = COPIES[name]!;
		if (name === gone) return undefined;
		return page?.[0] === name ? replaced(copy, page[1], page[2]) : copy;
	},
	newest: async (name) => version ?? { shipengine: '1.0.7', 'shipengine-openapi': '1.4.0' }[name]!,
});

/** What the watch knows of the parts of the document; those of the newest one stand in a file of their own. */
let parts: Record<string, string> | undefined;
/** What it finds where nothing is changed. */
let before: string[];

const found = async (change?: Change) =>
	await findings(copies(change), exchanges, api.routes, parts);

/** What a change adds to what was found before. */
const added = async (change: Change): Promise<string[]> =>
	(await found(change)).filter((finding) => !before.includes(finding));

const ofParts = (finding: string) => finding.endsWith('(test/vendor/fingerprints.json)');

test('of pages and packages as they are, nothing is said', () => {
	const said = before;
	expect(said.filter((finding) => !finding.startsWith('OpenAPI '))).toEqual([]);
	if (process.env.VENDOR_DOCUMENT) expect(said).toEqual([]);
});

const CHANGES: Array<[what: string, change: Change, said: string[]]> = [
	[
		'another verification than by text message',
		{ page: ['reference/register-stamps', 'Only sms verification', 'Voice and sms verification'] },
		['no longer says “Only sms verification supported initially”'],
	],
	[
		'a field more in a registration',
		{ page: ['reference/register-stamps', '"expiration_year"', '"cvv": "", "expiration_year"'] },
		['register-stamps: fields: there is now “credit_card/cvv”'],
	],
	[
		'a phone that is no part of the address',
		{ page: ['reference/register-stamps', '"phone": "111-111-1111",', ''] },
		['register-stamps: fields: “address/phone” is gone'],
	],
	[
		'another word for a text message',
		{
			page: [
				'reference/register-stamps',
				'"verification_type": "sms"',
				'"verification_type": "text"',
			],
		},
		['no longer says “"verification_type": "sms"”'],
	],
	[
		'another name of an amount',
		{ page: ['carriers/add-funds', '"amount"', '"value"'] },
		['no longer says “"amount": 10.0” (nodes/ShipEngine/resources/carrier/addFunds.ts)'],
	],
	[
		'a route that a page says farewell to',
		{ page: ['labels/voiding', 'You can', 'This route is retired in 2027. You can'] },
		['labels/voiding: it says “retired”'],
	],
	[
		'fewer requests',
		{ page: ['guides/rate-limits', '200 requests', '100 requests'] },
		['no longer says “200 requests per minute” (nodes/ShipEngine/api/throttle.ts)'],
	],
	[
		'a shorter name of a sub-account',
		{ page: ['partners/accounts/create', 'first_name | string | 24', 'first_name | string | 20'] },
		['no longer says “first_name | string | 24”'],
	],
	['a page that is gone', { gone: 'labels/voiding' }, ['labels/voiding: there is no such page']],
	[
		'another route of add funds',
		{ document: [/^( +'?\/v1\/carriers\/\{carrier_id\}\/)add_funds/m, '$1funds'] },
		['PUT /v1/carriers/:carrier_id/add_funds is no longer in it (sandbox/api)'],
	],
	[
		'one more field that add funds requires',
		{
			document: [/(title: add_funds_to_carrier_request_body\n)( +)/, '$1$2required: [reason]\n$2'],
		},
		["PUT /v1/carriers/{}/add_funds request: must have required property 'reason'"],
	],
	[
		'a code that is gone',
		{ document: [/^(\s+)- verification_failure\n/m, ''] },
		['schema error_code: “verification_failure” is gone (nodes/ShipEngine/api/requestFailure.ts)'],
	],
	[
		'the registration, documented',
		{
			document: [
				/^( +)'?\/v1\/carriers'?:\n/m,
				"$1'/v1/registration/stamps_com': { post: { responses: { '200': {}, '400': {} } } }\n$&",
			],
		},
		['POST /v1/registration/stamps_com is now in it (sandbox/api)'],
	],
	[
		'another host',
		{ document: ["url: 'https://api.shipengine.com'", "url: 'https://api.example.com'"] },
		[
			'servers: there is now “https://api.example.com”',
			'servers: “https://api.shipengine.com” is gone',
		],
	],
	[
		'a newer client',
		{ version: '2.0.0' },
		['The package shipengine is now 2.0.0', 'The package shipengine-openapi is now 2.0.0'],
	],
];

test.each(CHANGES)('%s is found, and nothing else', async (_what, change, said) => {
	const others = (await added(change)).filter((finding) => !ofParts(finding));
	expect(others).toEqual(said.map((each) => expect.stringContaining(each) as string));
});

const LOGIN = 'title: connect_stamps_request_body';

/** Changes that no request or answer of ours shows. */
test.each<[what: string, from: RegExp, to: string]>([
	['a login with another name', new RegExp(`(${LOGIN}[^]*?- )username`), '$1user_name'],
	[
		'a login with one thing more',
		new RegExp(`(${LOGIN}[^]*?\\n)( +)- password`),
		'$1$2- otp\n$2- password',
	],
	[
		'a list of carriers in pages',
		/(title: list_carriers_response_body[^]*?properties:\n)( +)/,
		'$1$2page: { type: integer }\n$2',
	],
	[
		'a parameter of the list',
		/( +)(operationId: list_carriers\n)/,
		'$1$2$1parameters: [{ name: page, in: query, required: true }]\n',
	],
	[
		'a route that is on its way out',
		/( +)(operationId: list_carriers\n)/,
		'$1$2$1deprecated: true\n',
	],
	['a balance that may be null', /( +)(example: 3799.52\n)/, '$1nullable: true\n$1$2'],
])('%s is seen', async (_what, from, to) => {
	const said = await added({ document: [from, to] });
	expect(said.filter(ofParts).length).toBeGreaterThan(0);
});

/** The document as it is read, to be changed in place. */
type Read = {
	security?: object[];
	paths: Record<string, Record<string, IDataObject & { parameters?: IDataObject[] }>>;
	components: {
		schemas: Record<string, { enum?: string[]; properties?: Record<string, IDataObject> }>;
		securitySchemes: Record<string, IDataObject>;
	};
};

/** What is found in a document that was changed. */
async function foundIn(change: (document: Read) => void): Promise<string[]> {
	const document = structuredClone(parse(original)) as Read;
	const before = JSON.stringify(document);
	change(document);
	expect(JSON.stringify(document)).not.toBe(before);
	const text = stringify(document, { aliasDuplicateObjects: false });
	const other: Sources = {
		...copies(),
		read: async (at) => (at === DOCUMENT ? text : await copies().read(at)),
	};
	return await findings(other, exchanges, api.routes, parts);
}

const isNew = (finding: string) => !before.includes(finding);

const BUY = '/v1/labels/rates/{rate_id}';

const carrierFields = ({ components }: Read) => components.schemas.carrier!.properties!;

test.each<[what: string, change: (document: Read) => void]>([
	[
		'a key in the address',
		({ components }) => void (Object.values(components.securitySchemes)[0]!.in = 'query'),
	],
	[
		'another kind of key',
		({ components }) =>
			void Object.assign(Object.values(components.securitySchemes)[0]!, {
				type: 'http',
				scheme: 'bearer',
			}),
	],
	['no key', (document) => void (document.security = [])],
	[
		'a purchase for some keys only',
		({ paths }) => void (paths[BUY]!.post!.security = [{ oauth2: ['buy'] }]),
	],
	[
		'a purchase at another host',
		({ paths }) => void (paths[BUY]!.post!.servers = [{ url: 'https://labels.example.com' }]),
	],
	[
		'a void at another host',
		({ paths }) =>
			void Object.assign(paths['/v1/labels/{label_id}/void']!, {
				servers: [{ url: 'https://labels.example.com' }],
			}),
	],
	[
		'a parameter on its way out',
		({ paths }) => {
			for (const each of paths['/v1/labels']!.get!.parameters!) each.deprecated = true;
		},
	],
	[
		'a header of an answer',
		({ paths }) => {
			const { 200: answer } = paths[BUY]!.post!.responses as Record<string, IDataObject>;
			answer!.headers = { 'Idempotency-Key': { required: true, schema: { type: 'string' } } };
		},
	],
])('%s is found', async (_what, change) => {
	expect((await foundIn(change)).filter(isNew)).not.toEqual([]);
});

test.each<[what: string, change: (document: Read) => void]>([
	[
		'another order of words',
		({ components }) => void components.schemas.error_code!.enum!.reverse(),
	],
	[
		'what might as well not be said',
		(document) => void (carrierFields(document).nickname!.nullable = false),
	],
	['marks of tools', (document) => void (carrierFields(document).nickname!['x-tag'] = 1)],
	[
		'another name of an ID in a path',
		({ paths }) => {
			const route = JSON.stringify(paths['/v1/carriers/{carrier_id}']).replaceAll(
				'carrier_id',
				'id',
			);
			delete paths['/v1/carriers/{carrier_id}'];
			paths['/v1/carriers/{id}'] = JSON.parse(route) as Read['paths'][string];
		},
	],
])('%s is no change', async (_what, change) => {
	expect((await foundIn(change)).filter(isNew)).toEqual([]);
});

test('a second change of the same part is another issue', async () => {
	const with_ = async (name: string) =>
		titleOf(await foundIn((document) => void (carrierFields(document)[name] = { type: 'string' })));
	expect(await with_('fee')).not.toBe(await with_('charge_pending'));
	expect(await with_('fee')).toBe(await with_('fee'));
});

test('descriptions, and the order of things, are no change', async () => {
	const document: Change['document'] = [
		/description: List all carriers.*/,
		'description: Lists them',
	];
	expect(await added({ document })).toEqual([]);
	const reversed = { ...(parse(original) as object) };
	const entries = Object.entries(reversed).reverse();
	const text = stringify(Object.fromEntries(entries));
	const other: Sources = {
		...copies(),
		read: async (at) => (at === DOCUMENT ? text : await copies().read(at)),
	};
	expect(await findings(other, exchanges, api.routes, parts)).toEqual(before);
});

test.each([
	['guides/rate-limits', '200 requests', '1200 requests'],
	['partners/accounts/create', 'string | 128', 'string | 1280'],
	['partners/accounts/create', 'email | string | 50', 'billing_email | string | 50'],
	['reference/register-stamps', 'registration/stamps_com HTTP', 'registration/stamps_com/v2 HTTP'],
	['carriers/add-funds', 'add_funds HTTP', 'add_funds_async HTTP'],
	['labels/downloading', 'valid for', 'invalid for'],
	['reference/register-stamps', '"expiration_year"', '"securityCode": "", "expiration_year"'],
])('%s: “%s” as a part of “%s” is not the same', async (name, from, to) => {
	expect(await added({ page: [name, from, to] })).toHaveLength(1);
});

test.each([
	[
		'reference/register-stamps',
		'Only sms verification',
		'Only [sms verification](https://x.example/y)',
	],
	['reference/register-stamps', 'All fields are required', '> __All fields__ are\nrequired'],
	['guides/rate-limits', '`Retry-After`', '*Retry\u2011After*'],
])('%s: “%s” set as “%s” is the same', async (name, from, to) => {
	expect(await added({ page: [name, from, to] })).toEqual([]);
});

/** Documents that cannot be read as before: that is told, and not thrown. */
test.each<[what: string, from: string | RegExp, to: string, says: string]>([
	['another OpenAPI', /^openapi: 3.0.0/m, 'openapi: 3.1.0', 'it is OpenAPI 3.1.0 now'],
	['no servers', /^servers:/m, 'x-servers:', 'servers cannot be read'],
	[
		'a circle',
		/title: monetary_value\n/,
		"title: monetary_value\n      allOf: [{ $ref: '#/components/schemas/monetary_value' }]\n",
		'',
	],
	['a schema of another name', /^( +)se_id:$/m, '$1sid:', 'cannot be read'],
])('%s is a finding', async (_what, from, to, says) => {
	const said = await added({ document: [from, to] });
	expect(said.length).toBeGreaterThan(0);
	expect(said.join('\n')).toContain(says);
});

test.each(['<html></html>', '', 'version https://git-lfs.github.com/spec/v1'])(
	'“%s” is no document, and no change',
	async (text) => {
		const other: Sources = { ...copies(), read: async () => text };
		await expect(findings(other, exchanges, api.routes)).rejects.toThrow('is no OpenAPI document');
	},
);

test('what cannot be read is no change', async () => {
	const broken: Sources = { ...copies(), read: () => Promise.reject(new Error('It answered 503')) };
	await expect(findings(broken, exchanges, api.routes)).rejects.toThrow('It answered 503');
});

test('an issue names each finding, under a title that stays as long as they do', async () => {
	const all = await found({ version: '2.0.0' });
	const marks = /[`<>@#]/g;
	for (const finding of all)
		expect(report(all)).toContain(`- \`${finding.replace(marks, "'")}\`\n`);
	expect(titleOf(all)).toBe(titleOf(await found({ version: '2.0.0' })));
	expect(titleOf(all)).not.toBe(titleOf(await found({ version: '3.0.0' })));
	const newer = all.map((finding) => finding.replace(/^OpenAPI [^:]*:/, 'OpenAPI 9.9:'));
	expect(titleOf(newer)).toBe(titleOf(all));
	expect(report([])).not.toContain('- ');
	const hostile = report([
		'a\n## b @octocat `x` <img src=y>',
		...Array(20_000).fill('x'.repeat(999)),
	]);
	expect(hostile).not.toMatch(/^## b|@octocat|<img/m);
	expect(hostile.length).toBeLessThan(60_000);
});
