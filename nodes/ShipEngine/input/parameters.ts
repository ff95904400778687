import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

/**
 * Nothing but a field of the input item, and what is to stand for it where there is none:
 * `={{ $json.phone }}`, `={{ $json['First Name'] }}`, `={{ $json.phone ?? 'none' }}`.
 */
const PATH =
	/^=\{\{\s*\$json((?:\.[A-Za-z]\w*|\['[^'\\{}\r\n]+'\]|\["[^"\\{}\r\n]+"\])+)(?:\s*\?\?\s*'[^'\\{}\r\n]*')?\s*\}\}$/;

const STEP = /\.(\w+)|\['([^']+)'\]|\["([^"]+)"\]/g;

/** Names that n8n's expressions do not let anybody ask for. */
const SPECIAL = /^(_.*|prototype|getPrototypeOf|mainModule|binding|prepareStackTrace)$/;

const isSpecial = (key: string) => SPECIAL.test(key) || key in Object.prototype;

/** What n8n's expression engine has to find out. */
const UNKNOWN = Symbol();

const isPlain = (value: unknown) =>
	typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);

/** The text, number or truth value at a path of the item, where nothing else is to be found there. */
function valueAt(item: IDataObject, steps: string): unknown {
	let value: unknown = item;
	for (const [, ...names] of steps.matchAll(STEP)) {
		const key = names.find((name) => name !== undefined) ?? '';
		if (isSpecial(key) || value === null || typeof value !== 'object') return UNKNOWN;
		if (!Object.hasOwn(value, key)) return UNKNOWN;
		value = (value as IDataObject)[key];
	}
	return isPlain(value) ? value : UNKNOWN;
}

/** The value of a parameter, as it is set, for an item. */
function resolved(parameter: unknown, item: IDataObject): unknown {
	if (typeof parameter === 'string') {
		if (!parameter.startsWith('=')) return parameter;
		const [, steps] = PATH.exec(parameter) ?? [];
		return steps === undefined ? UNKNOWN : valueAt(item, steps);
	}
	if (parameter === null || typeof parameter !== 'object') return parameter;
	if (Array.isArray(parameter)) return UNKNOWN;
	const entries = Object.entries(parameter).map(([key, each]) => [key, resolved(each, item)]);
	return entries.some(([, value]) => value === UNKNOWN) ? UNKNOWN : Object.fromEntries(entries);
}

/** The parameters of each run as they are set: the same for all items, and n8n takes its time. */
const SET = new WeakMap<IExecuteFunctions, Map<string, unknown>>();

/** A parameter as it is set in the panel: an expression as its text. */
export function asSet(context: IExecuteFunctions, name: string, fallback?: unknown): unknown {
	const known = SET.get(context) ?? new Map<string, unknown>();
	SET.set(context, known);
	if (!known.has(name)) {
		known.set(name, context.getNodeParameter(name, 0, fallback, { rawExpressions: true }));
	}
	return known.get(name);
}

/**
 * What a parameter is for an item: the same as n8n's `getNodeParameter` gives. A parameter that is
 * nothing but a field of the item does without n8n's expression engine, which takes a millisecond.
 *
 * @throws what n8n throws where an expression cannot be worked out, or there is no such parameter
 */
export function parameterOf(
	context: IExecuteFunctions,
	name: string,
	itemIndex: number,
	fallback?: unknown,
): unknown {
	const item = context.getInputData()[itemIndex]!.json;
	const value = resolved(asSet(context, name, fallback), item);
	return value === UNKNOWN ? context.getNodeParameter(name, itemIndex, fallback) : value;
}
