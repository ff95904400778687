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
		const types = Object.entries(output).map(([key, value]) => [key, { type: typeof value }]);
		expect(properties).toMatchObject(Object.fromEntries(types));
	}
	const ofAny = new Set(outputs.flatMap((output) => Object.keys(output)));
	const ofEach = [...ofAny].filter((key) => outputs.every((output) => key in output));
	expect(Object.keys(properties).sort()).toEqual([...ofAny].sort());
	expect([...required].sort()).toEqual(ofEach.sort());
}

/** The output of a step, which has to work. */
async function outputOf(operation: string, item: IDataObject, parameters: IDataObject = {}) {
	const { json, error } = await sandbox.runChain([item], step('Step', operation, parameters));
	expect(error).toBeUndefined();
	return json('Step')[0]!;
}

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
	expectSchema('stampsAccount', 'sendVerification', [sent]);
	expectSchema('stampsAccount', 'confirmVerification', [confirmed]);
});
