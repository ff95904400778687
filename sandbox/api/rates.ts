import type { FastifyInstance } from 'fastify';
import { requireCarrier } from './carriers';
import { type Check, checked, invalid, object, oneOf, text } from './check';
import { type Carrier, SERVICES } from './carrier';
import type { Store } from './store';

export const carrierIds: Check = (value, field) =>
	Array.isArray(value) && value.length > 0 && value.every((id) => typeof id === 'string')
		? []
		: [invalid(field, 'must be a list of carriers')];

export const weight: Check = object({
	value: (value, field) =>
		typeof value === 'number' && value > 0 ? [] : [invalid(field, 'must be a number above zero')],
	unit: oneOf('pound', 'ounce', 'gram', 'kilogram'),
});

export const zip = text(/^\d{5}$/, 'must be a ZIP code of five digits');

/** What the OpenAPI document requires, for addresses in the United States. */
const estimate = object({
	carrier_ids: carrierIds,
	from_country_code: oneOf('US'),
	from_postal_code: zip,
	from_city_locality: text(),
	from_state_province: text(),
	to_country_code: oneOf('US'),
	to_postal_code: zip,
	to_city_locality: text(),
	to_state_province: text(),
	weight,
	ship_date: text(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/, 'must be a date and time'),
});

export const usd = (amount: number) => ({ currency: 'usd', amount });

/** `POST /v1/rates/estimate` (documented): a bare array. Nothing is bought. */
export function rateRoutes(app: FastifyInstance, store: Store): void {
	app.post('/v1/rates/estimate', { config: { operation: 'estimate' } }, async (request) => {
		const { carrier_ids } = checked<{ carrier_ids: string[] }>(request.body, estimate);
		return carrier_ids
			.map((id) => requireCarrier(store, id, request.onBehalfOf))
			.flatMap((carrier) => ratesOf(carrier, 'package'));
	});
}

/** What the packages cost beside a box of one's own, in dollars (made up). */
const LESS_THAN_A_BOX: Record<string, number> = { package: 0, large_envelope_or_flat: 3.87 };

/**
 * The rates of a carrier: of each kind of package, unless one is asked for (`package_type`, documented;
 * inferred). A carrier that is disabled says so in place of rates (inferred).
 */
export function ratesOf(carrier: Carrier, packageCode?: string) {
	const isDisabled =
		carrier.disabled_by_billing_plan || carrier.account_number === 'stamps_com_disabled';
	const offered = SERVICES[carrier.carrier_code] ?? [];
	const services = isDisabled ? offered.slice(0, 1) : offered;
	const kinds = packageCode === undefined ? Object.keys(LESS_THAN_A_BOX) : [packageCode];
	return kinds.flatMap((kind) =>
		services.map(([service_code, name], index) => ({
			rate_type: 'shipment',
			carrier_id: carrier.carrier_id,
			shipping_amount: usd(isDisabled ? 0 : 5.5 + index * 4 - (LESS_THAN_A_BOX[kind] ?? 0)),
			insurance_amount: usd(0),
			confirmation_amount: usd(0),
			other_amount: usd(0),
			zone: 7,
			package_type: kind,
			guaranteed_service: false,
			negotiated_rate: false,
			service_type: name,
			service_code,
			trackable: true,
			carrier_code: carrier.carrier_code,
			carrier_nickname: carrier.nickname,
			carrier_friendly_name: carrier.friendly_name,
			validation_status: isDisabled ? 'invalid' : 'valid',
			warning_messages: [],
			error_messages: isDisabled ? ['This account is disabled.'] : [],
		})),
	);
}
