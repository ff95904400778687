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
function inGroups(digits: string): string {
	const isAmex = brandOf(digits)?.type === 'AmericanExpress';
	const groups = isAmex ? /^(.{1,4})(.{1,6})?(.+)?$/ : /^(.{1,4})(.{1,4})?(.{1,4})?(.+)?$/;
	return (groups.exec(digits)?.slice(1) ?? []).filter(Boolean).join(' ');
}

/** How the text of an input looks after each change. Whatever is no number stays as it is, to be corrected. */
export interface Grouping {
	/** Something was typed or filled in: at the end, or where more may follow before what stands there. */
	added(text: string, isAtEnd: boolean): string;
	/** Something was removed: a separator put in at the end would come back as soon as it is removed. */
	removed(text: string): string;
}

function groupedNumber(text: string): string {
	const digits = withoutSeparators(text);
	return /^\d*$/.test(digits) ? inGroups(digits) : text;
}

export const CARD_NUMBER: Grouping = { added: groupedNumber, removed: groupedNumber };

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

/** Groups the text of an input whenever it changes. The caret stays behind the digit that it was behind. */
export function groupWhileTyping(input: HTMLInputElement, { added, removed }: Grouping) {
	input.addEventListener('input', (event) => {
		const typed = input.value;
		const caret = input.selectionStart ?? typed.length;
		const isRemoval = (event as InputEvent).inputType?.startsWith('delete') ?? false;
		const shown = isRemoval ? removed(typed) : added(typed, caret === typed.length);
		if (shown === typed) return;
		const more = digitsBefore(shown, shown.length) - digitsBefore(typed, typed.length);
		input.value = shown;
		const place =
			caret === typed.length ? shown.length : placeBehind(shown, digitsBefore(typed, caret) + more);
		input.setSelectionRange(place, place);
	});
}
