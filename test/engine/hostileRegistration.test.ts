import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { snakeCase } from '../../nodes/ShipEngine/input/field';
import { isNothing, optionalText } from '../../nodes/ShipEngine/values/validation';
import type { SeenRequest } from '../../sandbox/api';
import { step } from './support/engine';
import { ACCOUNT, CARD } from './support/fixtures';
import {
	PROTOTYPE_KEYS,
	expressionOf,
	forAll,
	hasFailed,
	polluting,
	text,
	value,
} from './support/hostile';
import { CONTINUE, expectItems, many, mixed, useHostileRuns } from './support/hostileRun';

const { sandbox, runOver, expectOwn } = useHostileRuns();

/** The registration as an item has it, flat, with the API's names. */
const GOOD: IDataObject = Object.fromEntries(
	Object.entries({ ...ACCOUNT, ...CARD }).map(([name, entered]) => [snakeCase(name), entered]),
);
const NAMES = Object.keys(GOOD);

const REGISTRATION_KEYS = {
	'': ['nickname', 'email', 'agree_to_carrier_terms', 'address', 'credit_card'],
	address: [
		...['name', 'phone', 'company_name', 'address_line1', 'address_line2', 'city_locality'],
		...['state_province', 'postal_code', 'country_code', 'address_residential_indicator'],
	],
	credit_card: ['name', 'number', 'type', 'expiration_year', 'expiration_month'],
};

/** What a field may look like on the wire; the others hold the item's text as it is, but for its ends. */
const FORMS: Record<string, RegExp> = {
	email: /^[^\s@]+@[^\s@]+$/,
	phone: /^\d{3}-\d{3}-\d{4}$/,
	state_province: /^[A-Z]{2}$/,
	postal_code: /^\d{5}$/,
	country_code: /^US$/,
	address_residential_indicator: /^(unknown|yes|no)$/,
	card_number: /^\d{12,19}$/,
	card_expiration_year: /^20\d\d$/,
	card_expiration_month: /^(0[1-9]|1[0-2])$/,
};

/** One to three fields of a good registration replaced. */
const flat = fc
	.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 3 })
	.chain((names) => fc.record(Object.fromEntries(names.map((name) => [name, value]))))
	.map((replaced): IDataObject => ({ ...GOOD, ...(replaced as IDataObject) }));

/** The registration's own objects replaced, and keys beside them that nobody asked for. */
const nested = fc
	.record({
		address: fc.oneof(value, polluting),
		credit_card: fc.oneof(value, polluting),
		more: fc.dictionary(fc.oneof(text, fc.constantFrom(...PROTOTYPE_KEYS)), value),
	})
	.map(({ address, credit_card, more }) => ({ ...more, ...GOOD, address, credit_card }));

/** An object of the API's own shape, whose keys and values are anybody's guess. */
const wild = fc
	.record({
		account: value,
		card: fc.dictionary(fc.constantFrom(...REGISTRATION_KEYS.credit_card, '__proto__'), value),
		address: fc.dictionary(fc.constantFrom(...REGISTRATION_KEYS.address, '__proto__'), value),
	})
	.map(({ account, card, address }) => ({
		...GOOD,
		nickname: account,
		credit_card: card,
		address,
	}));

const automatic = step(
	'Step',
	'register',
	{
		dataMode: 'autoMapInputData',
		ifNicknameExists: 'registerAnother',
		options: { maxConcurrency: 1 },
	},
	CONTINUE,
);
const byExpression = step(
	'Step',
	'register',
	{
		...Object.fromEntries(
			Object.keys({ ...ACCOUNT, ...CARD }).map((name) => [name, expressionOf(snakeCase(name))]),
		),
		ifNicknameExists: 'registerAnother',
		options: { maxConcurrency: 1 },
	},
	CONTINUE,
);

/** The fields of a request's body, by the names that a flat item has. */
function sentFields({ body }: SeenRequest): IDataObject {
	const { address, credit_card, ...account } = body as Record<string, IDataObject>;
	const card = Object.entries(credit_card ?? {}).map(([key, sent]) => [`card_${key}`, sent]);
	return { ...account, ...address, ...Object.fromEntries(card) };
}

/** Fails unless the request has nothing but the item's own values in the registration's own fields. */
function expectRegistration(request: SeenRequest, item: IDataObject | undefined) {
	expectOwn(request, /^POST \/v1\/registration\/stamps_com$/);
	const body = request.body as Record<string, IDataObject>;
	expect(REGISTRATION_KEYS['']).toEqual(expect.arrayContaining(Object.keys(body)));
	expect(REGISTRATION_KEYS.address).toEqual(
		expect.arrayContaining(Object.keys(body.address ?? {})),
	);
	expect(REGISTRATION_KEYS.credit_card).toEqual(
		expect.arrayContaining(Object.keys(body.credit_card ?? {})),
	);
	for (const [name, sent] of Object.entries(sentFields(request))) {
		if (name === 'agree_to_carrier_terms') {
			expect(sent).toBe(true);
			continue;
		}
		expect(typeof sent === 'string' && sent.length > 0 && sent.length <= 255).toBe(true);
		if (FORMS[name]) expect(sent).toMatch(FORMS[name]);
		else if (item) expect(sent).toBe(asSent(name, item[name]));
	}
}

/** An item's free text as it is to go out. */
const asSent = (name: string, given: unknown) =>
	name === 'card_type' && (given === 'detect' || isNothing(given)) ? 'Visa' : optionalText(given);

/**
 * Registers one after another, so that the nth request is that of the nth item that was sent.
 *
 * @param isFlat - whether what is sent can be told from the item's own fields
 */
const register = (node: typeof automatic, isFlat: boolean) => async (hostile: IDataObject[]) => {
	sandbox.api.reset();
	const { data, isGood } = mixed(hostile, () => ({ ...GOOD }));
	const outcome = await runOver(data, node);
	expectItems(outcome, isGood, { email: 'john.doe@example.com', phone: '1111111111' });
	const sent = outcome
		.items('Step')
		.map((item, index) => ({ item, input: data[index] }))
		.filter(({ item: { json } }) => (json.error as IDataObject | undefined)?.http_status !== null);
	expect(sandbox.api.requests).toHaveLength(sent.length);
	sandbox.api.requests.forEach((request, index) =>
		expectRegistration(request, isFlat ? sent[index]!.input : undefined),
	);
	expect(sandbox.api.state.accounts).toHaveLength(
		outcome.items('Step').filter((item) => !hasFailed(item)).length,
	);
};

test('Register sends of an item what passed its checks, and nothing else', async () => {
	await forAll(many(flat), 8, register(automatic, true));
}, 120_000);

test('Register sends of an item in the API’s shape only the API’s own fields', async () => {
	const items = fc.oneof(nested, wild) as unknown as fc.Arbitrary<IDataObject>;
	await forAll(many(items), 6, register(automatic, false));
}, 120_000);

test('Register sends of expressions what passed its checks, and nothing else', async () => {
	await forAll(many(flat), 3, register(byExpression, true));
}, 120_000);
