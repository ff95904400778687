import { type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { SANDBOX_KEY } from '../../sandbox/api';
import { chain, items, runWorkflow, step } from './support/engine';
import { useApi } from './support/fixtures';

const sandbox = useApi();

const send = (options = {}, settings = {}) =>
	step('Send', 'sendVerification', { options }, settings);

const ANSWER = JSON.stringify({
	phone: '5121112222',
	verification_id: 'vfn_1',
	verification_method: 'sms',
	status: 'unverified',
});

/** An API that answers only when so many requests are under way, and notes how many there were. */
async function startBarrier(expected: number) {
	const waiting: ServerResponse[] = [];
	let most = 0;
	const server = createServer((request, response) => {
		request.resume();
		waiting.push(response);
		most = Math.max(most, waiting.length);
		// One more would come within the moment, if one more were allowed.
		if (waiting.length === expected) {
			void sleep(50).then(() => waiting.splice(0).forEach((each) => each.end(ANSWER)));
		}
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		most: () => most,
		close: () => server.close(),
	};
}

test.each([
	[{}, 5],
	[{ maxConcurrency: 1 }, 1],
	[{ maxConcurrency: 12 }, 12],
	[{ maxConcurrency: 0 }, 1],
	[{ maxConcurrency: 1000 }, 50],
	[{ maxConcurrency: '={{ "many" }}' }, 5],
])('with %j, %i items are worked on side by side', async (options, expected) => {
	const barrier = await startBarrier(expected);
	const data = Array(expected * 2).fill({ carrier_id: 'se-1', phone: '5121112222' });
	const outcome = await sandbox.run(
		{
			nodes: [items('Trigger', ...data), send(options)],
			connections: chain('Trigger', 'Send'),
		},
		{ shipEngineApi: { apiKey: SANDBOX_KEY, baseUrl: barrier.url } },
	);
	barrier.close();
	expect(outcome.json('Send')).toHaveLength(expected * 2);
	expect(barrier.most()).toBe(expected);
});

const shops = (count: number) =>
	Array.from({ length: count }, (_item, index) => ({
		carrier_id: sandbox.api.addCarrier({ nickname: `Shop ${index}` }).carrier_id,
		phone: String(5120000000 + index),
	}));

test('the output is in the order of the input, whichever answer comes first', async () => {
	const data = shops(6);
	sandbox.api.faults.add({ operation: 'send', kind: 'delayAfter', ms: 300 });
	sandbox.api.faults.add({ operation: 'send', kind: 'delayAfter', ms: 100 });
	const outcome = await sandbox.runChain(data, send());
	expect(outcome.json('Send')).toMatchObject(data);
});

test('an item that fails leaves the others alone', async () => {
	const data = shops(6);
	data[2]!.phone = '1';
	data[4]!.carrier_id = 'se-unknown';
	const outcome = await sandbox.runChain(data, send({}, { onError: 'continueErrorOutput' }));
	expect(outcome.json('Send')).toMatchObject(
		data.filter((_item, index) => ![2, 4].includes(index)),
	);
	expect(outcome.items('Send', 1)).toMatchObject([{ pairedItem: 2 }, { pairedItem: 4 }]);
});

describe('a 429', () => {
	test('pauses all items, not one', async () => {
		sandbox.api.reset({ rateLimit: { limit: 4, windowMs: 2000 } });
		const data = shops(12);
		const outcome = await sandbox.runChain(data, send({ maxConcurrency: 3 }));
		expect(outcome.json('Send')).toMatchObject(data);
		// Three windows; at each end all three that were under way may meet the limit once.
		expect(sandbox.calls().length).toBeLessThanOrEqual(12 + 3 * 3);
	}, 30_000);

	test.each([
		['the API', 'shipengine'],
		['the carrier', 'carrier'],
	] as const)('says whose limit it is: %s', async (who, errorSource) => {
		sandbox.api.faults.add({
			operation: 'send',
			kind: 'tooManyRequests',
			retryAfter: 10,
			errorSource,
			times: Infinity,
		});
		const outcome = await sandbox.runChain(
			shops(1),
			send({ maxWait: 5 }, { onError: 'continueRegularOutput' }),
		);
		expect(outcome.json('Send')).toMatchObject([
			{
				error: {
					message: expect.stringContaining(`${who}'s limit of requests`),
					errors: [{ code: 'rate_limit_exceeded' }],
				},
			},
		]);
		expect(sandbox.calls()).toHaveLength(1);
	});

	// A limit of 200 a minute and a Max Wait of 120 s, in sixtieths and tenths.
	test('does not end a run that makes progress, however long that takes', async () => {
		sandbox.api.reset({ rateLimit: { limit: 20, windowMs: 1_000 } });
		const outcome = await sandbox.runChain(shops(100), send({ maxWait: 2 }));
		expect(outcome.error).toBeUndefined();
		expect(outcome.json('Send')).toHaveLength(100);
	}, 20_000);

	test('for ever ends the run when it has been without success for Max Wait', async () => {
		sandbox.api.faults.add({
			operation: 'send',
			kind: 'tooManyRequests',
			retryAfter: 1,
			times: Infinity,
		});
		const outcome = await sandbox.runChain(
			shops(3),
			send({ maxWait: 2 }, { onError: 'continueRegularOutput' }),
		);
		expect(outcome.json('Send')).toMatchObject(
			Array(3).fill({ error: { http_status: 429, errors: [{ code: 'rate_limit_exceeded' }] } }),
		);
	}, 20_000);
});

test('a cancelled execution starts no further request, and leaves its waits at once', async () => {
	sandbox.api.faults.add({
		operation: 'send',
		kind: 'tooManyRequests',
		// Longer than a test may take, so that a wait which is not left fails this one.
		retryAfter: 8,
		times: Infinity,
	});
	const refused = (async () => {
		while (sandbox.api.requests.length === 0) await sleep(5);
		await sleep(50);
	})();
	const nodes = [items('Trigger', ...shops(20)), send({ maxConcurrency: 2 })];
	const { run } = await runWorkflow(
		{ nodes, connections: chain('Trigger', 'Send') },
		sandbox.credentials(),
		refused,
	);
	expect(run.status).toBe('canceled');
	const seen = sandbox.api.requests.length;
	expect(seen).toBeLessThanOrEqual(2);
	await sleep(100);
	expect(sandbox.api.requests).toHaveLength(seen);
});
