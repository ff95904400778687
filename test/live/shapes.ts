import type { Exchange } from '../vendor/exchanges';

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

const WORD = /^[a-z][a-z_./[\]]{0,60}$/;

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

/** What is at a place of an answer, at all the entries of a list together. */
type Shape = Map<string, Set<string>>;

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null;

function kindOf(name: string, value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'object') return 'an object';
	if (typeof value !== 'string') return `a ${typeof value}`;
	if (OF_WORDS.has(name)) return WORD.test(value) ? `“${value}”` : 'another text';
	return FORMS.find(([, form]) => form.test(value))?.[0] ?? 'text';
}

/** Adds what is at a place and below it. Names that are no plain words may be somebody's data. */
function describe(shape: Shape, place: string, name: string, value: unknown): Shape {
	const kinds = shape.get(place) ?? new Set();
	shape.set(place, kinds.add(kindOf(name, value)));
	if (Array.isArray(value)) {
		for (const entry of value) describe(shape, `${place}/*`, name, entry);
	} else if (isObject(value)) {
		for (const [key, each] of Object.entries(value)) {
			const known = /^[a-z][a-z_]{0,60}$/.test(key) ? key : '(a name)';
			describe(shape, `${place}/${known}`, known, each);
		}
	}
	return shape;
}

const shapeOf = (value: unknown) => describe(new Map(), '', '', value);

const told = (kinds: Set<string>) => [...kinds].sort().join(' or ');

/** Whether a place is below one that the other answer does not have, or has empty. */
const isBelow = (place: string, places: string[]) =>
	places.some((other) => place.startsWith(`${other}/`));

/** In which places two answers are not alike, in words. */
function differing(real: Shape, ours: Shape): string[] {
	const places = [...new Set([...real.keys(), ...ours.keys()])];
	const missing = places.filter((place) => !real.has(place) || !ours.has(place));
	return places.flatMap((place) => {
		const at = place === '' ? 'the answer' : `\`${place}\``;
		const [there, here] = [real.get(place), ours.get(place)];
		if (isBelow(place, missing)) return [];
		// An empty list says nothing of what could be in it.
		if (place.endsWith('/*') && (!there || !here)) return [];
		if (!here) return [`${at} is there (${told(there!)}), and not at the stand-in`];
		if (!there) return [`${at} is not there, and at the stand-in it is (${told(here)})`];
		if ([...there].every((kind) => here.has(kind))) return [];
		return [`${at} is ${told(there)}, at the stand-in ${told(here)}`];
	});
}

/** A request as it is named: IDs in its path differ from place to place. */
export const nameOf = ({ method, path }: Exchange) =>
	`${method} ${path
		.split('?')[0]!
		.split('/')
		.map((part) => (/\d/.test(part) && part !== 'v1' ? '*' : part))
		.join('/')}`;

const typeOf = ({ headers }: Exchange) => headers['content-type']?.split(';')[0] ?? 'nothing';

/** What of an answer of the API is not as the stand-in's, in words without a value of either. */
export function compareAnswers(real: Exchange, ours: Exchange): string[] {
	if (real.status === 0) return ['no answer came'];
	if (real.status !== ours.status) {
		return [
			`the status is ${real.status}, at the stand-in ${ours.status}`,
			...(isObject(real.answered) ? [] : [`the answer is ${typeOf(real)}`]),
		];
	}
	if (!isObject(real.answered) || !isObject(ours.answered)) {
		return typeOf(real) === typeOf(ours)
			? []
			: [`the answer is ${typeOf(real)}, at the stand-in ${typeOf(ours)}`];
	}
	return differing(shapeOf(real.answered), shapeOf(ours.answered));
}
