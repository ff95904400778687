import { CARD_FIELDS } from '../nodes/ShipEngine/input/cardFields';
import type { CheckedField } from '../nodes/ShipEngine/input/checklist';
import { cardsInText } from '../nodes/ShipEngine/failures/cardsInText';
import { PAGE_ACCOUNT, PAGE_ADDRESS } from '../nodes/StampsOnboardingTrigger/pageFields';
import { Mistake } from '../nodes/ShipEngine/values/mistakes';
import { type Control, control } from './document';
import { monthAndYear } from './expiry';
import { ofField, say } from './words';

type Values = Record<string, string | boolean>;

/** What stands in the form. */
export interface Registration {
	/** The account and the address by the API's names, as typed. */
	fields: Values;
	/** The card as Register reads it once it is opened, with its person; undefined where none is asked for. */
	card?: Partial<Values>;
	/** What is wrong, by the id of the input. */
	mistakes: Map<string, string>;
}

/** Where the parts of a card are typed, by the API's names. */
const CARD_INPUTS: Record<string, string> = {
	name: 'card_name',
	number: 'card_number',
	type: 'card_number',
	expiration_year: 'card_expiry',
	expiration_month: 'card_expiry',
};

/** The input that is about a field, by the name that an error item has for it: `address.postal_code`. */
export function inputOf(field: string | null): string | undefined {
	const [, object = '', key = ''] = /^(?:(address|credit_card)\.)?(\w+)$/.exec(field ?? '') ?? [];
	const id = object === 'credit_card' ? (CARD_INPUTS[key] ?? '') : key;
	return document.getElementById(`${id}-mistake`) ? id : undefined;
}

/** The label of an input, without what stands in brackets behind it. */
export const labelOf = ({ id }: Control) =>
	document.querySelector(`label[for="${id}"]`)?.firstChild?.textContent?.trim() ?? '';

/** What is said of an input where nothing was entered, or else what the check says, behind its label. */
export const told = (input: Control, mistake: Mistake) =>
	(/^(field_value_required|terms_not_accepted)$/.test(mistake.code) && input.dataset.missing) ||
	ofField(labelOf(input), mistake);

const enteredIn = (input: Control) =>
	input instanceof HTMLInputElement && input.type === 'checkbox' ? input.checked : input.value;

const cardInText = () => {
	const number = control('card_number');
	return number ? say('cardInText', { label: labelOf(number) }) : say('cardNotHere');
};

const holdsCard = (value: string | boolean) =>
	typeof value === 'string' && cardsInText(value).length > 0;

/** Checks the fields of an object by the node's own rules; gives what passed. */
function checked(
	fields: CheckedField[],
	entered: (key: string) => string | boolean | undefined,
	wrong: (key: string, mistake: Mistake) => void,
): Values {
	const passed: Values = {};
	for (const { key, check } of fields) {
		const value = check(entered(key), passed);
		if (value instanceof Mistake) wrong(key, value);
		else if (value !== '') passed[key] = value;
	}
	return passed;
}

const inOrderOfForm = (mistakes: Map<string, string>) =>
	new Map(
		[...document.querySelectorAll('form [id]')].flatMap(({ id }) => {
			const mistake = mistakes.get(id);
			return mistake === undefined ? [] : [[id, mistake]];
		}),
	);

/** Reads the form, and checks it as the node will. */
export function readRegistration(): Registration {
	const mistakes = new Map<string, string>();
	const note = (id: string, mistake: Mistake) => {
		const input = control(id);
		if (input && !mistakes.has(id)) mistakes.set(id, told(input, mistake));
	};

	const fields: Values = {};
	const inputs = [...PAGE_ACCOUNT, ...PAGE_ADDRESS].flatMap(({ key }) => control(key) ?? []);
	for (const input of inputs) {
		const value = enteredIn(input);
		if (value !== '') fields[input.id] = value;
		if (!holdsCard(value)) continue;
		mistakes.set(input.id, cardInText());
	}
	const { email } = checked(PAGE_ACCOUNT, (key) => fields[key], note);
	const { phone } = checked(PAGE_ADDRESS, (key) => fields[key], note);

	const card = readCard(note, mistakes);
	return {
		fields,
		card: card && { ...card, email, phone },
		mistakes: inOrderOfForm(mistakes),
	};
}

/** The card that was typed; undefined where the page asks for none. */
function readCard(
	note: (id: string, mistake: Mistake) => void,
	mistakes: Registration['mistakes'],
): Values | undefined {
	if (!control('card_expiry')) return undefined;
	const { month, year } = monthAndYear(control('card_expiry')!.value);
	const typed: Record<string, string> = {
		name: control('card_name')!.value,
		number: control('card_number')!.value,
		expiration_year: year,
		expiration_month: month,
	};
	if (holdsCard(typed.name!)) {
		mistakes.set('card_name', cardInText());
	}
	const isHalfDate = month === '' && control('card_expiry')!.value.trim() !== '';
	if (isHalfDate) note('card_expiry', new Mistake('not_month_and_year'));
	const card = checked(
		CARD_FIELDS,
		(key) => typed[key],
		(key, mistake) => note(CARD_INPUTS[key]!, mistake),
	);
	// Register detects the brand anew, and says what it takes.
	delete card.type;
	return card;
}
