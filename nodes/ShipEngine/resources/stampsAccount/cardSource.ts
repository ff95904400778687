import type { INodeProperties } from 'n8n-workflow';
import { choiceField } from '../../input/choices';
import { type OwnField, keyIn, nameOf } from '../../input/field';
import type { Item } from '../../input/item';
import { Mistake } from '../../values/mistakes';
import { isNothing } from '../../values/validation';
import type { Person } from '../../seal/cardOwner';
import { SEALED_CARD_SOURCE, readSealedCard } from './sealedCardField';
import { type Source, ofCard } from './sources';

const property: INodeProperties = {
	displayName: 'Card Source',
	name: 'cardSource',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Credential',
			value: 'credential',
			description: 'An encrypted credential: the card is in no item and no output',
		},
		{
			name: 'None',
			value: 'none',
			description: "Only for partners, together with 'On Behalf Of'",
		},
		{
			name: 'Parameters',
			value: 'parameters',
			description:
				"The card's fields below or, when mapping automatically, of the input item: n8n stores them as plain text",
		},
		{
			name: 'Sealed Card',
			value: 'sealed',
			description: 'A card that was sealed in the browser: n8n stores nothing that can be read',
		},
	],
	default: 'credential',
	description: 'Where the payment card comes from',
};

/** What stands below it where the card is typed into the step. */
const READABLE: INodeProperties = {
	displayName:
		'Anyone who can open this workflow, its versions or its runs can read the card. If the card is yours, use the credential.',
	name: 'readableNotice',
	type: 'notice',
	default: '',
	displayOptions: { show: { cardSource: ['parameters'] } },
};

/** In a tool of an agent, no model says whose card pays. */
const CHOICE = choiceField(property, ['credential', 'none']);

/** Where the payment card comes from. */
export const CARD_SOURCE: OwnField<string> = {
	...CHOICE,
	decides: true,
	properties: [...CHOICE.properties, READABLE],
};

/** Whether the item brings a card: then it is the one that pays, and nobody else's. */
const bringsCard = (item: Item) => {
	const field = item.fieldNamed(keyIn(SEALED_CARD_SOURCE));
	return field instanceof Mistake || !isNothing(field?.value);
};

const CARD_CREDENTIAL = 'shipEnginePaymentCardApi';

/**
 * Where the card's values come from; undefined if there is none, or it cannot be opened.
 *
 * @param person - whose account it is to pay for, if known
 */
export async function readCardSource(
	item: Item,
	others: Source,
	person: Person | undefined,
): Promise<Source | undefined> {
	const source = item.parameter('cardSource');
	if (source === 'sealed') {
		const opened = await readSealedCard(item, person);
		return opened && ofCard(opened, ({ key }) => key);
	}
	if (bringsCard(item)) {
		item.checklist.note(nameOf(property), new Mistake('sealed_card_not_used'));
		return undefined;
	}
	if (source === 'parameters') return others;
	if (source !== 'credential') return undefined;
	// For each item, since a credential's own expressions may depend on the item.
	const card = await item.context.getCredentials(CARD_CREDENTIAL, item.index);
	item.onlyTo.push({ credential: 'ShipEngine Payment Card', baseUrl: card.baseUrl });
	return ofCard(card, ({ property }) => property.name);
}
