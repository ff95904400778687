import fc from 'fast-check';
import { CompactEncrypt, type JWK, importJWK } from 'jose';
import type { IDataObject } from 'n8n-workflow';
import { CARD, OTHER_SECRET, SEAL_SECRET, keyOf, now, sealedCard } from '../support/sealing';
import { chain, items, person, replace, step } from './support/engine';
import { ACCOUNT, CARD as IN_PANEL, DOCUMENTED_BODY, useApi } from './support/fixtures';
import { FORM_TRIGGER } from './support/nodes';

const sandbox = useApi();

const { publicJwk } = keyOf(SEAL_SECRET);

/** A registration whose card is sealed. */
const register = (parameters: IDataObject = {}, settings = {}) =>
	step('Register', 'register', { ...ACCOUNT, cardSource: 'sealed', ...parameters }, settings);

/** Whose account it is in these tests. */
const PERSON = { email: ACCOUNT.email, phone: ACCOUNT.phone };

const ON_ERROR = { onError: 'continueRegularOutput' };

const sealed = async (card: object = CARD, iat: unknown = now()) =>
	await sealedCard(publicJwk, { card, person: PERSON, iat });

/** The cards that the API was sent. */
const cards = () =>
	(sandbox.bodies() as Array<typeof DOCUMENTED_BODY | undefined>).flatMap((body) =>
		body ? [body.credit_card] : [],
	);

const errorOf = ({ error }: IDataObject) => error as { errors: Array<Record<string, unknown>> };

describe('a sealed card', () => {
	test('is opened on its way to the API, and is nowhere else', async () => {
		const sealed_card = await sealed();
		const { run, json, error } = await sandbox.runChain([{ sealed_card }], register());

		expect(error).toBeUndefined();
		expect(cards()).toEqual([CARD]);
		expect(json('Register')[0]).toMatchObject({ nickname: ACCOUNT.nickname });
		expect(JSON.stringify(run)).not.toContain(CARD.number);
	});

	test('of the item, when mapping automatically', async () => {
		const { credit_card, ...body } = DOCUMENTED_BODY;
		const item = { ...body, sealed_card: await sealed() };
		await sandbox.runChain([item], register({ dataMode: 'autoMapInputData' }));
		expect(cards()).toEqual([CARD]);
		// A card in clear beside it is not taken.
		const both = { ...item, credit_card, nickname: 'Another shop' };
		await sandbox.runChain([both], register({ dataMode: 'autoMapInputData' }));
		expect(cards()).toEqual([CARD, CARD]);
	});

	test('is completed and checked as any card is', async () => {
		const { type, ...untyped } = { ...CARD, number: '5555 5555 5555 4444', expiration_month: '7' };
		expect(type).toBe('Visa');
		await sandbox.runChain([{ sealed_card: await sealed(untyped) }], register());
		expect(cards()).toEqual([{ ...CARD, number: '5555555555554444', type: 'MasterCard' }]);
	});

	test('with mistakes in it is told by the names of its fields, and not sent', async () => {
		const wrong = { ...CARD, number: '4111111111111112', expiration_year: '2020', name: '' };
		const { json, run } = await sandbox.runChain(
			[{ sealed_card: await sealed(wrong) }],
			register({}, ON_ERROR),
		);
		const { errors } = errorOf(json('Register')[0]!);
		expect(errors.map(({ field }) => field)).toEqual([
			'credit_card.name',
			'credit_card.number',
			'credit_card.expiration_year',
		]);
		expect(JSON.stringify(run)).not.toContain(wrong.number);
		expect(sandbox.calls()).toEqual([]);
	});

	test('opens for the secret before', async () => {
		const before = keyOf(OTHER_SECRET).publicJwk;
		const item = { sealed_card: await sealedCard(before, { person: PERSON, iat: now() }) };
		const nodes = [items('Trigger', item), register()];
		const connections = chain('Trigger', 'Register');
		const secrets = { secret: SEAL_SECRET, previousSecret: `${OTHER_SECRET}\n` };
		const { error } = await sandbox.run(
			{ nodes, connections },
			{
				shipEngineCardSealApi: { ...secrets, baseUrl: sandbox.api.url },
			},
		);
		expect(error).toBeUndefined();
		expect(cards()).toEqual([CARD]);
	});

	test('is taken for as many hours as the option says', async () => {
		const hours = (number: number) => now() - number * 3_600;
		const data = await Promise.all(
			[47, 49].map(async (age) => ({ sealed_card: await sealed(CARD, hours(age)) })),
		);
		const options = { sealedCardMaxAge: 48 };
		const { json } = await sandbox.runChain(
			data,
			register({ options, ifNicknameExists: 'registerAnother' }, ON_ERROR),
		);
		expect(json('Register').map((item) => 'error' in item)).toEqual([false, true]);
		await sandbox.runChain([data[0]!], register({ ifNicknameExists: 'registerAnother' }, ON_ERROR));
		expect(cards()).toEqual([CARD]);
	});

	test.each([0, -1, 8_761, 'soon', null])('an option of %p hours is told', async (hours) => {
		const options = { sealedCardMaxAge: hours };
		const { json } = await sandbox.runChain(
			[{ sealed_card: await sealed() }],
			register({ options }, ON_ERROR),
		);
		const fields = hours === null ? undefined : errorOf(json('Register')[0]!).errors[0]!.field;
		expect(fields).toBe(hours === null ? undefined : 'options.sealedCardMaxAge');
	});

	test.each(['short', 'a'.repeat(40), ''])('a secret such as %p is refused', async (secret) => {
		const nodes = [items('Trigger', { sealed_card: await sealed() }), register()];
		const connections = chain('Trigger', 'Register');
		const { error } = await sandbox.run(
			{ nodes, connections },
			{ shipEngineCardSealApi: { secret, baseUrl: sandbox.api.url } },
		);
		expect(error?.message).toContain("The 'Secret' of the 'ShipEngine Card Seal' credential");
		expect(sandbox.calls()).toEqual([]);
	});
});

describe('a sealed card pays for its own person only', () => {
	const sealedFor = async (person: object) =>
		await sealedCard(publicJwk, { card: CARD, person, iat: now() });

	const refusalOf = async (person: object, options = {}) => {
		const item = { sealed_card: await sealedFor(person) };
		const { json } = await sandbox.runChain([item], register({ options }, ON_ERROR));
		return errorOf(json('Register')[0]!).errors;
	};

	test.each([
		['email', { ...PERSON, email: 'jane.doe@example.com' }],
		['letter that looks alike', { ...PERSON, email: 'john.doe@example.com'.replace('j', 'ｊ') }],
		['phone', { ...PERSON, phone: '5124854282' }],
		['person without a phone', { email: PERSON.email }],
		['person without an email', { phone: PERSON.phone }],
		['person of another kind', { email: { a: 1 }, phone: [PERSON.phone] }],
	])('not for another %s', async (_name, person) => {
		expect(await refusalOf(person)).toMatchObject([
			{ code: 'sealed_card_of_other', field: 'sealed_card' },
		]);
		// The option is for cards that name nobody.
		expect(await refusalOf(person, { cardsWithoutPerson: true })).toMatchObject([
			{ code: 'sealed_card_of_other' },
		]);
		expect(sandbox.calls()).toEqual([]);
	});

	test.each([
		[{ email: 'John.Doe@Example.COM', phone: '+1 (111) 111-1111' }],
		[{ ...PERSON, pass: 'of a page' }],
	])('however that is written: %j', async (person) => {
		await sandbox.runChain([{ sealed_card: await sealedFor(person) }], register());
		expect(cards()).toEqual([CARD]);
	});

	test('one that names nobody is taken by an option only', async () => {
		expect(await refusalOf({})).toMatchObject([
			{
				code: 'sealed_card_without_person',
				message:
					"'Sealed Card' must be sealed together with 'email' and 'phone', so that it pays for nobody else. If you trust where it comes from, switch on 'Cards Without Person' under 'Options'",
			},
		]);
		expect(sandbox.calls()).toEqual([]);
		const item = { sealed_card: await sealedFor({}) };
		const options = { cardsWithoutPerson: true };
		await sandbox.runChain([item], register({ options }));
		expect(cards()).toEqual([CARD]);
	});

	test('of twenty items with one card, only its own person is paid for', async () => {
		const sealed_card = await sealedFor(PERSON);
		const people = Array.from({ length: 20 }, (_, index) => ({
			email: index === 7 ? PERSON.email : `person${index}@example.com`,
			nickname: `Person ${index}`,
			sealed_card,
		}));
		const { json } = await sandbox.runChain(
			people,
			register({ email: '={{ $json.email }}', nickname: '={{ $json.nickname }}' }, ON_ERROR),
		);
		expect(json('Register').flatMap((item, index) => ('error' in item ? [] : [index]))).toEqual([
			7,
		]);
		expect(cards()).toHaveLength(1);
	});

	test('a mistake in the email is told as that, and not as another person', async () => {
		const item = { sealed_card: await sealedFor(PERSON) };
		const { json } = await sandbox.runChain([item], register({ email: 'john' }, ON_ERROR));
		expect(errorOf(json('Register')[0]!).errors.map(({ code }) => code)).toEqual(['not_email']);
	});

	test('sealed five minutes ahead at most', async () => {
		for (const [ahead, count] of [
			[290, 1],
			[400, 1],
		] as const) {
			const item = {
				sealed_card: await sealedCard(publicJwk, { person: PERSON, iat: now() + ahead }),
			};
			await sandbox.runChain([item], register({ ifNicknameExists: 'registerAnother' }, ON_ERROR));
			expect(cards()).toHaveLength(count);
		}
	});
});

describe('a sealed card that is not in the item', () => {
	const trigger = (...data: IDataObject[]) => ({
		...items('Form', ...data),
		type: FORM_TRIGGER,
	});

	test('is taken where it is set to, for its own item', async () => {
		const others = ['5555555555554444', '378282246310005'];
		const numbers = [CARD.number, ...others];
		const data = await Promise.all(
			numbers.map(async (number) => ({
				sealed_card: await sealed({ ...CARD, number, type: 'detect' }),
			})),
		);
		const nodes = [
			trigger(...data),
			replace('Approval', { approved: true }),
			person('Page', (index) => ({ nickname: `Shop ${index}` })),
			register({
				nickname: '={{ $json.nickname }}',
				sealedCard: "={{ $('Form').item.json.sealed_card }}",
			}),
		];
		const names = nodes.map(({ name }) => name);
		const { error } = await sandbox.run({ nodes, connections: chain(...names) });
		expect(error).toBeUndefined();
		const sent = (sandbox.bodies() as Array<typeof DOCUMENTED_BODY | undefined>).flatMap((body) =>
			body ? [[body.nickname, body.credit_card.number]] : [],
		);
		expect(sent.sort()).toEqual(numbers.map((number, index) => [`Shop ${index}`, number]).sort());
	});

	test('is looked for nowhere else, and it is told where it comes from', async () => {
		const nodes = [trigger({ sealed_card: await sealed() }), replace('Approval', {}), register()];
		const connections = chain(...nodes.map(({ name }) => name));
		const { error } = await sandbox.run({ nodes, connections });
		expect(error?.message).toBe(
			"The Stamps account was not registered: 'Sealed Card' is empty: the item has no field 'sealed_card'. It comes from the page that seals the card, such as that of Stamps Onboarding Trigger [item 0]",
		);
		expect(sandbox.calls()).toEqual([]);
	});
});

test("an item that brings a card is not paid by another item's", async () => {
	const [one, other] = await Promise.all([sealed(), sealed()]);
	const { json } = await sandbox.runChain(
		[{ sealed_card: one }, { sealed_card: other }],
		register({ sealedCard: "={{ $('Trigger').first().json.sealed_card }}" }, ON_ERROR),
	);
	expect(json('Register')).toMatchObject([
		{ carrier_id: expect.any(String) },
		{ error: { errors: [{ field: 'sealed_card', code: 'sealed_card_other' }] } },
	]);
	expect(cards()).toHaveLength(1);
});

test.each(['credential', 'parameters', 'none'])(
	"where the source is '%s', nobody else's card pays for an item that brings one",
	async (cardSource) => {
		const item = { sealed_card: await sealed() };
		const { json } = await sandbox.runChain(
			[item],
			register({ ...IN_PANEL, cardSource }, ON_ERROR),
		);
		expect(errorOf(json('Register')[0]!).errors).toMatchObject([
			{ field: 'card_source', code: 'sealed_card_not_used' },
		]);
		expect(sandbox.calls()).toEqual([]);
	},
);

describe('what is no sealed card', () => {
	/** Everything but the item's index, which differs. */
	const told = (json: IDataObject) => JSON.stringify(json);

	test('is refused in the same words, whatever it is, and nothing is sent', async () => {
		const good = await sealed();
		const foreign = await sealedCard(keyOf(OTHER_SECRET).publicJwk, { iat: now() });
		const old = await sealed(CARD, now() - 90_000);
		const wrongEnc = await sealedCard(publicJwk, { iat: now() }, { header: { enc: 'A128GCM' } });
		const wrongAlg = await sealedCard(
			publicJwk,
			{ iat: now() },
			{ header: { alg: 'ECDH-ES+A256KW' } },
		);
		const mutated = fc.sample(
			fc.oneof(
				fc.integer({ min: 1, max: good.length - 1 }).map((length) => good.slice(0, length)),
				fc
					.tuple(fc.nat(good.length - 1), fc.constantFrom('A', 'z', '.', ' ', '4'))
					.map(([place, by]) => good.slice(0, place) + by + good.slice(place + 1))
					.filter((text) => text.trim() !== good),
				fc.string({ minLength: 1, unit: 'binary' }).filter((text) => /\p{L}|\p{N}/u.test(text)),
				fc
					.shuffledSubarray([...good.split('.'), ...foreign.split('.')], { minLength: 2 })
					.map((parts) => parts.join('.')),
			),
			{ numRuns: 1_000, seed: 15 },
		);
		const odd = [{ a: 1 }, ['x'], 4111111111111111, true, 'x'.repeat(100_000)];
		const broken = [foreign, old, wrongEnc, wrongAlg, ...mutated, ...odd];
		const { json, run } = await sandbox.runChain(
			broken.map((sealed_card) => ({ sealed_card })),
			register({}, ON_ERROR),
		);
		const outputs = json('Register');
		expect(outputs).toHaveLength(broken.length);
		expect([...new Set(outputs.map(told))]).toHaveLength(1);
		expect(errorOf(outputs[0]!).errors).toEqual([
			{
				code: 'sealed_card_not_opened',
				field: 'sealed_card',
				message:
					"'Sealed Card' cannot be opened: it was sealed with another key, was altered in transit, or is too old. Ask for the card again",
			},
		]);
		expect(sandbox.calls()).toEqual([]);
		expect(JSON.stringify(outputs)).not.toContain(CARD.number);
		expect(JSON.stringify(run.data.resultData.runData.Register)).not.toContain(CARD.number);
	});
});

describe('Get Public Key', () => {
	const getPublicKey = step('Key', 'getPublicKey', { resource: 'cardSeal' });

	test('gives a key for which jose seals what Register opens', async () => {
		const node = {
			...getPublicKey,
			credentials: { shipEngineCardSealApi: { id: '3', name: 'ShipEngine Card Seal' } },
		};
		const { json } = await sandbox.runChain([{}, {}], node);
		const [jwk, same] = json('Key');
		expect(same).toEqual(jwk);
		expect(JSON.stringify(jwk)).not.toContain(SEAL_SECRET);

		const { alg, enc, kid } = jwk as { alg: string; enc: string; kid: string };
		const key = await importJWK(jwk as unknown as JWK);
		const sealed_card = await new CompactEncrypt(
			new TextEncoder().encode(JSON.stringify({ ...CARD, ...PERSON, iat: now() })),
		)
			.setProtectedHeader({ alg, enc, kid })
			.encrypt(key);
		await sandbox.runChain([{ sealed_card }], register());
		expect(cards()).toEqual([CARD]);
	});

	test('asks nothing of the API, and needs none', async () => {
		const node = {
			...getPublicKey,
			credentials: { shipEngineCardSealApi: { id: '3', name: 'ShipEngine Card Seal' } },
		};
		const { error } = await sandbox.runChain([{}], node);
		expect(error).toBeUndefined();
		expect(sandbox.calls()).toEqual([]);
	});
});
