/** How often something may happen. */
export interface Limit {
	/** So often at most ... */
	most: number;
	/** ... in so many seconds. */
	within: number;
	/** How many seconds have to pass after the first time, the second, and so on. */
	pauses?: number[];
}

/** More phones, pages or addresses than there are at a time. The one longest not seen is forgotten. */
const MOST_KEYS = 10_000;

/**
 * Counts what has happened, by a key, in the memory of this process: what n8n would keep for a workflow
 * is loaded and written for each request, and lets those through that come at the same moment (tried).
 * Time is that of each request: nothing runs in between.
 */
export class Tally {
	/** When it happened, in seconds, of each key; the one longest not seen first. */
	private readonly times = new Map<string, number[]>();

	constructor(private readonly limit: Limit) {}

	/** How many seconds are left until it may happen again; 0 for none. */
	waitOf(key: string, now: number, most = this.limit.most): number {
		const times = this.recent(key, now);
		const [oldest] = times.slice(-most);
		const full = oldest !== undefined && times.length >= most ? oldest + this.limit.within : now;
		const last = times.at(-1) ?? now;
		const pause = this.limit.pauses?.[times.length - 1] ?? 0;
		return Math.max(0, Math.ceil(Math.max(full, last + pause) - now));
	}

	/** Notes that it happens. */
	count(key: string, now: number): void {
		const times = [...this.recent(key, now), now].slice(-this.limit.most);
		this.times.delete(key);
		this.times.set(key, times);
		if (this.times.size > MOST_KEYS) this.times.delete([...this.times.keys()][0]!);
	}

	private recent(key: string, now: number): number[] {
		return (
			(this.times.get(key) ?? [])
				.filter((time) => time > now - this.limit.within)
				// A clock that was put back makes nobody wait for the time that it had.
				.map((time) => Math.min(time, now))
		);
	}
}
