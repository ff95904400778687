import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv/dist/2019';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import type { Exchange } from './exchanges';
import { type Direction, type Schema, Schemas } from './schemas';

interface Content {
	content?: Record<string, { schema: Schema }>;
}

interface Answer extends Content {
	$ref?: string;
	headers?: Record<string, Parameter>;
}

interface Parameter {
	$ref?: string;
	name: string;
	in: string;
	required?: boolean;
	schema?: Schema;
	[rule: string]: unknown;
}

interface Operation {
	parameters?: Parameter[];
	requestBody?: Content & { $ref?: string; required?: boolean };
	responses: Record<string, Answer>;
	security?: unknown;
	servers?: unknown;
	[rule: string]: unknown;
}

/** A part of what a document says of a route. */
interface Part {
	/** As `request application/json`, `200 application/json` or `query rate_id`. */
	what: string;
	schema?: Schema;
	/** What is said of it besides. */
	rules: object;
}

/** What of an operation has parts of its own, or describes. */
const PARTS_OF_OPERATION = [
	...['parameters', 'requestBody', 'responses', 'summary', 'description', 'tags', 'operationId'],
	'externalDocs',
];

/** What of a parameter has a part of its own, or describes. */
const PARTS_OF_PARAMETER = ['name', 'in', 'schema', 'description', 'example', 'examples', '$ref'];

const without = (names: string[], all: object) =>
	Object.fromEntries(Object.entries(all).filter(([name]) => !names.includes(name)));

interface OpenApi {
	openapi: string;
	info: { version: string };
	servers: Array<{ url: string }>;
	security?: unknown;
	paths: Record<string, Record<string, Operation>>;
	components: {
		schemas: Record<string, Schema>;
		responses: Record<string, Answer>;
		parameters?: Record<string, Parameter>;
		requestBodies?: Record<string, Content>;
		headers?: Record<string, Parameter>;
		securitySchemes: Record<string, { type: string; in?: string; name?: string; scheme?: string }>;
	};
}

/** A method and path of a document. */
export interface Route {
	/** As `GET /v1/carriers/{}`: what stands in the braces is no matter. */
	name: string;
	operation: Operation;
	/** All that the document says of it. */
	content: Part[];
}

/** One thing that a document says otherwise: where, and what. */
export interface Deviation {
	/** As `PUT /v1/carriers/{}/add_funds`, with `request` or the status of the answer. */
	where: string;
	/** As `/balance/amount must be number`; the places in lists are `*`. */
	what: string;
}

const JSON_TYPE = 'application/json';

/** A document of the vendor's API, and what it has against requests and answers. */
export class VendorDocument {
	readonly version: string;
	/** The version of OpenAPI that it is written in. */
	readonly openapi: string;
	readonly schemas: Schemas;
	private readonly ajv = new Ajv({
		allErrors: true,
		strict: false,
		logger: false,
		// A schema that is none is noticed where one of ours needs it.
		validateSchema: false,
	});
	private readonly compiled: Record<Direction, Map<Schema, ValidateFunction>> = {
		request: new Map(),
		answer: new Map(),
	};
	private readonly document: OpenApi;

	/** @param text an OpenAPI 3.0 document, as YAML or JSON */
	constructor(text: string) {
		this.document = parse(text) as OpenApi;
		this.version = this.document.info.version;
		this.openapi = this.document.openapi;
		this.schemas = new Schemas(this.document.components.schemas);
		addFormats(this.ajv);
		for (const [id, schema] of this.schemas.all()) this.ajv.addSchema(schema, id);
	}

	/** The route that a request takes; a path without variables goes before one with them. */
	route({ method, path }: Pick<Exchange, 'method' | 'path'>): Route | undefined {
		const [bare = ''] = path.split('?');
		const fitting = Object.keys(this.document.paths)
			.filter((template) => matches(template, bare) && this.operation(method, template))
			.sort((one, other) => variables(one) - variables(other));
		const [template] = fitting;
		if (template === undefined) return undefined;
		const operation = this.operation(method, template)!;
		return {
			name: `${method} ${template.replace(/\{[^}]*\}/g, '{}')}`,
			operation,
			content: this.contentOf(template, operation),
		};
	}

	/** Where the API is. */
	get servers(): string[] {
		return this.document.servers.map(({ url }) => url);
	}

	/** How the key is given, as `apiKey in header API-Key`. */
	get keys(): string[] {
		return Object.values(this.document.components.securitySchemes).map(
			({ type, scheme, in: place, name }) =>
				[type, scheme, place && `in ${place}`, name].filter(Boolean).join(' '),
		);
	}

	/** The words that a field with a closed list of them may have, such as those of `error_code`. */
	words(name: string): string[] {
		return (this.schemas.resolved({ $ref: name }).enum ?? []).map(String);
	}

	/** A named schema as it stands. */
	schema(name: string): Schema {
		return this.schemas.resolved({ $ref: name });
	}

	/** What the document has against a request and its answer; nothing of routes that it does not have. */
	deviations(exchange: Exchange): Deviation[] {
		const route = this.route(exchange);
		if (!route) return [];
		const { operation, name } = route;
		const request = operation.requestBody?.content?.[JSON_TYPE]?.schema;
		const where = `${name} ${exchange.status}`;
		const answer = operation.responses[String(exchange.status)];
		return [
			...(request && exchange.status < 300
				? this.against(request, 'request', exchange.sent, `${name} request`)
				: []),
			...(answer
				? this.ofAnswer(answer, exchange, where)
				: [{ where, what: 'is no status of this route' }]),
		];
	}

	private contentOf(template: string, operation: Operation): Part[] {
		const { components, paths } = this.document;
		const named = <T>(holder: Record<string, T> | undefined, ref: string) =>
			holder?.[ref.split('/').at(-1)!];
		const { parameters: common = [], servers } = paths[template] as {
			parameters?: Parameter[];
			servers?: unknown;
		};
		const names = [...template.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name);
		const parameters = [...common, ...(operation.parameters ?? [])].map(
			(each) => (each.$ref && named(components.parameters, each.$ref)) || each,
		);
		const { requestBody: body } = operation;
		const request = (body?.$ref && named(components.requestBodies, body.$ref)) || body;
		const bodies = (what: string, { content = {}, headers = {} }: Answer, rules: object = {}) => [
			{ what, rules },
			...Object.entries(content).map(([type, { schema }]) => ({
				what: `${what} ${type}`,
				schema,
				rules,
			})),
			...Object.entries(headers).map(([name, each]) => {
				const header = (each.$ref && named(components.headers, each.$ref)) || each;
				const rest = without(PARTS_OF_PARAMETER, header);
				return { what: `${what} header ${name}`, schema: header.schema ?? {}, rules: rest };
			}),
		];
		const { security = this.document.security, ...others } = operation;
		return [
			{
				what: 'itself',
				rules: { ...without(PARTS_OF_OPERATION, { servers, ...others }), security },
			},
			...parameters.map((each) => ({
				what:
					each.in === 'path' ? `path ${names.indexOf(each.name) + 1}` : `${each.in} ${each.name}`,
				schema: each.schema ?? {},
				rules: without(PARTS_OF_PARAMETER, each),
			})),
			...(request ? bodies('request', request, { required: body?.required === true }) : []),
			...Object.entries(operation.responses).flatMap(([status, answer]) =>
				bodies(status, (answer.$ref && named(components.responses, answer.$ref)) || answer),
			),
		];
	}

	private ofAnswer(answer: Answer, { answered }: Exchange, where: string): Deviation[] {
		const named = answer.$ref?.replace('#/components/responses/', '');
		const { content } = named === undefined ? answer : this.document.components.responses[named]!;
		const schema = content?.[JSON_TYPE]?.schema;
		return schema ? this.against(schema, 'answer', answered, where) : [];
	}

	private against(
		schema: Schema,
		direction: Direction,
		value: unknown,
		where: string,
	): Deviation[] {
		const compiled = this.compiled[direction];
		const validate =
			compiled.get(schema) ?? this.ajv.compile(this.schemas.converted(schema, direction));
		compiled.set(schema, validate);
		if (validate(value)) return [];
		const told = new Set((validate.errors ?? []).filter(saysSomething).map(inWords));
		return [...told].map((what) => ({ where, what }));
	}

	private operation(method: string, template: string): Operation | undefined {
		return this.document.paths[template]?.[method.toLowerCase()];
	}
}

const variables = (template: string) => template.match(/\{/g)?.length ?? 0;

const matches = (template: string, path: string) =>
	new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(path);

/** `if` only says that one of its branches has said something. */
const saysSomething = ({ keyword }: ErrorObject) => keyword !== 'if';

function inWords({ instancePath, message = '', params }: ErrorObject): string {
	const place = instancePath.replace(/\/\d+(?=\/|$)/g, '/*');
	const field = (params as { unevaluatedProperty?: string }).unevaluatedProperty;
	return `${place} ${field === undefined ? message : `has a field that is not there: ${field}`}`.trim();
}
