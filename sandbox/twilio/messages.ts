import type { FastifyInstance } from 'fastify';
import type { Account } from './account';
import { Refusal } from './refusal';

/** A text message that was handed to Twilio. */
export interface Message {
	from: string;
	to: string;
	body: string;
}

const E164 = /^\+[1-9]\d{6,14}$/;

/** What Twilio says to a number that is none; the codes are documented in its list of errors. */
function checkNumbers({ from, to }: Message): void {
	if (!E164.test(to)) throw new Refusal(400, 21211, "Invalid 'To' Phone Number");
	if (!E164.test(from)) throw new Refusal(400, 21212, "Invalid 'From' Phone Number");
}

/** A form-encoded parameter, which has to be there exactly once. */
function one(form: URLSearchParams, name: string, code: number): string {
	const [value = '', ...others] = form.getAll(name);
	if (value === '' || others.length > 0) {
		throw new Refusal(400, code, `A '${name}' has to be given, once.`);
	}
	return value;
}

/** `POST …/Messages.json` of api.twilio.com (documented): hands over a text message. */
export function messageRoutes(
	app: FastifyInstance,
	account: Account,
	deliver: (message: Message) => void,
): void {
	app.post<{ Params: { sid: string }; Body: unknown }>(
		'/2010-04-01/Accounts/:sid/Messages.json',
		{ constraints: { host: 'api.twilio.com' } },
		async ({ params, body }, reply) => {
			if (params.sid !== account.sid) throw new Refusal(404, 20404, 'There is no such account.');
			if (!(body instanceof URLSearchParams)) {
				throw new Refusal(400, 20001, 'The body has to be form-encoded.');
			}
			const message = {
				from: one(body, 'From', 21603),
				to: one(body, 'To', 21604),
				body: one(body, 'Body', 21602),
			};
			checkNumbers(message);
			if (message.body.length > 1600) throw new Refusal(400, 21617, 'The body is too long.');
			if (account.isDown) throw new Refusal(503, 20503, 'Service unavailable.');
			deliver(message);
			return reply.code(201).send({
				...message,
				sid: account.newSid('SM'),
				account_sid: account.sid,
				direction: 'outbound-api',
				status: 'queued',
				error_code: null,
			});
		},
	);
}
