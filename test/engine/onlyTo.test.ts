import type { IDataObject } from 'n8n-workflow';
import { type Api, SANDBOX_KEY, startApi } from '../../sandbox/api';
import { SEAL_SECRET, keyOf, now, sealedCard } from '../support/sealing';
import { carrierStep, going, step } from './support/engine';
import { ACCOUNT, CARD, LOGIN, VISA, useApi } from './support/fixtures';

/**
 * A card, a login and the seal of cards go to the API that their own credential names. Whoever may use
 * them, and makes a credential of the API with an address of their own, is sent nothing.
 */

const sandbox = useApi();

/** A server of somebody else, which would take whatever comes. */
let theirs: Api;
beforeAll(async () => {
	theirs = await startApi();
});
beforeEach(() => theirs.reset());
afterAll(async () => await theirs.close());

const theirApi = () => ({
	shipEngineApi: { apiKey: SANDBOX_KEY, keyType: 'own', baseUrl: theirs.url },
});

interface Case {
	credential: string;
	/** What of the credential nobody else may see. */
	secret: string;
	node(settings?: object): Parameters<typeof sandbox.runChain>[1];
}

const registers = (cardSource: string) => (settings?: object) =>
	step('Step', 'register', { ...ACCOUNT, cardSource }, settings);

const CASES: Record<string, Case> = {
	'the card of a credential': {
		credential: 'shipEnginePaymentCardApi',
		secret: VISA,
		node: registers('credential'),
	},
	'a sealed card': {
		credential: 'shipEngineCardSealApi',
		secret: VISA,
		node: registers('sealed'),
	},
	'the login of an account to connect': {
		credential: 'shipEngineStampsLoginApi',
		secret: LOGIN.password,
		node: (settings) => carrierStep('Step', 'connectExisting', { nickname: 'Shop' }, settings),
	},
	'a new login': {
		credential: 'shipEngineStampsLoginApi',
		secret: LOGIN.password,
		node: (settings) => carrierStep('Step', 'updateLogin', {}, settings),
	},
};

/** An item that brings what the step needs, of an account at an API. */
async function itemFor({ credential }: Case, api: Api): Promise<IDataObject> {
	const { carrier_id } = api.addCarrier({ nickname: 'There' });
	if (credential !== 'shipEngineCardSealApi') return { carrier_id };
	const person = { email: ACCOUNT.email, phone: ACCOUNT.phone };
	return { sealed_card: await sealedCard(keyOf(SEAL_SECRET).publicJwk, { person, iat: now() }) };
}

const ways = Object.entries(CASES).flatMap(([what, each]) => [
	{ what, each, settings: {}, how: 'a step that stops' },
	{ what, each, settings: going, how: 'a step that goes on' },
]);

test.each(ways)('$what goes to nobody else, by $how', async ({ each, settings }) => {
	const item = await itemFor(each, theirs);
	const workflow = sandbox.lined([item, item], [each.node(settings)]);
	const outcome = await sandbox.run(workflow, theirApi());

	expect(theirs.requests).toEqual([]);
	expect(sandbox.calls()).toEqual([]);
	const told = JSON.stringify(outcome.run);
	expect(told).toContain('base_url_differs');
	expect(told).toContain("Check the 'Base URL' of the 'ShipEngine API' credential first");
	expect(told).not.toContain(each.secret);
});

test.each(Object.entries(CASES))('%s goes where its credential says', async (_what, each) => {
	const item = await itemFor(each, sandbox.api);
	const outcome = await sandbox.runChain([item], each.node());
	expect(outcome.error).toBeUndefined();
	expect(JSON.stringify(sandbox.bodies())).toContain(each.secret);
});

describe('the address of a credential', () => {
	const [, each] = Object.entries(CASES)[0]!;
	const runWith = async (baseUrl: unknown) =>
		await sandbox.run(sandbox.lined([{}], [each.node()]), {
			[each.credential]: { ...CARD, baseUrl },
		} as Parameters<typeof sandbox.run>[1]);

	test.each([
		['a slash behind it', (url: string) => `${url}/`],
		['spaces around it', (url: string) => ` ${url}\n`],
		['capitals', (url: string) => url.replace('http', 'HTTP')],
	])('is the same with %s', async (_what, write) => {
		expect((await runWith(write(sandbox.api.url))).error).toBeUndefined();
		expect(sandbox.api.state.accounts).toHaveLength(1);
	});

	test.each([
		['that of the API itself', () => 'https://api.shipengine.com'],
		['another port', (url: string) => url.replace(/\d+$/, '1')],
		['another name of the same machine', (url: string) => url.replace('127.0.0.1', 'localhost')],
		['another path', (url: string) => `${url}/v1`],
		['a host that begins alike', () => 'https://127.0.0.1.example.com'],
	])('%s is another one', async (_what, write) => {
		const { error } = await runWith(write(sandbox.api.url));
		expect(error?.message).toContain(
			"The Stamps account was not registered: the 'ShipEngine Payment Card' credential is for another 'Base URL' than the 'ShipEngine API' credential has",
		);
		expect(sandbox.calls()).toEqual([]);
	});

	test.each([['', undefined, null, 'api.shipengine.com', 'http://api.shipengine.com', '*']])(
		'%j is none',
		async (...written) => {
			for (const baseUrl of written) {
				const { error } = await runWith(baseUrl);
				expect(error?.message).toContain(
					"the 'Base URL' of the 'ShipEngine Payment Card' credential cannot be used",
				);
			}
			expect(sandbox.calls()).toEqual([]);
		},
	);
});

describe('of a refusal the same is told, whatever the secret is, so that no guess can be tried', () => {
	const spellings: Array<(digits: string) => string> = [
		(digits) => digits,
		(digits) => [...digits].join(' '),
		(digits) => [...digits].join('-'),
		(digits) => Buffer.from(digits).toString('base64'),
		(digits) => Buffer.from(digits).toString('hex'),
		(digits) => encodeURIComponent(digits).replace(/\d/g, (digit) => `%3${digit}`),
		(digits) => digits.replace(/\d/g, (digit) => `&#4${8 + Number(digit)};`),
		(digits) => digits.replace(/\d/g, (digit) => '０１２３４５６７８９'[Number(digit)]!),
	];
	const guesses = (...secrets: string[]) =>
		secrets
			.flatMap((secret) => spellings.map((spell) => spell(secret)))
			.map((guess) => `The nickname ${guess} is not allowed.`);

	/** What is told where the API says this and the credential holds that. */
	const toldOf = async (each: Case, message: string, held: object): Promise<string> => {
		sandbox.api.reset();
		const item = await itemFor(each, sandbox.api);
		for (const operation of ['register', 'connect', 'updateLogin'] as const) {
			sandbox.api.faults.add({ operation, kind: 'refusal', message });
		}
		const { json } = await sandbox.run(sandbox.lined([item], [each.node(going)]), {
			[each.credential]: { ...held, baseUrl: sandbox.api.url },
		} as Parameters<typeof sandbox.run>[1]);
		const { message: said, errors } = json('Step')[0]!.error as IDataObject;
		return JSON.stringify([said, errors]);
	};

	test('a card', async () => {
		const each = CASES['the card of a credential']!;
		for (const message of guesses(VISA, VISA.slice(0, 8), VISA.slice(8))) {
			const told = await toldOf(each, message, CARD);
			expect(told).toContain('The nickname … is not allowed.');
			expect(await toldOf(each, message, { ...CARD, cardNumber: '4012888888881881' })).toBe(told);
		}
	});

	test('a part of a login', async () => {
		const each = CASES['the login of an account to connect']!;
		for (const message of guesses(LOGIN.password.slice(0, 12), LOGIN.password.slice(6))) {
			const told = await toldOf(each, message, LOGIN);
			expect(await toldOf(each, message, { ...LOGIN, password: 'another one' })).toBe(told);
		}
	});
});

test('once the address is put right, the run that stopped goes on from there', async () => {
	const node = registers('credential')();
	const stopped = await sandbox.run(sandbox.lined([{}], [node]), theirApi());
	expect(stopped.error).toBeDefined();
	const again = await sandbox.retryChain(stopped, node);
	expect(again.json('Step')).toMatchObject([{ nickname: ACCOUNT.nickname }]);
	expect(sandbox.api.state.accounts).toHaveLength(1);
	expect(theirs.requests).toEqual([]);
});
