import { type IDataObject, jsonParse } from 'n8n-workflow';
import type { Reason } from '../failures/failure';
import type { Situation } from './policy';
import { isNothing } from '../values/validation';

/** An HTTP answer as it came, not parsed. */
export interface RawAnswer {
	status: number;
	headers: Record<string, unknown>;
	body: string;
}

/** Why an attempt failed. */
export interface Unsuccessful {
	situation: Situation;
	status?: number;
	reasons: Reason[];
	requestId?: string;
	/** Who speaks in the first error, as `error_source` has it (OpenAPI document). */
	source?: string;
	/** The carrier that the answer names, in whatever form. */
	carrierId?: string;
	/** How long a 429 asks to wait, in milliseconds, where it says so. */
	retryAfter?: number;
	/** What the answer itself has of secrets, as the key of a new sub-account. */
	secrets?: string[];
}

/** The outcome of an attempt: the value asked for, or why there is none. */
export type Outcome<T> = { value: T } | Unsuccessful;

/** The answer's JSON object, or its bare array as a field; empty for a body that is neither, as gateways' HTML pages. */
function jsonObject(body: string): IDataObject {
	const json: unknown = jsonParse(body, { fallbackValue: {} });
	if (Array.isArray(json)) return { list: json as IDataObject[] };
	return json !== null && typeof json === 'object' ? (json as IDataObject) : {};
}

/** The objects of a list in an answer; undefined where it is no list. */
export const objectsOf = (list: unknown): IDataObject[] | undefined =>
	Array.isArray(list)
		? (list as unknown[]).filter(
				(each): each is IDataObject => each !== null && typeof each === 'object',
			)
		: undefined;

/** What stands under a name of an object, where it is text that says something. */
const textAt = (holder: unknown, key: string): string | undefined => {
	const value =
		holder !== null && typeof holder === 'object' ? (holder as IDataObject)[key] : undefined;
	return typeof value === 'string' && !isNothing(value) ? value : undefined;
};

/**
 * Messages that tell nobody anything. The API has answered a 404 with its method (public report,
 * shipengine-openapi 1).
 */
const EMPTY_WORDS =
	/^\W*(?:(?:get|head|post|put|patch|delete|options|error|null|undefined|none|nan|object object)\W*)*$/i;

const saying = (text?: string) => (text !== undefined && EMPTY_WORDS.test(text) ? undefined : text);

/** One of the API's errors; some gateways list bare text instead. */
const reasonOf = (error: unknown): Reason => ({
	code: textAt(error, 'error_code') ?? 'unspecified',
	field: textAt(error, 'field_name') ?? null,
	message:
		saying(textAt(error, 'message')) ??
		saying(textAt({ error }, 'error')) ??
		'The API gave no details',
});

/** The `errors` of the API's envelope, all of them (OpenAPI document, `error`). */
function errorsOf({ errors }: IDataObject): unknown[] {
	if (isNothing(errors)) return [];
	return Array.isArray(errors) ? errors : [errors];
}

/** `Retry-After` in milliseconds, from seconds (documented) or, as HTTP allows, a date. */
function retryAfter(header: unknown): number | undefined {
	const text = String(header ?? '').trim();
	if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
	// Only what begins with a weekday: Date.parse sees a date in almost any number.
	const date = /^(sun|mon|tue|wed|thu|fri|sat)/i.test(text) ? Date.parse(text) : NaN;
	return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

/** Whatever an answer calls a key, in any depth. */
function secretsOf(json: unknown): string[] {
	if (json === null || typeof json !== 'object') return [];
	return Object.entries(json).flatMap(([name, value]) =>
		typeof value === 'string' && /key$/i.test(name) ? [value] : secretsOf(value),
	);
}

/** The situation of an answer that is not a 2xx. */
function situationOf(status: number): Situation | undefined {
	if (status === 429) return 'throttled';
	// Only a proxy answers so, instead of passing the request on.
	if (status === 407) return 'unsendable';
	// A proxy that did not wait for the answer, or was left by its client, may have passed the request on.
	if (status >= 500 || status === 408 || status === 499) return 'interrupted';
	if (status >= 400) return 'refused';
	return status >= 300 ? 'redirected' : undefined;
}

/** An error beside a value: which company's carrier it is about, as `carrier_code` has it. */
export interface ErrorBeside {
	carrierCode?: string;
}

/**
 * Sorts an answer into the policy's situations.
 *
 * @param parse - takes what the operation is for out of the answer; undefined where it is not there
 * @param accepts - whether an error beside the value is fine, as in a list that is not complete
 */
export function outcomeOf<T>(
	answer: RawAnswer,
	parse: (json: IDataObject, status: number) => T | undefined,
	accepts: (error: ErrorBeside) => boolean = () => false,
): Outcome<T> {
	const { status, headers, body } = answer;
	const json = jsonObject(body);
	const errors = errorsOf(json);
	const failed = situationOf(status);
	const value = failed ? undefined : parse(json, status);
	const hasErrors = !errors.every((error) =>
		accepts({ carrierCode: textAt(error, 'carrier_code') }),
	);
	if (value !== undefined && !hasErrors) return { value };
	const secrets = secretsOf(json);
	return {
		// Documented: a 2xx answer can carry errors. Where the value stands beside them, who knows?
		situation: failed ?? (hasErrors && value === undefined ? 'refused' : 'unusable'),
		status,
		reasons: errors.map(reasonOf),
		requestId: textAt(json, 'request_id'),
		source: textAt(errors[0], 'error_source'),
		carrierId: textAt(json, 'carrier_id'),
		retryAfter: retryAfter(headers['retry-after']),
		...(secrets.length > 0 && { secrets }),
	};
}

/**
 * Takes out of an answer without a body that the request was carried out: 204 tells it (documented).
 * Errors in a 2xx do not tell that it was not: as errors beside a value, they leave it open.
 */
export const parseNoBody = ({ errors }: IDataObject, status: number): true | undefined =>
	status === 204 || !isNothing(errors) ? true : undefined;

/** Statuses that a sub-account which is not known yet may have (inferred). */
const OF_UNKNOWN_SUB_ACCOUNT = new Set<number | undefined>([401, 403, 404]);

/** What a try on behalf of a sub-account came to that was made only just now. */
export function ofNewSubAccount<T>(outcome: Outcome<T>): Outcome<T> {
	if ('value' in outcome || outcome.situation !== 'refused') return outcome;
	return OF_UNKNOWN_SUB_ACCOUNT.has(outcome.status)
		? { ...outcome, situation: 'notReady' }
		: outcome;
}
