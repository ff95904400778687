import './support/wholeRuns/clock';
import { WRONG_PASSWORD } from '../../sandbox/api';
import { carrierStep, chain, going, items, runWorkflow } from './support/engine';
import { LOGIN, useApi } from './support/fixtures';

const sandbox = useApi();
const PATH = '/v1/connections/carriers/stamps_com';
const again = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

/** The only places where a password may be: the requests. */
const expectNoPassword = (run: unknown) =>
	expect(JSON.stringify(run)).not.toContain(LOGIN.password);

describe('Connect Existing', () => {
	const connect = (parameters = {}, settings = {}) =>
		carrierStep('Connect', 'connectExisting', parameters, settings);
	const calls = ['GET /v1/carriers', `POST ${PATH}`];

	test('looks for the nickname, and sends the login of the credential', async () => {
		const outcome = await sandbox.runChain([{ nickname: ' Shop ' }], connect());
		expect(sandbox.calls()).toEqual(calls);
		expect(sandbox.bodies()[1]).toEqual({ nickname: 'Shop', ...LOGIN });
		const [carrier] = sandbox.api.state.carriers();
		expect(outcome.items('Connect')).toEqual([
			{ json: { carrier_id: carrier!.carrier_id, nickname: 'Shop' }, pairedItem: { item: 0 } },
		]);
		expectNoPassword(outcome.run);
	});

	test('of a nickname that is there: fails, or gives it', async () => {
		const { carrier_id } = sandbox.api.addCarrier({ nickname: 'shop' });
		const item = { nickname: 'Shop' };
		const failed = await sandbox.runChain([item], connect({}, going));
		expect(failed.json('Connect')).toMatchObject([
			{
				error: {
					message:
						"The Stamps account was not connected: an account with the nickname 'Shop' exists",
					description: expect.stringMatching(/^Nothing was sent\..*Return Existing/),
					carrier_id,
				},
			},
		]);
		const given = await sandbox.runChain([item], connect({ ifNicknameExists: 'returnExisting' }));
		expect(given.json('Connect')).toEqual([{ carrier_id, nickname: 'Shop', existing: true }]);
		expect(sandbox.calls()).toEqual(['GET /v1/carriers', 'GET /v1/carriers']);
	});

	test.each(['dropAfter', 'badGatewayAfter', 'cutShort', 'errorsBeside'] as const)(
		'finds what became of a lost answer (%s)',
		async (kind) => {
			sandbox.api.faults.add({ operation: 'connect', kind });
			const outcome = await sandbox.runChain([{ nickname: 'Shop' }], connect());
			const [carrier] = sandbox.api.state.carriers();
			expect(outcome.json('Connect')).toEqual([
				{ carrier_id: carrier!.carrier_id, nickname: 'Shop', recovered: true },
			]);
			expect(sandbox.api.state.logins).toHaveLength(1);
			expectNoPassword(outcome.run);
		},
	);

	test("is not sent again by n8n's Retry On Fail while its outcome is open", async () => {
		sandbox.api.faults.add({ operation: 'connect', kind: 'dropBefore' });
		const outcome = await sandbox.runChain([{ nickname: 'Shop' }], connect({}, again));
		expect(outcome.error?.message).toMatch(
			/^The Stamps account may or may not have been connected/,
		);
		expect(sandbox.calls().filter((call) => call.startsWith('POST'))).toHaveLength(1);
	}, 60_000);

	test('of one nickname by two items at once connects once', async () => {
		const items = [{ nickname: 'Shop' }, { nickname: 'Shop' }];
		const outcome = await sandbox.runChain(items, connect({ ifNicknameExists: 'returnExisting' }));
		expect(sandbox.api.state.logins).toHaveLength(1);
		expect(new Set(outcome.json('Connect').map(({ carrier_id }) => carrier_id)).size).toBe(1);
	});

	test('a login that is refused is told, without the password', async () => {
		const login = { username: 'shop', password: WRONG_PASSWORD, baseUrl: sandbox.api.url };
		const outcome = await sandbox.run(
			{
				nodes: [
					{ name: 'Trigger', type: 'test.items', parameters: { items: [{ nickname: 'Shop' }] } },
					connect({}, going),
				],
				connections: { Trigger: { main: [[{ node: 'Connect', type: 'main', index: 0 }]] } },
			},
			{ shipEngineStampsLoginApi: login },
		);
		expect(outcome.json('Connect')).toMatchObject(
			[
				{ error: { message: /./, errors: [{ message: 'Stamps.com does not take this login.' }] } },
			].map(({ error }) => ({ error: { ...error, message: expect.any(String) } })),
		);
		expect(JSON.stringify(outcome.run)).not.toContain(WRONG_PASSWORD);
	});

	test.each(['', ' ', '-'])(
		'an API that repeats the password (%j) is not repeated',
		async (separator) => {
			sandbox.api.faults.add({ operation: 'connect', kind: 'echoSecrets', separator });
			const outcome = await sandbox.runChain([{ nickname: 'Shop' }], connect({}, going));
			const letters = (text: string) => text.replace(/[^a-z]/g, '');
			expect(letters(JSON.stringify(outcome.run))).not.toContain(letters(LOGIN.password));
		},
	);

	test.each([
		['no nickname', {}, {}, 'nickname'],
		[
			'another nickname policy',
			{ nickname: 'x' },
			{ ifNicknameExists: 'registerAnother' },
			'if_nickname_exists',
		],
	])('with %s: nothing is sent', async (_name, item, parameters, field) => {
		const outcome = await sandbox.runChain([item], connect(parameters, going));
		expect(outcome.json('Connect')).toMatchObject([{ error: { errors: [{ field }] } }]);
		expect(sandbox.calls()).toEqual([]);
	});
});

describe('Update Login', () => {
	const update = (settings = {}) => carrierStep('Update', 'updateLogin', {}, settings);
	let carrier_id: string;
	beforeEach(() => {
		({ carrier_id } = sandbox.api.addCarrier({ nickname: 'Shop' }));
	});

	test('sends the login of the credential with the nickname that the carrier has', async () => {
		const outcome = await sandbox.runChain([{ carrier_id }], update());
		expect(sandbox.calls()).toEqual([
			`GET /v1/carriers/${carrier_id}`,
			`PUT ${PATH}/${carrier_id}`,
		]);
		expect(sandbox.bodies()[1]).toEqual({ nickname: 'Shop', ...LOGIN });
		expect(outcome.json('Update')).toEqual([{ carrier_id }]);
		expectNoPassword(outcome.run);
	});

	test('a lost answer is told as unknown', async () => {
		sandbox.api.faults.add({ operation: 'updateLogin', kind: 'dropAfter' });
		const outcome = await sandbox.runChain([{ carrier_id }], update());
		expect(outcome.error?.message).toMatch(/^The login may or may not have been updated: /);
		expect(sandbox.api.state.logins).toHaveLength(1);
		expectNoPassword(outcome.run);
	});

	test('a lost answer, with Retry On Fail: the same login is set again, which does no harm', async () => {
		sandbox.api.faults.add({ operation: 'updateLogin', kind: 'dropAfter' });
		const outcome = await sandbox.runChain([{ carrier_id }], update(again));
		expect(outcome.json('Update')).toEqual([{ carrier_id }]);
		expect(sandbox.api.state.logins).toMatchObject([{ carrierId: carrier_id, ...LOGIN }, LOGIN]);
		expectNoPassword(outcome.run);
	});

	test('a carrier gets one login and then another, in one execution', async () => {
		const first = { username: 'first', password: 'not the first password' };
		const logins = [first, LOGIN, first]
			.map((login) => ({ ...login, baseUrl: sandbox.api.url }))
			.values();
		const credentials = {
			...sandbox.credentials(),
			get shipEngineStampsLoginApi() {
				return logins.next().value!;
			},
		};
		const nodes = [
			...[items('Trigger', { carrier_id }), update(), { ...update(), name: 'Other' }],
			{ ...update(), name: 'First again' },
		];
		const names = nodes.map(({ name }) => name);
		const outcome = await runWorkflow({ nodes, connections: chain(...names) }, credentials);
		expect(outcome.error).toBeUndefined();
		expect(sandbox.api.state.logins.map(({ username }) => username)).toEqual([
			...['first', LOGIN.username, 'first'],
		]);
	});

	test('of a carrier that is not there: nothing is written', async () => {
		const outcome = await sandbox.runChain([{ carrier_id: 'se-7' }], update(going));
		expect(outcome.json('Update')).toMatchObject([
			{ error: { errors: [{ code: 'carrier_not_connected' }] } },
		]);
		expect(sandbox.calls()).toEqual(['GET /v1/carriers/se-7']);
	});
});
