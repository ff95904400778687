import type { IncomingHttpHeaders } from 'node:http';
import axios from 'axios';
import fc from 'fast-check';
import fastify, { type FastifyReply } from 'fastify';
import { type Api, type Fault, startApi } from '../../sandbox/api';
import { type Conversation, converse } from '../live/conversation';

/** `npm run live`, with the stand-in in the place of the real API: as it is, and with something put in. */

const KEY = 'TEST_abcdefgh12345678';

const TYPED: Record<string, string> = {
	'First and last name': 'Wilhelmina Quackenbush',
	Email: 'wilhelmina@quackenbush.example',
	'Mobile phone, to which a code may be texted': '(512) 555-0147',
	'Street and number': '1738 Persimmon Terrace',
	City: 'Nacogdoches',
	State: 'Texas',
	'ZIP code': '75961',
};

let api: Api;
beforeAll(async () => {
	api = await startApi({ apiKeys: [KEY] });
});
beforeEach(() => api.reset());
afterAll(async () => await api.close());

/** Somebody at the terminal. */
interface Somebody {
	/** Which questions are answered with yes; all of those before a step, unless said. */
	says?: (question: string) => boolean;
	key?: string;
	/** What is typed as the code; the one that was texted, unless said. */
	codes?: () => string;
	/** What else is typed, by question. */
	typed?: Record<string, string>;
	/** Where the API is. */
	url?: string;
	signal?: AbortSignal;
}

const codeOf = () => api.codeFor('5125550147');

/** Lets somebody run it; what was asked and said, and the report. */
async function live({
	says = (question) => question.includes('Go on?'),
	key = KEY,
	codes = codeOf,
	typed = {},
	url = api.url,
	signal = new AbortController().signal,
}: Somebody = {}) {
	const asked: string[] = [];
	const answer = (question: string, check: (typed: string) => string | true, typed: string) => {
		asked.push(question);
		const checked = check(typed);
		if (checked !== true) throw new Error(checked);
		return Promise.resolve(typed);
	};
	const conversation: Conversation = {
		secret: async (question, check) => await answer(question, check, key),
		async text(question, check) {
			const all = { ...TYPED, ...typed };
			const given = question.startsWith('The code') ? codes() : all[question]!;
			return await answer(question, check, given);
		},
		async yes(question) {
			asked.push(question);
			return says(question);
		},
		say: (line) => void asked.push(line),
	};
	const report = await converse(conversation, url, '0.0.0', signal);
	return { asked, report };
}

const writes = () => api.requests.filter(({ method }) => method !== 'GET');

/** The lines of a report below a heading. */
const below = (report: string, heading: string) =>
	report.split(`## ${heading}\n\n`)[1]?.split('\n\n')[0]?.split('\n');

test('against the stand-in as it is, all steps come to the same', async () => {
	api.addCarrier({ nickname: 'There before' });
	const { report } = await live();
	expect(report).toContain('All 15 steps came to the same.');
	expect(report).not.toContain('Left out');
	expect(api.state.accounts).toMatchObject([
		{ body: { credit_card: { number: '4111111111111111' }, address: { postal_code: '75961' } } },
	]);
	expect(api.state.verifications).toMatchObject([{ phone: '5125550147', status: 'verified' }]);
	expect(api.state.labels).toMatchObject([{ voided_at: expect.any(String) }]);
	expect(api.state.carriers().map(({ nickname }) => nickname)).toEqual(['There before']);
});

test('with a partner’s key, all of it is done for a sub-account', async () => {
	const { report } = await live({ says: () => true });
	expect(report).toContain('All 16 steps came to the same.');
	const [subAccount] = api.state.subAccounts;
	const others = writes().filter(({ path }) => path !== '/v1/partners/accounts');
	expect(others).toHaveLength(9);
	for (const { headers } of others) {
		expect(headers['on-behalf-of']).toBe(String(subAccount!.account_id));
	}
});

test('whoever says no to each step has sent nothing that writes', async () => {
	const { asked, report } = await live({ says: () => false });
	expect(writes()).toEqual([]);
	expect(api.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
		'GET /v1/carriers',
		'GET /v1/carriers',
		'GET /v1/carriers/se-1',
	]);
	expect(asked.filter((question) => question.endsWith('Go on?'))).toHaveLength(1);
	expect(report).toContain('All 3 steps came to the same.');
	expect(report).toContain('Left out: Register an account; ');
});

test('each write is asked for before it is sent', async () => {
	const before: number[] = [];
	const { asked } = await live({
		says(question) {
			if (!question.includes('Go on?')) return false;
			before.push(writes().length);
			return true;
		},
	});
	// Rates are asked for by a POST that changes nothing.
	const sent = writes().filter(({ path }) => path !== '/v1/rates/estimate').length;
	expect(sent).toBe(asked.filter((question) => question.includes('Go on?')).length);
	expect(new Set(before).size).toBe(before.length);
});

test('takes no key but one of the sandbox, and sends it nowhere without https', async () => {
	await expect(live({ key: 'a real key' })).rejects.toThrow('begins with TEST_');
	expect(api.requests).toEqual([]);
	const nobody = { secret: async () => KEY, text: async () => 'x', yes: async () => false };
	const { signal } = new AbortController();
	await expect(
		converse({ ...nobody, say: () => {} }, 'http://api.example.com', '0.0.0', signal),
	).rejects.toThrow("'Base URL'");
});

test('a step that is refused leaves out those that need it, and says why in the API’s words', async () => {
	api.faults.add({
		operation: 'register',
		kind: 'refusal',
		message: 'wilhelmina@quackenbush.example of 1738 PERSIMMON Terrace, +1 512.555.0147, is known',
		field: 'email',
	});
	const { report } = await live();
	expect(below(report, 'Register an account')).toEqual([
		'- came to: invalid_field_value, at the stand-in: done',
		'- POST /v1/registration/stamps_com: the status is 400, at the stand-in 200',
		expect.stringMatching(/^- POST \/v1\/registration\/stamps_com: its words: `.* is known`$/),
	]);
	expect(report).toContain('Left out: Look for the account in the list; Get the account;');
	expectNoSecret(report);
});

/** Nothing that was typed, in any of its parts, and not the key. */
function expectNoSecret(report: string): void {
	const words = Object.entries(TYPED)
		.filter(([question]) => question !== 'State')
		.flatMap(([, typed]) => [typed, ...typed.split(/[\s@.()-]+/)])
		.filter((word) => word.length > 2);
	for (const secret of [KEY, KEY.slice(5), '5125550147', '4111111111111111', ...words]) {
		if (['example', 'Terrace'].includes(secret)) continue;
		expect(report.toLowerCase()).not.toContain(secret.toLowerCase());
	}
}

/** What is put in: the step where it shows, and what the report says of it. */
const DEVIATIONS: Array<[what: string, fault: Fault, step: string, lines: string[]]> = [
	[
		'an ID that is a number',
		{ operation: 'register', kind: 'replaceFields', fields: { carrier_id: 1238901 } },
		'Register an account',
		[
			'- POST /v1/registration/stamps_com: `/carrier_id` is a number, at the stand-in an ID like se-123',
			// The node has found the account that was opened all the same.
			'- GET /v1/carriers: it was sent 2 times, at the stand-in 1',
		],
	],
	[
		'another word, a field more, a field less',
		{
			operation: 'send',
			kind: 'replaceFields',
			fields: { verification_method: 'sms', expires_in: 300, phone: undefined },
		},
		'Send a text message',
		[
			'- POST /v1/connections/carriers/stamps_com/*/verification: `/verification_method` is “sms”, at the stand-in “sms/voice”',
			'- POST /v1/connections/carriers/stamps_com/*/verification: `/expires_in` is there (a number), and not at the stand-in',
			'- POST /v1/connections/carriers/stamps_com/*/verification: `/phone` is not there, and at the stand-in it is (ten digits)',
		],
	],
	[
		'another status of a confirmed phone',
		{ operation: 'confirm', kind: 'notVerified', status: 'approved', times: 9 },
		'Confirm the code',
		[
			'- came to: verification_failure, at the stand-in: done',
			'- PUT /v1/connections/carriers/stamps_com/*/verification/*: `/status` is “approved”, at the stand-in “verified”',
		],
	],
	[
		'another refusal of a carrier that there is not',
		{ operation: 'getCarrier', kind: 'refusal', message: 'There is none.' },
		'Ask for a carrier that there is not',
		[
			'- came to: invalid_field_value, at the stand-in: carrier_not_connected',
			'- GET /v1/carriers/*: the status is 400, at the stand-in 404',
			'- GET /v1/carriers/*: its words: `There is none.`',
		],
	],
	[
		'other types in a carrier',
		{
			operation: 'getCarrier',
			kind: 'replaceFields',
			fields: { balance: '0.00', account_number: null, services: [{ name: 7 }] },
		},
		'Get the account',
		[
			'- GET /v1/carriers/*: `/account_number` is null, at the stand-in text',
			'- GET /v1/carriers/*: `/balance` is text, at the stand-in a number',
			'- GET /v1/carriers/*: `/services/*/name` is a number, at the stand-in text',
		],
	],
	[
		'a page in place of JSON',
		{ operation: 'estimate', kind: 'badGatewayBefore', times: 3 },
		'Ask the account for rates',
		[
			'- came to: no_answer, at the stand-in: done',
			'- POST /v1/rates/estimate: the status is 502, at the stand-in 200',
			'- POST /v1/rates/estimate: the answer is text/html, at the stand-in application/json',
		],
	],
	[
		'a connection that breaks off',
		{ operation: 'buyLabel', kind: 'dropAfter' },
		'Buy a label',
		['- came to: no answer, at the stand-in: done', '- POST /v1/labels/rates/*: no answer came'],
	],
];

test.each(DEVIATIONS)('%s is told', async (_what, fault, step, lines) => {
	// A carrier that there is not is asked for first; the account itself is the second one.
	if (step === 'Get the account') {
		api.faults.add({ operation: 'getCarrier', kind: 'delayBefore', ms: 0 });
	}
	api.faults.add(fault);
	const { report } = await live();
	for (const line of lines) expect(below(report, step)).toContain(line);
	expect(report).toMatch(/^[1-9]\d* of \d+ steps came to something else\.$/m);
	expectNoSecret(report);
});

test('the API’s limit is waited for, and is no difference', async () => {
	for (const operation of ['rates', 'carriers'] as const) {
		api.faults.add({ operation, kind: 'tooManyRequests', retryAfter: 1 });
	}
	const { report } = await live();
	expect(report).toContain('All 15 steps came to the same.');
	expect(report).toContain('The API’s limit of requests was reached 2 times.');
});

test('whoever ends it at a question still gets the report', async () => {
	const { report } = await live({
		says(question) {
			if (question.startsWith('Send a text message')) throw new Error('Ctrl-C');
			return question.includes('Go on?');
		},
	});
	expect(report).toContain('All 7 steps came to the same.');
	expect(report).toContain('Left out: Send a text message; Try a wrong code;');
	expect(api.state.verifications).toEqual([]);
});

test('a mistyped code is no difference; none at all leaves the step out', async () => {
	const codes = ['999999', undefined];
	const { report } = await live({ codes: () => codes.shift() ?? codeOf() });
	expect(report).toContain('All 15 steps came to the same.');
	const without = await live({ codes: () => '' });
	expect(without.report).toContain('All 14 steps came to the same.');
	expect(without.report).toContain('Left out: Confirm the code.');
});

test('the API’s words are told where they are others, also where nothing else is', async () => {
	const { report } = await liveAgainst(({ url }, reply) =>
		url === '/v1/carriers/se-1'
			? reply.code(404).send({
					request_id: 'aa3d8e8e-462b-4476-9618-72db7f7b7009',
					errors: [
						{
							error_source: 'shipengine',
							error_type: 'business_rules',
							error_code: 'carrier_not_connected',
							message: 'Nothing of that name',
							carrier_id: 'se-1',
							carrier_code: 'stamps_com',
						},
					],
				})
			: undefined,
	);
	expect(report).toContain('All 15 steps came to the same.');
	expect(below(report, 'Ask for a carrier that there is not')).toEqual(['As at the stand-in.']);
	expect(report).toContain('- GET /v1/carriers/*: its words: `Nothing of that name`');
});

/** An API that answers some requests itself, and passes the others on to the stand-in. */
async function startHostile(answers: (request: Asked, reply: FastifyReply) => unknown) {
	const app = fastify({ forceCloseConnections: true });
	app.removeAllContentTypeParsers();
	app.addContentTypeParser(
		'*',
		{ parseAs: 'string' },
		async (_request: unknown, body: string) => body,
	);
	const seen: Asked[] = [];
	app.all('/*', async (request, reply) => {
		const { method, url, headers, body } = request;
		const asked = { method, url, headers, body: String(body ?? '') };
		seen.push(asked);
		const own = await answers(asked, reply);
		if (own !== undefined) return own;
		const passed = await axios.request<string>({
			method,
			url: api.url + url,
			headers: { 'api-key': headers['api-key'], 'content-type': headers['content-type'] },
			data: asked.body || undefined,
			responseType: 'text',
			transformResponse: (text: unknown) => text,
			transformRequest: (text: unknown) => text,
			validateStatus: () => true,
		});
		const type = String(passed.headers['content-type'] ?? 'application/json');
		return reply.code(passed.status).type(type).send(passed.data);
	});
	const url = await app.listen({ host: '127.0.0.1', port: 0 });
	return { url, seen, close: async () => await app.close() };
}

interface Asked {
	method: string;
	url: string;
	headers: IncomingHttpHeaders;
	body: string;
}

/** Runs it against such an API. */
async function liveAgainst(
	answers: (request: Asked, reply: FastifyReply) => unknown,
	somebody: Somebody = {},
) {
	const hostile = await startHostile(answers);
	try {
		return { ...(await live({ ...somebody, url: hostile.url })), seen: hostile.seen };
	} finally {
		await hostile.close();
	}
}

const isRates = ({ method, url }: Asked) => method === 'POST' && url === '/v1/rates';

test('follows nothing: key and data go to no other address', async () => {
	const other = await startHostile((_asked, reply) => reply.send({}));
	for (const to of [`${other.url}/steal`, '/v1/carriers']) {
		const { report, seen } = await liveAgainst((asked, reply) =>
			isRates(asked) ? reply.code(307).header('location', to).send() : undefined,
		);
		expect(below(report, 'Ask for the rates of a shipment')).toContain(
			'- came to: status 307, at the stand-in: done',
		);
		expect(seen.filter(isRates)).toHaveLength(1);
	}
	expect(other.seen).toEqual([]);
	await other.close();
});

test('an answer that never comes ends with the walk, and the report is there', async () => {
	const controller = new AbortController();
	const { report } = await liveAgainst(
		(asked) => {
			if (!isRates(asked)) return undefined;
			setTimeout(() => controller.abort(), 100);
			return new Promise(() => {});
		},
		{ signal: controller.signal },
	);
	expect(below(report, 'Ask for the rates of a shipment')).toContain(
		'- came to: no answer, at the stand-in: done',
	);
	expect(report).toContain('Left out: Buy a label;');
});

test('so does a step of the node that waits', async () => {
	const controller = new AbortController();
	const { report } = await liveAgainst(
		({ method, url }) => {
			if (method !== 'GET' || url !== '/v1/carriers/se-1') return undefined;
			setTimeout(() => controller.abort(), 100);
			return new Promise(() => {});
		},
		{ signal: controller.signal },
	);
	expect(below(report, 'Ask for a carrier that there is not')).toContain(
		'- GET /v1/carriers/*: no answer came',
	);
});

test('an API that only says “too many” is asked a few times', async () => {
	const { report, seen } = await liveAgainst((asked, reply) =>
		isRates(asked) ? reply.code(429).header('retry-after', '-1').send({}) : undefined,
	);
	expect(seen.filter(isRates)).toHaveLength(6);
	expect(below(report, 'Ask for the rates of a shipment')).toContain(
		'- came to: status 429, at the stand-in: done',
	);
}, 30_000);

test('an answer of any depth and size costs no report', async () => {
	const deep = '['.repeat(50_000) + ']'.repeat(50_000);
	const wide = JSON.stringify(
		Object.fromEntries([...Array(20_000).keys()].map((at) => [`a${'b'.repeat(at % 50)}`, {}])),
	);
	for (const body of [deep, wide, 'null', '"ok"', 'no JSON', '']) {
		const { report } = await liveAgainst((asked, reply) =>
			isRates(asked) ? reply.type('application/json').send(body) : undefined,
		);
		expect(report.length).toBeLessThan(20_000);
		expect(below(report, 'Ask for the rates of a shipment')!.length).toBeGreaterThan(1);
	}
}, 60_000);

test('what is no carrier, rate or label is told, and nothing is sent for it', async () => {
	const { report, seen } = await liveAgainst((asked, reply) =>
		asked.url.startsWith('/v1/labels/rates/') ? reply.send({ label_id: 7 }) : undefined,
	);
	expect(below(report, 'Buy a label')).toContain(
		'- came to: the answer has no ID of a label, at the stand-in: done',
	);
	expect(seen.filter(({ url }) => url.endsWith('/void'))).toEqual([]);
});

test('an account that may be left is named in the terminal', async () => {
	const { asked, report } = await live({
		says: (question) => question.includes('Go on?') && !question.startsWith('Disconnect'),
	});
	const { nickname } = api.state.accounts[0]!.body as { nickname: string };
	expect(asked.at(-1)).toBe(`An account “${nickname}” may be left in your sandbox.`);
	expect(report).not.toContain(nickname);
});

test('what was typed does not change the report’s own words', async () => {
	const typed = { 'Street and number': '400 Stand Road', 'First and last name': 'Or Status' };
	const refused = { operation: 'register', kind: 'refusal', message: 'No.' } as const;
	api.faults.add(refused);
	const { report } = await live({ typed });
	expect(below(report, 'Register an account')).toContain(
		'- POST /v1/registration/stamps_com: the status is 400, at the stand-in 200',
	);
});

/** What was typed, and what an API may make of it; none of it is told. */
const PARTS = [
	...['15125550147', '0147', '512/555/0147', '01:47', '512 555 0147', 'QUACK', 'quackenb'],
	...['Wilhelmina', 'wilhelmina', 'WILHELMINA', 'Persim', 'TX', 'texas', '1738', '75961'],
	...['TEST_abcdefgh', 'abcdefgh', 'hgfedcba', 'abcd…5678', 'Nacogdoch'],
];

test.each(PARTS)('“%s” in any place of a refusal is not told', async (part) => {
	const { report } = await liveAgainst((asked, reply) =>
		asked.url === '/v1/registration/stamps_com'
			? reply
					.code(400)
					.type(`application/${part.replace(/[^a-z]/gi, '')}; charset=${part}`)
					.send(
						JSON.stringify({
							message: part,
							[part]: part,
							errors: [
								{ error_code: part, error_type: part, field_name: part, message: `Not ${part}!` },
								part,
							],
						}),
					)
			: undefined,
	);
	const told = below(report, 'Register an account')!.join('\n').toLowerCase();
	expect(told).toContain('the status is 400');
	for (const piece of part.toLowerCase().match(/[a-z]{2,}|\d{2,}/g)!) {
		expect(told.replace(/`[^`]*stand-in[^`]*`/g, '')).not.toMatch(
			new RegExp(`(^|[^a-z0-9])${piece}`),
		);
	}
});

test('a message cannot do anything in Markdown', async () => {
	const message =
		'![p](https://example.com/p.png) [x](http://example.com) @octocat <img src=x> `a` \u202e\n## b';
	api.faults.add({ operation: 'register', kind: 'refusal', message });
	const { report } = await live();
	const line = below(report, 'Register an account')!.find((each) => each.includes('its words'))!;
	expect(line).toMatch(/its words: `[^`]*`$/);
	expect(report).not.toMatch(/\u202e|^## b/m);
});

/** An answer in whose every place stands what was typed, spelt in one way or another. */
const echoes = fc.letrec<{ any: unknown }>((tie) => {
	const secret = fc.constantFrom(KEY, '4111111111111111', '5125550147', ...Object.values(TYPED));
	const spelt = fc
		.tuple(
			secret,
			fc.constantFrom<(text: string) => string>(
				(text) => text,
				(text) => text.toUpperCase(),
				(text) => encodeURIComponent(text),
				(text) => Buffer.from(text).toString('base64'),
				(text) => [...text].join(' '),
				(text) => `Bad: ${text}.`,
			),
		)
		.map(([text, spelling]) => spelling(text));
	const names = fc.oneof(
		fc.constantFrom('status', 'error_code', 'message', 'errors', 'carrier_id', 'field_name'),
		spelt.map((text) => text.toLowerCase()),
	);
	return {
		any: fc.oneof(
			{ maxDepth: 3 },
			spelt,
			fc.array(tie('any'), { maxLength: 3 }),
			fc.dictionary(names, tie('any'), { maxKeys: 4 }),
		),
	};
}).any;

test('whatever an answer repeats, the report has nothing that was typed', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom<Array<Fault['operation']>>('carriers', 'getCarrier', 'register', 'send'),
			fc.dictionary(fc.constantFrom('errors', 'status', 'carriers', 'extra'), echoes),
			async (operation, fields) => {
				api.reset();
				api.faults.add({ operation, kind: 'replaceFields', fields, times: 9 });
				const { report } = await live();
				expectNoSecret(report);
			},
		),
		{ numRuns: Number(process.env.RUNS ?? 400) / 8 },
	);
}, 600_000);
