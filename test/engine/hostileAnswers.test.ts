import './support/wholeRuns/clock';
import fc from 'fast-check';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { SANDBOX_KEY } from '../../sandbox/api';
import { type Outcome, chain, held, runWorkflow, step } from './support/engine';
import { CARD, REGISTRATION, VISA } from './support/fixtures';
import {
	CARRIER_ID,
	PROTOTYPE_KEYS,
	echoOf,
	expectErrorItem,
	forAll,
	hasFailed,
	polluting,
	text,
	value,
	watchPrototypes,
} from './support/hostile';

watchPrototypes();

const CODE = '907351';
const CONTINUE = { onError: 'continueRegularOutput' } as const;

/** What the server says to one request. */
interface Answer {
	status: number;
	headers: Record<string, string>;
	body: string | Buffer;
}

/** An API that answers whatever it is told to: `answer` is given each request with its body. */
let answer: (request: IncomingMessage, body: string) => Answer;
let server: Server;

async function respond(request: IncomingMessage, response: ServerResponse) {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const { status, headers, body } = answer(request, Buffer.concat(chunks).toString());
	response.writeHead(status, headers).end(body);
}

beforeAll(async () => {
	server = createServer((request, response) => void respond(request, response));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
	server.closeAllConnections();
	server.close();
});

const baseUrl = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const run = async (
	data: IDataObject[],
	node: ReturnType<typeof step>,
	keyType = 'own',
): Promise<Outcome> =>
	await runWorkflow(
		{ nodes: [held('Trigger', data), node], connections: chain('Trigger', 'Step') },
		{
			shipEngineApi: { keyType, apiKey: SANDBOX_KEY, baseUrl: baseUrl() },
			shipEnginePaymentCardApi: { ...(CARD as Record<string, string>), baseUrl: baseUrl() },
		},
	);

const words = fc.oneof(text, echoOf(VISA), echoOf(SANDBOX_KEY), echoOf(CODE));
const anything = fc.oneof(words, value);

/** Every field of the envelope and of an error with any value, or left out. */
const error = fc.oneof(
	anything,
	polluting,
	fc.record(
		{
			error_code: anything,
			error_source: fc.oneof(fc.constantFrom('carrier', 'shipengine'), anything),
			field_name: anything,
			message: words,
		},
		{ requiredKeys: [] },
	),
);

/** Errors: none, one that is no list, some, or thousands. */
const errors = fc.oneof(
	{ weight: 6, arbitrary: fc.constantFrom<unknown>(undefined, null, '', []) },
	{ weight: 4, arbitrary: fc.array(error, { maxLength: 4 }) },
	{ weight: 2, arbitrary: anything },
	{ weight: 1, arbitrary: error.map((one) => Array(3_000).fill(one) as unknown) },
);

/** The answer of an operation with any values in its fields, and prototypes in between. */
const envelope = (good: IDataObject) =>
	fc
		.tuple(
			fc.record(
				{
					...Object.fromEntries(
						Object.entries(good).map(([key, given]) => [
							key,
							fc.oneof(
								{ weight: 6, arbitrary: fc.constant(given) },
								{ weight: 1, arbitrary: anything },
							),
						]),
					),
					errors,
					request_id: words,
				},
				{ requiredKeys: [] },
			),
			polluting,
			fc.boolean(),
		)
		// As text, since only parsing makes a key of its own of __proto__.
		.map(([fields, evil, isEvil]) => {
			const json = jsonOf(fields);
			return isEvil && json.endsWith('}')
				? `${json.slice(0, -1)}${json === '{}' ? '' : ','}"__proto__":${jsonOf({ ...good, carriers: [] })},"x":${jsonOf(evil)}}`
				: json;
		});

/** JSON of what has any; values that have none are left out. */
function jsonOf(given: unknown): string {
	try {
		return (
			JSON.stringify(given, (_key, each: unknown) =>
				typeof each === 'bigint' ? each.toString() : each,
			) ?? 'null'
		);
	} catch {
		return 'null';
	}
}

const DEEP = 20_000;

/** Bodies that are no answer of the API at all. */
const foreign = fc.oneof(
	anything.map(jsonOf),
	text,
	fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
	fc.constantFrom('', '[]', 'null', '"x"', '1e999', '{', '{"errors":', '\ufeff{}', '<html></html>'),
	fc.constantFrom(
		'['.repeat(DEEP) + ']'.repeat(DEEP),
		`{"errors":${'['.repeat(DEEP)}${']'.repeat(DEEP)}}`,
		`${'{"errors":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`,
		`{"errors":[{"message":"${'x4111-'.repeat(300_000)}"}]}`,
		`{"request_id":"${'se-1 '.repeat(300_000)}","errors":["x"]}`,
		`{"errors":["sandbox${'-'.repeat(300_000)}"]}`,
	),
);

const someHeaders = fc.oneof(
	fc.constant({ 'content-type': 'application/json' }),
	fc.constantFrom<Record<string, string>>(
		{},
		{ 'content-type': 'text/html' },
		{ 'content-type': 'application/octet-stream' },
		{ 'content-type': 'application/json; charset=utf-16' },
		{ 'content-encoding': 'x-unknown' },
		{ location: 'https://evil.example/' },
		{ 'retry-after': '9'.repeat(400) },
		{ 'retry-after': 'Wed, 99 Foo 9999' },
		{ 'retry-after': '-1' },
		{ 'set-cookie': '__proto__=1' },
	),
);

const REFUSALS = [201, 202, 203, 207, 226, 300, 301, 302, 303, 307, 308, 400, 401, 402, 403, 404];
/** Without 429, which holds back the other items too. */
const OTHERS = [405, 409, 410, 418, 422, 428, 451, 499, 500, 501, 502, 503, 504, 520, 599, 999];

/** An answer: usually a 200 with JSON in which something is wrong. */
const answerWith = (good: IDataObject): fc.Arbitrary<Answer> =>
	fc.record({
		status: fc.oneof(fc.constant(200), fc.constantFrom(...REFUSALS, ...OTHERS)),
		headers: someHeaders,
		body: fc.oneof({ weight: 5, arbitrary: envelope(good) }, { weight: 2, arbitrary: foreign }),
	});

const many = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 40, maxLength: 60 });

/** Fails unless each item with a good answer succeeded, and each other did only with a good output. */
function expectItems(
	secrets: string[],
	items: INodeExecutionData[],
	answers: unknown[],
	isGood: (json: IDataObject) => boolean,
) {
	expect(items).toHaveLength(answers.length);
	items.forEach((item, index) => {
		if (answers[index] === GOOD || !hasFailed(item)) {
			expect(item.pairedItem).toEqual({ item: index });
			expect([index, item.json, isGood(item.json)]).toEqual([index, item.json, true]);
		} else {
			expectErrorItem(item, index, secrets);
		}
	});
}

/** In the place of an answer with which nothing is wrong. */
const GOOD = Symbol('a good answer');

const withGood = (answers: Answer[]) => [
	GOOD,
	...answers.flatMap((one, index) => (index % 10 ? [one] : [one, GOOD])),
	GOOD,
];

const ok = (json: IDataObject): Answer => ({
	status: 200,
	headers: { 'content-type': 'application/json' },
	body: JSON.stringify(json),
});

/** Answers each item with its own answer, by the number that the request holds. */
const serve = (answers: Array<Answer | typeof GOOD>, good: IDataObject, numberOf: RegExp) => {
	answer = (request, body) => {
		const index = Number(numberOf.exec(`${request.url} ${body}`)?.[1]);
		const one = answers[index];
		return one === GOOD || one === undefined ? ok(good) : one;
	};
};

const isText = (given: unknown) => typeof given === 'string' && given.trim().length <= 255;

const isVerification = (json: IDataObject) =>
	CARRIER_ID.test(String(json.carrier_id)) &&
	/^[A-Za-z0-9_-]{1,100}$/.test(String(json.verification_id)) &&
	[json.phone, json.verification_method, json.status].every(isText) &&
	Object.keys(json).length === 5;

const VERIFICATION = {
	phone: '5124854282',
	verification_id: 'vfn_1',
	verification_method: 'sms',
	status: 'verified',
};

const WIDE = { maxConcurrency: 10, maxWait: 0 };

test('Register succeeds only with a carrier’s ID', async () => {
	const good = { carrier_id: 'se-1' };
	await forAll(many(answerWith(good)), 6, async (hostile) => {
		const answers = withGood(hostile) as Array<Answer | typeof GOOD>;
		serve(answers, good, /"nickname":"(\d+)"/);
		const outcome = await run(
			answers.map((_answer, index) => ({ nickname: String(index) })),
			step(
				'Step',
				'register',
				{ ...REGISTRATION, nickname: '={{ $json.nickname }}', options: WIDE },
				CONTINUE,
			),
		);
		expectItems(
			[VISA],
			outcome.items('Step'),
			answers,
			(json) => CARRIER_ID.test(String(json.carrier_id)) && Object.keys(json).length === 4,
		);
	});
}, 120_000);

test.each<[string, string, string[]]>([
	['Send', 'sendVerification', []],
	['Confirm', 'confirmVerification', [CODE]],
])(
	'%s succeeds only with a verification',
	async (_name, operation, secrets) => {
		await forAll(many(answerWith(VERIFICATION)), 5, async (hostile) => {
			const answers = withGood(hostile) as Array<Answer | typeof GOOD>;
			serve(answers, VERIFICATION, /se-(\d+)\//);
			const outcome = await run(
				answers.map((_answer, index) => ({
					carrier_id: `se-${index}`,
					phone: '5124854282',
					verification_id: 'vfn_1',
					verification_code: CODE,
				})),
				step('Step', operation, { options: WIDE }, CONTINUE),
			);
			expectItems(secrets, outcome.items('Step'), answers, isVerification);
			if (operation === 'sendVerification') return;
			for (const { status = 'verified' } of outcome.json('Step')) expect(status).toBe('verified');
		});
	},
	120_000,
);

test('a look at the accounts finds only carriers that are some, or fails its items', async () => {
	const carrier = { carrier_id: 'se-7', carrier_code: 'stamps_com', nickname: 'Shop' };
	const carriers = fc.array(
		fc.oneof(
			fc.constant(carrier),
			anything,
			polluting,
			fc.record({
				carrier_id: fc.oneof(fc.constant('se-8'), anything),
				carrier_code: fc.oneof(fc.constant('stamps_com'), fc.constantFrom(...PROTOTYPE_KEYS)),
				nickname: fc.oneof(fc.constant('Shop'), anything),
			}),
		),
		{ maxLength: 5 },
	);
	const list = carriers.chain((given) => answerWith({ carriers: given as unknown as string[] }));
	// A 5xx is asked again after a pause, which is tested where faults are.
	const once = list.filter(({ status }) => status < 500);
	await forAll(many(once), 4, async (hostile) => {
		answer = ({ url, headers }) =>
			url === '/v1/carriers'
				? hostile[Number(headers['on-behalf-of']?.slice('se-'.length))]!
				: ok({ carrier_id: 'se-1' });
		const outcome = await run(
			hostile.map((_answer, index) => ({ sub: `se-${index}` })),
			step(
				'Step',
				'register',
				{
					...REGISTRATION,
					nickname: 'Shop',
					ifNicknameExists: 'returnExisting',
					options: { ...WIDE, onBehalfOf: '={{ $json.sub }}' },
				},
				CONTINUE,
			),
			'partner',
		);
		expectItems([], outcome.items('Step'), hostile, ({ carrier_id, existing }) =>
			existing ? CARRIER_ID.test(String(carrier_id)) : carrier_id === 'se-1',
		);
	});
}, 120_000);
