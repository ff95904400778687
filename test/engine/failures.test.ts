import { type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import type { IDataObject, INode } from 'n8n-workflow';
import { DECLINED_CARD, SANDBOX_KEY } from '../../sandbox/api';
import { type NodeJson, chain, items, step } from './support/engine';
import { REGISTRATION, VISA, useApi } from './support/fixtures';

// What becomes of each fault, operation and way to go on is in the table of faults.test.ts.
const sandbox = useApi();
const PHONE = '5121112222';

type ErrorItem = { error: IDataObject & { errors: Array<{ code: string }> } };

/** A step of each operation with an item that it would succeed with. */
const OPERATIONS = {
	register: {
		failed: 'The Stamps account was not registered',
		node: (settings: Partial<INode>) => step('Step', 'register', REGISTRATION, settings),
		item: async () => ({ note: 'input' }),
	},
	send: {
		failed: 'The verification code was not sent',
		node: (settings: Partial<INode>) => step('Step', 'sendVerification', {}, settings),
		item: async () => ({
			carrier_id: sandbox.api.addCarrier({ nickname: 'My shop' }).carrier_id,
			phone: PHONE,
		}),
	},
	confirm: {
		failed: 'The phone number was not verified',
		node: (settings: Partial<INode>) => step('Step', 'confirmVerification', {}, settings),
		item: async () => {
			const { carrier_id } = sandbox.api.addCarrier({ nickname: 'My shop' });
			const before = await sandbox.runChain(
				[{ carrier_id, phone: PHONE }],
				step('Send', 'sendVerification'),
			);
			sandbox.api.requests.length = 0;
			return { ...before.json('Send')[0], verification_code: sandbox.api.codeFor(PHONE) };
		},
	},
};

type Name = keyof typeof OPERATIONS;
const NAMES = Object.keys(OPERATIONS) as Name[];

const WAYS = { stop: 'stopWorkflow', continue: 'continueRegularOutput' } as const;

/** Runs one step on one item, and gives the failure as each way of going on shows it. */
async function fail(name: Name, way: keyof typeof WAYS, item: IDataObject, credentials = {}) {
	const node = OPERATIONS[name].node({ onError: WAYS[way] });
	const outcome = await sandbox.run(
		{ nodes: [items('Trigger', item), node], connections: chain('Trigger', 'Step') },
		credentials,
	);
	if (way === 'continue') {
		expect(outcome.items('Step')).toHaveLength(1);
		return { outcome, body: (outcome.json('Step')[0] as ErrorItem).error };
	}
	const { error } = outcome;
	expect(error).toBeDefined();
	return {
		outcome,
		body: (error as unknown as { context: { data: ErrorItem['error'] } }).context.data,
	};
}

describe('a declined registration', () => {
	const declined: NodeJson = step('Step', 'register', {
		...REGISTRATION,
		nickname: '={{ $json.shop }}',
		cardNumber: '={{ $json.card }}',
		options: { maxConcurrency: 1 },
	});
	const data = [
		{ shop: 'One', card: VISA },
		{ shop: 'Two', card: DECLINED_CARD },
		{ shop: 'Three', card: VISA },
	];
	const expected = {
		json: {
			error: {
				message: expect.stringMatching(/^The Stamps account was not registered: /),
				description: expect.stringContaining('try another payment card.'),
				http_status: expect.any(Number),
				request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
				errors: [
					{
						code: 'funding_source_error',
						field: 'credit_card.number',
						message: expect.any(String),
					},
				],
			},
		},
	};

	test('is an error item among the others when the node continues', async () => {
		const outcome = await sandbox.runChain(data, { ...declined, onError: 'continueRegularOutput' });
		expect(outcome.items('Step')).toEqual([
			{ json: expect.objectContaining({ nickname: 'One' }), pairedItem: { item: 0 } },
			{
				json: { error: { ...expected.json.error, skip_next_steps: true } },
				pairedItem: 1,
			},
			{ json: expect.objectContaining({ nickname: 'Three' }), pairedItem: { item: 2 } },
		]);
	});

	test('is alone on the error branch, with nothing of the input item in it', async () => {
		const outcome = await sandbox.runChain(data, { ...declined, onError: 'continueErrorOutput' });
		expect(outcome.json('Step')).toMatchObject([{ nickname: 'One' }, { nickname: 'Three' }]);
		expect(outcome.items('Step', 1)).toEqual([{ ...expected, pairedItem: 1 }]);
	});

	test('stops the workflow with the item’s number, and no parameter in the stored error', async () => {
		const outcome = await sandbox.runChain(data, declined);
		expect(outcome.error).toMatchObject({
			name: 'NodeApiError',
			message: expect.stringMatching(/^The Stamps account was not registered: .* \[item 1\]$/),
			description: expected.json.error.description,
			context: { itemIndex: 1, data: expected.json.error },
			node: { name: 'Step', parameters: {} },
		});
		expect(inspect(outcome.error, { depth: 20 })).not.toMatch(
			new RegExp(`${DECLINED_CARD}|${VISA}|${SANDBOX_KEY}`),
		);
		// The third item was not sent any more.
		expect(sandbox.calls()).toHaveLength(2);
	});
});

test('all errors of the envelope are told, not just the first', async () => {
	const errors = [
		{ error_code: 'invalid_address', field_name: 'address', message: 'No such street.' },
		{ error_code: 'invalid_string_length', field_name: 'nickname', message: 'Too long.' },
		'Text alone.',
		{ error_code: 7 },
	];
	sandbox.api.faults.add({
		operation: 'register',
		kind: 'replaceFields',
		fields: { carrier_id: undefined, errors },
	});
	const { body } = await fail('register', 'continue', {});
	expect(body).toMatchObject({
		message: 'The Stamps account was not registered: No such street.',
		errors: [
			{ code: 'invalid_address', field: 'address', message: 'No such street.' },
			{ code: 'invalid_string_length', field: 'nickname', message: 'Too long.' },
			{ code: 'unspecified', field: null, message: 'Text alone.' },
			{ code: 'unspecified', field: null, message: 'The API gave no details' },
		],
	});
	expect(body.description).toContain("Too long (invalid_string_length in 'nickname')");
});

test('an account that the API made and complained about is not lost', async () => {
	sandbox.api.faults.add({ operation: 'register', kind: 'errorsBeside' });
	const { body } = await fail('register', 'continue', {});
	expect(body.carrier_id).toBe(sandbox.api.state.carriers()[0]?.carrier_id);
});

describe.each(NAMES)('%s', (name) => {
	test('says at once that a 429 would last too long', async () => {
		const item = await OPERATIONS[name].item();
		sandbox.api.faults.add({ operation: name, kind: 'tooManyRequests', retryAfter: 3600 });
		const { body } = await fail(name, 'continue', item);
		expect(body).toMatchObject({ http_status: 429, errors: [{ code: 'rate_limit_exceeded' }] });
		expect(sandbox.calls()).toHaveLength(1);
	});

	test('puts out none of a very large answer', async () => {
		const item = await OPERATIONS[name].item();
		sandbox.api.faults.add({ operation: name, kind: 'huge' });
		const outcome = await sandbox.runChain([item], OPERATIONS[name].node({}));
		expect(JSON.stringify(outcome.json('Step')).length).toBeLessThan(1000);
	});

	test('says that the key is wrong, sends once, and never repeats the key', async () => {
		const item = await OPERATIONS[name].item();
		const { outcome, body } = await fail(name, 'stop', item, {
			shipEngineApi: { apiKey: 'wrong-key-1', baseUrl: sandbox.api.url },
		});
		expect(body).toMatchObject({ http_status: 401, errors: [{ code: 'unauthorized' }] });
		expect(body.description).toContain("Check the API key in the 'ShipEngine API' credential.");
		expect(sandbox.calls()).toHaveLength(1);
		expect(inspect(outcome.error, { depth: 20 })).not.toContain('wrong-key-1');
	});

	test.each([
		['API Key', { apiKey: 'key\u2013one' }],
		['Base URL', { baseUrl: 'http://api.example' }],
	])('says what was not done where the %s cannot be used', async (field, wrong) => {
		const { failed, item: itemOf } = OPERATIONS[name];
		const item: IDataObject = await itemOf();
		const { body } = await fail(name, 'continue', item, {
			shipEngineApi: { apiKey: SANDBOX_KEY, baseUrl: sandbox.api.url, ...wrong },
		});
		const because = `the '${field}' of the 'ShipEngine API' credential cannot be used`;
		expect(body.message).toBe(`${failed}: ${because}`);
		expect(body.description).toMatch(/^Nothing was sent\. /);
		expect(body.carrier_id).toBe(item.carrier_id);
		expect(sandbox.calls()).toEqual([]);
	});

	test('hides what the API repeats', async () => {
		const item = await OPERATIONS[name].item();
		sandbox.api.faults.add({ operation: name, kind: 'echoSecrets' });
		const { body } = await fail(name, 'continue', item);
		expect(body.message).toContain('Not accepted: [hidden]');
	});
});

/** An API of its own, given each answer to make of it what it likes. */
async function startServer(answer: (response: ServerResponse) => void) {
	const server = createServer((request, response) => {
		request.resume();
		answer(response);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		credentials: { shipEngineApi: { apiKey: SANDBOX_KEY, baseUrl: `http://127.0.0.1:${port}` } },
		close() {
			server.closeAllConnections();
			server.close();
		},
	};
}

describe('the timeout ends the wait', () => {
	test.each<[string, number, (response: ServerResponse) => void]>([
		[
			'for an answer whose compression is broken',
			0.3,
			(response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end('{}'),
		],
		[
			'for an answer that comes byte by byte',
			0.3,
			(response) => {
				const trickle = setInterval(() => response.write(' '), 50);
				response.on('close', () => clearInterval(trickle));
			},
		],
		['where it is less than a millisecond', 0.000_01, () => {}],
	])('%s', async (_name, timeout, answer) => {
		const server = await startServer(answer);
		const node = step(
			'Step',
			'register',
			{ ...REGISTRATION, options: { timeout } },
			{ onError: 'continueRegularOutput' },
		);
		const { json } = await sandbox.run(
			{ nodes: [items('Trigger', {}), node], connections: chain('Trigger', 'Step') },
			server.credentials,
		);
		server.close();
		expect(json('Step')).toMatchObject([
			{ error: { http_status: null, errors: [{ code: 'outcome_unknown' }] } },
		]);
	});
});

describe('what does not hold for the whole step', () => {
	const broken = "={{ $('Nowhere').first().json.x }}";
	const steps: Array<[string, NodeJson]> = [
		...['maxConcurrency', 'maxWait'].map((option): [string, NodeJson] => [
			option,
			step('Step', 'register', { ...REGISTRATION, options: { [option]: broken } }),
		]),
		['operation', step('Step', 'close', REGISTRATION)],
	];

	test.each(steps)('fails each item where the step continues: %s', async (_name, node) => {
		const outcome = await sandbox.runChain([{ card_number: VISA }, { card_number: VISA }], {
			...node,
			onError: 'continueRegularOutput',
		});
		// And never puts out its input, as n8n does where a step that continues throws.
		expect(outcome.items('Step')).toEqual([
			{ json: { error: expect.objectContaining({ http_status: null }) }, pairedItem: 0 },
			{ json: { error: expect.objectContaining({ http_status: null }) }, pairedItem: 1 },
		]);
		expect(sandbox.calls()).toEqual([]);
	});

	test.each(steps)('stops the step without its parameters: %s', async (_name, node) => {
		const outcome = await sandbox.runChain([{}], node);
		expect(outcome.error).toMatchObject({ node: { name: 'Step', parameters: {} } });
		expect(inspect(outcome.error, { depth: 20 })).not.toContain(VISA);
	});
});

test.each(['', '../../carriers', 'vfn 1', 'x'.repeat(101), 7])(
	'a verification ID that is none (%j) is no success',
	async (verification_id) => {
		const item = await OPERATIONS.send.item();
		const fields = { verification_id };
		sandbox.api.faults.add({ operation: 'send', kind: 'replaceFields', fields });
		const { body } = await fail('send', 'continue', item);
		expect(body).toMatchObject({ errors: [{ code: 'outcome_unknown' }] });
	},
);

test('what the API says is bounded', async () => {
	const long = {
		error_code: 'c'.repeat(1e6),
		field_name: 'f'.repeat(1e6),
		message: 'm'.repeat(1e6),
	};
	sandbox.api.faults.add({
		operation: 'register',
		kind: 'replaceFields',
		fields: { carrier_id: undefined, errors: [long, ...Array(1000).fill('Text')] },
	});
	const { body } = await fail('register', 'continue', {});
	expect(body.errors).toHaveLength(20);
	expect(body.errors[0]?.code).toBe(`${'c'.repeat(99)}…`);
	expect(String(body.message)).toMatch(/^The Stamps account was not registered: m{499}…$/);
	expect(JSON.stringify(body).length).toBeLessThan(10_000);
});

test('a server that cannot be reached is tried again, and nothing was sent', async () => {
	const closed = createServer();
	await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
	const { port } = closed.address() as AddressInfo;
	closed.close();
	const { body } = await fail(
		'register',
		'continue',
		{},
		{
			shipEngineApi: { apiKey: SANDBOX_KEY, baseUrl: `http://127.0.0.1:${port}` },
		},
	);
	expect(body).toMatchObject({ http_status: null, errors: [{ code: 'not_reached' }] });
	expect(body.description).toMatch(/^Nothing was sent\./);
});

test('a base URL that is not encrypted gets neither key nor card', async () => {
	const { body } = await fail(
		'register',
		'continue',
		{},
		{
			shipEngineApi: { apiKey: SANDBOX_KEY, baseUrl: 'http://api.example.com' },
		},
	);
	expect(body.message).toContain("'Base URL'");
});

test('an expression that cannot be evaluated fails its item only', async () => {
	const outcome = await sandbox.runChain(
		[{ phone: PHONE }],
		step(
			'Step',
			'sendVerification',
			{ carrierId: { __rl: true, mode: 'id', value: "={{ $('Nowhere').item.json.id }}" } },
			{ onError: 'continueRegularOutput' },
		),
	);
	expect(outcome.json('Step')).toMatchObject([{ error: { errors: [{}] } }]);
	expect(sandbox.calls()).toEqual([]);
});
