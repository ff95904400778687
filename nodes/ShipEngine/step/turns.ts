import type { Reads } from '../api/requests';
import type { Waits } from '../api/waits';
import { Failure } from '../failures/failure';

/** Lets those who are at work on the same thing take turns. */
class Turns {
	/** The end of the turns that were taken so far. */
	private taken?: Promise<unknown>;

	/** How many are at work, or wait. */
	private present = 0;

	/** Whether nobody is at work, nor waits. */
	get isFree(): boolean {
		return this.present === 0;
	}

	/**
	 * Does something while nobody else does.
	 *
	 * @param longest - how long to wait for those before, in milliseconds
	 * @param late - what is thrown if they take longer
	 */
	async take<T>(
		waits: Waits,
		longest: number,
		late: () => Failure,
		work: () => Promise<T>,
	): Promise<T> {
		const before = this.taken;
		let end = () => {};
		const own = new Promise<void>((resolve) => (end = resolve));
		// Whoever leaves before their turn does not let others pass those who are still at work.
		this.taken = Promise.all([before, own]);
		this.present += 1;
		try {
			if (before && !(await waits.until(before, longest))) throw late();
			return await work();
		} finally {
			end();
			this.present -= 1;
			if (this.isFree) this.taken = undefined;
		}
	}
}

/** What the runs of this process are at work on. Nothing of it outlives the last of them. */
const BUSY = new Map<string, Turns>();

/** Who else is at work: as a message says it, and the code and the field of the reason. */
export interface Busy {
	/** What the other run is at work on: "the same nickname". */
	on: string;
	code: string;
	field: string;
}

/**
 * Does something while no other item or run of this process is at work on the same thing. Waits for
 * those before at most as long as for an answer of the API.
 *
 * @param key - what it is, at which account of the API
 * @throws {@link Failure} if that takes longer, if nothing more is to be sent, and if `work` does
 */
export async function inTurn<T>(
	key: string,
	{ waits, common: { words, timeout } }: Reads,
	{ on, code, field }: Busy,
	work: () => Promise<T>,
): Promise<T> {
	const turns = BUSY.get(key) ?? new Turns();
	BUSY.set(key, turns);
	const late = () => {
		const message = `${words.failed}: another run is still at work on ${on}`;
		return new Failure({
			message,
			description:
				"Nothing was sent. Check the outcome of the other run, then run this item again; or raise 'Timeout'.",
			reasons: [{ code, field, message }],
		});
	};
	return await turns
		.take(waits, timeout * 1000, late, work)
		.finally(() => turns.isFree && BUSY.delete(key));
}
