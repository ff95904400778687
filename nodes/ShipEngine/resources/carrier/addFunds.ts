import { CARRIER } from '../../accounts/carrierField';
import type { Requests } from '../../api/requests';
import type { Run } from '../../step/run';
import { inTurn } from '../../step/turns';
import { writing } from '../../step/declare';
import { balanceOf, cents, parseFunds } from './balance';
import { AMOUNT } from './fundsFields';

/** What an item adds to which carrier. */
interface Funds {
	carrierId: string;
	amount: number;
}

/** Adds the funds, once. If the answer is lost, the balance before and after decides. */
async function add({ carrierId, amount }: Funds, api: Requests, { memory }: Run) {
	const before = await balanceOf(api, carrierId);
	// Only the balance shows what became of a lost answer.
	const telling = api.telling({
		ifUnknown: `The balance was ${before.toFixed(2)} before. Look at it now, with Carrier → Get or in ShipStation. Run this item again only if it has not gone up: a second run would charge the card a second time.`,
	});
	const charge = {
		method: 'PUT' as const,
		path: `/v1/carriers/${carrierId}/add_funds`,
		body: { currency: 'usd', amount },
		parse: parseFunds,
	};
	const look = async () => {
		const now = await balanceOf(api, carrierId);
		return cents(now) - cents(before) === cents(amount) ? now : undefined;
	};
	// If another charge is open, what the balance shows could be that one's.
	const isContested = memory.losses.some(({ subject }) => subject.carrier_id === carrierId);
	const { value: balance, ...how } = isContested
		? { value: await telling.write(charge) }
		: await telling.writeOrFind(charge, look);
	return { carrier_id: carrierId, amount, currency: 'usd', balance, ...how };
}

/**
 * Adds funds to the balance of a carrier (documented: `PUT /v1/carriers/{carrier_id}/add_funds`). It
 * charges the account's card for real; there is no test mode. ShipStation's support has to enable it for
 * the key. The API has no idempotency key.
 */
export const addFunds = writing({
	name: 'Add Funds',
	value: 'addFunds',
	action: 'Add funds to carrier',
	description: "Add money to the account's balance: a live charge of its payment card",
	does: 'charges',
	words: {
		failed: 'The funds were not added',
		unknown: 'The funds may or may not have been added',
		// What is told knows the balance before.
		ifUnknown: 'Look at the balance, with Carrier → Get or in ShipStation.',
	},
	fields: { carrierId: CARRIER, amount: AMOUNT },
	output: {
		carrier_id: 'string',
		amount: 'number',
		currency: 'string',
		balance: 'number',
		'recovered?': 'boolean',
	},
	subject: ({ carrierId, amount }) => ({ carrier_id: carrierId, amount }),

	async act(funds, { api, run }) {
		const { carrierId } = funds;
		const busy = { on: 'the same carrier', code: 'carrier_in_use', field: 'carrier_id' };
		const key = `${await api.account()} ${carrierId}`;
		return await inTurn(key, api, busy, async () => await add(funds, api, run));
	},
});
