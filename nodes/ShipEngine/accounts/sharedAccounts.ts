import { randomUUID } from 'crypto';
import type { Carrier } from './carriers';
import type { Claim } from './claims';
import type { Failure } from '../failures/failure';

/** An account that was registered. */
export interface Made extends Carrier {
	/** Whether the answer to its registration named it: then it is not the one of a lost answer. */
	isNamed: boolean;
}

/** The accounts that this process has disconnected: they are no longer there to be given back. */
const GONE = new Set<string>();

/** So many that whatever is older has left the lists long ago. */
const MOST_GONE = 10_000;

/** Notes that an account was disconnected. */
export function noteGone(carrierId: string): void {
	GONE.add(carrierId);
	const [oldest] = GONE;
	if (GONE.size > MOST_GONE && oldest !== undefined) GONE.delete(oldest);
}

/** A claim, and when its run ended. */
export interface Held {
	claim: Claim;
	ended?: number;
}

/** What the runs of this process know together of one nickname at an account of the API. */
export class SharedNickname {
	/** The Stamps.com accounts of it that these runs have registered. */
	made: Made[] = [];

	/** The same, by runs that have left, and when they did. */
	private past: Array<{ at: number; made: Made[] }> = [];

	/** For whom the runs want it, also those that have ended meanwhile. */
	private claims: Held[] = [];

	/** The registrations whose outcome is open: under way or, with a failure, lost. */
	private readonly open = new Map<string, Failure | undefined>();

	/** Notes an account that was registered. */
	know(account: Made): void {
		if (!this.made.some(({ carrier_id }) => carrier_id === account.carrier_id)) {
			this.made.push(account);
		}
	}

	/** Notes for whom an item wants it; gives what ends that. */
	claim(claim: Claim): Held {
		const held: Held = { claim };
		this.claims.push(held);
		return held;
	}

	/** Takes a claim back: nothing came of it. */
	unclaim(held: Held): void {
		this.claims = this.claims.filter((each) => each !== held);
	}

	/** For whom others want it: items of a run that began at a time, of the same execution, or at work meanwhile. */
	claimsBeside(executionId: string, began: number): Claim[] {
		return this.claims
			.filter(({ claim, ended = Infinity }) => claim.executionId === executionId || ended > began)
			.map(({ claim }) => claim);
	}

	/** Notes that a registration is sent; its outcome is open until it is settled. Gives its ID. */
	begin(): string {
		const id = randomUUID();
		this.open.set(id, undefined);
		return id;
	}

	/** Notes that it may or may not have been carried out. */
	lose(lost: Failure): void {
		this.open.set(lost.details.registration ?? '', lost);
	}

	/** Notes that its outcome is known. */
	close(id: string): void {
		this.open.delete(id);
	}

	/**
	 * Leaves to later runs only what was registered, in case they go by an older look.
	 *
	 * @returns whether there is anything left
	 */
	leave(): boolean {
		const at = performance.now();
		if (this.made.length > 0) this.past.push({ at, made: this.made });
		this.made = [];
		this.past = this.past.filter((each) => at - each.at < KNOWN_FOR);
		this.claims = this.claims.filter(({ ended = at }) => at - ended < KNOWN_FOR);
		this.open.clear();
		return this.past.length > 0 || this.claims.length > 0;
	}

	/** What was registered since a look, as far as it is not certain that the look has shown it. */
	madeSince(look: number): Made[] {
		const past = this.past.flatMap(({ at, made }) => (at > look ? made : []));
		return [...this.made, ...past].filter(({ carrier_id }) => !GONE.has(carrier_id));
	}

	/** What was told of a registration that may or may not have been carried out. */
	get lost(): Failure | undefined {
		return [...this.open.values()].find((failure) => failure);
	}

	/** Whether the outcome of every other registration is known. */
	isOnlyOpen(id: string): boolean {
		return [...this.open.keys()].every((other) => other === id);
	}

	/** The IDs of the accounts that are known not to be the one of a lost answer. */
	get named(): string[] {
		return this.made.filter(({ isNamed }) => isNamed).map(({ carrier_id }) => carrier_id);
	}
}

/** How long a look at the accounts of the API is as good as a new one, in milliseconds. */
export const LOOK_LASTS = 60_000;

/** Longer than a look lasts: whoever goes by an older look still learns what was registered since. */
const KNOWN_FOR = 2 * LOOK_LASTS;

/**
 * What the runs of this process know together of an account of the API, or of a sub-account, by
 * nickname. For a while, what was registered outlives the last of these runs.
 */
export class SharedAccount {
	private readonly nicknames = new Map<string, SharedNickname>();

	private runs = 0;

	private constructor(readonly key: string) {}

	/** Joins the runs that are at work on an account; {@link leave} has to follow. */
	static join(key: string): SharedAccount {
		forgetOld();
		const account = ACCOUNTS.get(key) ?? new SharedAccount(key);
		ACCOUNTS.set(key, account);
		LEFT.delete(key);
		account.runs += 1;
		return account;
	}

	leave(): void {
		this.runs -= 1;
		if (this.runs > 0) return;
		for (const [nickname, shared] of this.nicknames) {
			if (!shared.leave()) this.nicknames.delete(nickname);
		}
		LEFT.set(this.key, performance.now());
	}

	of(nickname: string): SharedNickname {
		const shared = this.nicknames.get(nickname) ?? new SharedNickname();
		this.nicknames.set(nickname, shared);
		return shared;
	}
}

/** The one place where runs of one process meet, by fingerprint of the API key and sub-account. */
const ACCOUNTS = new Map<string, SharedAccount>();

/** When the last run left an account, the longest ago first. */
const LEFT = new Map<string, number>();

function forgetOld(): void {
	for (const [key, left] of LEFT) {
		if (performance.now() - left < KNOWN_FOR) return;
		LEFT.delete(key);
		ACCOUNTS.delete(key);
	}
}
