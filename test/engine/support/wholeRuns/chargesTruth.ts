import type { IDataObject } from 'n8n-workflow';
import type { Verdict } from '../../../../nodes/ShipEngine/accounts/openCharges';
import { type Execution, type Moved, type Wish, wishOf } from './charges';
import type { Call, Sent } from './observer';
import { tally } from './tally';
import { type Told, toldOf } from './told';

/** What an execution was last told of a wish. */
type Last = { kind: 'done' } | { kind: 'open'; id: string } | { kind: 'failed' };

/** What one execution was told of one wish in a move. */
interface Heard {
	execution: Execution;
	told: Told;
}

const openChargeIn = (error: IDataObject) => String(error.open_charge_id);

/** Whether an answer says that the charge was made: then nobody may be told that it is open. */
function saysCharged({ status, answer = '', isGivenUp }: Sent): boolean {
	if (status !== 200 || isGivenUp) return false;
	try {
		const { balance, errors = [] } = JSON.parse(answer) as {
			balance?: { amount?: unknown; currency?: unknown };
			errors?: unknown[];
		};
		const { amount, currency } = balance ?? {};
		return typeof amount === 'number' && currency === 'usd' && errors.length === 0;
	} catch {
		return false;
	}
}

/** What the executions of a world were told, held against what the stand-in did. */
export class ChargeTruth {
	/** What became in truth of each charge that was told as open. */
	private readonly lost = new Map<string, Verdict>();
	private readonly last = new Map<Execution, Map<number, Last>>();
	/** What the n8n process knows: the open charge of a carrier, and what was charged, by the wish. */
	private open = new Map<string, string>();
	private charged = new Map<number, string>();
	private life = 0;

	/**
	 * Holds a move against the truth.
	 *
	 * @returns what somebody who looks would find of each charge that was ever told as open
	 */
	hold(moved: Moved): Map<string, Verdict> {
		if (moved.life !== this.life) {
			this.open.clear();
			this.charged.clear();
			this.life = moved.life;
		}
		const opened = new Map<string, string>();
		for (const wish of wishesOf(moved.executions)) this.holdWish(wish, moved, opened);
		this.expectStopped(moved, opened);
		return new Map(this.lost);
	}

	private holdWish(wish: Wish, moved: Moved, opened: Map<string, string>): void {
		const { executions, before, after } = moved;
		const { carrier, amount } = wish;
		const own = executions.filter(({ wishes }) => wishes.some((each) => each.amount === amount));
		const may = this.mayBeMade(wish, own);
		const made = countOf(amount, after) - countOf(amount, before);
		const heard = own.flatMap((execution) => heardOf(execution, amount));

		let done = 0;
		let open = 0;
		for (const { execution, told } of heard) {
			tally(told);
			const prior = this.lastOf(execution.of, amount);
			if (told.kind === 'done') {
				expect(told.output).toMatchObject({ carrier_id: carrier, amount, currency: 'usd' });
				// What an earlier try has done is told again.
				if (prior.kind !== 'done' && told.output.recovered) this.expectRecovered(prior, execution);
				else if (prior.kind !== 'done') {
					done += 1;
					this.charged.set(amount, 'done');
				}
				this.note(execution, amount, { kind: 'done' });
			} else if (told.kind === 'unknown') {
				const id = openChargeIn(told.error);
				expect([id, this.lost.has(id)]).toEqual([expect.stringMatching(/^chg_[a-z]{10}$/), false]);
				expectNotAnswered(execution, amount);
				open += 1;
				this.charged.set(amount, id);
				opened.set(carrier, id);
				this.lost.set(id, made > 0 ? 'charged' : 'notCharged');
				this.note(execution, amount, { kind: 'open', id });
			} else {
				this.note(execution, amount, prior);
			}
		}
		// What was told as done was done; what was done was told as done, or as open; and no more was done.
		if (done > made || made > done + open || made > may) {
			throw new Error(
				JSON.stringify({ wish, may, done, open, made, told: heard.map(({ told }) => told) }),
			);
		}
		expect(opened.size).toBeLessThanOrEqual(2);
	}

	/** How many charges the executions of a move may make for a wish: one, however many retries there are. */
	private mayBeMade({ amount }: Wish, executions: Execution[]): number {
		const { of, verdicts } = executions[0]!;
		const prior = this.lastOf(of, amount);
		const latest = this.charged.get(amount);
		if (prior.kind === 'done') return 0;
		if (prior.kind === 'failed') return latest === undefined ? 1 : 0;
		const isLatest = latest === undefined || latest === prior.id;
		return isLatest && verdicts.get(prior.id) === 'notCharged' ? 1 : 0;
	}

	/** Nothing is sent for a carrier while a charge of it is open. */
	private expectStopped({ executions, asked }: Moved, opened: Map<string, string>): void {
		const { verdicts } = executions[0]!;
		// Whichever carrier a step runs for, it closes all that was said.
		for (const [carrier, id] of this.open) if (verdicts.has(id)) this.open.delete(carrier);
		for (const carrier of new Set(
			executions.flatMap(({ wishes }) => wishes.map((wish) => wish.carrier)),
		)) {
			const own = asked.filter((each) => each.carrier === carrier).map(({ amount }) => amount);
			const known = this.open.get(carrier);
			if (known !== undefined) expect({ carrier, known, own }).toMatchObject({ own: [] });
			const id = opened.get(carrier);
			if (id === undefined) continue;
			this.open.set(carrier, id);
			const last = this.amountOf(id, executions)!;
			const then = own.slice(own.lastIndexOf(last) + 1);
			expect({ own, last, then }).toMatchObject({ then: [] });
		}
	}

	private amountOf(id: string, executions: Execution[]): number | undefined {
		return executions
			.flatMap((execution) => [...(this.last.get(execution) ?? [])])
			.find(([, last]) => last.kind === 'open' && last.id === id)?.[0];
	}

	private expectRecovered(prior: Last, { verdicts }: Execution): void {
		expect(prior).toMatchObject({ kind: 'open' });
		const { id } = prior as { id: string };
		expect([id, verdicts.get(id), this.lost.get(id)]).toEqual([id, 'charged', 'charged']);
	}

	private lastOf(execution: Execution | undefined, amount: number): Last {
		return (execution && this.last.get(execution)?.get(amount)) ?? { kind: 'failed' };
	}

	private note(execution: Execution, amount: number, last: Last): void {
		this.last.set(
			execution,
			(this.last.get(execution) ?? new Map<number, Last>()).set(amount, last),
		);
	}
}

const countOf = (amount: number, charges: number[]) =>
	charges.filter((each) => each === amount).length;

/** Each wish once: the retries of an execution have the same ones. */
const wishesOf = (executions: Execution[]): Wish[] => [
	...new Map(
		executions.flatMap(({ wishes }) => wishes).map((wish) => [wish.amount, wish] as const),
	).values(),
];

/** The last call of each step: what Retry On Fail tried before is not what a person sees. */
const lastCalls = ({ calls }: Execution): Call[] => [
	...new Map(calls.map((call) => [call.step, call])).values(),
];

function heardOf(execution: Execution, amount: number): Heard[] {
	const heard = lastCalls(execution).flatMap((call) =>
		toldOf(call).flatMap((told, index) =>
			wishOf(call.step, call.items[index]!).amount === amount ? [{ execution, told }] : [],
		),
	);
	// An execution that did not come to it knows of it what it knew before.
	return heard.length > 0 ? heard : [{ execution, told: { kind: 'unsaid' } }];
}

const sentBy = ({ calls }: Execution, amount: number): Sent[] =>
	calls.flatMap(({ sent }) => sent.filter(({ body }) => body.amount === amount));

function expectNotAnswered(execution: Execution, amount: number): void {
	if (execution.outcome.run.status === 'canceled') return;
	expect(sentBy(execution, amount).filter(saysCharged)).toEqual([]);
}
