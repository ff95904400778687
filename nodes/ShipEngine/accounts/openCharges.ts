import { randomBytes } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../failures/failure';
import { quoted } from '../failures/masking';
import type { Run } from '../step/run';

/** What a person found out about a charge. */
export type Verdict = 'charged' | 'notCharged';

/** A charge whose answer was lost. */
interface OpenCharge extends IDataObject {
	id: string;
	/** The carrier, at which server of the API. */
	on: string;
	/** US dollars. */
	amount: number;
	/** The step and the item that it was for, in its execution. */
	of: string;
	/** What became of it, once somebody has said so: then it is no longer open. */
	verdict?: Verdict;
}

/** The open charges of this process, by their carrier: while one is open, no other is made. */
const OPEN = new Map<string, OpenCharge>();

/** So many charges that are lost and never looked at are no accident: then nothing more is charged. */
const MOST_OPEN = 1_000;

/** What was charged for an item, or may have been, in an execution or a retry of it: the latest charge. */
const SENT = new Map<string, string>();

/** No more charges than that are made between an execution and the last of its retries. */
const MOST_SENT = 100_000;

const LETTERS = 'abcdefghijkmnopqrstuvwxyz';

/** Letters only: no part of it can be taken for a number that has to be hidden. */
const newId = () =>
	`chg_${Array.from(randomBytes(10), (byte) => LETTERS[byte % LETTERS.length]).join('')}`;

/** What n8n keeps of it with the execution, for all of its steps, and for a person's retry of it. */
interface Kept {
	shipEngineOpenCharges?: OpenCharge[];
}

/**
 * The charges whose outcome is open. The API has no list of charges and no key that would tell one from
 * another; and a balance proves nothing, since labels, other charges and automatic funding (which only
 * the dashboard knows) change it too. So only a person can close one.
 */
export class OpenCharges {
	private readonly kept: OpenCharge[];

	private readonly step: string;

	/** @param failed - what does not happen where one is open: "The funds were not added" */
	constructor(
		private readonly run: Run,
		private readonly failed: string,
	) {
		const flow = run.context.getContext('flow') as Kept;
		this.kept = flow.shipEngineOpenCharges ??= [];
		this.step = run.context.getNode().name;
	}

	/**
	 * Closes what was found out about charges, so that the carrier can be charged.
	 *
	 * @param on - the carrier, at which server of the API
	 * @param verdicts - by the charge's ID; those of other charges do no harm
	 * @returns the item's own charge, where an earlier try of the item made it after all
	 * @throws {@link Failure} `charge_open` while one is open, `charge_sent_again` where another retry of
	 * the execution has charged for the item
	 */
	settle(on: string, item: number, verdicts: Map<string, Verdict>): OpenCharge | undefined {
		const kept = this.kept.filter((each) => each.on === on);
		if (verdicts.size > 0) {
			for (const [each, { id }] of OPEN) if (verdicts.has(id)) OPEN.delete(each);
		}
		// One that is for another item of the execution has to be there when that item comes.
		for (const each of kept) each.verdict = verdicts.get(each.id) ?? each.verdict;
		const open = kept.find(({ verdict }) => verdict === undefined) ?? OPEN.get(on);
		if (open) throw this.refusal(open);

		const own = kept.find(({ of }) => of === this.placeOf(item));
		if (own?.verdict === 'charged') return own;
		const latest = SENT.get(this.wishOf(item));
		if (latest !== undefined && latest !== own?.id) throw this.sentAgain(latest);
		return undefined;
	}

	/** The ID for a charge that is about to be made. */
	begin(on: string): string {
		if (OPEN.size < MOST_OPEN || OPEN.has(on)) return newId();
		const because = `${MOST_OPEN} charges are open`;
		throw new Failure({
			message: `${this.failed}: ${because}`,
			description:
				"Nothing was sent. Say of those that failed with 'outcome_unknown' what became of them, in the option 'Open Charges'.",
			reasons: [{ code: 'too_many_open_charges', field: null, message: because }],
		});
	}

	/** How the failure of a charge is told whose answer was lost. */
	wordsFor(id: string) {
		return {
			unknown: `The funds may or may not have been added (open charge ${id})`,
			ifUnknown: this.adviceFor(id),
		};
	}

	/** Notes that a charge was made, or may have been: no retry of the execution makes it too. */
	noteSent(id: string, item: number): void {
		const wish = this.wishOf(item);
		SENT.delete(wish);
		SENT.set(wish, id);
		const [oldest] = SENT.keys();
		if (SENT.size > MOST_SENT && oldest !== undefined) SENT.delete(oldest);
	}

	/** Notes that the answer to a charge was lost. */
	noteLost(id: string, on: string, amount: number, item: number): void {
		const of = this.placeOf(item);
		const charge: OpenCharge = { id, on, amount, of };
		OPEN.set(on, charge);
		const before = this.kept.findIndex((each) => each.on === on && each.of === of);
		if (before >= 0) this.kept.splice(before, 1);
		this.kept.push(charge);
	}

	/** What a person does about an open charge. */
	private adviceFor(id: string): string {
		return `Until you say what became of it, no step charges this carrier again. Look at the purchases of the account, in ShipStation or at Stamps.com. Then open the step ${quoted(this.step)}, add the option 'Open Charges', enter ${id}, and choose what happened. To finish this item, retry its execution: to run the step anew is another charge.`;
	}

	private sentAgain(id: string): Failure {
		const because = 'another retry of the same execution has charged for this item';
		return new Failure({
			message: `${this.failed}: ${because}`,
			description: `Nothing was sent. It is about the charge ${id}. Look at the other retry in the list of executions.`,
			reasons: [{ code: 'charge_sent_again', field: null, message: because }],
		});
	}

	private wishOf(item: number): string {
		return `${this.run.memory.lineage} ${this.placeOf(item)}`;
	}

	private placeOf(item: number): string {
		return `${this.step}:${this.run.memory.run}:${item}`;
	}

	private refusal({ id, amount }: OpenCharge): Failure {
		const because = `a charge of ${amount.toFixed(2)} US dollars for this carrier is still open (${id})`;
		return new Failure({
			message: `${this.failed}: ${because}`,
			description: `Nothing was sent. ${this.adviceFor(id)}`,
			reasons: [{ code: 'charge_open', field: 'carrier_id', message: because }],
			openChargeId: id,
		});
	}
}
