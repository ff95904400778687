import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';

/** What a route throws to answer as Twilio does: a status, and one of Twilio's own codes. */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		readonly code: number,
		message: string,
	) {
		super(message);
	}
}

/** Fastify's error handler, in Twilio's shape (documented). */
export function answerError(
	error: Refusal | FastifyError,
	_request: FastifyRequest,
	reply: FastifyReply,
) {
	const { status, code } =
		error instanceof Refusal ? error : { status: error.statusCode ?? 500, code: 20500 };
	return reply.code(status).send({
		code,
		message: error.message,
		more_info: `https://www.twilio.com/docs/errors/${code}`,
		status,
	});
}
