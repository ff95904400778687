import fc from 'fast-check';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { type NodeJson, own } from '../engine';
import type { Making } from '../nodes';

/**
 * What stands between two ShipEngine steps and makes new items of old ones: each kind as a node, and as
 * what is true of its items. `who` stands in every item, and means nothing to the node: it says whose
 * the item is.
 */

/** An item as it is known from outside. */
export interface Known {
	/** Whose it is: a number of a person; undefined where it is made of several. */
	who: number | undefined;
	/** What of the person's own values stands in it. */
	has: string[];
	/** The items of earlier ShipEngine steps to which n8n links it, the nearest first; none if it cannot tell. */
	past: Past[];
	/** Whether the item itself does not say it: n8n's own empty one. */
	isSilent?: boolean;
	/** Whether n8n's way back ends here: it does not know from which item this one came. */
	isLost?: boolean;
}

export interface Past {
	step: string;
	index: number;
	/** Whether that is certain, and not made up. */
	isFact: boolean;
}

/** The values that say whose something is, or that a request needs. */
export const VALUES = [
	...['carrier_id', 'phone', 'verification_id', 'on_behalf_of'],
	...['nickname', 'email', 'external_account_id'],
];

const KINDS = [
	// As n8n's own steps do it, by links that are right.
	...['set', 'setAll', 'place', 'filter', 'sort', 'split', 'said', 'each', 'disabled', 'table'],
	// By links that are made up, lost, or many.
	...['code', 'subWorkflow', 'form', 'mergeByPosition', 'lost', 'aggregate', 'outOfRange'],
	// By links that are said, and wrong: of another person whose account the item itself names.
	'misled',
] as const;

export interface OnTheWay {
	kind: (typeof KINDS)[number];
	/** What an item keeps of its values. */
	keeps: string[];
	/** Draws an order, or one item of many. */
	order: number[];
}

/** Nothing about whom there could be a doubt. */
export const CERTAIN: ReadonlyArray<OnTheWay['kind']> = KINDS.slice(0, 10);

const arbitrary = (kinds: ReadonlyArray<OnTheWay['kind']>) =>
	fc.record({
		kind: fc.constantFrom(...kinds),
		keeps: fc.oneof(
			fc.subarray(VALUES),
			fc.constantFrom<string[][]>(['nickname'], ['verification_id'], []),
		),
		order: fc.array(fc.nat(1_000), { minLength: 12, maxLength: 12 }),
	});

export const onTheWay: fc.Arbitrary<OnTheWay[]> = fc.array(
	fc.oneof(
		{ weight: 3, arbitrary: arbitrary(CERTAIN) },
		{ weight: 2, arbitrary: arbitrary(KINDS.slice(10)) },
	),
	{ maxLength: 3 },
);

/** The places of so many items in an order that was drawn. */
const drawn = (order: number[], count: number): number[] =>
	Array.from({ length: count }, (_each, index) => index).sort(
		(one, other) => order[one % 12]! - order[other % 12]! || one - other,
	);

const part = (json: IDataObject, keys: string[]): IDataObject =>
	Object.fromEntries(['who', ...keys].filter((key) => key in json).map((key) => [key, json[key]]));

/** What a step of each kind gives: for each new item the place of the one it is made of. */
function sourcesOf({ kind, order }: OnTheWay, count: number): number[] {
	switch (kind) {
		case 'sort':
		case 'said':
		case 'code':
		case 'subWorkflow':
		case 'misled':
			return drawn(order, count);
		case 'filter':
			return drawn(order, count)
				.slice(0, Math.ceil(count / 2))
				.sort((one, other) => one - other);
		case 'split':
		case 'lost':
			return Array.from({ length: count * 2 }, (_each, index) => Math.floor(index / 2));
		case 'form':
			return count === 0 ? [] : [order[0]! % count];
		case 'aggregate':
			return count === 0 ? [] : [0];
		default:
			return Array.from({ length: count }, (_each, index) => index);
	}
}

const TYPES: Partial<Record<OnTheWay['kind'], string>> = {
	place: 'twilio',
	said: 'code',
	each: 'code',
	table: 'dataTable',
	code: 'code',
	lost: 'code',
	outOfRange: 'code',
	misled: 'code',
	subWorkflow: 'executeWorkflow',
	setAll: 'set',
};

/** Whether a step of this kind says by itself where its items come from, and how. */
function pairedBy(way: OnTheWay, source: number, count: number): Partial<INodeExecutionData> {
	switch (way.kind) {
		case 'place':
		case 'code':
		case 'subWorkflow':
		case 'form':
		case 'lost':
		case 'each':
			return {};
		case 'said':
			return { pairedItem: source };
		case 'outOfRange':
			return { pairedItem: { item: 99 } };
		case 'aggregate':
			return { pairedItem: Array.from({ length: count }, (_each, item) => ({ item })) };
		default:
			return { pairedItem: { item: source } };
	}
}

/** What a table knows of each person, when it is asked. */
export type Table = (who: number) => IDataObject;

/** The JSON of a new item. */
function jsonOf(way: OnTheWay, source: IDataObject, count: number, table: Table): IDataObject {
	const { kind, keeps } = way;
	if (kind === 'setAll' || kind === 'filter' || kind === 'sort' || kind === 'split') return source;
	if (kind === 'aggregate' && count > 1) return {};
	if (kind === 'table' && typeof source.who === 'number') {
		return part({ ...table(source.who), who: source.who }, keeps);
	}
	return part(source, keeps);
}

/** What an item keeps that is linked to another person's. */
const NAMED = ['carrier_id', 'nickname'];

/** Links each item to the one at its own place, if both name their accounts. */
const misleading =
	(way: OnTheWay, table: Table): Making =>
	(input) => [
		sourcesOf(way, input.length).map((source, place) => {
			const [own, other] = [source, place].map((at) => input[at]!.json.who);
			const rows = [own, other].map((who) => (typeof who === 'number' ? table(who) : {}));
			const isLed = rows.every((row) => 'carrier_id' in row);
			const json = typeof own === 'number' ? part({ ...rows[0], who: own }, NAMED) : {};
			return { json, pairedItem: isLed ? place : source };
		}),
	];

/** The step itself. */
export function nodeOf(way: OnTheWay, name: string, table: Table): NodeJson {
	if (way.kind === 'misled') return own(name, TYPES.misled!, misleading(way, table));
	const making: Making = (input) => [
		sourcesOf(way, input.length).map((source) => ({
			json: { ...jsonOf(way, input[source]!.json, input.length, table) },
			...pairedBy(way, source, input.length),
		})),
	];
	const { kind } = way;
	if (kind === 'disabled') {
		return {
			name,
			type: 'n8n-nodes-shipengine.shipEngine',
			disabled: true,
			parameters: { resource: 'carrier', operation: 'check' },
		};
	}
	const mode = { each: 'runOnceForEachItem', subWorkflow: 'once' }[kind as string];
	return own(name, TYPES[kind] ?? kind, making, mode === undefined ? {} : { mode });
}

/** A Merge by position with rows of a table, which stand in another order. */
export const rowsOf = (way: OnTheWay, people: number): number[] => drawn(way.order, people);

export const mergeOf = (way: OnTheWay, name: string): NodeJson =>
	own(
		name,
		'merge',
		(one = [], two = []) => [
			one.slice(0, two.length).map((_item, item) => ({
				json: part(two[item]!.json, way.keeps),
				pairedItem: [
					{ item, input: 0 },
					{ item, input: 1 },
				],
			})),
		],
		{ mode: 'combine', combineBy: 'combineByPosition' },
	);

/**
 * What is true of the items that come out.
 *
 * @param of - what of its own values a table has of each person
 */
export function passed(
	way: OnTheWay,
	items: Known[],
	people: number,
	of: (who: number) => string[],
): Known[] {
	const { kind, keeps } = way;
	const count = items.length;
	if (kind === 'mergeByPosition') {
		const rows = rowsOf(way, people);
		const isFact = Math.max(count, rows.length) === 1;
		return items.slice(0, rows.length).map((item, index) => ({
			who: rows[index]!,
			has: keeps.filter((key) => of(rows[index]!).includes(key)),
			past: doubted(item.past, isFact),
			isLost: item.isLost,
		}));
	}
	const keepsAll = ['setAll', 'filter', 'sort', 'split', 'disabled'].includes(kind);
	return sourcesOf(way, count).map((place, index): Known => {
		const item = items[place]!;
		const { isSilent } = item;
		const has = keepsAll ? item.has : item.has.filter((key) => keeps.includes(key));
		const linked = (at: number, isFact: boolean) => ({
			past: doubted(items[at]!.past, isFact || count === 1),
			isLost: items[at]!.isLost,
		});
		switch (kind) {
			case 'misled': {
				const isNamed = ({ who, isSilent: isMute }: Known) =>
					who !== undefined && !isMute && of(who).includes('carrier_id');
				return {
					who: item.who,
					isSilent,
					has:
						item.who === undefined || isSilent
							? []
							: NAMED.filter((key) => of(item.who!).includes(key)),
					...linked(isNamed(item) && isNamed(items[index]!) ? index : place, true),
				};
			}
			case 'code':
			case 'subWorkflow':
				return { who: item.who, isSilent, has, ...linked(index, false) };
			case 'form':
				return { who: item.who, isSilent, has, ...linked(0, false) };
			case 'lost':
				return { who: item.who, isSilent, has, ...(count === 1 ? linked(0, true) : NOWHERE) };
			case 'outOfRange':
				return { who: item.who, isSilent, has, ...NOWHERE };
			case 'aggregate':
				return count === 1
					? { who: item.who, isSilent, has, ...linked(0, true) }
					: { who: undefined, has: [], ...NOWHERE };
			case 'table':
				return {
					who: item.who,
					isSilent,
					has:
						item.who === undefined || isSilent
							? has
							: keeps.filter((key) => of(item.who!).includes(key)),
					...linked(place, true),
				};
			default:
				return { who: item.who, isSilent, has, ...linked(place, true) };
		}
	});
}

const NOWHERE = { past: [], isLost: true };

const doubted = (past: Past[], isFact: boolean): Past[] =>
	past.map((each) => ({ ...each, isFact: each.isFact && isFact }));
