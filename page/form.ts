import { STATES } from '../nodes/ShipEngine/values/usStates';
import {
	type Admission,
	OPTIONAL_FIELDS,
	type PageSettings,
} from '../nodes/StampsOnboardingTrigger/pageSettings';
import { withoutSeparators } from '../nodes/ShipEngine/values/validation';
import { CARD_NUMBER, brandOf, groupWhileTyping } from './cardInputs';
import { type Control, control, element } from './document';
import { EXPIRATION_DATE } from './expiry';
import { isTold, tellMistake } from './summary';
import { readRegistration } from './readForm';
import { say } from './words';

function linkTo(url: string, text: string): HTMLElement[] {
	if (url === '') return [];
	const link = document.createElement('a');
	link.href = url;
	link.target = '_blank';
	link.rel = 'noopener noreferrer';
	link.textContent = text;
	return [link];
}

/** Shows what people agree to, and where they can read it. */
export function fillTerms(
	{ termsText, termsUrl }: Pick<Admission, 'termsText' | 'termsUrl'>,
	{ privacyUrl }: PageSettings,
): void {
	element('terms').textContent = termsText;
	element('links').replaceChildren(
		...linkTo(termsUrl, say('termsLink')),
		...linkTo(privacyUrl, say('privacyLink')),
	);
}

function fillStates(): void {
	element('state_province').append(
		...Object.entries(STATES).map(([code, name]) => new Option(name, code)),
	);
}

function showBrand(): void {
	const number = element<HTMLInputElement>('card_number');
	const brand = element('card_brand');
	number.addEventListener('input', () => {
		const found = brandOf(withoutSeparators(number.value));
		const name = (found?.name.includes(' ') ? found.short : found?.name) ?? '';
		// Told by a screen reader whenever it is set, so not for each digit.
		if (brand.textContent !== name) brand.textContent = name;
	});
}

/** What waits until no button of the mouse, and no finger, is down. */
const waiting: Array<() => void> = [];

let isPressed = false;

/**
 * Does something now, or after the click that is under way: a line that appears between press and
 * release would move the button away from under the pointer.
 */
function afterClick(action: () => void): void {
	if (isPressed) waiting.push(action);
	else action();
}

function watchPointer(): void {
	document.addEventListener('mousedown', () => (isPressed = true), true);
	document.addEventListener(
		'mouseup',
		() => {
			isPressed = false;
			setTimeout(() => waiting.splice(0).forEach((action) => action()));
		},
		true,
	);
}

/** Tells a mistake when its input is left, and takes it back as soon as it is corrected. */
function checkWhileTyping(input: Control): void {
	const check = () => tellMistake(input.id, readRegistration().mistakes.get(input.id));
	input.addEventListener('blur', () => {
		if (input.value.trim() !== '' && input.type !== 'checkbox') afterClick(check);
	});
	const again = () => isTold(input) && check();
	input.addEventListener('input', again);
	// Browsers fill lists and boxes in without an input event.
	input.addEventListener('change', again);
}

/** Enter sends the form from the card's inputs too, which belong to another. */
function sendByEnter(): void {
	const form = element<HTMLFormElement>('form');
	for (const id of ['card_name', 'card_number', 'card_expiry']) {
		element(id).addEventListener('keydown', (event) => {
			if (event.key !== 'Enter' || event.isComposing) return;
			event.preventDefault();
			form.requestSubmit();
		});
	}
}

function setUpCard(): void {
	groupWhileTyping(element<HTMLInputElement>('card_number'), CARD_NUMBER);
	groupWhileTyping(element<HTMLInputElement>('card_expiry'), EXPIRATION_DATE);
	showBrand();
	sendByEnter();
}

/** Makes the form what this page's settings say, before it is shown. */
export function setUpForm(settings: PageSettings): void {
	for (const name of OPTIONAL_FIELDS) {
		if (!settings.asksFor.includes(name)) element(name).closest('.field')?.remove();
	}
	if (!settings.asksForCard) element('card-fields').remove();
	for (const [id, text] of Object.entries(settings.filledIn ?? {})) {
		const input = control(id);
		if (input) input.value = text;
	}
	fillTerms(settings, settings);
	fillStates();
	if (settings.asksForCard) setUpCard();
	watchPointer();
	element('form').querySelectorAll<Control>('input, select').forEach(checkWhileTyping);
}
