import { type ApiError, Refusal, apiError } from './errors';

/** What is wrong with a value: nothing, or entries that name `field` or fields below it. */
export type Check = (value: unknown, field: string) => ApiError[];

type Json = Record<string, unknown>;

/** An entry that says a field's value can't be taken. Never repeats the value: it may be a card number. */
export function invalid(
	field: string,
	expectation: string,
	code: ApiError['error_code'] = 'invalid_field_value',
): ApiError {
	return apiError(code, `${field} ${expectation}.`, { field_name: field });
}

function required(field: string): ApiError {
	return invalid(field, 'must have a value', 'field_value_required');
}

/**
 * A string that isn't blank and passes a rule.
 * @param rule a pattern, or anything else with a `test`
 * @param expectation the rule in words, continuing "field …"
 */
export function text(
	rule: { test(value: string): boolean } = /./,
	expectation = 'must have a value',
	code?: ApiError['error_code'],
): Check {
	return (value, field) => {
		if (value === undefined || value === null) return [required(field)];
		if (typeof value !== 'string') return [invalid(field, 'must be a string')];
		if (value.trim() === '') return [required(field)];
		return rule.test(value) ? [] : [invalid(field, expectation, code)];
	};
}

/** One of a few strings, spelt exactly so. */
export function oneOf(...values: string[]): Check {
	return text({ test: (value) => values.includes(value) }, `must be one of ${values.join(', ')}`);
}

/** A field that may be left out; when given, it has to be right. */
export function optional(check: Check): Check {
	return (value, field) => (value === undefined ? [] : check(value, field));
}

/** `true`. */
export const accepted: Check = (value, field) => {
	if (value === undefined || value === null) return [required(field)];
	if (typeof value !== 'boolean') return [invalid(field, 'must be true or false')];
	return value ? [] : [invalid(field, 'must be true', 'terms_not_accepted')];
};

/**
 * An object with these fields and no others.
 * @param whole a check of fields against each other; asked only when each is right by itself
 */
export function object(fields: Record<string, Check>, whole?: Check): Check {
	return (value, field) => {
		if (value === undefined || value === null) return [required(field)];
		if (!isObject(value)) return [invalid(field, 'must be an object')];
		const path = (name: string) => (field === '' ? name : `${field}.${name}`);
		const errors = [
			...Object.entries(fields).flatMap(([name, check]) => check(value[name], path(name))),
			...Object.keys(value)
				.filter((name) => !Object.hasOwn(fields, name))
				.map((name) => invalid(path(name), 'is not a field of this request')),
		];
		return errors.length === 0 && whole ? whole(value, field) : errors;
	};
}

/**
 * Holds a request's body against a check.
 * @returns the body; `T` has to be what the check stands for
 * @throws Refusal 400 with everything that is wrong at once
 */
export function checked<T>(body: unknown, check: Check): T {
	if (!isObject(body)) {
		throw new Refusal(400, [apiError('request_body_required', 'The body must be a JSON object.')]);
	}
	const errors = check(body, '');
	if (errors.length > 0) throw new Refusal(400, errors);
	return body as T;
}

function isObject(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
