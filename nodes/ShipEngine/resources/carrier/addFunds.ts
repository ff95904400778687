import type { IDataObject } from 'n8n-workflow';
import { whatBecame } from '../../api/lostAnswer';
import { Failure, asFailure } from '../../failures/failure';
import { Checklist } from '../../input/checklist';
import { ON_BEHALF_OF, named } from '../../input/onBehalfOf';
import { optionsField } from '../../input/options';
import type { Operation } from '../../step/operation';
import type { Run } from '../../step/run';
import { type AboutCarrier, carrierField, readCarrier } from '../stampsCom/carrierField';
import { Turns } from '../stampsCom/turns';
import { getCarrier } from './carriers';
import { FUNDS_FIELDS, readAmount } from './fundsFields';

const FAILED = 'The funds were not added';

/** Told with the balance before: only the balance shows what became of a lost answer. */
const words = (before: number) => ({
	failed: FAILED,
	unknown: 'The funds may or may not have been added',
	ifUnknown: `The balance was ${before.toFixed(2)} before. Look at it now, with Carrier → Get or in ShipStation. Run this item again only if it has not gone up: a second run would charge the card a second time.`,
});

/** What an item adds to which carrier. */
interface Wanted extends AboutCarrier {
	amount: number;
}

const cents = (dollars: number) => Math.round(dollars * 100);

async function balanceOf({ api }: Run, { carrierId, options }: Wanted): Promise<number> {
	const failed = `${FAILED}, since the balance could not be read`;
	const { balance } = await getCarrier(api, carrierId, options, failed);
	if (typeof balance === 'number') return balance;
	throw new Failure({
		message: `${failed}: the API gives none`,
		description: 'Nothing was charged. Check that the carrier is a Stamps.com account.',
		reasons: [{ code: 'unusable_answer', field: 'balance', message: 'the API gives no balance' }],
		carrierId,
	});
}

/** The balance of an answer; undefined where it is none in US dollars. */
function parseBalance({ balance }: IDataObject): number | undefined {
	const { amount, currency } = (balance ?? {}) as IDataObject;
	return typeof amount === 'number' && String(currency).toLowerCase() === 'usd'
		? amount
		: undefined;
}

/** Adds the funds, once. Where the answer is lost, the balance before and after decides. */
async function add(run: Run, wanted: Wanted): Promise<IDataObject> {
	const { carrierId, amount, options } = wanted;
	const before = await balanceOf(run, wanted);
	const balance = await run.api
		.send({
			kind: 'write',
			method: 'PUT',
			path: `/v1/carriers/${carrierId}/add_funds`,
			body: { currency: 'usd', amount },
			parse: parseBalance,
			words: words(before),
			carrierId,
			...options,
		})
		.catch(asFailure);
	const added = { carrier_id: carrierId, amount, currency: 'usd' };
	if (!(balance instanceof Failure)) return { ...added, balance, ...named(options) };
	// Where another charge is open, the money could be that one's.
	const isContested = run.memory.losses.some(({ subject }) => subject.carrier_id === carrierId);
	if (!balance.details.isUnknown || isContested) throw balance;
	const after = await whatBecame(run.api.waits, async () => {
		const now = await balanceOf(run, wanted);
		return cents(now) - cents(before) === cents(amount) ? now : undefined;
	});
	if (after === undefined) throw balance;
	return { ...added, balance: after, recovered: true, ...named(options) };
}

/** The carriers of this process that funds are being added to: another's would be taken for one's own. */
const BUSY = new Map<string, Turns>();

async function addInTurn(run: Run, wanted: Wanted): Promise<IDataObject> {
	const { carrierId, options } = wanted;
	const key = `${await run.api.account(undefined, FAILED)} ${carrierId}`;
	const turns = BUSY.get(key) ?? new Turns();
	BUSY.set(key, turns);
	const busy = {
		failed: FAILED,
		on: 'the same carrier',
		code: 'carrier_in_use',
		field: 'carrier_id',
	};
	const longest = options.timeout * 1000;
	return await turns
		.take(run.api.waits, longest, busy, async () => await add(run, wanted))
		.finally(() => turns.isFree && BUSY.delete(key));
}

/**
 * Adds funds to the balance of a carrier (documented: `PUT /v1/carriers/{carrier_id}/add_funds`): a live
 * charge of the account's card, without a test mode, which ShipStation's support has to enable. The API
 * has no idempotency key.
 */
export const addFunds: Operation = {
	name: 'Add Funds',
	value: 'addFunds',
	action: 'Add funds to carrier',
	description: "Add money to the account's balance: a live charge of its payment card",
	fields: [carrierField.property, ...FUNDS_FIELDS, optionsField(ON_BEHALF_OF)],
	makes: [],

	async prepare(itemIndex, run) {
		const checklist = new Checklist();
		const { carrierId, options } = readCarrier(this, itemIndex, run, checklist);
		const amount = readAmount(this, itemIndex, checklist) ?? 0;
		checklist.settle(FAILED, carrierId);

		const subject = { carrier_id: carrierId, amount, ...named(options) };
		const act = async () => await addInTurn(run, { carrierId, amount, options });
		return async () => await run.memory.once(itemIndex, { subject, isRepeatable: false }, act);
	},
};
