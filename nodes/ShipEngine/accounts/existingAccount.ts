import type { Carrier } from './carriers';
import type { Claim } from './claims';
import { Failure } from '../failures/failure';
import { quoted } from '../failures/masking';

/** The account that an item wants. */
export interface WantedAccount {
	nickname: string;
	/** What to do if an account of the nickname exists. */
	ifNicknameExists: string;
	/** For whom it is. */
	claim: Claim;
	/** Whether an account that is there is the item's own; else it is not to be given back. */
	isOwn?: (carrierId: string) => boolean;
}

/**
 * The one account of a nickname that is there already.
 *
 * @param failed - what did not happen if it is not to be given back
 * @throws {@link Failure} if there are several, or if it is not to be given back
 */
export function existingAccount(
	accounts: Carrier[],
	{ nickname, ifNicknameExists, isOwn }: Omit<WantedAccount, 'claim'>,
	failed: string,
): { carrier_id: string; existing: true } {
	const [first, ...others] = accounts;
	const isOne = others.length === 0;
	const isUsable = isOne && !first!.isDisabled;
	const isOfOther = isUsable && isOwn !== undefined && !isOwn(first!.carrier_id);
	if (isUsable && !isOfOther && ifNicknameExists === 'returnExisting') {
		return { carrier_id: first!.carrier_id, existing: true };
	}
	const nicknamed = `with the nickname ${quoted(nickname)}`;
	const because = isOne
		? `an account ${nicknamed} exists${isUsable ? '' : ', and is disabled by the billing plan'}`
		: `${accounts.length} accounts ${nicknamed} exist`;
	const message = `${failed}: ${because}`;
	throw new Failure({
		message,
		description: [
			'Nothing was sent.',
			`To go on with it, use ${accounts.map(({ carrier_id }) => carrier_id).join(' or ')}.`,
			isOfOther
				? 'Nobody gets an account from a page by a nickname that the page has not made of email and phone. If it is theirs, send them a code link to it.'
				: isUsable
					? "Or set 'If Nickname Exists' to 'Return Existing' to have this step return that account, or choose another nickname."
					: 'For a new account, choose another nickname.',
		].join(' '),
		reasons: [{ code: 'identifier_conflict', field: 'nickname', message }],
		carrierId: isOne ? first!.carrier_id : undefined,
	});
}
