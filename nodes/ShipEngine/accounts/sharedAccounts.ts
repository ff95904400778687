import { randomUUID } from 'crypto';
import type { Carrier } from './carriers';
import type { Failure } from '../failures/failure';

/** An account that was registered. */
export interface Made extends Carrier {
	/** Whether the answer to its registration named it: then it is not the one of a lost answer. */
	isNamed: boolean;
}

/** What the runs of this process know together of one nickname at an account of the API. */
export class SharedNickname {
	/** The Stamps.com accounts of it that these runs have registered. */
	readonly made: Made[] = [];

	/** The registrations whose outcome is open: under way or, with a failure, lost. */
	private readonly open = new Map<string, Failure | undefined>();

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

/**
 * What the runs of this process know together of an account of the API, or of a sub-account, by
 * nickname. Nothing of it outlives the last of these runs.
 */
export class SharedAccount {
	private readonly nicknames = new Map<string, SharedNickname>();

	private runs = 0;

	private constructor(readonly key: string) {}

	/** Joins the runs that are at work on an account; {@link leave} has to follow. */
	static join(key: string): SharedAccount {
		const account = ACCOUNTS.get(key) ?? new SharedAccount(key);
		ACCOUNTS.set(key, account);
		account.runs += 1;
		return account;
	}

	leave(): void {
		this.runs -= 1;
		if (this.runs === 0) ACCOUNTS.delete(this.key);
	}

	of(nickname: string): SharedNickname {
		const shared = this.nicknames.get(nickname) ?? new SharedNickname();
		this.nicknames.set(nickname, shared);
		return shared;
	}
}

/** The one place where runs of one process meet, by fingerprint of the API key and sub-account. */
const ACCOUNTS = new Map<string, SharedAccount>();
