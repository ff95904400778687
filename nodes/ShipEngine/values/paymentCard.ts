import { Mistake } from './mistakes';
import {
	type Check,
	digitsOfForm,
	isNothing,
	lettersOf,
	plainDigits,
	requiredText,
	textOfForm,
} from './validation';

/** A brand as the API spells it, as people know it, and the numbers it gives out. */
interface Brand {
	type: string;
	name: string;
	/** What it is called besides. */
	short?: string;
	numbers: RegExp;
}

/**
 * The card brands of the vendor's own form, as `type` on the wire, and the numbers they begin with.
 * Only `Visa` is documented; the other spellings are inferred.
 */
export const CARD_TYPES: readonly Brand[] = [
	{
		type: 'AmericanExpress',
		name: 'American Express',
		short: 'Amex',
		numbers: /^3[47]\d{13}$/,
	},
	{
		type: 'Discover',
		name: 'Discover',
		numbers: /^(6011|64[4-9]\d|65\d{2})\d{12,15}$/,
	},
	{
		type: 'MasterCard',
		name: 'Mastercard',
		short: 'MC',
		numbers: /^(5[1-5]\d{2}|222[1-9]|22[3-9]\d|2[3-6]\d{2}|27[01]\d|2720)\d{12}$/,
	},
	{ type: 'Visa', name: 'Visa', numbers: /^4(\d{12}|\d{15}|\d{18})$/ },
];

/** The choice that leaves the brand to the number's first digits. */
export const DETECT = 'detect';

/** How the panel calls that choice. */
export const DETECT_NAME = 'Detect From Number';

const SHORTEST_NUMBER = 12;
const LONGEST_NUMBER = 19;

/** What a digit adds to the sum of the Luhn formula (ISO/IEC 7812-1, annex B), at a place from the right. */
function luhnValue(digit: number, place: number): number {
	const doubled = digit * (place % 2 ? 2 : 1);
	return doubled > 9 ? doubled - 9 : doubled;
}

/** Whether the last digit is the one that the Luhn formula asks for. */
export function passesLuhn(digits: string): boolean {
	const sum = [...digits]
		.reverse()
		.reduce((total, digit, place) => total + luhnValue(Number(digit), place), 0);
	return sum % 10 === 0;
}

/** Whether bare digits could be a card's number. */
export const isCardNumber = (digits: string) =>
	digits.length >= SHORTEST_NUMBER &&
	digits.length <= LONGEST_NUMBER &&
	/^\d+$/.test(digits) &&
	passesLuhn(digits);

const ZERO = '0'.charCodeAt(0);

/** Whether what could be a card's number ends at this place of a run of digits. */
function endsCardNumber(digits: string, end: number): boolean {
	const longest = Math.min(end, LONGEST_NUMBER);
	for (let length = 1, sum = 0; length <= longest; length++) {
		sum += luhnValue(digits.charCodeAt(end - length) - ZERO, length - 1);
		if (length >= SHORTEST_NUMBER && sum % 10 === 0) return true;
	}
	return false;
}

/** Whether what could be a card's number stands anywhere in a run of digits, of any length. */
export function holdsCardNumber(digits: string): boolean {
	for (let end = SHORTEST_NUMBER; end <= digits.length; end++) {
		if (endsCardNumber(digits, end)) return true;
	}
	return false;
}

/** A card number as bare digits, typed with spaces, dashes and dots or without. */
export const cardNumber = digitsOfForm(
	(digits) => (isCardNumber(digits) ? digits : undefined),
	'not_card_number',
);

/** Of each usual spelling, the brand. */
const BRANDS = new Map(
	CARD_TYPES.flatMap((brand) =>
		[brand.type, brand.name, ...(brand.short ? [brand.short] : [])].map((spelling) => [
			lettersOf(spelling),
			brand,
		]),
	),
);

const DETECTS = [DETECT, DETECT_NAME].map(lettersOf);

/**
 * The brand as it goes on the wire. A usual spelling of a brand becomes the API's; any other one is
 * sent as it is, and so is the type of a number that is of none of the brands.
 *
 * @param number - the card number's digits, or undefined where they are wrong already
 * @param keepsSpelling - whether a usual spelling is sent as it is too
 */
export function cardType(number: string | undefined, keepsSpelling = false): Check<string> {
	const brand = CARD_TYPES.find(({ numbers }) => number !== undefined && numbers.test(number));
	const detected = () => {
		if (number === undefined) return '';
		const brands = CARD_TYPES.map(({ name }) => name).join(', ');
		return brand?.type ?? new Mistake('brand_unknown', { brands });
	};
	return (value) => {
		if (isNothing(value)) return detected();
		const given = requiredText(value);
		if (given instanceof Mistake) return given;
		if (DETECTS.includes(lettersOf(given))) return detected();
		const named = BRANDS.get(lettersOf(given));
		if (!named || !brand) return given;
		if (named === brand) return keepsSpelling ? given : brand.type;
		return new Mistake('brand_mismatch');
	};
}

const MONTHS = [
	...['january', 'february', 'march', 'april', 'may', 'june'],
	...['july', 'august', 'september', 'october', 'november', 'december'],
];

/** The month's number where a text is a month's name or its first letters, three at least. */
const namedMonth = (text: string) =>
	text.length < 3 ? 0 : MONTHS.findIndex((name) => name.startsWith(text.toLowerCase())) + 1;

/** Two digits, `07`, from `7`, `07`, 7, `Jul` or `July` (documented: a string). */
export const expirationMonth = textOfForm((text) => {
	const month = String(namedMonth(text) || plainDigits(text)).padStart(2, '0');
	return /^(0[1-9]|1[0-2])$/.test(month) ? month : undefined;
}, 'not_month');

/** No card is issued for as long (inferred). */
const MOST_YEARS = 20;

const fourDigits = textOfForm((text) => {
	const digits = plainDigits(text);
	return /^(\d{2}|\d{4})$/.test(digits) ? digits.padStart(4, '20') : undefined;
}, 'not_year');

/** Four digits, `2028`, from `28` or `2028` (documented: a string), of a year that a card can have. */
export const expirationYear: Check<string> = (value) => {
	const year = fourDigits(value);
	if (year instanceof Mistake) return year;
	if (isExpired(year, '12')) return new Mistake('card_expired');
	return Number(year) > new Date().getUTCFullYear() + MOST_YEARS
		? new Mistake('expiry_too_far')
		: year;
};

/** The earliest time zone is twelve hours behind UTC, and a card is good until its month ends there. */
const TWELVE_HOURS = 12 * 60 * 60 * 1000;

/** Whether the last day of the card's month is over everywhere on Earth. */
export function isExpired(year: string, month: string): boolean {
	return Date.now() - TWELVE_HOURS >= Date.UTC(Number(year), Number(month));
}
