import type { Exchange } from '../vendor/exchanges';
import type { Typed } from './words';

/**
 * Answers compared by their shape: which fields, of which types and forms. Values are not compared, and
 * never told, but for the words of fields that hold nothing else.
 */

/** Fields whose values come from a closed list (OpenAPI document, reference pages). */
const OF_WORDS = new Set([
	...[
		'carrier_code',
		'charge_event',
		'connection_status',
		'currency',
		'error_code',
		'error_source',
	],
	...['error_type', 'field_name', 'label_format', 'label_layout', 'rate_type', 'status'],
	...['tracking_status', 'validation_status', 'verification_method'],
]);

/** Forms that a text may have, by which others can be told from it. */
const FORMS: Array<[name: string, form: RegExp]> = [
	['an ID like se-123', /^se(-[a-z0-9]+)+$/],
	['an ID like vfn_…', /^vfn_\w+$/],
	['a UUID', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i],
	['a time', /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/],
	['an address of the web', /^https?:\/\//],
	['ten digits', /^\d{10}$/],
	['digits', /^\d+$/],
];

/** Deeper, and more places of it, no answer of the API is. */
const DEEPEST = 20;
const MOST_PLACES = 1_000;

/** What is at a place of an answer, at all the entries of a list together. */
type Shape = Map<string, Set<string>>;

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null;

function kindOf(name: string, value: unknown, typed: Typed): string {
	if (value === undefined) return 'nothing';
	if (value === null) return 'null';
	if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
	if (typeof value === 'object') return 'an object';
	if (typeof value !== 'string') return `a ${typeof value}`;
	if (OF_WORDS.has(name)) return `“${typed.word(value)}”`;
	return FORMS.find(([, form]) => form.test(value))?.[0] ?? 'text';
}

/** Finds out what is at each place of an answer. Names that are no plain words may be somebody's data. */
function shapeOf(answer: unknown, typed: Typed): Shape {
	const shape: Shape = new Map();
	const describe = (place: string, name: string, value: unknown, depth: number): void => {
		if (depth > DEEPEST || shape.size > MOST_PLACES) return;
		shape.set(place, (shape.get(place) ?? new Set()).add(kindOf(name, value, typed)));
		if (!isObject(value)) return;
		for (const [key, each] of Object.entries(value)) {
			const below = Array.isArray(value) ? '*' : typed.word(key);
			describe(`${place}/${below}`, Array.isArray(value) ? name : below, each, depth + 1);
		}
	};
	describe('', '', answer, 0);
	return shape;
}

const told = (kinds: Set<string>) => [...kinds].sort().join(' or ');

const isBelow = (place: string, places: string[]) =>
	places.some((other) => place.startsWith(`${other}/`));

const HOLDERS = ['a list', 'an object'];

const holds = (kinds: Set<string> | undefined) => HOLDERS.some((kind) => kinds?.has(kind));

/** In which places two answers are not alike, in words. */
function differing(real: Shape, ours: Shape): string[] {
	const places = [...new Set([...real.keys(), ...ours.keys()])];
	// What is below a place that only one of them has is not told again.
	const apart = places.filter((place) => holds(real.get(place)) !== holds(ours.get(place)));
	return places.flatMap((place) => {
		const at = place === '' ? 'the answer' : `\`${place}\``;
		const [there, here] = [real.get(place), ours.get(place)];
		if (isBelow(place, apart)) return [];
		if (!here) return [`${at} is there (${told(there!)}), and not at the stand-in`];
		if (!there) return [`${at} is not there, and at the stand-in it is (${told(here)})`];
		// An empty list at the stand-in says nothing of what could be in it.
		const isKnown = (kind: string) =>
			here.has(kind) || (kind === 'a list' && here.has('an empty list'));
		if ([...there].every(isKnown)) return [];
		return [`${at} is ${told(there)}, at the stand-in ${told(here)}`];
	});
}

/** Parts of a path that are no IDs. */
const OF_PATHS = new Set(
	'v1 registration stamps_com connections carriers verification partners accounts external_account_id add_funds rates estimate labels void'.split(
		' ',
	),
);

/** A request as it is named: IDs in its path differ from place to place. */
export const nameOf = ({ method, path }: Exchange) =>
	`${method} ${path
		.split('?')[0]!
		.split('/')
		.map((part) => (part === '' || OF_PATHS.has(part) ? part : '*'))
		.join('/')}`;

const TYPES = [
	'application/json',
	'application/problem+json',
	'text/html',
	'text/plain',
	'text/xml',
];

function typeOf({ headers }: Exchange): string {
	const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
	if (type === undefined) return 'of no type';
	return TYPES.includes(type) ? type : 'of another type';
}

/** What of an answer of the API is not as the stand-in's, in words without a value of either. */
export function compareAnswers(real: Exchange, ours: Exchange, typed: Typed): string[] {
	if (real.status === 0) return ['no answer came'];
	const status =
		real.status === ours.status
			? []
			: [`the status is ${real.status}, at the stand-in ${ours.status}`];
	const type =
		typeOf(real) === typeOf(ours)
			? []
			: [`the answer is ${typeOf(real)}, at the stand-in ${typeOf(ours)}`];
	// A good answer and a refusal have nothing to be compared.
	const isAlike = real.status < 300 === ours.status < 300;
	const shape = isAlike
		? differing(shapeOf(real.answered, typed), shapeOf(ours.answered, typed))
		: [];
	return [...status, ...type, ...shape];
}

/** What an answer says in words, wherever APIs put it. */
export function messagesOf({ status, answered }: Exchange): string[] {
	if (status < 400 || !isObject(answered)) return [];
	const { errors, error, message } = answered;
	const all = [message, error, ...(Array.isArray(errors) ? (errors as unknown[]) : [errors])];
	return all
		.map((each) => (isObject(each) ? each.message : each))
		.filter((each): each is string => typeof each === 'string');
}
