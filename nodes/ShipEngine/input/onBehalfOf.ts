import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { KeyType } from '../values/keyType';
import { isLeftEmpty } from './chainFields';
import type { ChainSource } from './field';
import type { Item } from './item';
import { optionNamed } from './options';
import { subAccountId } from '../values/identifiers';
import { Mistake } from '../values/mistakes';
import { isSame } from '../values/names';
import { isNothing } from '../values/validation';

/** The option of every step that can act for a sub-account. */
export const ON_BEHALF_OF: INodeProperties = {
	displayName: 'On Behalf Of',
	name: 'onBehalfOf',
	type: 'string',
	default: '',
	placeholder: 'e.g. se-123456',
	description:
		"The ID of the sub-account to act for, with a partner's API key. If empty, uses the item's 'on_behalf_of', or that of the step from which the carrier comes.",
};

/** Its counterpart: a partner's own account is never taken for that of a merchant. */
export const PARTNERS_OWN_ACCOUNT: INodeProperties = {
	displayName: "Partner's Own Account",
	name: 'partnersOwnAccount',
	type: 'boolean',
	default: false,
	description:
		"Whether to act for the partner's own account, not for a sub-account. Only with a partner's API key.",
};

/** Where the sub-account comes from that a step acts for. */
const SUB_ACCOUNT: ChainSource<string> = {
	property: ON_BEHALF_OF,
	within: 'options',
	key: 'on_behalf_of',
	// A form may well have a field "On behalf of" for something else.
	isExact: true,
	isId: true,
	check: subAccountId,
	providedBy: 'Create Sub-Account',
	ifNone: 'no_sub_account',
};

const isGiven = (item: Item) =>
	!isLeftEmpty(item.asSet(ON_BEHALF_OF.name, undefined, SUB_ACCOUNT.within));

/** Whether the item itself says for which sub-account it is. */
const isInItem = (item: Item) => {
	const field = item.fieldNamed('on_behalf_of', true);
	return field !== undefined && !(field instanceof Mistake) && !isNothing(field.value);
};

/** The key's type, as mistakes name it. */
export const KEY_TYPE = { field: 'key_type', label: 'Key Type' };

/** That something needs a partner's key. */
export const forPartners = (because: string) => new Mistake('key_type_not_partner', { because });

const notePartner = (item: Item, because: string) =>
	item.checklist.note(KEY_TYPE, forPartners(because));

/** Why an operation on sub-accounts needs one. */
export const ONLY_PARTNERS = 'only a partner has sub-accounts';

/** Notes what is wrong with the key of an operation that only partners have. */
export function checkPartner(item: Item, keyType: KeyType | undefined): void {
	if (keyType === 'own') notePartner(item, ONLY_PARTNERS);
}

/**
 * Where the sub-account comes from that an item's requests act for: with a partner's key, there is one.
 * What is wrong with that is noted.
 *
 * @param keyType - undefined where the credential cannot be used, so that nothing will be sent
 * @returns undefined where they act for the account of the key itself
 */
export function behalfOf(
	item: Item,
	keyType: KeyType | undefined,
): ChainSource<string> | undefined {
	const isOwn = item.parameter(PARTNERS_OWN_ACCOUNT.name, false, SUB_ACCOUNT.within) === true;
	if (keyType === 'own') {
		// A partner who has not said so yet: what fails there must not go on for the own account here.
		const partners = item.earlierSteps.ofPartner();
		if (partners !== undefined) notePartner(item, `'${partners}' is for partners`);
		else if (isGiven(item)) notePartner(item, "'On Behalf Of' is set");
		else if (isInItem(item)) notePartner(item, "the item has a field 'on_behalf_of'");
		else if (isOwn) notePartner(item, `'${PARTNERS_OWN_ACCOUNT.displayName}' is on`);
	}
	if (keyType !== 'partner') return undefined;
	if (!isOwn) return SUB_ACCOUNT;
	if (isGiven(item) || isInItem(item)) {
		item.checklist.note(optionNamed(PARTNERS_OWN_ACCOUNT), new Mistake('not_own_account'));
	}
	return undefined;
}

/**
 * Notes that what an earlier step gave is a sub-account's, where the item is not to act for one.
 *
 * @param found - the output of that step
 */
export function checkFound(item: Item, keyType: KeyType | undefined, found: IDataObject): void {
	if (isNothing(found.on_behalf_of)) return;
	if (keyType === 'own') notePartner(item, 'the carrier is that of a sub-account');
	else item.checklist.note(optionNamed(PARTNERS_OWN_ACCOUNT), new Mistake('not_own_account'));
}

/** In milliseconds. No clock of an API is as wrong as that. */
const NEW = 600_000;

/** Whether a sub-account was made only moments ago, as an output of Create says (documented: `created_at`). */
export const isNewSubAccount = (id: string, outputs: IDataObject[]) =>
	outputs.some(
		({ account_id: made, created_at: createdAt }) =>
			isSame('on_behalf_of', made, id) &&
			Math.abs(Date.now() - Date.parse(String(createdAt))) < NEW,
	);
