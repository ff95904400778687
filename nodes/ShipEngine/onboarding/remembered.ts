import type { IDataObject } from 'n8n-workflow';

/** More than there are at a time. What was noted longest ago is forgotten first. */
const MOST = 10_000;

/** In milliseconds. A person is through by then, or begins anew. */
const AN_HOUR = 60 * 60 * 1000;

/** As long as most links are valid, in milliseconds. */
const A_WEEK = 7 * 24 * AN_HOUR;

/**
 * What this process knows of people who are at a page: gone at a restart, and not known to other
 * processes. So nothing may depend on it but what people see sooner.
 */
export class Remembered<T> {
	private readonly values = new Map<string, { value: T; since: number }>();

	/** @param kept - for how many milliseconds */
	constructor(private readonly kept = AN_HOUR) {}

	note(key: string, value: T): void {
		this.values.delete(key);
		this.values.set(key, { value, since: Date.now() });
		if (this.values.size > MOST) this.values.delete([...this.values.keys()][0]!);
	}

	of(key: string): T | undefined {
		const found = this.values.get(key);
		return found && Date.now() - found.since < this.kept ? found.value : undefined;
	}
}

/** The phone of an account, as far as it is known, and the newest text message to it: only its code counts. */
export const NEWEST_TEXT = new Remembered<{ phone: string; verificationId?: string }>(A_WEEK);

/** In milliseconds: nobody is texted again sooner. */
const A_MINUTE = 60 * 1000;

/** The text message to a phone of a moment ago, by carrier and phone. */
export const JUST_TEXTED = new Remembered<IDataObject>(A_MINUTE);

/** What confirmed a phone, by verification: the same code sent once more, as browsers do by themselves, is no other one. */
export const CONFIRMED = new Remembered<{ code: string; verification: IDataObject }>();

/** Who has opened an account, by carrier: the page by its pass, and the invitation with which it was opened. */
export const OPENED_BY = new Remembered<{ pass: string; invitation?: string }>();
