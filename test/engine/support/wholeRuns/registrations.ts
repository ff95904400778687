import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { type Carrier, DECLINED_CARD } from '../../../../sandbox/api';
import { SEAL_SECRET, keyOf, now, sealedCard } from '../../../support/sealing';
import { type WorkflowJson, chain, held, step } from '../engine';
import { CARD } from '../fixtures';
import { type Trouble, faultsOf, troubles } from './faults';
import { type Played, play } from './play';
import { NO_HURRY, type Settings, nodeSettings, settings, timeout } from './settings';
import {
	type Policy,
	POLICIES,
	SUBS,
	type Shop,
	cardOf,
	itemOf,
	name,
	nicknameOf,
	shop,
	spelling,
} from './shops';
import type { StandIn } from './standIns';

/** A run of Register. */
export interface Registering {
	shops: Shop[];
	/** Of the step itself, or of each item by an expression. */
	policy: Policy | 'byItem';
	/** Where the step takes its values from. */
	source: 'fields' | 'item' | 'credential' | 'sealed';
	settings: Settings;
}

/** An account that is there before. */
interface Before {
	name: number;
	spelling: number;
	sub: number;
	as: 'usual' | 'disabled by plan' | 'disabled by number' | 'of another company';
}

/** Runs of Register at once, and the stand-in that they meet. */
export interface World {
	before: Before[];
	register: Trouble[];
	carriers: Trouble[];
	/** From how many looks a new account is missing. */
	listedAfter: number;
	/** Whether the items are for sub-accounts. */
	hasSubs: boolean;
	/** In seconds. */
	timeout: number;
	runs: Registering[];
}

const before: fc.Arbitrary<Before> = fc.record({
	name,
	spelling,
	sub: fc.nat(1),
	as: fc.constantFrom<Array<Before['as']>>(
		...([
			'usual',
			'usual',
			'disabled by plan',
			'disabled by number',
			'of another company',
		] as const),
	),
});

const registering = (policies: Array<Registering['policy']>, maxLength: number) =>
	fc.record({
		shops: fc.array(shop, { maxLength, size: 'max' }),
		policy: fc.constantFrom(...policies),
		source: fc.constantFrom<Array<Registering['source']>>(
			...(['fields', 'item', 'credential', 'sealed'] as const),
		),
		settings,
	});

/** With one nickname for all, and few items: of many, one would be sure to be registered soon. */
const crowded = <T extends Pick<World, 'runs'>>(world: T): T => ({
	...world,
	runs: world.runs.map((run) => ({
		...run,
		shops: run.shops.slice(0, 3).map((each) => ({ ...each, name: 0 })),
	})),
});

/**
 * With one sub-account for all: runs come together at each when they first need it, and one that
 * needs it when the other run is over knows nothing of that.
 */
const ofOneSub = <T extends Pick<World, 'runs'>>(world: T): T => ({
	...world,
	runs: world.runs.map((run) => ({
		...run,
		// Of SUBS, the spellings of the first.
		shops: run.shops.map((each) => ({ ...each, sub: each.sub & 2 })),
	})),
});

/** Worlds of so many runs at once. */
export const worldOf = (
	runs: { minLength: number; maxLength: number; shops: number },
	policies: Array<Registering['policy']> = [...POLICIES, 'byItem', 'byItem'],
): fc.Arbitrary<World> =>
	fc
		.record({
			before: fc.array(before, { maxLength: 4 }),
			register: troubles('register'),
			carriers: troubles('carriers', 4),
			isCrowded: fc.integer({ min: 0, max: 2 }).map((drawn) => drawn === 0),
			isSound: fc.integer({ min: 0, max: 7 }).map((drawn) => drawn === 0),
			// What runs know together ends with them; where the API lists late, the next run is at its mercy.
			listedAfter: runs.maxLength > 1 ? fc.constant(0) : fc.constantFrom(0, 0, 0, 1, 3),
			hasSubs: fc.boolean(),
			timeout,
			runs: fc.array(registering(policies, runs.shops), runs),
		})
		.map(({ isCrowded, ...world }) => (isCrowded ? crowded(world) : world))
		.map((world) => (world.runs.length > 1 ? ofOneSub(world) : world))
		.map(({ isSound, ...world }) =>
			isSound ? { ...world, register: [], carriers: [], timeout: NO_HURRY } : world,
		);

const field = (key: string) => `={{ $json.${key} }}`;

/** Each field of the panel by an expression. */
const FIELDS: IDataObject = {
	...Object.fromEntries(
		[
			...['nickname', 'email', 'name', 'phone', 'company_name', 'address_line1', 'address_line2'],
			...['city_locality', 'state_province', 'postal_code', 'country_code'],
			...['agree_to_carrier_terms', 'address_residential_indicator'],
		].map((key) => [
			key.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase()),
			field(key),
		]),
	),
};

const CARD_FIELDS: IDataObject = {
	cardName: field('card_name'),
	cardNumber: field('card_number'),
	cardType: field('card_type'),
	cardExpirationYear: field('card_expiration_year'),
	cardExpirationMonth: field('card_expiration_month'),
};

export const SOURCES: Record<Registering['source'], IDataObject> = {
	fields: { ...FIELDS, ...CARD_FIELDS },
	item: { dataMode: 'autoMapInputData' },
	credential: { ...FIELDS, cardSource: 'credential' },
	sealed: { ...FIELDS, cardSource: 'sealed' },
};

/** A run as it is told to the node. */
export interface Told extends Registering {
	items: IDataObject[];
	tags: string[];
}

function workflowOf({ items, policy, source, settings: given }: Told, world: World): WorkflowJson {
	const options = {
		timeout: world.timeout,
		maxConcurrency: given.maxConcurrency,
		maxWait: given.maxWait,
		...(world.hasSubs && { onBehalfOf: field('sub') }),
	};
	const ifNicknameExists = policy === 'byItem' ? field('policy') : policy;
	const parameters = { ...SOURCES[source], ifNicknameExists, options };
	return {
		nodes: [held('Trigger', items), step('Step', 'register', parameters, nodeSettings(given))],
		connections: chain('Trigger', 'Step'),
	};
}

const { publicJwk } = keyOf(SEAL_SECRET);

/** The item with its card sealed. */
async function sealed(item: IDataObject): Promise<IDataObject> {
	const { card_name, card_number, card_expiration_year, card_expiration_month, ...others } = item;
	const card = {
		name: card_name,
		number: card_number,
		expiration_year: card_expiration_year,
		expiration_month: card_expiration_month,
	};
	const { email, phone } = others;
	const person = { email, phone };
	return { ...others, sealed_card: await sealedCard(publicJwk, { card, person, iat: now() }) };
}

const asItIs = async (item: IDataObject) => item;

const giveAs = { fields: asItIs, item: asItIs, credential: asItIs, sealed };

/** A world after its runs. */
export interface Registered {
	world: World;
	standIn: StandIn;
	/** The carriers that were there before. */
	before: Carrier[];
	runs: Array<Told & Played>;
}

/** Lets a world happen. */
export async function happen(world: World, standIn: StandIn): Promise<Registered> {
	standIn.reset({ listedAfter: world.listedAfter });
	if (world.hasSubs) standIn.asPartner();
	const there = world.before.map(({ as, sub, ...given }) =>
		standIn.api.addCarrier({
			nickname: nicknameOf(given),
			...(world.hasSubs && { onBehalfOf: SUBS[sub] }),
			...(as === 'disabled by plan' && { disabled_by_billing_plan: true }),
			...(as === 'disabled by number' && { account_number: 'stamps_com_disabled' }),
			...(as === 'of another company' && { carrier_code: 'ups' }),
		}),
	);
	const ids = there.map(({ carrier_id }) => carrier_id);
	[...faultsOf('register', world.register), ...faultsOf('carriers', world.carriers, ids)].forEach(
		(fault) => standIn.api.faults.add(fault),
	);

	const told = await Promise.all(
		world.runs.map(async (run, place): Promise<Told> => {
			const tags = run.shops.map((_shop, index) => `r${place}i${index}`);
			const items = run.shops.map((each, index) => itemOf(each, tags[index]!));
			return { ...run, tags, items: await Promise.all(items.map(giveAs[run.source])) };
		}),
	);
	const played = await play(
		standIn,
		told.map((run) => ({ workflow: workflowOf(run, world), cancelled: run.settings.cancelled })),
	);
	return {
		world,
		standIn,
		before: there,
		runs: told.map((run, place) => ({ ...run, ...played[place]! })),
	};
}

/** The cards that nobody may be told. */
export const cardsOf = ({ tags }: Pick<Told, 'tags'>): string[] => [
	String(CARD.cardNumber),
	DECLINED_CARD,
	...tags.map(cardOf),
];
