/**
 * All that can be wrong with a value: the code, by which pages and workflows know it, and the rest of a
 * sentence that begins with the field's label. It never quotes the value, which may be a card number.
 * Where the API has a code for the same (OpenAPI document, `error_code`), it is that one:
 * `field_value_required`, `invalid_string_length`, `invalid_address`.
 */
export const MISTAKES = {
	field_value_required: 'is empty',
	no_value_for_item: 'is empty: what it is set to gave nothing for this item',
	not_in_item: "is empty: the item has no field '{key}'. It comes from {providedBy}",
	empty_in_item:
		"is empty: the item's field '{alike}' has nothing in it. It comes from {providedBy}",
	not_in_item_or_step:
		"is empty: the item has no field '{key}', and no earlier step gave one for it. It comes from {providedBy}",
	empty_in_item_and_step:
		"is empty: the item's field '{alike}' has nothing in it, and no earlier step gave one for it. It comes from {providedBy}",
	several_in_item: "is empty: the item has several fields like '{key}', with different values",
	not_taken_from_step:
		"is empty: the item has no '{key}', and this operation takes it from no other step. Set it{expression}",
	not_set_in_tool: 'is empty: set it in the tool, or let the model define it',
	not_in_tool:
		"has {name} in it, where a model can put anything. In a tool, set a fixed value, let the model define the field, or name another step: {{ $('Step').first().json.field }}",
	item_of_several:
		'has the item of another step in it. In a tool, n8n may take the first one for all: use one run for each person, or let the model define the field',
	not_set_by_person: 'must be set by a person in the tool, not by a model or an expression',
	item_of_failed_step: 'is empty: an earlier step failed for this item',
	earlier_step_failed: "is empty: '{step}' failed for this item",
	step_disabled:
		"is empty: '{step}', which would give it, is disabled. Enable it, or set this by hand",
	item_link_lost:
		"is empty: the item has no '{key}', and n8n cannot tell which item '{step}' made it from. Let '{step}' pass on '{key}'",
	item_link_guessed:
		"is empty: the item has no '{key}', and n8n can only guess which item '{step}' made it from. Let '{step}' pass on '{key}', or use one run for each person",
	several_items:
		"is empty: '{step}' made this item from several items. Use one run for each person, or set this by hand",
	ambiguous_value:
		"is empty: '{first}' and '{second}' both lead here, and give different values. Set this by hand",
	other_in_item:
		"is empty: what '{step}' gave is for another '{key}' than that of this item. Set this by hand",

	key_type_not_partner:
		"must be 'Partner' in the 'ShipEngine API' credential, and the key a partner's: {because}",
	no_sub_account:
		"is empty: a step with a partner's key acts for a sub-account. Set this option{expression}, or switch on 'Partner's Own Account'",
	expression_in_list: 'is an expression, which the editor cannot work out for a list',
	not_own_account:
		"is on, but this item is for a sub-account: switch it off, or clear 'On Behalf Of'",

	not_text: 'must be text',
	damaged_text:
		'has letters that were lost on the way. Save the file or the list as UTF-8, and read it again',
	not_a_value:
		"is what a spreadsheet or a program puts where a value is missing, such as '#N/A' or '[object Object]'. Correct it where it comes from",
	invalid_string_length: 'is longer than {longest} characters',
	not_a_choice: 'must be {choices}',
	not_whole_number: 'must be a whole number, 1 or more',
	not_seconds: 'must be a number of seconds, above zero and at most a day',
	not_days: 'must be a number of days, above zero and at most 90',
	not_page_path: "is empty: set it to the 'Path' of the Stamps Onboarding Trigger",
	not_page_url:
		"must be the page's production URL, as the Stamps Onboarding Trigger shows it: it begins with https, and ends with 'Page Path'",
	invited_twice:
		'is that of an invitation to somebody else: each person needs a nickname of their own',
	not_hours: 'must be a number of hours, above zero and at most a year',

	not_full_name: 'must be a first and a last name',
	not_email: "must be an email address, such as 'name@example.com'",
	not_plain_email: 'must have plain letters only, without accents and the like',
	not_phone: 'must be a US phone number with ten digits',
	not_us_phone:
		'must be a phone in the United States or its territories, and no toll-free or premium number',
	terms_not_accepted: 'must be accepted before registering',
	invalid_address: 'must not be a PO box: Stamps.com refuses them',
	not_state: "must be a US state, territory or military region, such as 'TX' or 'Texas'",
	not_zip: "must have five or nine digits, such as '78756' or '78756-1234'",
	not_us: "must be 'US': Stamps.com accounts are for US addresses only",
	not_residential: "must be 'unknown', 'yes' or 'no'",

	not_card_number: 'is not a card number: a digit is wrong or missing',
	brand_unknown: 'must be of one of these brands: {brands}',
	brand_mismatch: 'does not match the card number',
	not_month: "must be a month from '01' to '12'",
	not_year: "must be a year with two or four digits, such as '2028'",
	not_month_and_year: 'must be a month and a year, such as 07 / 28',
	card_expired: 'is in the past: the card has expired',
	expiry_too_far: 'is further ahead than any card is valid',
	sealed_card_not_opened:
		'cannot be opened: it was sealed with another key, was altered in transit, or is too old. Ask for the card again',

	sealed_card_of_other:
		"is of another person: the card was sealed for another 'Email' or 'Phone'. Ask for the card again",
	sealed_card_without_person:
		"must be sealed together with 'email' and 'phone', so that it pays for nobody else. If you trust where it comes from, switch on 'Cards Without Person' under 'Options'",
	sealed_card_other: 'is another card than the one that this item brings: leave it empty',
	sealed_card_not_used:
		"must be 'Sealed Card' for this item: it brings a card of its own, and nobody else's may pay for it",

	not_carrier_id: "must be a carrier ID, such as 'se-123890'",
	not_sub_account_id: "must be a sub-account ID, such as 'se-123456' or '123456'",
	not_account_id: "must be a sub-account ID, such as '123456'",
	not_external_account_id: 'must be an ID of your own of at most 128 characters, without a slash',
	not_verification_id: 'must be the verification ID that Send Verification returned',
	not_verification_code: 'must be the digits of the text message',
	code_as_number: 'must be text: as a number, a code loses its leading zeros',

	not_amount: 'must be an amount in US dollars of at least 10.00, with no more than two decimals',
	above_maximum: "is more than 'Maximum Amount' allows",
	not_maximum:
		'must be set to 10.00 or more, not by an expression: the most US dollars that this step may charge for an item',
	not_open_charges: 'must name each charge once, with what happened to it, and without expressions',
	charge_not_confirmed:
		"must be switched on, not by an expression: this step charges the account's card",
} as const;

export type MistakeCode = keyof typeof MISTAKES;

/** What is wrong with one value. */
export class Mistake {
	/** The rest of a sentence that begins with the field's label. */
	readonly says: string;

	/** @param details - what stands for the names in braces */
	constructor(
		readonly code: MistakeCode,
		readonly details: Record<string, string | number> = {},
	) {
		this.says = MISTAKES[code].replace(/\{(\w+)\}/g, (_braces, name: string) =>
			String(details[name]),
		);
	}
}
