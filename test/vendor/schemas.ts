/**
 * The schemas of an OpenAPI 3.0 document as JSON schemas (2019-09). The vendor's documents compose
 * closed objects (`allOf` of schemas with `additionalProperties: false`), which taken literally no value
 * can meet, and their `oneOf` holds alternatives that a value can meet several of, as logins of carriers
 * with the same fields. What is meant is read here: all parts together, one alternative at least, and
 * nothing besides.
 */

/** A schema, as far as it is looked at. */
export interface Schema {
	$ref?: string;
	type?: string;
	nullable?: boolean;
	readOnly?: boolean;
	writeOnly?: boolean;
	enum?: unknown[];
	allOf?: Schema[];
	oneOf?: Schema[];
	anyOf?: Schema[];
	properties?: Record<string, Schema>;
	required?: string[];
	additionalProperties?: boolean | Schema;
	items?: Schema;
	minimum?: number;
	exclusiveMinimum?: boolean;
	[rule: string]: unknown;
}

/** What a schema is of: in a request, `readOnly` fields are not required; in an answer, `writeOnly` ones. */
export type Direction = 'request' | 'answer';

/** What checks nothing by itself. */
const SAYS_NOTHING = [
	...['title', 'description', 'example', 'default', 'deprecated', 'discriminator'],
	...['readOnly', 'writeOnly'],
];

/** Those of JSON schemas. The document of 2026 has others too, in logins of other carriers. */
const TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array'];

const COMPOSING = ['allOf', 'oneOf', 'anyOf'] as const;

const nameOf = (ref: string) => ref.replace('#/components/schemas/', '');

/** The name of a schema for one direction; as a part of others it may have more fields than its own. */
const idOf = (ref: string, direction: Direction, isPart: boolean) =>
	`${direction}-${encodeURIComponent(nameOf(ref))}${isPart ? '-part' : ''}`;

const partsOf = (schema: Schema) => COMPOSING.flatMap((rule) => schema[rule] ?? []);

/** Makes JSON schemas of the named schemas of a document. */
export class Schemas {
	constructor(private readonly named: Record<string, Schema>) {}

	/** Every named schema, for both directions, alone and as a part, by the name that others refer to. */
	all(): Array<[id: string, schema: object]> {
		return Object.entries(this.named).flatMap(([name, schema]) =>
			(['request', 'answer'] as const).flatMap((direction) =>
				[false, true].map((isPart): [string, object] => [
					idOf(name, direction, isPart),
					this.converted(schema, direction, isPart),
				]),
			),
		);
	}

	/** @param isPart whether it is composed with others, so that more fields than its own are fine */
	converted(schema: Schema, direction: Direction, isPart = false): object {
		if (schema.$ref !== undefined) return { $ref: idOf(schema.$ref, direction, isPart) };
		const { nullable, minimum, exclusiveMinimum, ...rest } = schema;
		const { additionalProperties, properties, items, required, ...rules } = rest;
		for (const rule of SAYS_NOTHING) delete rules[rule];
		if (!TYPES.includes(rules.type ?? '')) delete rules.type;
		const of = (each: Schema) => this.converted(each, direction);
		const { allOf, oneOf, anyOf, ...plain } = rules;
		const parts = (all: Schema[]) => all.map((part) => this.converted(part, direction, true));
		const whole = {
			...plain,
			...(allOf && { allOf: parts(allOf) }),
			...((oneOf ?? anyOf) ? { anyOf: parts(oneOf ?? anyOf ?? []) } : {}),
			...(items && { items: of(items) }),
			...(properties && {
				properties: Object.fromEntries(
					Object.entries(properties).map(([name, each]) => [name, of(each)]),
				),
			}),
			...(required && { required: this.requiredIn(schema, direction) }),
			...(minimum !== undefined && {
				[exclusiveMinimum ? 'exclusiveMinimum' : 'minimum']: minimum,
			}),
			...(typeof additionalProperties === 'object' && {
				additionalProperties: of(additionalProperties),
			}),
			...(!isPart && this.isClosed(schema) && { unevaluatedProperties: false }),
		};
		return nullable ? { if: { type: 'null' }, else: whole } : whole;
	}

	/** Whether a schema, or a part of it, takes no field that it does not name. */
	private isClosed(schema: Schema, above: Schema[] = []): boolean {
		if (above.includes(schema)) return false;
		if (schema.$ref !== undefined) return this.isClosed(this.resolved(schema), [...above, schema]);
		return (
			schema.additionalProperties === false ||
			partsOf(schema).some((part) => this.isClosed(part, [...above, schema]))
		);
	}

	/** Of the required fields those that whoever sends it has to give. */
	private requiredIn(schema: Schema, direction: Direction): string[] {
		const notSent = direction === 'request' ? 'readOnly' : 'writeOnly';
		return (schema.required ?? []).filter((name) => !this.fieldOf(schema, name)?.[notSent]);
	}

	private fieldOf(schema: Schema, name: string): Schema | undefined {
		const own = this.resolved(schema);
		return (
			own.properties?.[name] ??
			partsOf(own)
				.map((part) => this.fieldOf(part, name))
				.find((found) => found !== undefined)
		);
	}

	/** The schema itself, or the one that it refers to. */
	resolved(schema: Schema): Schema {
		if (schema.$ref === undefined) return schema;
		const found = this.named[nameOf(schema.$ref)];
		if (!found) throw new Error(`The document has no ${schema.$ref}`);
		return this.resolved(found);
	}
}
