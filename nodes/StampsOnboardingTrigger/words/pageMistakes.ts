import type { MistakeCode } from '../../ShipEngine/values/mistakes';

/** What the checks of the page's fields can find. */
export const PAGE_MISTAKES = [
	'field_value_required',
	'not_text',
	'damaged_text',
	'not_a_value',
	'invalid_string_length',
	'not_full_name',
	'not_email',
	'not_plain_email',
	'not_phone',
	'not_us_phone',
	'terms_not_accepted',
	'invalid_address',
	'not_state',
	'not_zip',
	'not_residential',
	'not_card_number',
	'brand_unknown',
	'not_month',
	'not_year',
	'not_month_and_year',
	'card_expired',
	'expiry_too_far',
	'not_verification_code',
] as const satisfies MistakeCode[];

export type PageMistake = (typeof PAGE_MISTAKES)[number];
