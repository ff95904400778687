import { randomUUID } from 'crypto';
import type { Carrier } from '../carrier/carriers';
import { Failure } from '../../failures/failure';
import type { Waits } from '../../api/waits';

/** An account that was registered. */
export interface Made extends Carrier {
	/** Whether the answer to its registration named it: then it is not the one of a lost answer. */
	isNamed: boolean;
}

/**
 * What the runs of this process know together of one account of the API, or of one sub-account.
 * Nothing of it outlives the last of these runs.
 */
export class SharedAccount {
	/** The Stamps.com accounts that these runs have registered. */
	readonly made: Made[] = [];

	/** Of each nickname, the registrations whose outcome is open: under way or, with a failure, lost. */
	private readonly open = new Map<string, Map<string, Failure | undefined>>();

	/** Of each nickname, the end of the turns that were taken so far. */
	private readonly turns = new Map<string, Promise<void>>();

	private runs = 0;

	private constructor(private readonly key: string) {}

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

	/** Notes that a registration is sent; its outcome is open until it is settled. Gives its ID. */
	begin(nickname: string): string {
		const id = randomUUID();
		this.openOf(nickname).set(id, undefined);
		return id;
	}

	/** Notes that it may or may not have been carried out. */
	lose(nickname: string, lost: Failure): void {
		this.openOf(nickname).set(lost.details.registration ?? '', lost);
	}

	/** Notes that its outcome is known. */
	settle(nickname: string, id: string): void {
		this.openOf(nickname).delete(id);
	}

	/** What was told of a registration of the nickname that may or may not have been carried out. */
	lostOf(nickname: string): Failure | undefined {
		return [...this.openOf(nickname).values()].find((failure) => failure);
	}

	/** Whether the outcome of every other registration of the nickname is known. */
	isOnlyOpen(nickname: string, id: string): boolean {
		return [...this.openOf(nickname).keys()].every((other) => other === id);
	}

	private openOf(nickname: string): Map<string, Failure | undefined> {
		const open = this.open.get(nickname) ?? new Map<string, Failure | undefined>();
		this.open.set(nickname, open);
		return open;
	}

	/**
	 * Does something for a nickname while nobody else of this process does.
	 *
	 * @param longest - how long to wait for those before, in milliseconds
	 * @throws {@link Failure} where they take longer, where nothing more is to be sent, and where `work` does
	 */
	async inTurn<T>(
		nickname: string,
		waits: Waits,
		longest: number,
		work: () => Promise<T>,
	): Promise<T> {
		const before = this.turns.get(nickname);
		let end = () => {};
		const own = new Promise<void>((resolve) => (end = resolve));
		// Whoever leaves before their turn does not let others pass those who are still at work.
		const turn = Promise.all([before, own]).then(() => {
			if (this.turns.get(nickname) === turn) this.turns.delete(nickname);
		});
		this.turns.set(nickname, turn);
		try {
			if (before && !(await waits.until(before, longest))) throw tooLong();
			return await work();
		} finally {
			end();
		}
	}
}

/** The one place where runs of one process meet. The keys are fingerprints. */
const ACCOUNTS = new Map<string, SharedAccount>();

function tooLong(): Failure {
	const message =
		'The Stamps account was not registered: another run is still at work on the same nickname';
	return new Failure({
		message,
		description:
			"Nothing was sent. See what came of the other run, then run this item again; or raise 'Timeout'.",
		reasons: [{ code: 'nickname_in_use', field: 'nickname', message }],
	});
}
