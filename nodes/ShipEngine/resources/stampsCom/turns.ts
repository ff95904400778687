import type { Waits } from '../../api/waits';
import { Failure } from '../../failures/failure';

/** Lets those who are at work on the same thing in this process take turns. */
export class Turns {
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
	 * @param busy - what is told where they take longer
	 * @throws {@link Failure} where they do, where nothing more is to be sent, and where `work` does
	 */
	async take<T>(waits: Waits, longest: number, busy: Busy, work: () => Promise<T>): Promise<T> {
		const before = this.taken;
		let end = () => {};
		const own = new Promise<void>((resolve) => (end = resolve));
		// Whoever leaves before their turn does not let others pass those who are still at work.
		this.taken = Promise.all([before, own]);
		this.present += 1;
		try {
			if (before && !(await waits.until(before, longest))) throw tooLong(busy);
			return await work();
		} finally {
			end();
			this.present -= 1;
			if (this.isFree) this.taken = undefined;
		}
	}
}

/** Who else is at work: as a message says it, and the code and the field of the reason. */
export interface Busy {
	/** What did not happen: "The funds were not added". */
	failed: string;
	/** What the other run is at work on: "the same nickname". */
	on: string;
	code: string;
	field: string;
}

function tooLong({ failed, on, code, field }: Busy): Failure {
	const message = `${failed}: another run is still at work on ${on}`;
	return new Failure({
		message,
		description:
			"Nothing was sent. See what came of the other run, then run this item again; or raise 'Timeout'.",
		reasons: [{ code, field, message }],
	});
}
