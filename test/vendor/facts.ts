import type { VendorDocument } from './document';

/** What our code takes for a fact of the API, and where it stands. */
interface Fact {
	/** In which file of ours it is used. */
	usedIn: string;
}

/** A fact that the OpenAPI document tells. */
export interface DocumentFact extends Fact {
	/** Where it is in the document. */
	where: string;
	/** What stands there. */
	tells(document: VendorDocument): string[];
	/** What stood there when the code was written. */
	known: string[];
}

const fieldsOf = (name: string) => (document: VendorDocument) =>
	Object.keys(document.schema(name).properties ?? {});

const wordsOf = (name: string) => (document: VendorDocument) => document.words(name);

const words = (text: string) => text.trim().split(/\s+/);

/** Facts by the document 1.1.202604070904. */
export const DOCUMENT_FACTS: DocumentFact[] = [
	{
		where: 'servers',
		tells: ({ servers }) => servers,
		known: ['https://api.shipengine.com'],
		usedIn: 'credentials/ShipEngineApi.credentials.ts',
	},
	{
		where: 'the key',
		tells: ({ keys }) => keys,
		known: ['apiKey in header API-Key'],
		usedIn: 'credentials/ShipEngineApi.credentials.ts',
	},
	{
		where: 'schema se_id',
		tells(document) {
			const { pattern, maxLength } = document.schema('se_id');
			return [`pattern ${String(pattern)}`, `maxLength ${String(maxLength)}`];
		},
		known: ['pattern ^se(-[a-z0-9]+)+$', 'maxLength 25'],
		usedIn: 'nodes/ShipEngine/values/identifiers.ts',
	},
	{
		where: 'schema address_residential_indicator',
		tells: wordsOf('address_residential_indicator'),
		known: words('unknown yes no'),
		usedIn: 'nodes/ShipEngine/values/usAddress.ts',
	},
	{
		where: 'schema error',
		tells: fieldsOf('error'),
		known: words('error_source error_type error_code message carrier_id carrier_code field_name'),
		usedIn: 'nodes/ShipEngine/api/answer.ts',
	},
	{
		where: 'schema error_source',
		tells: wordsOf('error_source'),
		known: words('carrier order_source shipengine'),
		usedIn: 'nodes/ShipEngine/api/requestFailure.ts',
	},
	{
		where: 'schema error_type',
		tells: wordsOf('error_type'),
		known: words('account_status business_rules validation security system integrations'),
		usedIn: 'sandbox/api/errors.ts',
	},
	{
		where: 'schema error_code',
		tells: wordsOf('error_code'),
		known: words(`
			auto_fund_not_supported batch_cannot_be_modified carrier_conflict carrier_disconnected
			carrier_not_connected carrier_not_supported confirmation_not_supported customs_items_required
			default_warehouse_cannot_be_deleted field_conflict field_value_required file_not_found forbidden
			funding_source_error funding_source_missing_configuration funding_source_registration_in_progress
			identifier_conflict identifiers_must_match incompatible_paired_labels insufficient_funds
			insurance_failure invalid_address invalid_billing_plan invalid_charge_event invalid_field_value
			invalid_identifier invalid_object invalid_status invalid_string_length label_images_not_supported
			meter_failure no_rates_returned order_source_not_active rate_limit_exceeded refresh_not_supported
			request_body_required return_label_not_supported service_not_determined settings_not_supported
			shipping_rule_not_found subscription_inactive terms_not_accepted tracking_not_supported
			trial_expired unauthorized unknown unspecified verification_failure warehouse_conflict
			webhook_event_type_conflict
		`),
		usedIn: 'nodes/ShipEngine/api/requestFailure.ts',
	},
	{
		where: 'schema carrier',
		tells: fieldsOf('carrier'),
		known: words(`
			carrier_id carrier_code account_number requires_funded_amount balance nickname friendly_name
			funding_source_id primary has_multi_package_supporting_services allows_returns
			supports_label_messages disabled_by_billing_plan services packages options send_rates
			supports_user_managed_rates connection_status
		`),
		usedIn: 'nodes/ShipEngine/resources/carrier/simplify.ts',
	},
	{
		where: 'schema validation_status',
		tells: wordsOf('validation_status'),
		known: words('valid invalid has_warnings unknown'),
		usedIn: 'nodes/ShipEngine/resources/carrier/rates.ts',
	},
];

/** A fact that a page of the vendor's docs tells. */
export interface PageFact extends Fact {
	/** The page, below {@link PAGES}. */
	page: string;
	/** What it says, to the letter but for spaces and marks of layout. */
	says: string;
}

/** Where the vendor's docs are. Each page is there as Markdown too. */
export const PAGES = 'https://docs.shipstation.com/apis/shipengine/docs/';

const REGISTER = 'reference/register-stamps';

const of = (page: string, usedIn: string, ...says: string[]): PageFact[] =>
	says.map((each) => ({ page, usedIn, says: each }));

export const PAGE_FACTS: PageFact[] = [
	...of(
		REGISTER,
		'nodes/ShipEngine/resources/stampsAccount',
		'POST /v1/registration/stamps_com',
		'All fields are required, except for address_line2 and company_name.',
		'You cannot link your accounts to the public test account',
		'POST /v1/connections/carriers/stamps_com/:carrier_id/verification',
		'Only sms verification supported initially',
		'PUT /v1/connections/carriers/stamps_com/:carrier_id/verification/:verification_id',
		'"verification_type": "sms"',
	),
	...of(
		'reference/carriers/update-carrier',
		'nodes/ShipEngine/resources/carrier/updateLogin.ts',
		'PUT /v1/connections/carriers/:carrier_name/:carrier_id',
	),
	...of(
		'carriers/add-funds',
		'nodes/ShipEngine/resources/carrier/addFunds.ts',
		'PUT /v1/carriers/:carrier_id/add_funds',
		'There is no test mode for adding funds',
		'"currency": "usd"',
		'"amount": 10.0',
	),
	...of(
		'guides/rate-limits',
		'nodes/ShipEngine/api/throttle.ts',
		'200 requests per minute',
		'Retry-After',
		'the number of seconds to wait',
	),
	...of(
		'partners/accounts/create',
		'nodes/ShipEngine/resources/subAccount',
		'POST /v1/partners/accounts',
		'first_name | string | 24',
		'last_name | string | 24',
		'company_name | string | 50',
		'external_account_id | string | 128',
		'origin_country_code | string | 2',
		'email | string | 50',
	),
	...of(
		'partners/accounts/get-account-by-external-id',
		'nodes/ShipEngine/resources/subAccount',
		'GET /v1/partners/accounts/external_account_id/:external_account_id',
	),
	...of('labels/downloading', 'workflows/first-label.json', 'valid for 90 days'),
	...of(
		'labels/voiding',
		'workflows/first-label.json',
		'PUT /v1/labels/:label_id/void',
		'Once a label is voided it cannot be unvoided',
	),
];

/** The fields that a page's examples have, and where, by page: one more, or one less, is a change. */
export const EXAMPLE_FIELDS: Record<string, string[]> = {
	[REGISTER]: words(`
		nickname email agree_to_carrier_terms address address/name address/phone address/company_name
		address/address_line1 address/address_line2 address/city_locality address/state_province
		address/postal_code address/country_code address/address_residential_indicator credit_card
		credit_card/name credit_card/number credit_card/type credit_card/expiration_year
		credit_card/expiration_month carrier_id phone verification_type verification_id
		verification_method status verification_code
	`),
};

/** The vendor's packages, and the newest version that was looked at. */
export const PACKAGES = { shipengine: '1.0.7', 'shipengine-openapi': '1.4.0' };

/** Where the vendor keeps the newest OpenAPI document. */
export const DOCUMENT =
	'https://raw.githubusercontent.com/ShipEngine/shipengine-openapi/master/openapi.yaml';
