import type { IncomingHttpHeaders } from 'node:http';
import axios from 'axios';
import fc from 'fast-check';
import fastify, { type FastifyReply } from 'fastify';
import type { Fault } from '../../sandbox/api';
import {
	KEY,
	type Somebody,
	TYPED,
	api,
	below,
	expectNoSecret,
	live,
	useStandIn,
} from './support/live';

/** `npm run live`, with APIs that answer oddly: nothing leaks, nothing hangs, and the report is there. */

useStandIn();

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

/** A name, and spellings of it that an answer may use. */
test.each([
	['José Núñez', 'First name JOSE is not valid; last name Nunez'],
	['Björk Guðmunds', 'BJORK GUDMUNDS'],
	['Ana López', 'LOPEZ, ANA'],
	['Ann Lee', 'LEEANN annl leeann'],
	['Wilhelmina Quackenbush', 'w-i-l-h-e-l-m-i-n-a W.Q. wilhe1mina'],
	['Grant Oak', 'Grant of oak, oakgrant'],
])('of “%s”, “%s” is not told', async (name, message) => {
	api.faults.add({ operation: 'register', kind: 'refusal', message });
	const { report } = await live({ typed: { 'First and last name': name } });
	const line = below(report, 'Register an account')!.find((each) => each.includes('its words'))!;
	const told = line
		.split('its words: ')[1]!
		.replace(/\b(first|last|name|is|not|valid|of|a|i)\b/gi, '');
	expect(told).not.toMatch(/[\p{L}\p{N}]{2}/u);
});

test('the key of a sub-account that an answer repeats is not told', async () => {
	const { report } = await liveAgainst(
		({ url }, reply) =>
			url === '/v1/registration/stamps_com'
				? reply.code(400).send({
						request_id: 'x',
						errors: [
							{
								error_code: 'forbidden',
								message: `No right for ${api.state.subAccounts.at(-1)!.key}`,
							},
						],
					})
				: undefined,
		{ says: () => true },
	);
	const line = below(report, 'Register an account')!.find((each) => each.includes('its words'))!;
	expect(line).toMatch(/its words: `No right for (…|_)+`$/);
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
