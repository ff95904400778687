import { type ApiError, Refusal, apiError } from './errors';
import { type Check, invalid, object, text } from './check';

/** The `credit_card` of a registration (documented). There is no CVV. */
export interface CreditCard {
	name: string;
	number: string;
	type: string;
	expiration_year: string;
	expiration_month: string;
}

/**
 * The spellings of `type` and the numbers each brand issues. Only `Visa` is documented; that the
 * other three are accepted is seen in the vendor's own form, how they are spelt is inferred.
 */
const BRANDS: Record<string, RegExp> = {
	Visa: /^4/,
	MasterCard: /^(5[1-5]|2[2-7])/,
	AmericanExpress: /^3[47]/,
	Discover: /^6(011|4[4-9]|5)/,
};

/** The number that payment providers publish as one that is always declined. */
export const DECLINED_CARD = '4000000000000002';

/**
 * The check of a `credit_card`. That the number's brand has to fit the type is inferred.
 * @param now milliseconds since 1970; a card is good to the end of its month
 */
export function creditCard(now: () => number): Check {
	const fields = {
		name: text(),
		number: text({ test: passesLuhn }, 'must be a card number: digits only, check digit right'),
		type: text(
			{ test: (type) => Object.hasOwn(BRANDS, type) },
			`must be one of ${Object.keys(BRANDS).join(', ')}`,
		),
		expiration_year: text(/^\d{4}$/, 'must be four digits'),
		expiration_month: text(/^(0[1-9]|1[0-2])$/, 'must be two digits, 01 to 12'),
	};
	return object(fields, (value, field) => {
		const card = value as CreditCard;
		const errors: ApiError[] = [];
		if (!BRANDS[card.type]?.test(card.number)) {
			errors.push(invalid(`${field}.type`, 'must be the brand of the card number'));
		}
		if (Date.UTC(Number(card.expiration_year), Number(card.expiration_month)) <= now()) {
			errors.push(invalid(`${field}.expiration_year`, 'must not have passed'));
		}
		return errors;
	});
}

/**
 * What the carrier's own payment system does with a card that is well-formed. Inferred.
 * @throws Refusal 400 for the number that is always declined
 */
export function chargeable(card: CreditCard | undefined): void {
	if (card?.number !== DECLINED_CARD) return;
	throw new Refusal(400, [
		apiError('funding_source_error', 'The card was declined by its issuer.', {
			error_source: 'carrier',
			error_type: 'business_rules',
			field_name: 'credit_card.number',
			carrier_code: 'stamps_com',
		}),
	]);
}

function passesLuhn(number: string): boolean {
	if (!/^\d{12,19}$/.test(number)) return false;
	const sum = [...number].reverse().reduce((total, digit, place) => {
		const value = Number(digit) * (place % 2 === 0 ? 1 : 2);
		return total + (value > 9 ? value - 9 : value);
	}, 0);
	return sum % 10 === 0;
}
