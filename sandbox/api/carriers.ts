import type { FastifyInstance } from 'fastify';
import { Refusal, apiError, envelope } from './errors';
import type { Carrier } from './carrier';
import type { Store } from './store';

/** `GET /v1/carriers` and `GET /v1/carriers/{carrier_id}` (documented), of the account or the sub-account. */
export function carrierRoutes(app: FastifyInstance, store: Store): void {
	app.get('/v1/carriers', { config: { operation: 'carriers' } }, async (request) => ({
		carriers: store.look(request.onBehalfOf),
		...envelope(request, []),
	}));

	app.get<{ Params: { carrier_id: string } }>(
		'/v1/carriers/:carrier_id',
		{ config: { operation: 'getCarrier' } },
		async (request) => requireCarrier(store, request.params.carrier_id, request.onBehalfOf),
	);
}

/** @throws Refusal 404 unless it is a carrier of this sub-account (inferred) */
export function requireCarrier(store: Store, carrier_id: string, onBehalfOf?: string): Carrier {
	return store.carrier(carrier_id, onBehalfOf) ?? refuse(carrier_id);
}

/** @throws Refusal 404 unless it is a Stamps.com carrier of this sub-account (inferred) */
export function requireStampsCarrier(
	store: Store,
	carrier_id: string,
	onBehalfOf?: string,
): Carrier {
	const found = requireCarrier(store, carrier_id, onBehalfOf);
	return found.carrier_code === 'stamps_com' ? found : refuse(carrier_id);
}

function refuse(carrier_id: string): never {
	throw new Refusal(404, [
		apiError('carrier_not_connected', 'There is no such carrier on this account.', {
			error_type: 'business_rules',
			carrier_id,
			carrier_code: 'stamps_com',
		}),
	]);
}
