import { sleep } from 'n8n-workflow';
import { Failure } from './failure';
import { MAX_WAIT, MIN_THROTTLE_PAUSE } from './policy';

/**
 * The pauses that all requests of a run share.
 *
 * @param signal - ends every wait at once when the execution is cancelled
 */
export class Throttle {
	private opensAt = 0;

	private lastSuccess = Date.now();

	constructor(private readonly signal: AbortSignal | undefined) {}

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
		if (opensAt - this.lastSuccess > MAX_WAIT) return false;
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
		const over = new AbortController();
		const cancelled = new Promise<void>((resolve) => {
			this.signal?.addEventListener('abort', () => resolve(), { signal: over.signal });
		});
		await Promise.race([sleep(duration), cancelled]);
		over.abort();
		this.refuseIfCancelled();
	}

	private refuseIfCancelled() {
		if (!this.signal?.aborted) return;
		const message = 'The execution was cancelled before this item was sent';
		throw new Failure({
			message,
			description: 'Nothing was sent for this item. Run it again when you are ready.',
			reasons: [{ code: 'cancelled', field: null, message }],
		});
	}
}
