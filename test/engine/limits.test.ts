import { DECLINED_CARD } from '../../sandbox/api';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { going, step } from './support/engine';
import { REGISTRATION, VISA, useApi } from './support/fixtures';

// How long a run goes on asking an API that lets nothing through.
const sandbox = useApi();
const register = (options = {}) =>
	step(
		'Register',
		'register',
		{
			...REGISTRATION,
			nickname: '={{ $json.shop }}',
			cardNumber: '={{ $json.card }}',
			options,
		},
		going,
	);
const shop = (name: string, card = VISA) => ({ shop: name, card });
const shops = (count: number) => Array.from({ length: count }, (_item, index) => shop(`S${index}`));
const tooMany = (retryAfter: number, times = 1) =>
	sandbox.api.faults.add({ operation: 'register', kind: 'tooManyRequests', retryAfter, times });

test('the time that slow refusals take does not count as waiting at the limit', async () => {
	sandbox.api.faults.add({ operation: 'register', kind: 'delayBefore', ms: 1_200, times: 2 });
	tooMany(1);
	const outcome = await sandbox.runChain(
		[shop('D1', DECLINED_CARD), shop('D2', DECLINED_CARD), shop('Good')],
		register({ maxWait: 2, maxConcurrency: 1 }),
	);
	expect(outcome.json('Register')[2]).toMatchObject({ nickname: 'Good' });
});

test('the time that lost answers take does not count either', async () => {
	sandbox.api.faults.add({ operation: 'register', kind: 'delayAfter', ms: 60_000, times: 2 });
	tooMany(1);
	const outcome = await sandbox.runChain(
		[shop('L1'), shop('L2'), shop('Good')],
		register({ maxWait: 2, maxConcurrency: 1, timeout: 1.2 }),
	);
	expect(outcome.json('Register')[2]).toMatchObject({ nickname: 'Good' });
});

test('an API that asks for a longer wait than is allowed is asked no more meanwhile', async () => {
	tooMany(300, Infinity);
	const outcome = await sandbox.runChain(shops(100), register({ maxConcurrency: 4 }));
	expect(sandbox.calls().length).toBeLessThanOrEqual(4);
	for (const { error } of outcome.json('Register')) {
		expect(error).toMatchObject({ errors: [{ code: 'rate_limit_exceeded' }] });
	}
});

test('an API that cannot be reached is tried some times, and then the rest is told so', async () => {
	const closed = createServer().listen(0, '127.0.0.1');
	await once(closed, 'listening');
	const { port } = closed.address() as AddressInfo;
	closed.close();
	await once(closed, 'close');

	const credentials = {
		shipEngineApi: { apiKey: 'any', baseUrl: `http://127.0.0.1:${port}` },
	};
	const node = register({ maxConcurrency: 2 });
	const outcome = await sandbox.run(
		{
			nodes: [{ name: 'Trigger', type: 'test.items', parameters: { items: shops(200) } }, node],
			connections: { Trigger: { main: [[{ node: 'Register', type: 'main', index: 0 }]] } },
		},
		credentials,
	);
	const told = outcome.json('Register').map(({ error }) => (error as { message: string }).message);
	expect(told).toHaveLength(200);
	expect(told.filter((message) => message.endsWith('the API could not be reached'))).not.toEqual(
		[],
	);
	// Three tries an item, ten tries in all: the others were not tried.
	const untried = told.filter((message) => message.endsWith('so this item was not tried'));
	expect(untried.length).toBeGreaterThanOrEqual(194);
}, 60_000);
