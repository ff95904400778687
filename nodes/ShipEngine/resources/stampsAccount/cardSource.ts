import { choiceField } from '../../input/choices';
import type { Item } from '../../input/item';
import { SEALED_CARD } from './sealedCardField';
import { type Source, ofCard } from './sources';

/** Where the payment card comes from. */
export const CARD_SOURCE = choiceField({
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
			description: "The card's fields below or, when mapping automatically, of the input item",
		},
		{
			name: 'Sealed Card',
			value: 'sealed',
			description: 'A card that was sealed in the browser: n8n stores nothing that can be read',
		},
	],
	default: 'parameters',
	description:
		'Where the payment card comes from. What passes through items and parameters is stored by n8n with the execution and the workflow.',
});

const CARD_CREDENTIAL = 'shipEnginePaymentCardApi';

/** Where the card's values come from; undefined if there is none, or it cannot be opened. */
export async function readCardSource(item: Item, others: Source): Promise<Source | undefined> {
	const source = item.parameter('cardSource');
	if (source === 'parameters') return others;
	if (source === 'sealed') {
		const opened = await SEALED_CARD.read(item);
		return opened && ofCard(opened, ({ key }) => key);
	}
	if (source !== 'credential') return undefined;
	// For each item, since a credential's own expressions may depend on the item.
	const card = await item.context.getCredentials(CARD_CREDENTIAL, item.index);
	return ofCard(card, ({ property }) => property.name);
}
