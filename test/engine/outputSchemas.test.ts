import type { IDataObject } from 'n8n-workflow';
import { resources } from '../../nodes/ShipEngine/resources';
import { schemaOf } from '../../nodes/ShipEngine/step/outputSchema';
import { step } from './support/engine';
import { ACCOUNT, CARD, useApi } from './support/fixtures';
import { addFunds, openChargeOf, said } from './support/openCharges';

// From its schema the editor lists a step's fields before it has run: they have to be what it puts out.

const outputDeclared = (resource: string, operation: string) =>
	resources
		.find(({ value }) => value === resource)!
		.operations.find(({ value }) => value === operation)!.output;

/** The operations whose outputs were held against what they declare. */
const held = new Set<string>();

const sandbox = useApi();

/** Holds all outputs that an operation can give against its schema: no field too many, none too few. */
function expectSchema(resource: string, operation: string, outputs: IDataObject[]): void {
	const { properties = {}, required = [] } = schemaOf(outputDeclared(resource, operation));
	held.add(`${resource}:${operation}`);
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
	if (parameters.resource === 'subAccount' || parameters.options) sandbox.asPartner();
	else sandbox.asOwn();
	const { json, error } = await sandbox.runChain([item], step('Step', operation, parameters));
	expect(error).toBeUndefined();
	const [output] = json('Step');
	if (!output) throw new Error(`${operation} gave no item`);
	return output;
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
			[full, bare].map(
				async ({ account_id }) => await ofPartner('get', { on_behalf_of: String(account_id) }),
			),
		);
		expectSchema('subAccount', operation, outputs);
	}
	expect(await ofPartner('getAll', {})).toEqual(await ofPartner('get', made));
	for (const operation of ['disable', 'enable']) {
		expectSchema('subAccount', operation, [await ofPartner(operation, made)]);
	}
});

/** What Add Funds gives for a charge whose answer was lost, once a person has said that it was made. */
async function chargedAfterAll(item: IDataObject, funds: IDataObject) {
	sandbox.asOwn();
	sandbox.api.faults.add({ operation: 'addFunds', kind: 'dropAfter' });
	const lost = await sandbox.runChain([item], addFunds(funds));
	const options = said([openChargeOf(lost), 'charged']);
	const outcome = await sandbox.retryChain(lost, addFunds({ ...funds, options }));
	return outcome.json('Add')[0]!;
}

test('carriers', async () => {
	// Of a paid account; one whose status is not told is the other kind.
	const funding_source_id = 'se-900';
	const { carrier_id } = sandbox.api.addCarrier({ nickname: 'Own', funding_source_id });
	const own = { carrier_id };
	const theirs = sandbox.api.addCarrier({
		nickname: 'Theirs',
		onBehalfOf: 'se-5',
		connection_status: undefined,
	});
	const item = { carrier_id: theirs.carrier_id };
	const carriers = resources.find(({ value }) => value === 'carrier')!;
	const reads = carriers.operations.filter(({ does }) => does === 'reads');
	for (const operation of [...reads.map(({ value }) => value), 'updateLogin']) {
		const outputs = [await ofCarrier(operation, own), await ofCarrier(operation, item, THEIRS)];
		expectSchema('carrier', operation, outputs);
	}

	const funds = { amount: 10, maximumAmount: 10, confirmLiveCharge: true };
	const added = await ofCarrier('addFunds', own, funds);
	const recovered = await chargedAfterAll(own, funds);
	const addedTheirs = await ofCarrier('addFunds', item, { ...funds, ...THEIRS });
	expectSchema('carrier', 'addFunds', [added, recovered, addedTheirs]);

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

test('Get Public Key', async () => {
	const key = {
		...step('Key', 'getPublicKey', { resource: 'cardSeal' }),
		credentials: { shipEngineCardSealApi: { id: '3', name: 'ShipEngine Card Seal' } },
	};
	const { json } = await sandbox.runChain([{}], key);
	expectSchema('cardSeal', 'getPublicKey', json('Key'));
});

test('the page', async () => {
	const ofPage = (name: string, operation: string, parameters: IDataObject = {}) => ({
		...step(name, operation, { resource: 'onboardingPage', ...parameters }),
		credentials: { shipEngineCardSealApi: { id: '3', name: 'ShipEngine Card Seal' } },
	});
	const page = { pagePath: 'open', pageUrl: 'https://n8n.example/webhook/open' };
	const item = { carrier_id: 'se-1', phone: '5124854282' };
	const links = await sandbox.runChain([item], ofPage('Link', 'createCodeLink', page));
	expectSchema('onboardingPage', 'createCodeLink', links.json('Link'));

	const person = { nickname: 'Shop', email: 'shop@example.com' };
	const invitations = await sandbox.runChain([person], ofPage('Invite', 'createInvitation', page));
	expectSchema('onboardingPage', 'createInvitation', invitations.json('Invite'));

	const nobody = await sandbox.runChain([{}], ofPage('Answer', 'answer'));
	const [{ link, expires_at }] = links.json('Link') as [IDataObject];
	expectSchema('onboardingPage', 'answer', [...nobody.json('Answer'), { link, expires_at }]);
});

test('lists, objects and what may be missing, in the form that n8n reads', () => {
	expect(schemaOf(outputDeclared('carrier', 'check'))).toEqual({
		type: 'object',
		properties: {
			carrier_id: { type: 'string' },
			works: { type: 'boolean' },
			rates: {
				type: 'array',
				items: {
					type: 'object',
					properties: {
						service_code: { type: 'string' },
						package_type: { type: 'string' },
						shipping_amount: {
							type: 'object',
							properties: { currency: { type: 'string' }, amount: { type: 'number' } },
						},
					},
				},
			},
			messages: { type: 'array', items: { type: 'string' } },
			on_behalf_of: { type: 'string' },
		},
		required: ['carrier_id', 'works', 'rates', 'messages'],
		version: 1,
	});
});

test('each operation was held against what it declares', () => {
	const all = resources.flatMap(({ value, operations }) =>
		operations.map((operation) => `${value}:${operation.value}`),
	);
	expect(all.filter((each) => !held.has(each))).toEqual([]);
});
