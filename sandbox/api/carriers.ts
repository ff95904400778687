import type { FastifyInstance } from 'fastify';
import { envelope } from './errors';
import type { Store } from './store';

/** `GET /v1/carriers` (documented): the carriers of the account, or of the sub-account. */
export function carrierRoutes(app: FastifyInstance, store: Store): void {
	app.get('/v1/carriers', { config: { operation: 'carriers' } }, async (request) => ({
		carriers: store.look(request.onBehalfOf),
		...envelope(request, []),
	}));
}
