import type { Outcome, Unsuccessful } from './answer';
import {
	DEFAULT_THROTTLE_PAUSE,
	MAX_UNREACHED,
	MIN_THROTTLE_PAUSE,
	NEVER_ARRIVED,
	jittered,
} from './policy';
import type { Waits } from './waits';

/** Monotonic time, in milliseconds. */
const now = () => performance.now();

/** What all requests of a run learn from each other: when to pause, and when to ask no more. */
export class Throttle {
	private opensAt = -Infinity;

	/** Since when the API has let no request through. */
	private closedSince?: number;

	private unreachedInARow = 0;

	/** The refusal that every request gets until then, without being sent. */
	private refusal?: { outcome: Unsuccessful; until: number };

	/** @param maxWait - how long the API may let nothing through, in milliseconds */
	constructor(
		private readonly maxWait: number,
		private readonly waits: Waits,
	) {}

	/**
	 * Resolves when no pause is on.
	 *
	 * @returns the outcome of the request, if there is no use in sending it
	 * @throws {@link Failure} where nothing more is to be sent
	 */
	async ready(): Promise<Unsuccessful | undefined> {
		while (now() < this.opensAt) await this.waits.pause(this.opensAt - now());
		this.waits.refuseIfOver();
		if (this.unreachedInARow >= MAX_UNREACHED) return { situation: 'unavailable', reasons: [] };
		return this.refusal && now() < this.refusal.until ? this.refusal.outcome : undefined;
	}

	/** Notes how a try ended. */
	learn(outcome: Outcome<unknown>): void {
		const situation = 'value' in outcome ? undefined : outcome.situation;
		if (situation === 'throttled') return;
		if (situation && NEVER_ARRIVED.has(situation)) {
			this.unreachedInARow += 1;
			return;
		}
		this.unreachedInARow = 0;
		this.closedSince = undefined;
	}

	/**
	 * Holds back every request of the run after a 429, as long as it asks for.
	 *
	 * @returns false, and holds back nothing, where the API would then let nothing through for longer
	 * than `maxWait`; what is asked meanwhile has the same outcome, unsent
	 */
	close(refusal: Unsuccessful): boolean {
		const pause = Math.max(refusal.retryAfter ?? DEFAULT_THROTTLE_PAUSE, MIN_THROTTLE_PAUSE);
		const opensAt = now() + pause;
		this.closedSince ??= now();
		if (opensAt - this.closedSince > this.maxWait) {
			this.refusal = { outcome: refusal, until: opensAt };
			return false;
		}
		this.opensAt = Math.max(this.opensAt, now() + jittered(pause));
		return true;
	}
}
