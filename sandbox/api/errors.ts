import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';

/** One entry of the vendor's error envelope (documented). */
export interface ApiError {
	error_source: 'carrier' | 'order_source' | 'shipengine';
	error_type:
		| 'account_status'
		| 'business_rules'
		| 'validation'
		| 'security'
		| 'system'
		| 'integrations';
	/** Of the documented list, the codes that the stand-in uses. */
	error_code:
		| 'auto_fund_not_supported'
		| 'carrier_conflict'
		| 'carrier_not_connected'
		| 'field_value_required'
		| 'file_not_found'
		| 'forbidden'
		| 'funding_source_error'
		| 'identifier_conflict'
		| 'insufficient_funds'
		| 'invalid_address'
		| 'invalid_field_value'
		| 'invalid_identifier'
		| 'rate_limit_exceeded'
		| 'request_body_required'
		| 'terms_not_accepted'
		| 'unauthorized'
		| 'unspecified'
		| 'verification_failure';
	message: string;
	field_name?: string;
	carrier_id?: string;
	carrier_code?: string;
}

/** What a route throws to answer with a status and the vendor's envelope. */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		readonly errors: ApiError[],
		readonly headers: Record<string, string> = {},
	) {
		super(errors.map(({ message }) => message).join(' '));
	}
}

/** An entry by its code and message; source and type as most refusals have them, unless said. */
export function apiError(
	error_code: ApiError['error_code'],
	message: string,
	more: Partial<ApiError> = {},
): ApiError {
	return { error_source: 'shipengine', error_type: 'validation', error_code, message, ...more };
}

/** The body of a refusal. The request id is the one Fastify gave the request. */
export function envelope(request: FastifyRequest, errors: ApiError[]) {
	return { request_id: request.id, errors };
}

/** Fastify's error handler: a refusal as it is; anything else is a fault of the stand-in (or of HTTP). */
export function answerError(
	error: Refusal | FastifyError,
	request: FastifyRequest,
	reply: FastifyReply,
) {
	if (error instanceof Refusal) {
		return reply.code(error.status).headers(error.headers).send(envelope(request, error.errors));
	}
	const errors = [apiError('unspecified', error.message, { error_type: 'system' })];
	return reply.code(error.statusCode ?? 500).send(envelope(request, errors));
}

/** Every path and method that the stand-in doesn't have. The code is inferred. */
export function answerUnknownPath(request: FastifyRequest, reply: FastifyReply) {
	const errors = [apiError('unspecified', 'There is no such endpoint.')];
	return reply.code(404).send(envelope(request, errors));
}
