import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { KeyType } from '../values/keyType';
import type { FieldName } from '../input/checklist';
import { KEY_TYPE, ON_BEHALF_OF, PARTNERS_OWN_ACCOUNT, forPartners } from '../input/onBehalfOf';
import { optionNamed } from '../input/options';
import { subAccountId } from '../values/identifiers';
import { Mistake } from '../values/mistakes';
import { isNothing } from '../values/validation';
import { type Carrier, listCarriers } from './carriers';
import { notListed, searchList } from './searchList';

const failed = 'The accounts could not be listed';

/** The step's sub-account; the editor hands over an expression as it stands. */
function onBehalfOf(
	context: ILoadOptionsFunctions,
	keyType: KeyType | undefined,
): string | undefined {
	const optionOf = (name: string) => context.getCurrentNodeParameter(`options.${name}`) as unknown;
	const refuse = (name: FieldName, mistake: Mistake, advice: string): never => {
		throw notListed(failed, name, mistake, advice);
	};
	const entered = optionOf(ON_BEHALF_OF.name);
	if (keyType === 'own' && !isNothing(entered)) {
		refuse(KEY_TYPE, forPartners("'On Behalf Of' is set"), 'Open the credential to change it.');
	}
	if (keyType !== 'partner') return undefined;
	if (isNothing(entered) && optionOf(PARTNERS_OWN_ACCOUNT.name) === true) return undefined;

	const id = isNothing(entered)
		? new Mistake('no_sub_account', { expression: '' })
		: String(entered).startsWith('=')
			? new Mistake('expression_in_list')
			: subAccountId(entered);
	if (id instanceof Mistake) {
		const advice = "Choose 'By ID' for the carrier, or set 'On Behalf Of' to a fixed sub-account.";
		return refuse(optionNamed(ON_BEHALF_OF), id, advice);
	}
	return id;
}

const titleOf = ({ carrier_id: id, nickname, account_number: account, isDisabled }: Carrier) =>
	[nickname, id, account && `(${account})`, isDisabled && '(disabled)'].filter(Boolean).join(' ');

/**
 * The account's Stamps.com carriers for the locator's list.
 *
 * @param filter - part of the nickname, the ID or the account number, in any case
 */
export async function searchStampsCarriers(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await searchList(this, filter, {
		failed,
		onBehalfOf,
		list: async (api) => {
			// Part of a list is better than none for a person who picks from it.
			const carriers = await listCarriers(api, () => true);
			return carriers.map((carrier) => ({ name: titleOf(carrier), value: carrier.carrier_id }));
		},
	});
}
