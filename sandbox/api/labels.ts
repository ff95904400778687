import type { FastifyInstance, FastifyRequest } from 'fastify';
import { requireCarrier } from './carriers';
import { type Check, checked, invalid, object, oneOf, optional, text } from './check';
import { type ApiError, Refusal, apiError } from './errors';
import { labelFile } from './labelFile';
import type { Label, Rate, Shipment } from './labelStore';
import { carrierIds, ratesOf, usd, weight, zip } from './rates';
import type { Settings } from './settings';
import type { Store } from './store';

/** What the OpenAPI document requires of an address, in the United States. */
const address = object({
	name: text(),
	phone: optional(text()),
	company_name: optional(text()),
	address_line1: text(),
	address_line2: optional(text()),
	city_locality: text(),
	state_province: text(),
	postal_code: zip,
	country_code: oneOf('US'),
	address_residential_indicator: optional(oneOf('unknown', 'yes', 'no')),
});

const parcel = object({ weight, package_code: optional(text()) });

const onePackage: Check = (value, field) =>
	Array.isArray(value) && value.length === 1
		? parcel(value[0], `${field}[0]`)
		: [invalid(field, 'must hold one package')];

const rateRequest = object({
	shipment: object({ ship_from: address, ship_to: address, packages: onePackage }),
	rate_options: object({ carrier_ids: carrierIds }),
});

const purchase = object({
	validate_address: optional(oneOf('no_validation')),
	display_scheme: optional(oneOf('label')),
	label_format: optional(oneOf('pdf')),
	label_layout: optional(oneOf('4x6', 'letter')),
	label_download_type: optional(oneOf('url')),
});

/** Where the files of labels are, for whoever has the link (documented): no key is asked for. */
export const FILES = '/v1/downloads/';

/** Rates for a shipment, labels and their files (OpenAPI document; refusals by its codes, inferred). */
export function labelRoutes(app: FastifyInstance, store: Store, settings: Settings): void {
	const { labelStore } = store;
	const now = () => new Date(settings.now()).toISOString();

	app.post('/v1/rates', { config: { operation: 'rates' } }, async (request) => {
		const { shipment, rate_options } = checked<{
			shipment: Shipment;
			rate_options: { carrier_ids: string[] };
		}>(request.body, rateRequest);
		const { onBehalfOf } = request;
		const all = rate_options.carrier_ids
			.map((id) => requireCarrier(store, id, onBehalfOf))
			.flatMap((carrier) => ratesOf(carrier, shipment.packages[0]!.package_code));
		const shipmentId = labelStore.newShipment();
		const offered = all.map((told) => {
			const { carrier_id: carrierId, service_code: serviceCode, shipping_amount } = told;
			const packageCode = told.package_type;
			const of = { shipmentId, shipment, onBehalfOf, carrierId, serviceCode, packageCode };
			const { id } = labelStore.offer({ ...of, cost: shipping_amount.amount });
			return { rate_id: id, ...told };
		});
		const isValid = (rate: (typeof offered)[number]) => rate.validation_status === 'valid';
		return {
			...shipmentTold(shipment, shipmentId, now()),
			rate_response: {
				rates: offered.filter(isValid),
				invalid_rates: offered.filter((rate) => !isValid(rate)),
				rate_request_id: shipmentId,
				shipment_id: shipmentId,
				status: 'completed',
				errors: [],
			},
		};
	});

	app.post<{ Params: { rate_id: string } }>(
		'/v1/labels/rates/:rate_id',
		{ config: { operation: 'buyLabel' } },
		async (request) => {
			checked(request.body, purchase);
			const rate = labelStore.rate(request.params.rate_id);
			if (!rate) throw refusal(404, 'invalid_identifier', 'There is no such rate.', 'rate_id');
			const carrier = requireCarrier(store, rate.carrierId, request.onBehalfOf);
			if (isSandbox(request)) return labelTold(labelStore.buy(rate, settings.now()), request);
			if (!store.isVerified(rate.carrierId)) {
				throw refusal(400, 'verification_failure', 'The phone of the account is not confirmed.');
			}
			if (carrier.balance < rate.cost) {
				throw refusal(400, 'insufficient_funds', 'The balance is too low for this label.');
			}
			carrier.balance = Math.round((carrier.balance - rate.cost) * 100) / 100;
			return labelTold(labelStore.buy(rate, settings.now()), request);
		},
	);

	app.get<{ Querystring: { rate_id?: string } }>(
		'/v1/labels',
		{ config: { operation: 'labels' } },
		async (request) => {
			const found = labelStore.labels.filter(
				({ rate }) =>
					rate.onBehalfOf === request.onBehalfOf &&
					(request.query.rate_id === undefined || rate.id === request.query.rate_id),
			);
			const page = { href: `${base(request)}/v1/labels?page=1&page_size=25` };
			return {
				labels: found.map((label) => labelTold(label, request)),
				total: found.length,
				page: 1,
				pages: 1,
				links: { first: page, last: page, prev: {}, next: {} },
			};
		},
	);

	app.get<{ Params: { label_id: string } }>(
		'/v1/labels/:label_id',
		{ config: { operation: 'getLabel' } },
		async (request) => labelTold(requireLabel(store, request.params.label_id), request),
	);

	app.put<{ Params: { label_id: string } }>(
		'/v1/labels/:label_id/void',
		{ config: { operation: 'voidLabel' } },
		async ({ params }) => {
			const label = requireLabel(store, params.label_id);
			if (label.voided_at !== null) {
				return {
					approved: false,
					message: 'The label is voided already.',
					reason_code: 'label_already_voided',
				};
			}
			label.voided_at = now();
			return {
				approved: true,
				message: 'Request for refund submitted. This label has been voided.',
			};
		},
	);

	app.get<{ Params: { token: string } }>(
		`${FILES}1/:token/:file`,
		{ config: { operation: 'labelFile' } },
		async ({ params }, reply) => {
			const label = labelStore.labels.find(({ token }) => token === params.token);
			if (!label) throw refusal(404, 'file_not_found', 'There is no such file.');
			reply.type('application/pdf');
			return labelFile(label.trackingNumber);
		},
	);
}

function requireLabel({ labelStore }: Store, label_id: string): Label {
	const found = labelStore.labels.find(({ id }) => id === label_id);
	if (found) return found;
	throw refusal(404, 'invalid_identifier', 'There is no such label.', 'label_id');
}

/** Keys of the sandbox buy labels without money and without a confirmed phone (seen in the vendor's script). */
const isSandbox = ({ seen }: FastifyRequest) => seen.headers['api-key']?.startsWith('TEST_');

const base = ({ protocol, host }: FastifyRequest) => `${protocol}://${host}`;

/** What was not said of an address, the API says by its default (OpenAPI document). */
const addressTold = (address: object) => ({ address_residential_indicator: 'unknown', ...address });

/** What the answer to a question for rates repeats, and what the API adds to it. */
const shipmentTold = (shipment: Shipment, shipment_id: string, time: string) => ({
	...shipment,
	ship_from: addressTold(shipment.ship_from),
	ship_to: addressTold(shipment.ship_to),
	shipment_id,
	ship_date: time,
	created_at: time,
	modified_at: time,
	shipment_status: 'pending',
	return_to: addressTold(shipment.ship_from),
	confirmation: 'none',
	customs: null,
	advanced_options: {},
	insurance_provider: 'none',
	tags: [],
	total_weight: shipment.packages[0]!.weight,
});

function labelTold(label: Label, request: FastifyRequest) {
	const { id, rate, trackingNumber, token, created_at, voided_at } = label;
	const file = `${base(request)}${FILES}1/${token}/label-${id}.pdf`;
	return {
		label_id: id,
		status: voided_at === null ? 'completed' : 'voided',
		shipment_id: rate.shipmentId,
		ship_date: created_at,
		created_at,
		shipment_cost: usd(rate.cost),
		insurance_cost: usd(0),
		tracking_number: trackingNumber,
		is_return_label: false,
		is_international: false,
		carrier_id: rate.carrierId,
		charge_event: 'carrier_default',
		service_code: rate.serviceCode,
		package_code: rate.packageCode,
		ship_to: addressTold(rate.shipment.ship_to),
		voided: voided_at !== null,
		voided_at,
		label_format: 'pdf',
		label_layout: '4x6',
		trackable: true,
		carrier_code: 'stamps_com',
		tracking_status: 'in_transit',
		label_download: { href: file, pdf: file },
		packages: packagesTold(rate, trackingNumber),
	};
}

const packagesTold = ({ shipment, packageCode }: Rate, tracking_number: string) =>
	shipment.packages.map(({ weight }, index) => ({
		package_code: packageCode,
		weight,
		tracking_number,
		sequence: index + 1,
	}));

const refusal = (
	status: number,
	code: ApiError['error_code'],
	message: string,
	field_name?: string,
) =>
	new Refusal(status, [
		apiError(code, message, { error_type: 'business_rules', ...(field_name && { field_name }) }),
	]);
