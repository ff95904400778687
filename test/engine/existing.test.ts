import type { IDataObject } from 'n8n-workflow';
import { chain, going, items, step } from './support/engine';
import { ACCOUNT, REGISTRATION, useApi } from './support/fixtures';

// Which account of the list is the one that is wanted, and what a list that fails means.
const sandbox = useApi();
const REGISTER = 'POST /v1/registration/stamps_com';
const LOOK = 'GET /v1/carriers';

const register = (parameters: IDataObject = {}) =>
	step(
		'Register',
		'register',
		{
			...REGISTRATION,
			nickname: '={{ $json.shop }}',
			ifNicknameExists: 'returnExisting',
			...parameters,
		},
		going,
	);
const errorOf = ([json]: IDataObject[]) => json!.error as IDataObject;

test('unless told otherwise, a nickname that is taken fails the item and says what to choose', async () => {
	const { carrier_id } = sandbox.api.addCarrier({ nickname: 'One' });
	const parameters: IDataObject = { ...REGISTRATION, nickname: 'One' };
	delete parameters.ifNicknameExists;
	const outcome = await sandbox.runChain([{}], step('Register', 'register', parameters, going));
	expect(errorOf(outcome.json('Register'))).toMatchObject({
		description: expect.stringMatching(
			new RegExp(`${carrier_id}.*'Return Existing'.*another nickname`),
		),
		errors: [{ code: 'identifier_conflict' }],
		carrier_id,
	});
	expect(sandbox.calls()).toEqual([LOOK]);
});

describe('a nickname is the same as people see it', () => {
	test.each([
		['in another case', 'my shop', 'My Shop'],
		['with spaces around', ' One ', 'One'],
		['with two spaces', 'My  Shop', 'My Shop'],
		['with a no-break space', 'My\u00a0Shop', 'My Shop'],
		['with accents written apart', 'Cafe\u0301', 'Café'],
		['with what cannot be seen', 'My\u200b Shop', 'My Shop'],
	])('%s', async (_how, there, wanted) => {
		const { carrier_id } = sandbox.api.addCarrier({ nickname: there });
		const outcome = await sandbox.runChain([{ shop: wanted }], register());
		expect(outcome.json('Register')).toMatchObject([{ carrier_id, existing: true }]);
		expect(sandbox.calls()).toEqual([LOOK]);
	});

	test('also where the API stored it in another way, and its answer was lost', async () => {
		sandbox.api.faults.add({ operation: 'register', kind: 'dropAfter' });
		sandbox.api.faults.add({ operation: 'carriers', kind: 'delayBefore', ms: 0 });
		sandbox.api.faults.add({
			operation: 'carriers',
			kind: 'replaceFields',
			fields: {
				carriers: [
					{
						carrier_id: 'se-77',
						carrier_code: 'stamps_com',
						nickname: 'MY SHOP',
						account_number: '',
					},
				],
			},
		});
		const outcome = await sandbox.runChain([{ shop: 'My Shop' }], register());
		expect(outcome.json('Register')).toMatchObject([{ carrier_id: 'se-77', recovered: true }]);
	});

	test('and another one is another', async () => {
		sandbox.api.addCarrier({ nickname: 'My Shop 2' });
		await sandbox.runChain([{ shop: 'My Shop' }], register());
		expect(sandbox.calls()).toEqual([LOOK, REGISTER]);
	});
});

test.each([{ disabled_by_billing_plan: true }, { account_number: 'stamps_com_disabled' }])(
	'a disabled account is not put out as existing, nor doubled (%j)',
	async (how) => {
		const { carrier_id } = sandbox.api.addCarrier({ nickname: 'One', ...how });
		const outcome = await sandbox.runChain([{ shop: 'One' }], register());
		expect(errorOf(outcome.json('Register'))).toMatchObject({
			message: expect.stringContaining('disabled'),
			errors: [{ code: 'identifier_conflict' }],
			carrier_id,
		});
		expect(sandbox.calls()).toEqual([LOOK]);
	},
);

test('a look that failed is made again for the next item', async () => {
	sandbox.api.faults.add({ operation: 'carriers', kind: 'serverErrorBefore', times: 3 });
	const outcome = await sandbox.runChain(
		[{ shop: 'One' }, { shop: 'Two' }],
		register({ options: { maxConcurrency: 1 } }),
	);
	expect(outcome.json('Register')).toMatchObject([
		{ error: { message: expect.stringContaining('could not be looked up') } },
		{ nickname: 'Two' },
	]);
}, 30_000);

test('a list that lacks only another company’s carriers is complete', async () => {
	const { carrier_id } = sandbox.api.addCarrier({ nickname: 'UPS', carrier_code: 'ups' });
	sandbox.api.faults.add({ operation: 'carriers', kind: 'partialCarriers', without: [carrier_id] });
	const outcome = await sandbox.runChain([{ shop: 'One' }], register());
	expect(outcome.json('Register')).toMatchObject([{ nickname: 'One' }]);
});

describe('a carrier ID of another form', () => {
	const OTHER = 'carr_8a1b2c3d4e5f6a7b';

	test('is put out, and taken by the next step', async () => {
		const fields = { carrier_id: OTHER };
		sandbox.api.faults.add({ operation: 'register', kind: 'replaceFields', fields });
		const outcome = await sandbox.runChain(
			[{ shop: 'One' }],
			register(),
			step('Send', 'sendVerification', {}, going),
		);
		expect(outcome.json('Register')).toMatchObject([{ carrier_id: OTHER }]);
		expect(sandbox.calls().at(-1)).toContain(`/${OTHER}/verification`);
	});

	test('that could not be part of an address is told with the unknown outcome', async () => {
		const fields = { carrier_id: 'se-1/../../x' };
		sandbox.api.faults.add({ operation: 'register', kind: 'replaceFields', fields });
		const outcome = await sandbox.runChain(
			[{ shop: 'One' }],
			register({ ifNicknameExists: 'registerAnother' }),
		);
		const error = errorOf(outcome.json('Register'));
		expect(error).toMatchObject({
			description: expect.stringContaining("The answer names the carrier 'se-1/../../x'."),
			errors: [{ code: 'outcome_unknown' }],
		});
		expect(error).not.toHaveProperty('carrier_id');
	});
});

test('where there is no such address, the Base URL is to be checked', async () => {
	const nodes = [
		items('Trigger', { shop: 'One' }),
		register({ ifNicknameExists: 'registerAnother' }),
	];
	const outcome = await sandbox.run(
		{ nodes, connections: chain('Trigger', 'Register') },
		{ shipEngineApi: { apiKey: 'sandbox-key', baseUrl: `${sandbox.api.url}/v1` } },
	);
	const { description } = errorOf(outcome.json('Register'));
	expect(description).toContain("Check the 'Base URL'");
	expect(description).not.toContain('On Behalf Of');
});

describe('the terms', () => {
	const accept = (terms: unknown) => [{ ...ACCOUNT, shop: 'One', terms } as IDataObject];
	const agreeing = register({ agreeToCarrierTerms: '={{ $json.terms }}' });

	test.each([[['No']], [[false]], [['']], [['I do not agree']], [[]], ['no'], [{}]])(
		'are not accepted by %j',
		async (terms) => {
			const outcome = await sandbox.runChain(accept(terms), agreeing);
			expect(errorOf(outcome.json('Register'))).toMatchObject({
				errors: [{ code: 'terms_not_accepted' }],
			});
			expect(sandbox.calls()).toEqual([]);
		},
	);

	test.each([[true], ['Yes'], [['I accept the terms of Stamps.com and USPS']], ['I agree']])(
		'are accepted by %j',
		async (terms) => {
			await sandbox.runChain(accept(terms), agreeing);
			expect(sandbox.bodies().at(-1)).toMatchObject({ agree_to_carrier_terms: true });
		},
	);
});

describe('the sub-account', () => {
	test.each([
		['242822', '242822'],
		['={{ 242822 }}', '242822'],
		['se-242822', 'se-242822'],
		[' SE-242822 ', 'se-242822'],
	])('%s goes out as %s', async (onBehalfOf, sent) => {
		sandbox.asPartner();
		const outcome = await sandbox.runChain(
			[{ shop: 'One' }],
			register({ options: { onBehalfOf } }),
		);
		expect(sandbox.api.requests.map(({ headers }) => headers['on-behalf-of'])).toEqual([
			sent,
			sent,
		]);
		expect(outcome.json('Register')).toMatchObject([{ on_behalf_of: sent }]);
	});
});

test('a choice that is none of the three registers nothing', async () => {
	const outcome = await sandbox.runChain(
		[{ shop: 'One' }],
		register({ ifNicknameExists: '={{ "Register Another" }}' }),
	);
	expect(errorOf(outcome.json('Register'))).toMatchObject({
		errors: [{ field: 'if_nickname_exists' }],
	});
	expect(sandbox.calls()).toEqual([]);
});
