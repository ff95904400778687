import type { Admission } from '../nodes/StampsOnboardingTrigger/pageSettings';
import { post } from './post';

/** What the page sends with: its pass, and another one where that is too old. */
export class Admissions {
	/** When the page got it, by the browser's clock that nobody can set. */
	private since = performance.now();

	constructor(public current: Admission) {}

	/** The server's time, in seconds since 1970. */
	get now(): number {
		return Math.floor(this.current.now + (performance.now() - this.since) / 1000);
	}

	/** Gets another pass; whether there is one. */
	async renew(): Promise<boolean> {
		const answered = await post({ pass: this.current.pass });
		if (answered?.status !== 200) return false;
		this.current = JSON.parse(answered.text) as Admission;
		this.since = performance.now();
		return true;
	}
}
