import type { IDataObject } from 'n8n-workflow';
import { outcomeOf } from '../../../../nodes/ShipEngine/api/answer';

export const parse = ({ carrier_id: id }: IDataObject) => (typeof id === 'string' ? id : undefined);

export const body = (json: unknown) => (typeof json === 'string' ? json : JSON.stringify(json));

/** What an answer came to. */
export const outcome = (
	status: number,
	json: unknown,
	headers: Record<string, unknown> = {},
	acceptsErrors = false,
) => outcomeOf({ status, headers, body: body(json) }, parse, () => acceptsErrors);

/** The same, of an answer that is no success. */
export function unsuccessful(...answer: Parameters<typeof outcome>) {
	const result = outcome(...answer);
	if ('value' in result) throw new Error(`A success: ${result.value}`);
	return result;
}

export const ERROR = {
	error_source: 'shipengine',
	error_type: 'validation',
	error_code: 'invalid_field_value',
	message: 'The card number is wrong',
	field_name: 'credit_card.number',
};

export const REASON = {
	code: 'invalid_field_value',
	field: 'credit_card.number',
	message: 'The card number is wrong',
};

export const REQUEST_ID = 'aa3d8e8e-462b-4476-9618-72db7f7b7009';

export const ENVELOPE = { request_id: REQUEST_ID, errors: [ERROR] };
