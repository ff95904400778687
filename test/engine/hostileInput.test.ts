import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { verificationCode } from '../../nodes/ShipEngine/shared/identifiers';
import { snakeCase } from '../../nodes/ShipEngine/shared/fields';
import { tenDigits } from '../../nodes/ShipEngine/shared/phone';
import { type Check, Mistake, requiredText } from '../../nodes/ShipEngine/shared/validation';
import { SANDBOX_KEY, type SeenRequest } from '../../sandbox/api';
import { type Outcome, chain, held, step } from './support/engine';
import { REGISTRATION, VISA, useApi } from './support/fixtures';
import {
	CARRIER_ID,
	MARKS,
	PROTOTYPE_KEYS,
	climbing,
	expectErrorItem,
	expressionOf,
	forAll,
	hasFailed,
	megabyte,
	polluting,
	text,
	value,
	watchPrototypes,
} from './support/hostile';

const sandbox = useApi();
watchPrototypes();

const CONTINUE = { onError: 'continueRegularOutput' } as const;
const VERIFICATION = '/v1/connections/carriers/stamps_com';

/** The headers that a request of the node has, and no others. */
const HEADERS = [
	...['accept', 'accept-encoding', 'api-key', 'connection', 'content-length', 'content-type'],
	...['host', 'on-behalf-of', 'user-agent'],
];

/** Runs one step over items of any kind. */
async function runOver(data: IDataObject[], node: ReturnType<typeof step>): Promise<Outcome> {
	const outcome = await sandbox.run({
		nodes: [held('Trigger', data), node],
		connections: chain('Trigger', 'Step'),
	});
	expect(outcome.error).toBeUndefined();
	expect(outcome.items('Step')).toHaveLength(data.length);
	return outcome;
}

/** Fails unless a request went to one of the operation's own paths, with no header of anyone else's. */
function expectOwn({ method, path, headers, rawHeaders }: SeenRequest, own: RegExp): void {
	expect(`${method} ${path}`).toMatch(own);
	expect(HEADERS).toEqual(expect.arrayContaining(Object.keys(headers)));
	// None is there twice.
	expect(rawHeaders).toHaveLength(Object.keys(headers).length);
	expect(headers.host).toBe(new URL(sandbox.api.url).host);
	expect(headers['api-key']).toBe(SANDBOX_KEY);
	expect(headers['on-behalf-of'] ?? 'se-1').toMatch(CARRIER_ID);
}

/** What is meant by an object that has the form of a locator's value. */
const plain = (given: unknown) =>
	given !== null && typeof given === 'object' && 'mode' in given
		? (given as IDataObject).value
		: given;

/** The value as a check of the node lets it through; undefined where it does not. */
function passed<T>(check: Check<T>, given: unknown): T | undefined {
	const checked = MARKS.includes(given) ? undefined : check(plain(given));
	return checked === undefined || checked instanceof Mistake ? undefined : checked;
}

/** The text of an ID, as n8n's own locator would hand it over. */
const idOf = (given: unknown, form: RegExp) => {
	const entered = plain(given);
	const id = typeof entered === 'number' && Number.isFinite(entered) ? String(entered) : entered;
	return typeof id === 'string' && form.test(id.trim()) ? id.trim() : undefined;
};

const VERIFICATION_ID = /^[A-Za-z0-9_-]{1,100}$/;

const someCarrierId = fc.stringMatching(/^se(-[a-z0-9]{1,5}){1,3}$/);
const somePhone = fc.stringMatching(
	/^(\+?1[ .-])?\(?[2-9][0-9]{2}\)?[ .-]?[0-9]{3}[ .-]?[0-9]{4}$/,
);
const someVerificationId = fc.stringMatching(/^[A-Za-z0-9_-]{1,100}$/);
const someCode = fc.stringMatching(/^[0-9]{3}[ -]?[0-9]{3}$/);

/** One field of three hostile: two that are fine, so that it is this one that is refused. */
const fields = (good: Record<string, fc.Arbitrary<unknown>>) =>
	fc.oneof(
		...Object.keys(good).map((key) => fc.record({ ...good, [key]: fc.oneof(value, climbing) })),
		fc.record(Object.fromEntries(Object.keys(good).map((key) => [key, value]))),
		fc.record(good),
	) as fc.Arbitrary<IDataObject>;

const many = <T>(item: fc.Arbitrary<T>) => fc.array(item, { minLength: 40, maxLength: 60 });

/** What a good item needs, and is in each run beside the hostile ones. */
function goodItem() {
	const { carrier_id } = sandbox.api.addCarrier({ nickname: 'Good' });
	const id = `vfn_${sandbox.api.state.verifications.length}`;
	const verification = { id, carrierId: carrier_id, phone: '5124854282', code: '123456' };
	sandbox.api.state.verifications.push({
		...verification,
		attemptsLeft: 3,
		expired: false,
		status: 'unverified',
	});
	return { carrier_id, phone: '5124854282', verification_id: id, verification_code: '123456' };
}

/** Puts a good item before, between and after the others; gives all, and which are good. */
function mixed(hostile: IDataObject[], good: () => IDataObject) {
	const data = [
		good(),
		...hostile.flatMap((item, index) => (index % 20 ? [item] : [item, good()])),
	];
	data.push(good());
	const isHostile = new Set(hostile);
	return { data, isGood: (index: number) => !isHostile.has(data[index]!) };
}

const pathsOf = () => sandbox.api.requests.map(({ method, path }) => `${method} ${path}`).sort();

/** Sorted as JSON, since items are sent side by side. */
const bodiesOf = () =>
	sandbox
		.bodies()
		.map((body) => JSON.stringify(body))
		.sort();

function expectItems(
	outcome: Outcome,
	isGood: (index: number) => boolean,
	good: object,
	secretsOf: (index: number) => string[] = () => [],
) {
	outcome.items('Step').forEach((item, index) => {
		if (isGood(index)) {
			expect(item).toEqual({ json: expect.objectContaining(good), pairedItem: { item: index } });
		} else if (hasFailed(item)) {
			expectErrorItem(item, index, [VISA, ...secretsOf(index)]);
		} else {
			expect(item.pairedItem).toEqual({ item: index });
		}
	});
}

/** A step whose fields are expressions of the item's. */
const sendStep = (options: IDataObject = {}) =>
	step(
		'Step',
		'sendVerification',
		{
			carrierId: { __rl: true, mode: 'id', value: expressionOf('carrier_id') },
			phone: expressionOf('phone'),
			verificationType: expressionOf('type'),
			options,
		},
		CONTINUE,
	);

const confirmStep = () =>
	step(
		'Step',
		'confirmVerification',
		{
			carrierId: { __rl: true, mode: 'id', value: expressionOf('carrier_id') },
			verificationId: expressionOf('verification_id'),
			verificationCode: expressionOf('verification_code'),
		},
		CONTINUE,
	);

const sendItems = many(
	fields({ carrier_id: someCarrierId, phone: somePhone, type: fc.constantFrom('sms', 'voice') }),
);

/** Sends, and compares what went over the wire with what the checks let through. */
async function send(hostile: IDataObject[]): Promise<void> {
	sandbox.api.reset();
	const { data, isGood } = mixed(hostile, () => ({ ...goodItem(), type: 'sms' }));
	const outcome = await runOver(data, sendStep());

	expectItems(outcome, isGood, { status: 'unverified', phone: '5124854282' });
	sandbox.api.requests.forEach((request) =>
		expectOwn(
			request,
			/^POST \/v1\/connections\/carriers\/stamps_com\/se[a-z0-9-]+\/verification$/,
		),
	);
	const expected = data.flatMap((item) => {
		const id = idOf(item.carrier_id, CARRIER_ID);
		const phone = passed(tenDigits, item.phone);
		const verification_type = passed(requiredText, item.type);
		return id === undefined || phone === undefined || verification_type === undefined
			? []
			: [{ path: `POST ${VERIFICATION}/${id}/verification`, body: { phone, verification_type } }];
	});
	expect(pathsOf()).toEqual(expected.map(({ path }) => path).sort());
	expect(bodiesOf()).toEqual(expected.map(({ body }) => JSON.stringify(body)).sort());
}

test('Send asks only for its own path, with what passed its checks', async () => {
	await forAll(sendItems, 8, send);
}, 120_000);

test('Confirm asks only for its own path, with what passed its checks', async () => {
	const confirmItems = many(
		fields({
			carrier_id: someCarrierId,
			verification_id: someVerificationId,
			verification_code: someCode,
		}),
	);
	await forAll(confirmItems, 6, async (hostile) => {
		sandbox.api.reset();
		const { data, isGood } = mixed(hostile, goodItem);
		const outcome = await runOver(data, confirmStep());

		const codes = data.map((item) => passed(verificationCode, item.verification_code));
		expectItems(outcome, isGood, { status: 'verified' }, (index) =>
			// Shorter ones may be a part of the words by chance.
			(codes[index]?.length ?? 0) >= 6 ? [codes[index]!] : [],
		);
		sandbox.api.requests.forEach((request) =>
			expectOwn(
				request,
				/^PUT \/v1\/connections\/carriers\/stamps_com\/se[a-z0-9-]+\/verification\/[A-Za-z0-9_-]+$/,
			),
		);
		const expected = data.flatMap((item, index) => {
			const id = idOf(item.carrier_id, CARRIER_ID);
			const verification = idOf(item.verification_id, VERIFICATION_ID);
			return id === undefined || verification === undefined || codes[index] === undefined
				? []
				: [`PUT ${VERIFICATION}/${id}/verification/${verification} ${codes[index]}`];
		});
		const sent = sandbox.api.requests.map(({ method, path, body }) =>
			[method, path, (body as IDataObject).verification_code].join(' '),
		);
		expect(sent.sort()).toEqual(expected.sort());
	});
}, 120_000);

test('a megabyte in a field is refused without being repeated', async () => {
	const hostile = fields({ carrier_id: megabyte, phone: megabyte, type: megabyte });
	await forAll(fc.array(hostile, { minLength: 3, maxLength: 3 }), 3, send);
}, 120_000);

describe('Register', () => {
	/** The registration as an item has it, flat, with the API's names. */
	const GOOD: IDataObject = Object.fromEntries(
		Object.entries(REGISTRATION).map(([name, entered]) => [snakeCase(name), entered]),
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
		{ dataMode: 'autoMapInputData', options: { maxConcurrency: 1 } },
		CONTINUE,
	);
	const byExpression = step(
		'Step',
		'register',
		{
			...Object.fromEntries(
				Object.keys(REGISTRATION).map((name) => [name, expressionOf(snakeCase(name))]),
			),
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
		name === 'card_type' && (given === 'detect' || isBlank(given)) ? 'Visa' : String(given).trim();

	const isBlank = (given: unknown) =>
		given === undefined || given === null || (typeof given === 'string' && given.trim() === '');

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
			.filter(
				({ item: { json } }) => (json.error as IDataObject | undefined)?.http_status !== null,
			);
		expect(sandbox.api.requests).toHaveLength(sent.length);
		sandbox.api.requests.forEach((request, index) =>
			expectRegistration(request, isFlat ? sent[index]!.input : undefined),
		);
		expect(sandbox.api.state.accounts).toHaveLength(
			outcome.items('Step').filter((item) => !hasFailed(item)).length,
		);
	};

	test('sends of an item what passed its checks, and nothing else', async () => {
		await forAll(many(flat), 8, register(automatic, true));
	}, 120_000);

	test('sends of an item in the API’s shape only the API’s own fields', async () => {
		const items = fc.oneof(nested, wild) as unknown as fc.Arbitrary<IDataObject>;
		await forAll(many(items), 6, register(automatic, false));
	}, 120_000);

	test('sends of expressions what passed its checks, and nothing else', async () => {
		await forAll(many(flat), 3, register(byExpression, true));
	}, 120_000);
});

describe('options', () => {
	const option = fc.oneof(
		value,
		fc.constantFrom<unknown>(...[-1, 0, 0.5, 1e-9, 1e9, '5', '5s', ' 7 ', 'Infinity', '0x10', 2]),
	);

	test('the sub-account and the timeout of an item are its own, well-formed or refused', async () => {
		const hostile = fields({ sub: someCarrierId, timeout: fc.integer({ min: 5, max: 60 }) }).map(
			(item) => ({ phone: '5124854282', carrier_id: 'se-5', type: 'sms', ...item }),
		);
		const node = sendStep({
			onBehalfOf: expressionOf('sub'),
			timeout: expressionOf('timeout'),
		});
		await forAll(many(hostile), 6, async (data) => {
			sandbox.api.reset();
			const good = { type: 'sms', sub: 'se-9', timeout: 60 };
			const { carrier_id } = sandbox.api.addCarrier({ nickname: 'Good', onBehalfOf: 'se-9' });
			const all = mixed(data, () => ({ ...good, phone: '5124854282', carrier_id }));
			const outcome = await runOver(all.data, node);
			expectItems(outcome, all.isGood, { status: 'unverified' });
			for (const request of sandbox.api.requests) {
				expectOwn(request, /^POST \/v1\/connections\/carriers\/stamps_com\/se-\d+\/verification$/);
				// Whatever 'On Behalf Of' gave, nothing was done for the account of the key itself.
				expect(request.headers['on-behalf-of']).toMatch(CARRIER_ID);
			}
			const subAccounts = new Set(all.data.map(({ sub }) => idOf(sub, CARRIER_ID)));
			for (const { headers } of sandbox.api.requests) {
				expect(subAccounts).toContain(headers['on-behalf-of']);
			}
		});
	}, 120_000);

	test('Max Concurrency and Max Wait are brought into their range, or fail all items', async () => {
		await forAll(fc.record({ width: option, wait: option }), 100, async (given) => {
			sandbox.api.reset();
			const item = { ...goodItem(), type: 'sms', ...given };
			const outcome = await runOver(
				[item, item, item] as unknown as IDataObject[],
				sendStep({ maxConcurrency: expressionOf('width'), maxWait: expressionOf('wait') }),
			);
			const isFunction = [given.width, given.wait].some(
				(one) => typeof one === 'function' || one === 'a function of n8n',
			);
			expectItems(outcome, () => !isFunction, { status: 'unverified' });
			expect(outcome.items('Step').map(hasFailed)).toEqual(Array(3).fill(isFunction));
		});
	}, 120_000);
});
