import fc from 'fast-check';
import type { IConnections, IDataObject, INode } from 'n8n-workflow';
import { carrierStep, chain, held, type NodeJson, own, step, subAccountStep } from '../engine';
import { CARD, DOCUMENTED_BODY } from '../fixtures';
import type { Around } from '../nodes';
import { DECLINED_CARD } from '../../../../sandbox/api';
import { Observer, type Call } from './observer';
import { CERTAIN, type OnTheWay, mergeOf, nodeOf, onTheWay, rowsOf } from './onTheWay';
import type { StandIn } from './standIns';
import { play } from './play';

/** The steps that can stand in a chain of chance, and what each has to know. */
export const STEPS = {
	create: { operation: 'create', needs: ['external_account_id'], looksBack: false },
	register: { operation: 'register', needs: [], looksBack: false },
	send: { operation: 'sendVerification', needs: ['carrier_id', 'phone'], looksBack: true },
	confirm: {
		operation: 'confirmVerification',
		needs: ['carrier_id', 'verification_id'],
		looksBack: true,
	},
	check: { operation: 'check', needs: ['carrier_id'], looksBack: true },
	get: { operation: 'get', needs: ['carrier_id'], looksBack: true },
	addFunds: { operation: 'addFunds', needs: ['carrier_id'], looksBack: false },
	updateLogin: { operation: 'updateLogin', needs: ['carrier_id'], looksBack: false },
	disconnect: { operation: 'disconnect', needs: ['carrier_id'], looksBack: false },
} as const;

export type Kind = keyof typeof STEPS;

/** How a step's fields are set: left empty, dragged from the input, or from the first step by its name. */
export type Setting = 'empty' | 'dragged' | 'named';

/** A step with what stands before it. */
export interface Leg {
	kind: Kind;
	before: OnTheWay[];
	carrier: Setting;
	/** Whether a failed item goes on, goes elsewhere, or is put out as an empty one. */
	onError: 'continue' | 'branch' | 'always';
}

/** People, what they have in common, and a chain of steps. */
export interface OwnerWorld {
	people: number;
	isPartner: boolean;
	/** Whether all shops have one name (each in a sub-account of its own), or one email. */
	isSameName: boolean;
	isSameEmail: boolean;
	/** Whether each of them comes twice, and so gets two accounts. */
	isTwice: boolean;
	/** Whose card is declined. */
	declined: boolean[];
	legs: Leg[];
}

const leg = (kinds: Kind[]): fc.Arbitrary<Leg> =>
	fc.record({
		kind: fc.constantFrom(...kinds),
		before: onTheWay,
		carrier: fc.constantFrom<Setting[]>('empty', 'empty', 'empty', 'dragged', 'named'),
		onError: fc.constantFrom<Array<Leg['onError']>>('continue', 'continue', 'branch', 'always'),
	});

/** A table that knows a verification, and not whose: it may be that of another account of the person. */
const withOldVerification = (each: Leg): Leg => ({
	...each,
	carrier: 'empty',
	before: [{ kind: 'table', keeps: ['verification_id'], order: Array<number>(12).fill(0) }],
});

export const ownerWorld: fc.Arbitrary<OwnerWorld> = fc
	.record({
		people: fc.integer({ min: 1, max: 4 }),
		isPartner: fc.boolean(),
		isSameName: fc.boolean(),
		isTwice: fc.integer({ min: 0, max: 2 }).map((drawn) => drawn === 0),
		isSameEmail: fc.integer({ min: 0, max: 3 }).map((drawn) => drawn === 0),
		declined: fc.array(
			fc.integer({ min: 0, max: 5 }).map((drawn) => drawn === 5),
			{ minLength: 4, maxLength: 4 },
		),
		isCertain: fc.integer({ min: 0, max: 2 }).map((drawn) => drawn === 0),
		registering: leg(['register']),
		middle: fc.array(leg(['send', 'send', 'check', 'get']), { minLength: 1, maxLength: 2 }),
		last: fc.oneof(
			{
				weight: 4,
				arbitrary: leg(['confirm', 'confirm', 'addFunds', 'updateLogin', 'disconnect', 'send']),
			},
			{ weight: 1, arbitrary: leg(['confirm']).map(withOldVerification) },
		),
	})
	.map(({ registering, middle, last, isCertain, ...world }) => {
		const create: Leg = { kind: 'create', before: [], carrier: 'empty', onError: 'continue' };
		const legs = [...(world.isPartner ? [create] : []), registering, ...middle, last];
		const cleared = (each: Leg): Leg => ({
			...each,
			before: each.before.map((way) =>
				CERTAIN.includes(way.kind) ? way : { ...way, kind: 'set' as const },
			),
		});
		const certain = isCertain ? legs.map(cleared) : legs;
		const all = withoutLies(world.isPartner ? certain : ownFirst(certain));
		return { ...world, legs: all.map((each, place) => asSomebodyMay(each, all, place)) };
	});

/**
 * Where somebody's code says a wrong link, and what comes behind it drops the names, nobody can know it.
 * So it may say one only right before the last step.
 */
const withoutLies = (legs: Leg[]): Leg[] =>
	legs.map((each, place) => ({
		...each,
		before: each.before.map((way, index) => {
			const isLast = place === legs.length - 1 && index === each.before.length - 1;
			return way.kind === 'misled' && !isLast ? { ...way, kind: 'set' as const } : way;
		}),
	}));

/**
 * What somebody set by hand is used as it is. Behind a link that n8n made up, n8n itself gives another's
 * value for `$('…').item`, which no node can see.
 */
const asSomebodyMay = (each: Leg, all: Leg[], place: number): Leg => {
	const ways = all.slice(0, place + 1).flatMap(({ before }) => before);
	const isSafe = ways.every(({ kind }) => CERTAIN.includes(kind));
	return each.carrier === 'named' && !isSafe ? { ...each, carrier: 'empty' } : each;
};

/** Without a partner, nothing stands before the first step. */
const ownFirst = ([first, ...others]: Leg[]): Leg[] => [{ ...first!, before: [] }, ...others];

const numbered = (who: number) => `p${who}`;

/** Who stands at the beginning. */
export const comingTo = ({ people, isTwice }: OwnerWorld): number[] => {
	const once = Array.from({ length: people }, (_each, who) => who);
	return isTwice ? [...once, ...once] : once;
};

/** What is known of a person before anything is registered. */
export const personOf = ({ isSameName, isSameEmail }: OwnerWorld, who: number) => ({
	who,
	nickname: isSameName ? 'Main store' : `Shop ${who}`,
	email: isSameEmail ? 'all@example.com' : `owner${who}@example.com`,
	phone: `512555010${who}`,
	external_account_id: `own-${who}`,
});

const field = (key: string, world: OwnerWorld) =>
	`={{ ${JSON.stringify(Array.from({ length: world.people }, (_each, who) => personOf(world, who)))}[$json.who]?.${key} ?? '' }}`;

/** The registration of an item, by whose it is. */
const registration = (world: OwnerWorld): IDataObject => {
	const { address } = DOCUMENTED_BODY;
	return {
		...CARD,
		nickname: field('nickname', world),
		email: field('email', world),
		phone: field('phone', world),
		companyName: "={{ 'p' + $json.who }}",
		cardNumber: `={{ ${JSON.stringify(world.declined)}[$json.who] ? '${DECLINED_CARD}' : '${String(CARD.cardNumber)}' }}`,
		agreeToCarrierTerms: true,
		name: address.name,
		addressLine1: address.address_line1,
		cityLocality: address.city_locality,
		stateProvince: address.state_province,
		postalCode: address.postal_code,
		countryCode: 'US',
		addressResidentialIndicator: 'no',
		ifNicknameExists: 'registerAnother',
	};
};

export const SETTINGS: Record<Leg['onError'], Partial<INode>> = {
	continue: { onError: 'continueRegularOutput' },
	branch: { onError: 'continueErrorOutput' },
	always: { onError: 'continueErrorOutput', alwaysOutputData: true },
};

/** A step as somebody sets it. */
function nodeOfLeg(world: OwnerWorld, { kind, carrier, onError }: Leg, name: string): NodeJson {
	const { operation } = STEPS[kind];
	const settings = SETTINGS[onError];
	const located = {
		dragged: '={{ $json.carrier_id }}',
		named: "={{ $('Step register').item.json.carrier_id }}",
	};
	const set =
		carrier === 'empty' ? {} : { carrierId: { __rl: true, mode: 'id', value: located[carrier] } };
	if (kind === 'create') {
		return subAccountStep(
			name,
			operation,
			{
				externalAccountId: field('external_account_id', world),
				ifExternalAccountIdExists: 'returnExisting',
			},
			settings,
		);
	}
	if (kind === 'register') return step(name, operation, registration(world), settings);
	if (kind === 'send') return step(name, operation, set, settings);
	if (kind === 'confirm') {
		return step(name, operation, { ...set, verificationCode: '000000' }, settings);
	}
	const funds = { amount: 10, maximumAmount: 10, confirmLiveCharge: true };
	return carrierStep(name, operation, { ...set, ...(kind === 'addFunds' && funds) }, settings);
}

export const nameOfLeg = (legs: Leg[], place: number): string =>
	legs[place]!.kind === 'register' ? 'Step register' : `Step ${place} ${legs[place]!.kind}`;

/** A chain after its run. */
export interface Owned {
	world: OwnerWorld;
	standIn: StandIn;
	calls: Call[];
}

/** Lets a chain happen. */
export async function happen(world: OwnerWorld, standIn: StandIn): Promise<Owned> {
	const { api } = standIn;
	if (world.isPartner) standIn.asPartner();
	const people = Array.from({ length: world.people }, (_each, who) => personOf(world, who));

	/** What a table has of a person by now. */
	const table = (who: number): IDataObject => {
		const account = api.state.accounts.find(({ body }) => tagOf(body) === numbered(who));
		const sent = api.state.verifications.findLast(
			({ carrierId }) => carrierId === account?.carrierId,
		);
		const sub = api.state.subAccounts.find(
			({ fields }) => fields.external_account_id === `own-${who}`,
		);
		return {
			...people[who]!,
			...(account && { carrier_id: account.carrierId }),
			...(sub && { on_behalf_of: String(sub.account_id) }),
			...(sent && { verification_id: sent.id }),
		};
	};

	const coming = comingTo(world).map((who) => people[who]!);
	const nodes: NodeJson[] = [held('Trigger', coming)];
	const connections: IConnections = {};
	const add = (node: NodeJson) => {
		Object.assign(connections, chain(nodes.at(-1)!.name, node.name));
		nodes.push(node);
	};
	const beside: NodeJson[] = [];
	world.legs.forEach((each, place) => {
		each.before.forEach((way, index) => {
			const name = `Way ${place} ${index}`;
			if (way.kind !== 'mergeByPosition') return add(nodeOf(way, name, table));
			const rows = own(`Rows ${name}`, 'set', (input) => [
				rowsOf(way, world.people).map((who) => ({
					json: { ...table(who), who },
					pairedItem: { item: Math.min(who, input.length - 1) },
				})),
			]);
			add(mergeOf(way, name));
			beside.push(rows);
			connections.Trigger = {
				main: [
					[...(connections.Trigger?.main?.[0] ?? []), { node: rows.name, type: 'main', index: 0 }],
				],
			};
			connections[rows.name] = { main: [[{ node: name, type: 'main', index: 1 }]] };
		});
		add(nodeOfLeg(world, each, nameOfLeg(world.legs, place)));
	});

	const { calls, around } = new Observer();
	const workflow = { nodes: [...nodes, ...beside], connections };
	await play(standIn, [{ workflow, observer: { calls, around: saying(around) } }]);
	return { world, standIn, calls };
}

/** Has every item that a step puts out say whose it is, as those that came in do. */
const saying =
	(around: Around): Around =>
	async (context, execute) => {
		const input = context.getInputData();
		const goesOn = context.getNode().onError === 'continueRegularOutput';
		const [output = []] = await around(context, execute);
		return [
			output.map((item, index) => ({
				...item,
				// n8n tells an error item by its lone key.
				json:
					item.json.error && !goesOn ? item.json : { ...item.json, who: input[index]!.json.who },
			})),
		];
	};

export const tagOf = (body: unknown) =>
	(body as { address?: { company_name?: string } }).address?.company_name;
