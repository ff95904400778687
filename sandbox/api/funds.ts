import type { FastifyInstance } from 'fastify';
import { requireCarrier } from './carriers';
import { type Check, checked, invalid, object, oneOf } from './check';
import { type ApiError, Refusal, apiError } from './errors';
import type { Settings } from './settings';
import type { Store } from './store';

const LEAST = 10;

/** What a balance can be at most, in dollars (seen in the vendor's own onboarding). */
const FULL = 10_000;

const cents = (dollars: number) => Math.round(dollars * 100);

/** Two decimals at most (inferred), and no less than ten dollars (documented). */
const amount: Check = (value, field) =>
	typeof value === 'number' && value >= LEAST && cents(value) / 100 === value
		? []
		: [invalid(field, `must be a number with two decimals at most, ${LEAST} at least`)];

const funds = object({ currency: oneOf('usd'), amount });

/** `PUT /v1/carriers/{carrier_id}/add_funds` (documented; refusals by their documented codes, inferred). */
export function fundsRoutes(app: FastifyInstance, store: Store, settings: Settings): void {
	app.put<{ Params: { carrier_id: string } }>(
		'/v1/carriers/:carrier_id/add_funds',
		{ config: { operation: 'addFunds' } },
		async (request) => {
			const { carrier_id } = request.params;
			const carrier = requireCarrier(store, carrier_id, request.onBehalfOf);
			if (!settings.fundsEnabled) {
				throw refusal(403, 'forbidden', 'Adding funds is not enabled for this API key.');
			}
			const { amount } = checked<{ amount: number }>(request.body, funds);
			if (!carrier.requires_funded_amount) {
				throw refusal(400, 'auto_fund_not_supported', 'This carrier keeps no balance.');
			}
			if (cents(carrier.balance) + cents(amount) > cents(FULL)) {
				throw refusal(400, 'invalid_field_value', `A balance can be ${FULL} at most.`);
			}
			carrier.balance = (cents(carrier.balance) + cents(amount)) / 100;
			store.charges.push({ carrierId: carrier_id, amount });
			return { balance: { currency: 'usd', amount: carrier.balance } };
		},
	);
}

const refusal = (status: number, code: ApiError['error_code'], message: string) =>
	new Refusal(status, [apiError(code, message, { error_type: 'business_rules' })]);
