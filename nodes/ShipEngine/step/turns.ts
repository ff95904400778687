import type { Reads } from '../api/requests';
import { Failure } from '../failures/failure';

/** The end of all turns that were taken so far, by what they are for. Nothing of it outlives the last one. */
const TAKEN = new Map<string, Promise<unknown>>();

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
	busy: Busy,
	work: () => Promise<T>,
): Promise<T> {
	const before = TAKEN.get(key);
	let end = () => {};
	const own = new Promise<void>((resolve) => (end = resolve));
	// Whoever leaves before their turn does not let others pass those who are still at work.
	const taken = Promise.all([before, own]);
	TAKEN.set(key, taken);
	void taken.then(() => TAKEN.get(key) === taken && TAKEN.delete(key));
	try {
		const isTurn = before === undefined || (await waits.until(before, timeout * 1000));
		if (!isTurn) throw tooLong(words.failed, busy);
		return await work();
	} finally {
		end();
	}
}

function tooLong(failed: string, { on, code, field }: Busy): Failure {
	const message = `${failed}: another item or run is still at work on ${on}`;
	return new Failure({
		message,
		description:
			"Nothing was sent. Check its outcome, then run this item again; or raise 'Timeout'.",
		reasons: [{ code, field, message }],
	});
}
