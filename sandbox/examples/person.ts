/** The person and the card of the examples and the tests. */

/** The number that card companies publish for tests; it is nobody's card. */
export const TEST_CARD_NUMBER = '4111111111111111';

/** A year in which the card is good. */
export const YEAR = String(new Date().getFullYear() + 3);

/** The person by the API's names, flat, as an item has them. */
export const PERSON = {
	email: 'nathan@example.com',
	name: 'Nathan Smith',
	phone: '512-485-4282',
	company_name: 'Example Corp.',
	address_line1: '4009 Marathon Blvd',
	address_line2: 'Suite 300',
	city_locality: 'Austin',
	state_province: 'TX',
	postal_code: '78756',
};

/** The same with the consent to the terms: all that a registration needs but a nickname and a card. */
export const REGISTRANT = { ...PERSON, agree_to_carrier_terms: true };

/** Their phone as bare digits. */
export const PHONE = '5124854282';

/** Their card in the same way. */
export const CARD = {
	card_name: PERSON.name,
	card_number: TEST_CARD_NUMBER,
	card_expiration_year: YEAR,
	card_expiration_month: '07',
};

/** Fields of an item as the panel and the credentials name them: `cardNumber`. */
export const inPanel = <T>(fields: Record<string, T>): Record<string, T> =>
	Object.fromEntries(
		Object.entries(fields).map(([name, value]) => [
			name.replace(/_([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase()),
			value,
		]),
	);

/** A registration as the API takes it (documented: "Register Free Stamps Account"). */
export function registrationOf(
	nickname: string,
	{ agree_to_carrier_terms, ...person } = REGISTRANT,
	number = TEST_CARD_NUMBER,
) {
	const { email, ...address } = person;
	return {
		nickname,
		email,
		agree_to_carrier_terms,
		address: { ...address, country_code: 'US', address_residential_indicator: 'no' },
		credit_card: {
			name: person.name,
			number,
			type: 'Visa',
			expiration_year: YEAR,
			expiration_month: '07',
		},
	};
}
