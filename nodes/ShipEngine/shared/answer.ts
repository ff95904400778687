import { type IDataObject, jsonParse } from 'n8n-workflow';
import type { Reason } from './failure';
import { isCarrierId } from './identifiers';
import type { Situation } from './policy';
import { isNothing } from './validation';

/** An HTTP answer as it came, not parsed. */
export interface RawAnswer {
	status: number;
	headers: Record<string, unknown>;
	body: string;
}

/** What a try came to: the value asked for, or what stood in its way. */
export type Outcome<T> =
	| { value: T }
	| {
			situation: Situation;
			status?: number;
			reasons: Reason[];
			requestId?: string;
			/** Who speaks in the first error, as `error_source` has it (OpenAPI document). */
			source?: string;
			/** The carrier that the answer names. */
			carrierId?: string;
			/** How long a 429 asks to wait, in milliseconds, where it says so. */
			retryAfter?: number;
	  };

/** The answer's JSON object; empty for a body that is none, as gateways' HTML pages. */
function jsonObject(body: string): IDataObject {
	const json: unknown = jsonParse(body, { fallbackValue: {} });
	return json !== null && typeof json === 'object' && !Array.isArray(json)
		? (json as IDataObject)
		: {};
}

const textOr = <T>(value: unknown, other: T) =>
	typeof value === 'string' && value.trim() !== '' ? value : other;

/** One of the API's errors; some gateways list bare text instead. */
function reasonOf(error: unknown): Reason {
	const { error_code, field_name, message } = (
		error !== null && typeof error === 'object' ? error : { message: error }
	) as IDataObject;
	return {
		code: textOr(error_code, 'unspecified'),
		field: textOr(field_name, null),
		message: textOr(message, 'The API gave no further words'),
	};
}

/** The `errors` of the API's envelope, all of them (OpenAPI document, `error`). */
function reasonsOf({ errors }: IDataObject): Reason[] {
	if (isNothing(errors)) return [];
	return (Array.isArray(errors) ? errors : [errors]).map(reasonOf);
}

function sourceOf({ errors }: IDataObject): string | undefined {
	const [first] = Array.isArray(errors) ? (errors as unknown[]) : [];
	return first !== null && typeof first === 'object'
		? textOr((first as IDataObject).error_source, undefined)
		: undefined;
}

/** `Retry-After` in milliseconds, from seconds (documented) or, as HTTP allows, a date. */
function retryAfter(header: unknown): number | undefined {
	const text = String(header ?? '').trim();
	if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
	// Only what begins with a weekday: Date.parse sees a date in almost any number.
	const date = /^(sun|mon|tue|wed|thu|fri|sat)/i.test(text) ? Date.parse(text) : NaN;
	return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

/** The situation of an answer that is not a 2xx. */
function situationOf(status: number): Situation | undefined {
	if (status === 429) return 'throttled';
	if (status >= 500) return 'interrupted';
	if (status >= 400) return 'refused';
	return status >= 300 ? 'redirected' : undefined;
}

/**
 * Sorts an answer into the policy's situations.
 *
 * @param parse - takes what the operation is for out of the answer; undefined where it is not there
 * @param acceptsErrors - whether errors beside the answer are fine, as in a list that is not complete
 */
export function outcomeOf<T>(
	answer: RawAnswer,
	parse: (json: IDataObject) => T | undefined,
	acceptsErrors: boolean,
): Outcome<T> {
	const { status, headers, body } = answer;
	const json = jsonObject(body);
	const reasons = reasonsOf(json);
	const failed = situationOf(status);
	const value = failed ? undefined : parse(json);
	const hasErrors = reasons.length > 0 && !acceptsErrors;
	if (value !== undefined && !hasErrors) return { value };
	return {
		// Documented: a 2xx answer can carry errors. Where the value stands beside them, who knows?
		situation: failed ?? (hasErrors && value === undefined ? 'refused' : 'unusable'),
		status,
		reasons,
		requestId: textOr(json.request_id, undefined),
		source: sourceOf(json),
		carrierId: isCarrierId(json.carrier_id) ? json.carrier_id : undefined,
		retryAfter: retryAfter(headers['retry-after']),
	};
}
