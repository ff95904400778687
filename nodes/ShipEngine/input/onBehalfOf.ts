import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Item } from './item';
import { optionNamed, optionsOf } from './options';
import { subAccountId } from '../values/identifiers';
import { Mistake } from '../values/mistakes';
import { isNothing } from '../values/validation';

/** The option of every step that can act for a sub-account. */
export const ON_BEHALF_OF: INodeProperties = {
	displayName: 'On Behalf Of',
	name: 'onBehalfOf',
	type: 'string',
	default: '',
	placeholder: 'e.g. se-123456',
	description:
		'The ID of the sub-account to act for, with a partner API key. If empty, uses the sub-account from an earlier ShipEngine step for this item, if any.',
};

/** The account that a request acts for. */
export interface Behalf {
	/** A sub-account; undefined for the account of the key itself. */
	onBehalfOf?: string;
	/** Whether it was created only moments ago. */
	isNewSubAccount?: boolean;
}

/** In milliseconds. No clock of an API is as wrong as that. */
const NEW = 600_000;

/** Sub-accounts say when they were created (documented: `created_at`). */
const isNew = ({ created_at: createdAt }: IDataObject) =>
	Math.abs(Date.now() - Date.parse(String(createdAt))) < NEW;

/**
 * The sub-account that an item's requests act for: the one that is set, or else the one that the earlier
 * ShipEngine steps name for this item. A step that was about the same carrier goes before all others.
 * What is wrong with it is noted.
 *
 * @param carrierId - the carrier that the requests are about, if there is one already
 * @throws a Failure if the earlier steps name different ones
 */
export function readBehalf(item: Item, carrierId: string | undefined): Behalf {
	const { earlierSteps, checklist, index } = item;
	const { onBehalfOf: given } = optionsOf(item);
	const entered = item.asSet('options', {}) as IDataObject;
	const check = (value: unknown) => checklist.check(optionNamed(ON_BEHALF_OF), value, subAccountId);
	// An expression that gives nothing must not fall back to another account.
	if (!isNothing(entered.onBehalfOf) || !isNothing(given)) return { onBehalfOf: check(given) };

	const sameCarrier = carrierId && earlierSteps.about({ carrier_id: carrierId }, index);
	const { values, failedStep } = sameCarrier
		? { values: sameCarrier, failedStep: undefined }
		: earlierSteps.find({ keys: ['on_behalf_of'], given: {}, isOptional: true }, index);
	if (failedStep !== undefined) {
		const mistake = new Mistake('earlier_step_failed', { step: failedStep });
		checklist.note(optionNamed(ON_BEHALF_OF), mistake);
	}
	return isNothing(values.on_behalf_of)
		? {}
		: { onBehalfOf: check(values.on_behalf_of), isNewSubAccount: isNew(values) };
}
