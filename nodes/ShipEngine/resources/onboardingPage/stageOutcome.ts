import type { IDataObject } from 'n8n-workflow';
import { isErrorItem } from '../../input/itemFields';
import type { Passed } from '../../input/earlierSteps';
import type { Sent } from '../../onboarding/sentFromPage';
import { isSame } from '../../values/names';
import { isNothing } from '../../values/validation';

/** What became of it: the outputs of the steps for it, as far as they ran. */
export interface Outcome {
	/** Of Register. */
	account?: IDataObject;
	/** Of all such steps, where there are more: one may have opened what another one was refused. */
	accounts: IDataObject[];
	/** Of Send. */
	text?: IDataObject;
	/** Of Confirm. */
	verified?: IDataObject;
}

/** Whether an output is about the account that was sent; a failure names none. */
const isAbout = ({ carrier_id: one }: IDataObject, { carrier_id: other }: IDataObject) =>
	isNothing(one) || isNothing(other) || isSame('carrier_id', one, other);

/**
 * What the steps on the way say of what was sent.
 *
 * @returns nothing of a step that was about another account
 */
export function outcomeOf(way: Passed[], { item }: Sent): Outcome {
	const nearest = (does: string, whose: IDataObject) =>
		way.find((each) => each.does === does && isAbout(each.json, whose))?.json;
	const account = nearest('opensAccount', item);
	const accounts = way.filter(({ does }) => does === 'opensAccount').map(({ json }) => json);
	const whose = account && !isErrorItem(account) ? { ...item, ...account } : item;
	return { account, accounts, text: nearest('texts', whose), verified: nearest('verifies', whose) };
}
