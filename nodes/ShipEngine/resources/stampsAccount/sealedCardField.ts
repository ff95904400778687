import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { chainProperty, isLeftEmpty, readChain } from '../../input/chainFields';
import { keyIn, nameOf } from '../../input/field';
import type { Item } from '../../input/item';
import { optionField, optionsOf } from '../../input/options';
import { type Person, ownerOf } from '../../seal/cardOwner';
import { sealFor } from '../../seal/runKeys';
import { openCard } from '../../seal/sealedCard';
import { Mistake } from '../../values/mistakes';
import { numberUpTo } from '../../values/numbers';
import { isNothing, requiredText } from '../../values/validation';

/** A year, in hours. */
const OLDEST = 8_760;

const hours = numberUpTo(OLDEST, 'not_hours');

const maxAge: INodeProperties = {
	displayName: 'Sealed Card Max Age',
	name: 'sealedCardMaxAge',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: OLDEST },
	displayOptions: { show: { '/cardSource': ['sealed'] } },
	default: 24,
	description: 'For how many hours after it was typed a sealed card is accepted',
};

/** How many hours after it was typed a sealed card can be opened. */
export const SEALED_CARD_MAX_AGE = optionField(maxAge, hours);

const withoutPerson: INodeProperties = {
	displayName: 'Cards Without Person',
	name: 'cardsWithoutPerson',
	type: 'boolean',
	noDataExpression: true,
	displayOptions: { show: { '/cardSource': ['sealed'] } },
	default: false,
	description:
		"Whether a card is accepted that was sealed without its person's email and phone: then it pays for the person of the item, and n8n cannot tell whose it is",
};

/** Whether cards are taken that name nobody. */
export const CARDS_WITHOUT_PERSON = optionField(withoutPerson, (value) => value === true);

const property: INodeProperties = {
	displayName: 'Sealed Card',
	name: 'sealedCard',
	type: 'string',
	default: '',
	placeholder: 'e.g. eyJhbGciOiJFQ0RILUVTIi…',
	description:
		'The card, encrypted by the registration page. It is opened only here, on its way to the API.',
};

/** Where it comes from: nobody's card is looked for in other steps. */
export const SEALED_CARD_SOURCE = {
	property,
	check: requiredText,
	providedBy: 'the page that seals the card, such as that of Stamps Onboarding Trigger',
	isOfItem: true,
};

const SECONDS_PER_HOUR = 3_600;

/** What the panel shows of it. */
export const SEALED_CARD_PROPERTY = chainProperty(SEALED_CARD_SOURCE);

/** What keeps an opened card from paying for a person; undefined for nothing. */
function notFor(card: IDataObject, person: Person, item: Item): Mistake | undefined {
	const owner = ownerOf(card, person);
	if (owner === 'other') return new Mistake('sealed_card_of_other');
	return owner === 'nobody' && optionsOf(item)[withoutPerson.name] !== true
		? new Mistake('sealed_card_without_person')
		: undefined;
}

/**
 * A card as it comes from a registration page, opened, with its fields as they were typed.
 *
 * @param person - whose account it is to pay for; undefined where that is not known, and noted already
 */
export async function readSealedCard(
	item: Item,
	person: Person | undefined,
): Promise<IDataObject | undefined> {
	const { keys, baseUrl } = await sealFor(item.context);
	item.onlyTo.push({ credential: 'ShipEngine Card Seal', baseUrl });
	const oldest = hours(optionsOf(item)[maxAge.name] ?? maxAge.default);
	const seconds = (oldest instanceof Mistake ? OLDEST : oldest) * SECONDS_PER_HOUR;
	const sealedCard = {
		...SEALED_CARD_SOURCE,
		// One mistake for whatever is wrong, so that nobody learns from it how to make a better one.
		check(value: unknown) {
			const card = openCard(String(value).trim(), keys, seconds);
			if (!card) return new Mistake('sealed_card_not_opened');
			return (person && notFor(card, person, item)) ?? card;
		},
	};
	const own = item.fieldNamed(keyIn(SEALED_CARD_SOURCE));
	const { value } = own === undefined || own instanceof Mistake ? { value: undefined } : own;
	const isOther = !isLeftEmpty(item.asSet(property.name)) && !isNothing(value);
	if (isOther && item.parameter(property.name) !== value) {
		item.checklist.note(nameOf(property), new Mistake('sealed_card_other'));
		return undefined;
	}
	return readChain<{ sealedCard: IDataObject }>(item, { sealedCard }).values.sealedCard;
}
