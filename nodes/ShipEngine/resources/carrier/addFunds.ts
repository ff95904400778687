import type { IDataObject } from 'n8n-workflow';
import { CARRIER } from '../../accounts/carrierField';
import { OpenCharges } from '../../accounts/openCharges';
import { Failure, asFailure } from '../../failures/failure';
import { writing } from '../../step/declare';
import { inTurn } from '../../step/turns';
import { isNothing } from '../../values/validation';
import { AMOUNT } from './fundsFields';
import { OPEN_CHARGES } from './openChargesField';

const words = {
	failed: 'The funds were not added',
	unknown: 'The funds may or may not have been added',
	ifUnknown: 'Look at the purchases of the account, in ShipStation or at Stamps.com.',
};

/**
 * The balance in the answer to a charge; undefined if it is none in US dollars (documented). Errors in a
 * 2xx do not tell that nothing was charged: as errors beside a value, they leave it open.
 */
function parseFunds({ balance, errors }: IDataObject): number | undefined {
	if (!isNothing(errors)) return NaN;
	const { amount, currency } = (balance ?? {}) as IDataObject;
	return typeof amount === 'number' && String(currency).toLowerCase() === 'usd'
		? amount
		: undefined;
}

/**
 * Adds funds to the balance of a carrier (documented: `PUT /v1/carriers/{carrier_id}/add_funds`). It
 * charges the account's card for real; there is no test mode. ShipStation's support has to enable it for
 * the key. The API has no idempotency key, so that a charge whose answer is lost stays open until a
 * person has looked.
 */
export const addFunds = writing({
	name: 'Add Funds',
	value: 'addFunds',
	action: 'Add funds to carrier',
	description: "Add money to the account's balance: a live charge of its payment card",
	does: 'charges',
	words,
	fields: { carrierId: CARRIER, amount: AMOUNT, verdicts: OPEN_CHARGES },
	output: {
		carrier_id: 'string',
		amount: 'number',
		currency: 'string',
		'balance?': 'number',
		'recovered?': 'boolean',
	},
	subject: ({ carrierId, amount }) => ({ carrier_id: carrierId, amount }),
	// Tried again with another amount, an item that was charged is not charged again.
	madeAnew: 'amount',

	async act({ carrierId, amount, verdicts }, { api, run, item }) {
		const on = `${await api.server()} ${carrierId}`;
		const busy = { on: 'the same carrier', code: 'carrier_in_use', field: 'carrier_id' };
		return await inTurn(on, api, busy, async () => {
			const charges = new OpenCharges(run, words.failed);
			const done = { carrier_id: carrierId, currency: 'usd' };
			const own = charges.settle(on, item, verdicts);
			if (own) return { ...done, amount: own.amount, recovered: true };

			const id = charges.begin(on);
			const balance = await api
				.telling(charges.wordsFor(id))
				.write({
					method: 'PUT',
					path: `/v1/carriers/${carrierId}/add_funds`,
					body: { currency: 'usd', amount },
					parse: parseFunds,
				})
				.catch(asFailure);
			if (balance instanceof Failure && !balance.details.isUnknown) throw balance;
			charges.noteSent(id, item);
			if (!(balance instanceof Failure)) return { ...done, amount, balance };
			charges.noteLost(id, on, amount, item);
			throw new Failure({ ...balance.details, openChargeId: id });
		});
	},
});
