import './support/wholeRuns/clock';
import { chain, going, items, retryWorkflow, runWorkflow, subAccountStep } from './support/engine';
import { useApi } from './support/fixtures';

const sandbox = useApi('partner');

const ACCOUNTS = '/v1/partners/accounts';
const OWN = 'merchant-0001';
const LOOK = `GET ${ACCOUNTS}/external_account_id/${OWN}`;
const again = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };

const create = (parameters = {}, settings = {}) =>
	subAccountStep('Create', 'create', parameters, settings);

const returnExisting = { ifExternalAccountIdExists: 'returnExisting' };

/** What later steps, and people, get of the one sub-account that there is. */
const made = (more = {}) => ({
	account_id: sandbox.api.state.subAccounts[0]?.account_id,
	external_account_id: OWN,
	on_behalf_of: String(sandbox.api.state.subAccounts[0]?.account_id),
	active: true,
	created_at: sandbox.api.state.subAccounts[0]?.created_at,
	...more,
});

/** The keys of all sub-accounts: they may be nowhere. */
const keys = () => sandbox.api.state.subAccounts.map(({ key }) => key);

describe('Create', () => {
	test('looks for the ID, sends what is documented, and puts out no key', async () => {
		const outcome = await sandbox.runChain(
			[{ external_account_id: OWN, company: 'Example, Inc.' }],
			create({
				additionalFields: {
					companyName: '={{ $json.company }}',
					email: 'shop@example.com',
					firstName: ' Nathan ',
					lastName: '',
				},
			}),
		);
		expect(sandbox.calls()).toEqual([LOOK, `POST ${ACCOUNTS}`]);
		expect(sandbox.bodies()[1]).toEqual({
			external_account_id: OWN,
			company_name: 'Example, Inc.',
			email: 'shop@example.com',
			first_name: 'Nathan',
			origin_country_code: 'US',
		});
		expect(outcome.items('Create')).toEqual([{ json: made(), pairedItem: { item: 0 } }]);
		expect(JSON.stringify(outcome.run)).not.toContain(keys()[0]);
	});

	test('of an ID that exists: fails with the sub-account, and sends nothing', async () => {
		const { account_id } = sandbox.api.addSubAccount({ external_account_id: OWN });
		const outcome = await sandbox.runChain([{ external_account_id: OWN }], create({}, going));
		expect(sandbox.calls()).toEqual([LOOK]);
		expect(outcome.json('Create')).toMatchObject([
			{
				error: {
					message: `The sub-account was not created: one with the external account ID '${OWN}' exists`,
					description: expect.stringContaining(`The sub-account that exists is ${account_id}.`),
					errors: [{ code: 'identifier_conflict', field: 'external_account_id' }],
				},
			},
		]);
	});

	test('does not take what the API finds under another ID', async () => {
		const { account_id } = sandbox.api.addSubAccount({ external_account_id: OWN });
		sandbox.api.faults.add({
			operation: 'findSubAccount',
			kind: 'replaceFields',
			fields: { external_account_id: 'merchant-00011' },
			times: 2,
		});
		const outcome = await sandbox.runChain(
			[{ external_account_id: OWN }],
			create(returnExisting, going),
		);
		expect(JSON.stringify(outcome.json('Create'))).not.toContain(String(account_id));
		expect(outcome.json('Create')).toMatchObject([
			{ error: { errors: [{ code: 'identifier_conflict' }] } },
		]);
	});

	test('of an ID that exists: gives it with Return Existing', async () => {
		sandbox.api.addSubAccount({ external_account_id: OWN });
		const outcome = await sandbox.runChain([{ external_account_id: OWN }], create(returnExisting));
		expect(sandbox.calls()).toEqual([LOOK]);
		expect(outcome.json('Create')).toEqual([made({ existing: true })]);
	});

	test.each([
		'dropAfter',
		'serverErrorAfter',
		'truncatedJson',
		'emptyBody',
		'errorsBeside',
	] as const)('finds what became of a lost answer (%s), without the key', async (kind) => {
		sandbox.api.faults.add({ operation: 'createSubAccount', kind });
		const outcome = await sandbox.runChain([{ external_account_id: OWN }], create());
		expect(sandbox.calls()).toEqual([LOOK, `POST ${ACCOUNTS}`, LOOK]);
		expect(outcome.json('Create')).toEqual([made({ recovered: true })]);
		expect(JSON.stringify(outcome.run)).not.toContain(keys()[0]);
	});

	test('that never arrived, and may have, is told as unknown, without a key', async () => {
		sandbox.api.faults.add({ operation: 'createSubAccount', kind: 'dropBefore' });
		const outcome = await sandbox.runChain([{ external_account_id: OWN }], create({}, going));
		expect(sandbox.calls()).toEqual([LOOK, `POST ${ACCOUNTS}`, LOOK, LOOK]);
		expect(outcome.json('Create')).toMatchObject([
			{
				error: {
					message: expect.stringMatching(/^The sub-account may or may not have been created: /),
					errors: [{ code: 'outcome_unknown' }],
				},
			},
		]);
	});

	test('whose answer and looks are lost: its key is in no message', async () => {
		sandbox.api.faults.add({ operation: 'createSubAccount', kind: 'errorsBeside' });
		sandbox.api.faults.add({ operation: 'findSubAccount', kind: 'delayBefore', ms: 0 });
		sandbox.api.faults.add({ operation: 'findSubAccount', kind: 'echoSecrets', times: 2 });
		const outcome = await sandbox.runChain([{ external_account_id: OWN }], create({}, going));
		expect(outcome.json('Create')).toMatchObject([
			{
				error: {
					errors: [
						{ code: 'outcome_unknown' },
						{ message: expect.stringContaining('Key: [hidden]') },
					],
				},
			},
		]);
		expect(JSON.stringify(outcome.run)).not.toContain(keys()[0]);
	});

	test("n8n's Retry On Fail finds what the first try made", async () => {
		sandbox.api.faults.add({ operation: 'createSubAccount', kind: 'dropAfter' });
		sandbox.api.faults.add({ operation: 'findSubAccount', kind: 'delayBefore', ms: 0 });
		sandbox.api.faults.add({ operation: 'findSubAccount', kind: 'serverErrorBefore', times: 6 });
		const outcome = await sandbox.runChain([{ external_account_id: OWN }], create({}, again));
		expect(sandbox.api.state.subAccounts).toHaveLength(1);
		expect(outcome.json('Create')).toEqual([made({ recovered: true })]);
	}, 60_000);

	test("n8n's Retry On Fail leaves alone what was made for another item", async () => {
		sandbox.api.faults.add({ operation: 'createSubAccount', kind: 'delayBefore', ms: 0 });
		sandbox.api.faults.add({ operation: 'createSubAccount', kind: 'errorsOnly' });
		const outcome = await sandbox.runChain(
			[{ external_account_id: 'a' }, { external_account_id: 'b' }],
			create({ options: { maxConcurrency: 1 } }, again),
		);
		expect(outcome.json('Create').map((item) => [item.external_account_id, item.existing])).toEqual(
			[
				['a', undefined],
				['b', undefined],
			],
		);
		expect(sandbox.api.state.subAccounts).toHaveLength(2);
	});

	test('of one ID by two items at once: one sub-account, which both name with Return Existing', async () => {
		const items = [{ external_account_id: OWN }, { external_account_id: OWN }];
		const outcome = await sandbox.runChain(items, create(returnExisting));
		expect(sandbox.api.state.subAccounts).toHaveLength(1);
		const [one, other] = outcome.json('Create');
		expect([one, other]).toEqual(
			expect.arrayContaining([made(), made({ existing: true })].slice(0, 2)),
		);
	});

	test('what the API refuses is told in its words', async () => {
		sandbox.api.addSubAccount({ email: 'shop@example.com' });
		const outcome = await sandbox.runChain(
			[{ external_account_id: OWN }],
			create({ additionalFields: { email: 'shop@example.com' } }, going),
		);
		expect(outcome.json('Create')).toMatchObject([
			{ error: { errors: [{ code: 'identifier_conflict', field: 'email' }], http_status: 400 } },
		]);
	});

	test.each([
		['no ID', {}, {}, 'external_account_id'],
		['a slash in the ID', { external_account_id: 'a/b' }, {}, 'external_account_id'],
		['an ID that means another path', { external_account_id: '..' }, {}, 'external_account_id'],
		['an ID that is too long', { external_account_id: 'x'.repeat(129) }, {}, 'external_account_id'],
		[
			'no such choice',
			{ external_account_id: OWN },
			{ ifExternalAccountIdExists: '={{ "another" }}' },
			'if_external_account_id_exists',
		],
		[
			'a name that is too long',
			{ external_account_id: OWN },
			{ additionalFields: { firstName: 'x'.repeat(25) } },
			'first_name',
		],
		[
			'no e-mail address',
			{ external_account_id: OWN },
			{ additionalFields: { email: 'shop' } },
			'email',
		],
	])('with %s: nothing is sent', async (_name, item, parameters, field) => {
		const outcome = await sandbox.runChain([item], create(parameters, going));
		expect(outcome.json('Create')).toMatchObject([{ error: { errors: [{ field }] } }]);
		expect(sandbox.calls()).toEqual([]);
	});

	test('by a key that is no partner: says whom to ask', async () => {
		sandbox.api.reset({ isPartner: false });
		const outcome = await sandbox.runChain([{ external_account_id: OWN }], create({}, going));
		expect(outcome.json('Create')).toMatchObject([
			{ error: { http_status: 403, description: expect.stringContaining('Ask ShipStation') } },
		]);
		expect(sandbox.calls()).toEqual([LOOK]);
	});
});

describe('Get', () => {
	test.each([
		['by its ID', (id: number) => ({ mode: 'id', value: id })],
		['by its ID as the header has it', (id: number) => ({ mode: 'id', value: `se-${id}` })],
		['from the list', (id: number) => ({ mode: 'list', value: String(id) })],
		["by an ID of one's own", () => ({ mode: 'externalId', value: 'a b#1' })],
	])('%s', async (_how, locator) => {
		const { account_id, created_at } = sandbox.api.addSubAccount({
			external_account_id: 'a b#1',
			company_name: 'Example, Inc.',
		});
		const outcome = await sandbox.runChain(
			[{}],
			subAccountStep('Get', 'get', { accountId: { __rl: true, ...locator(account_id) } }),
		);
		expect(outcome.json('Get')).toEqual([
			{
				account_id,
				external_account_id: 'a b#1',
				on_behalf_of: String(account_id),
				active: true,
				created_at,
				modified_at: created_at,
				company_name: 'Example, Inc.',
				origin_country_code: 'US',
			},
		]);
		expect(sandbox.api.requests[0]?.headers).not.toHaveProperty('on-behalf-of');
	});

	test('of one that is not there: says what to check', async () => {
		const outcome = await sandbox.runChain(
			[{ on_behalf_of: '7' }],
			subAccountStep('Get', 'get', {}, going),
		);
		expect(outcome.json('Get')).toMatchObject([
			{ error: { http_status: 404, description: expect.stringContaining("the sub-account's ID") } },
		]);
	});
});

describe('Get Many', () => {
	const getMany = (parameters = {}) => subAccountStep('Get Many', 'getAll', parameters);

	test.each([
		['fifty, unless said', {}, 50, ['page=1&page_size=50']],
		['as many as said', { limit: 7 }, 7, ['page=1&page_size=7']],
		[
			'all, page by page',
			{ returnAll: true },
			1_001,
			[1, 2, 3, 4].map((page) => `page=${page}&page_size=500`),
		],
	])('%s', async (_name, parameters, count, pages) => {
		const all = Array.from({ length: 1_001 }, (_each, index) =>
			sandbox.api.addSubAccount({ external_account_id: `m-${index}` }),
		);
		const outcome = await sandbox.runChain([{}], getMany(parameters));
		expect(outcome.json('Get Many').map(({ account_id }) => account_id)).toEqual(
			all.slice(0, count).map(({ account_id }) => account_id),
		);
		expect(outcome.items('Get Many').every(({ pairedItem }) => pairedItem !== undefined)).toBe(
			true,
		);
		expect(sandbox.calls()).toEqual(pages.map((query) => `GET ${ACCOUNTS}?${query}`));
	});

	test('ends with an API that gives the same page again and again', async () => {
		const accounts = [{ account_id: 1 }, null, 'x', { account_id: '../2' }];
		sandbox.api.faults.add({
			operation: 'subAccounts',
			kind: 'replaceFields',
			fields: { accounts },
			times: 9,
		});
		const outcome = await sandbox.runChain([{}], getMany({ returnAll: true }));
		expect(outcome.json('Get Many')).toEqual([{ account_id: 1, on_behalf_of: '1' }]);
		expect(sandbox.api.requests).toHaveLength(2);
	});

	test.each([0, -1, 1.5, '={{ "many" }}'])('a limit of %s is none', async (limit) => {
		const outcome = await sandbox.runChain(
			[{}],
			subAccountStep('Get Many', 'getAll', { limit }, going),
		);
		expect(outcome.json('Get Many')).toMatchObject([{ error: { errors: [{ field: 'limit' }] } }]);
		expect(sandbox.calls()).toEqual([]);
	});
});

describe.each([
	['Enable', 'enable', false],
	['Disable', 'disable', true],
] as const)('%s', (name, operation, before) => {
	const fault = `${operation}SubAccount` as const;
	let account_id: number;
	beforeEach(() => {
		const subAccount = sandbox.api.addSubAccount({ external_account_id: OWN });
		subAccount.active = before;
		({ account_id } = subAccount);
	});

	const isActive = () => sandbox.api.state.subAccounts[0]?.active;

	test('by its ID', async () => {
		const outcome = await sandbox.runChain(
			[{ on_behalf_of: account_id }],
			subAccountStep(name, operation),
		);
		expect(sandbox.calls()).toEqual([`PUT ${ACCOUNTS}/${account_id}/${operation}`]);
		expect(sandbox.api.requests[0]?.rawBody).toBe('');
		expect(outcome.json(name)).toEqual([
			{ account_id, active: !before, on_behalf_of: String(account_id) },
		]);
		expect(isActive()).toBe(!before);
	});

	test("by an ID of one's own", async () => {
		const accountId = { __rl: true, mode: 'externalId', value: OWN };
		const outcome = await sandbox.runChain([{}], subAccountStep(name, operation, { accountId }));
		expect(sandbox.calls()).toEqual([LOOK, `PUT ${ACCOUNTS}/${account_id}/${operation}`]);
		expect(outcome.json(name)).toEqual([
			{ account_id, active: !before, on_behalf_of: String(account_id) },
		]);
	});

	test.each(['dropAfter', 'badGatewayAfter', 'emptyBody', 'errorsBeside'] as const)(
		'looks what became of a lost answer (%s)',
		async (kind) => {
			sandbox.api.faults.add({ operation: fault, kind });
			const outcome = await sandbox.runChain(
				[{ on_behalf_of: account_id }],
				subAccountStep(name, operation),
			);
			expect(outcome.json(name)).toEqual([
				{ account_id, active: !before, on_behalf_of: String(account_id) },
			]);
		},
	);

	test('that did not come about is told as unknown', async () => {
		sandbox.api.faults.add({ operation: fault, kind: 'dropBefore' });
		const outcome = await sandbox.runChain(
			[{ on_behalf_of: account_id }],
			subAccountStep(name, operation, {}, going),
		);
		expect(outcome.json(name)).toMatchObject([
			{ error: { errors: [{ code: 'outcome_unknown' }] } },
		]);
		expect(isActive()).toBe(before);
	});

	test('sets the state anew when a run is retried, whatever was set before', async () => {
		const other = sandbox.api.addSubAccount({ external_account_id: 'other' });
		sandbox.api.faults.add({ operation: fault, kind: 'delayBefore', ms: 0 });
		sandbox.api.faults.add({ operation: fault, kind: 'refusal', message: 'Not now.' });
		const list = items('Trigger', { on_behalf_of: account_id }, { on_behalf_of: other.account_id });
		const step = subAccountStep(name, operation, { options: { maxConcurrency: 1 } });
		const workflow = { nodes: [list, step], connections: chain('Trigger', name) };
		const { run } = await runWorkflow(workflow, sandbox.credentials());
		const subAccount = sandbox.api.state.subAccounts[0]!;
		expect(subAccount.active).toBe(!before);

		// Somebody has set it back meanwhile.
		subAccount.active = before;
		await retryWorkflow(run, workflow, sandbox.credentials());
		expect(subAccount.active).toBe(!before);
	});

	test('says what the API says where an earlier answer was lost', async () => {
		sandbox.api.faults.add({ operation: fault, kind: 'dropBefore' });
		sandbox.api.faults.add({ operation: fault, kind: 'refusal', message: 'Not for this one.' });
		const outcome = await sandbox.runChain(
			[{ on_behalf_of: account_id }],
			subAccountStep(name, operation, {}, { ...going, ...again }),
		);
		expect(outcome.json(name)).toMatchObject([
			{ error: { message: expect.stringMatching(/: Not for this one\.$/) } },
		]);
	});
});
