import { CARD_TYPES } from '../nodes/ShipEngine/values/paymentCard';
import { withoutSeparators } from '../nodes/ShipEngine/values/validation';

/** The lengths of card numbers that the brands give out. */
const LENGTHS = [15, 16];

/** The brand that a number has, or will have once it is typed in full. */
export const brandOf = (digits: string) =>
	digits === ''
		? undefined
		: CARD_TYPES.find(({ numbers }) =>
				LENGTHS.some((length) => numbers.test(digits.padEnd(length, '0'))),
			);

/** A card number in groups, as they stand on the card: American Express has three. */
export function groupedNumber(digits: string): string {
	const isAmex = brandOf(digits)?.type === 'AmericanExpress';
	const groups = isAmex ? /^(.{1,4})(.{1,6})?(.+)?$/ : /^(.{1,4})(.{1,4})?(.{1,4})?(.+)?$/;
	return (groups.exec(digits)?.slice(1) ?? []).filter(Boolean).join(' ');
}

/** `0728` as `07 / 28`; a month that can only have one digit gets its zero. */
export function groupedExpiry(digits: string): string {
	const [, month = '', year = ''] = /^([2-9]|\d{0,2})(\d*)$/.exec(digits) ?? [];
	const padded = /^[2-9]$/.test(month) ? `0${month}` : month;
	return padded.length < 2 ? padded : `${padded} / ${year}`;
}

/** The month and year of an expiration date, typed or filled in by the browser; '' where there is none. */
export function monthAndYear(text: string): { month: string; year: string } {
	const iso = /^\s*(\d{4})\s*[-/.]\s*(\d{1,2})\s*$/.exec(text);
	if (iso) return { month: iso[2]!, year: iso[1]! };
	const [, month = '', year = ''] =
		/^\s*(\d{1,2})\s*[-/.\s]\s*(\d{2}|\d{4})\s*$/.exec(text) ??
		/^\s*(\d{2})(\d{2}|\d{4})\s*$/.exec(text) ??
		[];
	return { month, year };
}

const digitsBefore = (text: string, place: number) =>
	text.slice(0, place).replace(/\D/g, '').length;

/** The place in a text behind so many of its digits. */
function placeBehind(text: string, digits: number): number {
	let place = 0;
	for (let seen = 0; seen < digits && place < text.length; place += 1) {
		if (/\d/.test(text[place]!)) seen += 1;
	}
	return place;
}

/**
 * Groups the digits of an input whenever they change. The caret stays behind the digit that it was
 * behind. Whatever is no number stays as it is, for the person to correct.
 */
export function groupWhileTyping(input: HTMLInputElement, grouped: (digits: string) => string) {
	input.addEventListener('input', (event) => {
		const typed = input.value;
		const digits = withoutSeparators(typed);
		if (!/^\d*$/.test(digits)) return;
		const isRemoval = (event as InputEvent).inputType?.startsWith('delete') ?? false;
		const caret = input.selectionStart ?? typed.length;
		// What is appended behind the last digit would come back as soon as it is removed.
		const shown = isRemoval ? grouped(digits).replace(/\D+$/, '') : grouped(digits);
		if (shown === typed) return;
		const added = shown.replace(/\D/g, '').length - digits.length;
		input.value = shown;
		const place =
			caret === typed.length
				? shown.length
				: placeBehind(shown, digitsBefore(typed, caret) + added);
		input.setSelectionRange(place, place);
	});
}
