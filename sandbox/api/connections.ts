import type { FastifyInstance } from 'fastify';
import { requireStampsCarrier } from './carriers';
import { checked, object, oneOf, optional, text } from './check';
import { Refusal, apiError } from './errors';
import type { Store } from './store';

/** The one password that Stamps.com does not take. */
export const WRONG_PASSWORD = 'wrong-password';

interface Connection {
	nickname: string;
	username: string;
	password: string;
	allow_duplicate_account_number?: 'true';
}

const connection = object({
	nickname: text(),
	username: text(),
	password: text(),
	allow_duplicate_account_number: optional(oneOf('true')),
});

const BASE = '/v1/connections/carriers/stamps_com';

/** Whose account it is, by its user name. */
const accountNumber = (username: string) => `account_of_${username}`;

/** Connects accounts that exist, gives them another login, and disconnects (documented; refusals inferred). */
export function connectionRoutes(app: FastifyInstance, store: Store): void {
	app.post(BASE, { config: { operation: 'connect' } }, async (request) => {
		const body = checked<Connection>(request.body, connection);
		const { nickname, username, password, allow_duplicate_account_number: allowed } = body;
		refuseLogin(password);
		const account_number = accountNumber(username);
		const isThere = store
			.carriers(request.onBehalfOf)
			.some((carrier) => carrier.account_number === account_number);
		if (isThere && !allowed) {
			throw new Refusal(400, [
				apiError('carrier_conflict', 'This account is connected already.', {
					error_type: 'business_rules',
					carrier_code: 'stamps_com',
				}),
			]);
		}
		const { onBehalfOf } = request;
		const { carrier_id } = store.addCarrier({ nickname, account_number, onBehalfOf });
		store.logins.push({ carrierId: carrier_id, username, password });
		return { carrier_id };
	});

	app.put<{ Params: { carrier_id: string } }>(
		`${BASE}/:carrier_id`,
		{ config: { operation: 'updateLogin' } },
		async (request) => {
			const { carrier_id } = request.params;
			const carrier = requireStampsCarrier(store, carrier_id, request.onBehalfOf);
			const { nickname, username, password } = checked<Connection>(request.body, connection);
			refuseLogin(password);
			carrier.nickname = nickname;
			store.logins.push({ carrierId: carrier_id, username, password });
			return { carrier_id };
		},
	);

	app.delete<{ Params: { carrier_id: string } }>(
		`${BASE}/:carrier_id`,
		{ config: { operation: 'disconnect' } },
		async (request, reply) => {
			const { carrier_id } = request.params;
			requireStampsCarrier(store, carrier_id, request.onBehalfOf);
			store.removeCarrier(carrier_id);
			reply.code(204);
		},
	);
}

function refuseLogin(password: string): void {
	if (password !== WRONG_PASSWORD) return;
	throw new Refusal(400, [
		apiError('invalid_field_value', 'Stamps.com does not take this login.', {
			error_source: 'carrier',
			error_type: 'security',
			carrier_code: 'stamps_com',
		}),
	]);
}
