import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Checklist } from '../../input/checklist';
import { fromItemOrEarlierStep } from '../../input/defaults';
import { type StepField, readFields } from '../../input/fields';
import { readOption, upTo } from '../../input/options';
import { openCard } from '../../seal/sealedCard';
import type { Run } from '../../step/run';
import { Mistake } from '../../values/validation';
import { CardSeal } from '../cardSeal/cardSeal';

const HOURS = 3_600;

/** The card as it comes from a registration page: sealed, so that n8n never sees it. */
export const SEALED_CARD: INodeProperties = {
	displayName: 'Sealed Card',
	name: 'sealedCard',
	type: 'string',
	required: true,
	default: fromItemOrEarlierStep('sealed_card'),
	placeholder: 'e.g. eyJhbGciOiJFQ0RILUVTIi…',
	description:
		'What the registration page made of the card. It is opened only here, on its way to the API. By default, the step takes the one that the Stamps Registration Form Trigger gave for this item.',
};

/** How long a sealed card can be opened. */
export const SEALED_CARD_MAX_AGE: INodeProperties = {
	displayName: 'Sealed Card Max Age',
	name: 'sealedCardMaxAge',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 8_760 },
	displayOptions: { show: { '/cardSource': ['sealed'] } },
	default: 24,
	description: 'How many hours after it was typed a sealed card is still taken',
};

const hours = upTo(8_760, 'of hours, above zero and within a year');

/** One sentence for whatever is wrong, so that nobody learns from it how to make a better one. */
const NOT_OPENED = new Mistake(
	'invalid_field_value',
	'cannot be opened: it was sealed with another key, has changed on its way, or is too old. Ask for the card again',
);

/**
 * The sealed card of an item, opened, with its fields as they were typed.
 *
 * @returns undefined where it cannot be opened, which is noted
 */
export async function readSealedCard(
	context: IExecuteFunctions,
	itemIndex: number,
	run: Run,
	checklist: Checklist,
): Promise<IDataObject | undefined> {
	const keys = await run.share(CardSeal).keys();
	const maxAge = readOption(context, itemIndex, checklist, SEALED_CARD_MAX_AGE, hours) ?? 0;
	const sealedCard: StepField<IDataObject> = {
		property: SEALED_CARD,
		check: (value) => openCard(String(value).trim(), keys, maxAge * HOURS) ?? NOT_OPENED,
		providedBy: 'Stamps Registration Form Trigger',
	};
	return readFields(context, itemIndex, run.earlierSteps, checklist, { sealedCard }).sealedCard;
}
