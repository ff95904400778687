import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Checklist } from './checklist';
import type { EarlierSteps } from './earlierSteps';
import { optionNamed, optionsOf, readTimeout } from './options';
import { asSet } from './parameters';
import { subAccountId } from '../values/identifiers';
import { Mistake, isNothing } from '../values/validation';

/** The option of every step that can act for a sub-account. */
export const ON_BEHALF_OF: INodeProperties = {
	displayName: 'On Behalf Of',
	name: 'onBehalfOf',
	type: 'string',
	default: '',
	placeholder: 'e.g. se-123456',
	description:
		'The ID of the sub-account to act for, with a partner API key. Without it, the step acts for the sub-account that an earlier ShipEngine step of this item named, if there is one.',
};

/** Whom a request is for. */
export interface Behalf {
	/** A sub-account; undefined for the account of the key itself. */
	onBehalfOf?: string;
	/** Whether it was made only just now. */
	isNewSubAccount?: boolean;
}

/** The sub-account that was acted for, as outputs name it. */
export const named = ({ onBehalfOf }: Behalf) => (onBehalfOf ? { on_behalf_of: onBehalfOf } : {});

/** In milliseconds. No clock of an API is as wrong as that. */
const NEW = 600_000;

/** Sub-accounts say when they were made (documented: `created_at`). */
const isNew = ({ created_at: createdAt }: IDataObject) =>
	Math.abs(Date.now() - Date.parse(String(createdAt))) < NEW;

/** What an item's request is sent with: whom it is for, and how many seconds its answer may take. */
export interface RequestOptions extends Behalf {
	timeout: number;
}

/**
 * The sub-account that an item's request is for: the one that is set, or else the one that the earlier
 * ShipEngine steps name for this item. A step that was about the same carrier goes before all others.
 * What is wrong with it is noted.
 *
 * @param carrierId - the carrier that the request is about, if there is one already
 * @throws a Failure where the earlier steps name different ones
 */
function readOnBehalfOf(
	context: IExecuteFunctions,
	itemIndex: number,
	earlierSteps: EarlierSteps,
	checklist: Checklist,
	carrierId?: string,
): Behalf {
	const { onBehalfOf: given } = optionsOf(context, itemIndex);
	const entered = asSet(context, 'options', {}) as IDataObject;
	const check = (value: unknown) => checklist.check(optionNamed(ON_BEHALF_OF), value, subAccountId);
	// An expression that gives nothing must not fall back to another account.
	if (!isNothing(entered.onBehalfOf) || !isNothing(given)) return { onBehalfOf: check(given) };

	const sameCarrier = carrierId && earlierSteps.about({ carrier_id: carrierId }, itemIndex);
	const { values, failedStep } = sameCarrier
		? { values: sameCarrier, failedStep: undefined }
		: earlierSteps.find({ keys: ['on_behalf_of'], given: {}, isOptional: true }, itemIndex);
	if (failedStep !== undefined) {
		checklist.note(
			optionNamed(ON_BEHALF_OF),
			new Mistake('field_value_required', `is empty: '${failedStep}' failed for this item`),
		);
	}
	return isNothing(values.on_behalf_of)
		? {}
		: { onBehalfOf: check(values.on_behalf_of), isNewSubAccount: isNew(values) };
}

/**
 * The options of an item, as a request takes them; what is wrong with them is noted.
 *
 * @param carrierId - the carrier that the request is about, if there is one already
 * @throws a Failure where the earlier steps name different sub-accounts
 */
export const readOptions = (
	context: IExecuteFunctions,
	itemIndex: number,
	earlierSteps: EarlierSteps,
	checklist: Checklist,
	carrierId?: string,
): RequestOptions => ({
	timeout: readTimeout(context, itemIndex, checklist),
	...readOnBehalfOf(context, itemIndex, earlierSteps, checklist, carrierId),
});
