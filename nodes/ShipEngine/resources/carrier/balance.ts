import type { IDataObject } from 'n8n-workflow';
import { getCarrier } from '../../accounts/carriers';
import type { Requests } from '../../api/requests';
import { Failure } from '../../failures/failure';

/** Dollars as whole cents, so that sums can be compared. */
export const cents = (dollars: number) => Math.round(dollars * 100);

/**
 * The balance of a carrier, in US dollars.
 *
 * @throws {@link Failure} if it cannot be read, or if the API gives none
 */
export async function balanceOf(api: Requests, carrierId: string): Promise<number> {
	const since = 'the balance could not be read';
	const { balance } = await getCarrier(api, carrierId, since);
	if (typeof balance === 'number') return balance;
	throw new Failure({
		message: `${api.common.words.failed}, since ${since}: the API gives none`,
		description: 'Nothing was charged. Check that the carrier is a Stamps.com account.',
		reasons: [{ code: 'unusable_answer', field: 'balance', message: 'the API gives no balance' }],
		carrierId,
	});
}

/** The balance in the answer to a charge; undefined if it is none in US dollars (documented). */
export function parseFunds({ balance }: IDataObject): number | undefined {
	const { amount, currency } = (balance ?? {}) as IDataObject;
	return typeof amount === 'number' && String(currency).toLowerCase() === 'usd'
		? amount
		: undefined;
}
