import { type Check, Mistake, isNothing, requiredText, textOfForm } from './validation';

/**
 * The card brands of the vendor's own form, as `type` on the wire, and the numbers they begin with.
 * Only `Visa` is documented; the other spellings are inferred, and can be overridden by expression.
 */
export const CARD_TYPES: ReadonlyArray<{ type: string; name: string; numbers: RegExp }> = [
	{ type: 'AmericanExpress', name: 'American Express', numbers: /^3[47]\d{13}$/ },
	{
		type: 'Discover',
		name: 'Discover',
		numbers: /^(6011|64[4-9]\d|65\d{2})\d{12,15}$/,
	},
	{
		type: 'MasterCard',
		name: 'Mastercard',
		numbers: /^(5[1-5]\d{2}|222[1-9]|22[3-9]\d|2[3-6]\d{2}|27[01]\d|2720)\d{12}$/,
	},
	{ type: 'Visa', name: 'Visa', numbers: /^4(\d{12}|\d{15}|\d{18})$/ },
];

/** The choice that leaves the brand to the number's first digits. */
export const DETECT = 'detect';

/** Whether the last digit is the one that the Luhn formula (ISO/IEC 7812-1, annex B) asks for. */
export function passesLuhn(digits: string): boolean {
	const sum = [...digits].reverse().reduce((total, digit, place) => {
		const doubled = Number(digit) * (place % 2 ? 2 : 1);
		return total + (doubled > 9 ? doubled - 9 : doubled);
	}, 0);
	return sum % 10 === 0;
}

/** Whether bare digits could be a card's number. */
export const isCardNumber = (digits: string) => /^\d{12,19}$/.test(digits) && passesLuhn(digits);

/** A card number as bare digits; spaces and dashes between them are dropped. */
export const cardNumber = textOfForm((text) => {
	const digits = text.replace(/[\s-]/g, '');
	return isCardNumber(digits) ? digits : undefined;
}, 'is not a card number: a digit is wrong or missing');

/**
 * The brand as it goes on the wire.
 *
 * @param number - the card number's digits, or undefined where they are wrong already
 */
export function cardType(number: string | undefined): Check<string> {
	return (value) => {
		if (!isNothing(value) && value !== DETECT) return requiredText(value);
		if (number === undefined) return '';
		const brand = CARD_TYPES.find(({ numbers }) => numbers.test(number));
		const names = CARD_TYPES.map(({ name }) => name).join(', ');
		return brand?.type ?? new Mistake('invalid_field_value', `is of none of the brands ${names}`);
	};
}

/** Two digits, `07`, from `7`, `07` or 7 (documented: a string). */
export const expirationMonth = textOfForm((text) => {
	const month = text.padStart(2, '0');
	return /^(0[1-9]|1[0-2])$/.test(month) ? month : undefined;
}, "needs a month from '01' to '12'");

/** Four digits, `2028`, from `28` or `2028` (documented: a string). */
export const expirationYear = textOfForm((text) => {
	const year = text.padStart(4, '20');
	return /^(\d{2}|\d{4})$/.test(text) && year.startsWith('20') ? year : undefined;
}, "needs a year with two or four digits, such as '2028'");

/** The earliest time zone is twelve hours behind UTC, and a card is good until its month ends there. */
const TWELVE_HOURS = 12 * 60 * 60 * 1000;

/** Whether the last day of the card's month is over everywhere on Earth. */
export function isExpired(year: string, month: string): boolean {
	return Date.now() - TWELVE_HOURS >= Date.UTC(Number(year), Number(month));
}
