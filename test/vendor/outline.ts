import { createHash } from 'node:crypto';
import type { VendorDocument } from './document';
import type { Schema } from './schemas';

/**
 * What a document says of our routes, in lines: one for each parameter, each kind of body and each field,
 * with its rules. Words that describe are not in them. Of the lines, only fingerprints are kept: so
 * whatever changes in a route that the code uses is seen, though not what.
 */

/** Logins of other carriers stand beside that of Stamps.com. */
const OF_OTHERS = /\/connect_(?!stamps)\w+$/;

/** What is no rule, or has lines of its own. */
const NOT_A_RULE = new Set([
	...['title', 'description', 'example', 'examples', '$ref', 'allOf', 'oneOf', 'anyOf'],
	...['properties', 'items', 'required', 'discriminator', 'externalDocs', 'xml'],
]);

/** Deeper, no field of ours is. */
const DEEPEST = 12;

interface Gathered {
	rules: Set<string>;
	properties: Map<string, Schema>;
	required: Set<string>;
	items?: Schema;
	alternatives: Schema[];
	/** The names of the schemas that it is made of. */
	names: string[];
}

/** The same, with the names of objects in one order. */
const ordered = (value: unknown): unknown => {
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) return value.map(ordered);
	return Object.fromEntries(
		Object.entries(value)
			.sort(([one], [other]) => (one < other ? -1 : 1))
			.map(([name, each]) => [name, ordered(each)]),
	);
};

/** Rules in words. What is `false` might as well not be said, and the words of a list have no order. */
const rulesOf = (said: object): string[] =>
	Object.entries(said)
		.filter(
			([rule, value]) =>
				!NOT_A_RULE.has(rule) &&
				!rule.startsWith('x-') &&
				(value !== false || rule === 'additionalProperties'),
		)
		.map(([rule, value]) => {
			const all = rule === 'enum' && Array.isArray(value) ? value.map(String).sort() : value;
			return `${rule}=${JSON.stringify(ordered(all))}`;
		});

/** A schema with all that it is composed of. */
function gather(document: VendorDocument, schema: Schema, into: Gathered): Gathered {
	if (schema.$ref !== undefined) {
		if (into.names.includes(schema.$ref)) return into;
		into.names.push(schema.$ref);
		return gather(document, document.schemas.resolved({ $ref: schema.$ref }), into);
	}
	for (const rule of rulesOf(schema)) into.rules.add(rule);
	for (const [name, each] of Object.entries(schema.properties ?? {}))
		into.properties.set(name, each);
	for (const name of schema.required ?? []) into.required.add(name);
	into.items ??= schema.items;
	for (const part of schema.allOf ?? []) gather(document, part, into);
	into.alternatives.push(
		...[...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].filter(
			({ $ref = '' }) => !OF_OTHERS.test($ref.replace(/_request_body$/, '')),
		),
	);
	return into;
}

/** The lines of a schema and of what is in it. */
function linesOf(
	document: VendorDocument,
	schema: Schema,
	place: string,
	needs: string[],
	above: string[] = [],
): string[] {
	const { rules, properties, required, items, alternatives, names } = gather(document, schema, {
		rules: new Set(),
		properties: new Map(),
		required: new Set(),
		alternatives: [],
		names: [],
	});
	const said = [...rules].sort().join(' ');
	const line = [place, said, ...needs].filter(Boolean).join(' ');
	if (above.length > DEEPEST || names.some((name) => above.includes(name))) return [`${line} …`];
	const below = [...above, ...names];
	const of = (each: Schema, at: string, ...needed: string[]) =>
		linesOf(document, each, `${place}${at}`, needed, below);
	return [
		line,
		...[...properties].flatMap(([name, each]) =>
			of(each, `/${name}`, ...(required.has(name) ? ['required'] : [])),
		),
		...[...required]
			.filter((name) => !properties.has(name))
			.map((name) => `${place}/${name} required, and not described`),
		...(items ? of(items, '/*') : []),
		// In whichever order they stand.
		...alternatives.map((each) => of(each, '|').sort().join('\n')).sort(),
	];
}

/**
 * A fingerprint of each part of what a document says of our routes: of each parameter, and of each kind
 * of body with all its fields.
 *
 * @param routes - ours, as `GET /v1/carriers/:carrier_id`
 * @returns by the part's name, as `GET /v1/labels query rate_id`
 */
export function fingerprints(document: VendorDocument, routes: string[]): Record<string, string> {
	const parts = routes.flatMap((route) => {
		const [method = '', path = ''] = route.replace(/:[a-z_]+(\([^)]*\))?/g, 'x').split(' ');
		const found = document.route({ method, path });
		return (found?.content ?? []).map(({ what, schema, rules }): [string, string] => {
			const name = `${found!.name} ${what}`;
			const said = rulesOf(rules).sort();
			const all = (schema ? linesOf(document, schema, '', said) : said).sort().join('\n');
			return [name, createHash('sha256').update(all).digest('hex').slice(0, 12)];
		});
	});
	return Object.fromEntries(parts.sort(([one], [other]) => (one < other ? -1 : 1)));
}
