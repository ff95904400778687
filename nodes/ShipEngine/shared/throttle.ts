import { sleep } from 'n8n-workflow';
import { Failure } from './failure';
import { MIN_THROTTLE_PAUSE } from './policy';

/**
 * The pauses that all requests of a run share.
 *
 * @param maxWait - how long they may be without any success, in milliseconds
 * @param signal - ends every wait at once when the execution is cancelled
 */
export class Throttle {
	private opensAt = 0;

	private lastSuccess = Date.now();

	/** Of each item that waits, what ends its wait. */
	private readonly waiting = new Set<() => void>();

	/** One listener for all of them: Node warns of a leak where a signal has more than ten. */
	private readonly wakeAll = () => this.waiting.forEach((wake) => wake());

	constructor(
		private readonly maxWait: number,
		private readonly signal: AbortSignal | undefined,
	) {}

	/** Resolves when no pause is on. Throws a Failure when the execution is cancelled. */
	async ready(): Promise<void> {
		while (Date.now() < this.opensAt) await this.pause(this.opensAt - Date.now());
		this.refuseIfCancelled();
	}

	/**
	 * Holds back every request of the run.
	 *
	 * @param duration - milliseconds
	 * @returns false, and holds back nothing, where the run would then be without success for too long
	 */
	close(duration: number): boolean {
		const opensAt = Date.now() + Math.max(duration, MIN_THROTTLE_PAUSE);
		if (opensAt - this.lastSuccess > this.maxWait) return false;
		this.opensAt = Math.max(this.opensAt, opensAt);
		return true;
	}

	/** Notes that the API let a request through. */
	succeeded(): void {
		this.lastSuccess = Date.now();
	}

	/** Waits for so many milliseconds. Throws a Failure when the execution is cancelled. */
	async pause(duration: number): Promise<void> {
		this.refuseIfCancelled();
		let wake = () => {};
		const woken = new Promise<void>((resolve) => (wake = resolve));
		this.waiting.add(wake);
		this.signal?.addEventListener('abort', this.wakeAll);
		await Promise.race([sleep(duration), woken]);
		this.waiting.delete(wake);
		if (this.waiting.size === 0) this.signal?.removeEventListener('abort', this.wakeAll);
		this.refuseIfCancelled();
	}

	private refuseIfCancelled() {
		if (!this.signal?.aborted) return;
		// n8n takes an execution for canceled where the error has this very word.
		const message = 'The execution was canceled before this item was sent';
		throw new Failure({
			message,
			description: 'Nothing was sent for this item. Run it again when you are ready.',
			reasons: [{ code: 'canceled', field: null, message }],
		});
	}
}
