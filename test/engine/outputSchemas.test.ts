import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { resources } from '../../nodes/ShipEngine/resources';
import { step } from './support/engine';
import { ACCOUNT, CARD, useApi } from './support/fixtures';

// From its schema the editor lists a step's fields before it has run: they have to be what it puts out.

interface Schema {
	properties: Record<string, { type: string }>;
	required: string[];
}

const FOLDER = path.join(__dirname, '../../nodes/ShipEngine/__schema__/v1.0.0');

const fileOf = (resource: string, operation: string) =>
	path.join(FOLDER, resource, `${operation}.json`);

const schemaOf = (resource: string, operation: string) =>
	JSON.parse(readFileSync(fileOf(resource, operation), 'utf8')) as Schema;

const sandbox = useApi();

/** Holds all outputs that an operation can give against its schema: no field too many, none too few. */
function expectSchema(resource: string, operation: string, outputs: IDataObject[]): void {
	const { properties, required } = schemaOf(resource, operation);
	for (const output of outputs) {
		const types = Object.entries(output).map(([key, value]) => [
			key,
			{ type: Array.isArray(value) ? 'array' : typeof value },
		]);
		expect(properties).toMatchObject(Object.fromEntries(types));
	}
	const ofAny = new Set(outputs.flatMap((output) => Object.keys(output)));
	const ofEach = [...ofAny].filter((key) => outputs.every((output) => key in output));
	expect(Object.keys(properties).sort()).toEqual([...ofAny].sort());
	expect([...required].sort()).toEqual(ofEach.sort());
}

/** The first output of a step, which has to work. */
async function outputOf(operation: string, item: IDataObject, parameters: IDataObject = {}) {
	const { json, error } = await sandbox.runChain([item], step('Step', operation, parameters));
	expect(error).toBeUndefined();
	return json('Step')[0]!;
}

const ofPartner = async (operation: string, item: IDataObject, parameters: IDataObject = {}) =>
	await outputOf(operation, item, { resource: 'subAccount', ...parameters });

const ofCarrier = async (operation: string, item: IDataObject, parameters: IDataObject = {}) =>
	await outputOf(operation, item, { resource: 'carrier', ...parameters });

const THEIRS = { options: { onBehalfOf: 'se-5' } };

const register = async (parameters: IDataObject = {}) =>
	await outputOf(
		'register',
		{ ...ACCOUNT, ...CARD },
		{ dataMode: 'autoMapInputData', cardSource: 'parameters', ...parameters },
	);

test('each operation has one, and nothing else has', () => {
	const operations = resources.flatMap(({ value, operations: all }) =>
		all.map((operation) => fileOf(value, operation.value)),
	);
	expect(operations.filter((file) => !existsSync(file))).toEqual([]);
	const files = readdirSync(FOLDER, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map(({ parentPath, name }) => path.join(parentPath, name));
	expect(files.sort()).toEqual(operations.sort());
});

test('Register: an account that was made, one that there is, one whose answer was lost, one of a sub-account', async () => {
	const made = await register();
	const existing = await register({ ifNicknameExists: 'returnExisting' });
	sandbox.api.reset();
	sandbox.api.faults.add({ operation: 'register', kind: 'dropAfter' });
	const recovered = await register();
	const ofSubAccount = await register({ options: { onBehalfOf: 'se-5' } });

	expectSchema('stampsAccount', 'register', [made, existing, recovered, ofSubAccount]);
});

test('Send and Confirm', async () => {
	const { carrier_id } = sandbox.api.addCarrier({ nickname: 'My shop' });
	const sent = await outputOf('sendVerification', { carrier_id, phone: '5121112222' });
	const verification_code = sandbox.api.codeFor('5121112222');
	const confirmed = await outputOf('confirmVerification', { ...sent, verification_code });
	const theirs = sandbox.api.addCarrier({ nickname: 'Theirs', onBehalfOf: 'se-5' });
	const item = { carrier_id: theirs.carrier_id, phone: '5121113333' };
	const sentTheirs = await outputOf('sendVerification', item, THEIRS);
	const confirmedTheirs = await outputOf(
		'confirmVerification',
		{ ...sentTheirs, verification_code: sandbox.api.codeFor('5121113333') },
		THEIRS,
	);
	expectSchema('stampsAccount', 'sendVerification', [sent, sentTheirs]);
	expectSchema('stampsAccount', 'confirmVerification', [confirmed, confirmedTheirs]);
});

test('sub-accounts', async () => {
	const returnExisting = { ifExternalAccountIdExists: 'returnExisting' };
	const made = await ofPartner('create', { external_account_id: 'own' });
	const existing = await ofPartner('create', { external_account_id: 'own' }, returnExisting);
	sandbox.api.faults.add({ operation: 'createSubAccount', kind: 'dropAfter' });
	const recovered = await ofPartner('create', { external_account_id: 'other' });
	expectSchema('subAccount', 'create', [made, existing, recovered]);

	const full = sandbox.api.addSubAccount({
		external_account_id: 'full',
		company_name: 'Example, Inc.',
		email: 'shop@example.com',
		first_name: 'Nathan',
		last_name: 'Smith',
	});
	const bare = sandbox.api.addSubAccount();
	for (const operation of ['get', 'getAll']) {
		const outputs = await Promise.all(
			[full, bare].map(async ({ account_id }) => await ofPartner('get', { account_id })),
		);
		expectSchema('subAccount', operation, outputs);
	}
	expect(await ofPartner('getAll', {})).toEqual(await ofPartner('get', made));
	for (const operation of ['disable', 'enable']) {
		expectSchema('subAccount', operation, [await ofPartner(operation, made)]);
	}
});

test('carriers', async () => {
	const connection_status = { connection_status: 'approved' };
	const { carrier_id } = sandbox.api.addCarrier({ nickname: 'Own', ...connection_status });
	const own = { carrier_id };
	const theirs = sandbox.api.addCarrier({ nickname: 'Theirs', onBehalfOf: 'se-5' });
	const item = { carrier_id: theirs.carrier_id };
	for (const operation of ['get', 'getAll', 'check', 'updateLogin']) {
		const outputs = [await ofCarrier(operation, own), await ofCarrier(operation, item, THEIRS)];
		expectSchema('carrier', operation, outputs);
	}

	const funds = { amount: 10, maximumAmount: 10, confirmLiveCharge: true };
	const added = await ofCarrier('addFunds', own, funds);
	sandbox.api.faults.add({ operation: 'addFunds', kind: 'dropAfter' });
	const recovered = await ofCarrier('addFunds', item, { ...funds, ...THEIRS });
	expectSchema('carrier', 'addFunds', [added, recovered]);

	const outputs = [await ofCarrier('disconnect', own), await ofCarrier('disconnect', item, THEIRS)];
	expectSchema('carrier', 'disconnect', outputs);
});

test('connections', async () => {
	const returnExisting = { ifNicknameExists: 'returnExisting' };
	const made = await ofCarrier('connectExisting', { nickname: 'One' });
	const existing = await ofCarrier('connectExisting', { nickname: 'One' }, returnExisting);
	sandbox.api.faults.add({ operation: 'connect', kind: 'dropAfter' });
	const recovered = await ofCarrier('connectExisting', { nickname: 'Two' }, THEIRS);
	expectSchema('carrier', 'connectExisting', [made, existing, recovered]);
});
