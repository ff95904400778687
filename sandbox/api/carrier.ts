/** A carrier as `GET /v1/carriers` lists it (OpenAPI document, `carrier`). */
export interface Carrier {
	carrier_id: string;
	carrier_code: string;
	account_number: string;
	nickname: string;
	friendly_name: string;
	balance: number;
	requires_funded_amount: boolean;
	/** Null for a free account (seen). */
	funding_source_id: string | null;
	primary: boolean;
	has_multi_package_supporting_services: boolean;
	allows_returns: boolean;
	supports_label_messages: boolean;
	supports_user_managed_rates: boolean;
	disabled_by_billing_plan: boolean;
	send_rates: boolean;
	/** Of all fields the one that a test can leave out: the document requires none. */
	connection_status?: 'approved' | 'pending_approval';
	services: object[];
	packages: object[];
	options: object[];
}

const FRIENDLY_NAMES: Record<string, string> = {
	stamps_com: 'Stamps.com',
	ups: 'UPS',
	fedex: 'FedEx',
};

/** What a carrier offers, by its code, the cheapest first. */
export const SERVICES: Record<string, Array<[code: string, name: string]>> = {
	stamps_com: [
		['usps_ground_advantage', 'USPS Ground Advantage'],
		['usps_priority_mail', 'USPS Priority Mail'],
		['usps_priority_mail_express', 'USPS Priority Mail Express'],
	],
};

/** A carrier that works, with what does not depend on its owner. */
export function carrierOf(
	carrier_id: string,
	carrier_code = 'stamps_com',
): Omit<Carrier, 'nickname' | 'primary'> {
	return {
		carrier_id,
		carrier_code,
		account_number: `account_${carrier_id.slice('se-'.length)}`,
		friendly_name: FRIENDLY_NAMES[carrier_code] ?? carrier_code,
		balance: 0,
		requires_funded_amount: carrier_code === 'stamps_com',
		funding_source_id: null,
		has_multi_package_supporting_services: true,
		allows_returns: true,
		supports_label_messages: true,
		supports_user_managed_rates: false,
		disabled_by_billing_plan: false,
		send_rates: true,
		connection_status: 'approved',
		services: (SERVICES[carrier_code] ?? []).map(([service_code, name]) => ({
			carrier_id,
			carrier_code,
			service_code,
			name,
			domestic: true,
			international: false,
			is_multi_package_supported: true,
			is_return_supported: true,
		})),
		packages: [{ package_code: 'package', name: 'Package' }],
		options: [{ name: 'contains_alcohol', default_value: 'false', description: '' }],
	};
}
