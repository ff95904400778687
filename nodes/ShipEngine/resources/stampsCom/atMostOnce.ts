import type { IDataObject } from 'n8n-workflow';
import { type Carrier, STAMPS_COM, listCarriers } from './carriers';
import { LOOK_PAUSES } from '../../api/policy';
import { Failure, asFailure } from '../../failures/failure';
import { masked, shortened } from '../../failures/masking';
import type { RequestOptions } from '../../input/onBehalfOf';
import type { Run } from '../../step/run';
import { type Made, SharedAccount, type SharedNickname } from './sharedAccounts';

/** The account that a registration came to: just made, found beforehand, or found after a lost answer. */
export interface Registered {
	carrier_id: string;
	existing?: true;
	recovered?: true;
}

/** The account that an item wants. */
export interface Wanted extends RequestOptions {
	nickname: string;
	/** What to do where an account of the nickname exists. */
	ifNicknameExists: unknown;
	/** What is done to have one: it is told that it was not. */
	deed: 'registered' | 'connected';
}

/** How much of a nickname a message repeats. */
const LONGEST_NAME = 100;

const notDone = ({ deed }: Wanted) => `The Stamps account was not ${deed}`;

/** A nickname as people see it: without regard to case, spaces and ways to write a character. */
const asSeen = (nickname: string) =>
	nickname
		.normalize('NFKC')
		.replace(/\p{Cf}/gu, '')
		.replace(/\s+/g, ' ')
		.trim()
		.toLowerCase();

/** Either spelling of a sub-account's ID names the same one. */
const spelled = (id: string | undefined) => id?.replace(/^se-/, '');

/** Values that have a key in common, in their order. */
function grouped<K, T>(values: T[], keyOf: (value: T) => K): Map<K, T[]> {
	const groups = new Map<K, T[]>();
	for (const value of values) {
		const key = keyOf(value);
		const group = groups.get(key);
		if (group) group.push(value);
		else groups.set(key, [value]);
	}
	return groups;
}

/** Carriers by their nickname as people see it. */
const byNickname = (carriers: Carrier[]) => grouped(carriers, ({ nickname }) => asSeen(nickname));

/** The sub-account that an output, or what was wanted, is of. */
const accountOf = ({ on_behalf_of: id }: IDataObject) => spelled(id as string | undefined);

const named = (carrier_id: string, nickname: string): Made => ({
	carrier_id,
	nickname,
	account_number: '',
	isDisabled: false,
	isNamed: true,
});

const ofOther = ({ details }: Failure) => new Failure({ ...details, isOfOther: true });

/** Keeps the runs of this process from registering or connecting an account that is there already. */
export class AtMostOnce {
	/** What this run shares with others, by sub-account. */
	private readonly joined = new Map<string | undefined, SharedAccount>();

	/** The accounts that were there when this run first looked, by nickname. */
	private readonly looks = new Map<SharedAccount, Promise<Map<string, Carrier[]>>>();

	/**
	 * What earlier tries of n8n made, and what they lost, by sub-account. Nothing of this run is missing
	 * in it when an account is joined: before that, this run has done nothing for it.
	 */
	private readonly made: Map<string | undefined, IDataObject[]>;

	private readonly lost: Map<string | undefined, Run['memory']['losses']>;

	constructor(private readonly run: Pick<Run, 'api' | 'memory'>) {
		this.made = grouped(run.memory.outputs, accountOf);
		this.lost = grouped(run.memory.losses, ({ subject }) => accountOf(subject));
	}

	/** Ends what this run shares with others. */
	close(): void {
		this.joined.forEach((account) => account.leave());
		this.joined.clear();
	}

	/**
	 * Registers or connects an account, unless there is one of that nickname which is not to be doubled.
	 * Where the outcome is lost, looks for the account of that nickname that was not there before.
	 *
	 * @param send - sends the request for it, and gives the carrier's ID
	 * @param lost - an earlier try of the same that may have been carried out, so that nothing is sent
	 * @throws {@link Failure} where `send` does, where the nickname is taken and is not to be, and
	 * where it cannot be looked up
	 */
	async have(wanted: Wanted, send: () => Promise<string>, lost?: Failure): Promise<Registered> {
		const account = await this.account(wanted).catch((thrown) => {
			// What an earlier try sent may have been carried out all the same.
			throw lost ?? asFailure(thrown);
		});
		const nickname = asSeen(wanted.nickname);
		const shared = account.of(nickname);
		if (wanted.ifNicknameExists === 'registerAnother') {
			if (lost) throw lost;
			return await this.make(shared, wanted, send);
		}
		const busy = {
			failed: notDone(wanted),
			on: 'the same nickname',
			code: 'nickname_in_use',
			field: 'nickname',
		};
		return await shared.turns.take(this.run.api.waits, wanted.timeout * 1000, busy, async () => {
			if (lost && !lost.details.isOfOther) return await this.recover(shared, wanted, lost);
			const lostByOther = lost ?? shared.lost;
			if (lostByOther) await this.recover(shared, wanted, ofOther(lostByOther));

			const before = (await this.look(account, wanted)).get(nickname) ?? [];
			const existing = new Map(
				[...before, ...shared.made].map((carrier) => [carrier.carrier_id, carrier]),
			);
			if (existing.size > 0) return pick([...existing.values()], wanted);

			const result = await this.make(shared, wanted, send).catch(asFailure);
			if (!(result instanceof Failure)) return result;
			if (!result.details.isUnknown) throw result;
			return await this.recover(shared, wanted, result);
		});
	}

	/** Registers an account, known to all until its outcome is. */
	private async make(
		shared: SharedNickname,
		{ nickname }: Wanted,
		send: () => Promise<string>,
	): Promise<Registered> {
		const registration = shared.begin();
		const result = await send().catch(asFailure);
		if (result instanceof Failure && result.details.isUnknown) {
			const lost = new Failure({ ...result.details, registration });
			shared.lose(lost);
			throw lost;
		}
		shared.settle(registration);
		if (result instanceof Failure) throw result;
		shared.made.push(named(result, nickname));
		return { carrier_id: result };
	}

	/** What this run shares with others about an account; they are joined when it first needs it. */
	private async account(wanted: Wanted): Promise<SharedAccount> {
		const subAccount = spelled(wanted.onBehalfOf);
		const joined = this.joined.get(subAccount);
		if (joined) return joined;
		const key = await this.run.api.account(subAccount, notDone(wanted));
		// Another item may have joined meanwhile.
		return this.joined.get(subAccount) ?? this.join(key, subAccount);
	}

	/** Joins the runs that are at work on an account, and tells them what is known of it here. */
	private join(key: string, subAccount: string | undefined): SharedAccount {
		const account = SharedAccount.join(key);
		this.joined.set(subAccount, account);
		const know = (id: unknown, nickname: unknown) =>
			account.of(asSeen(String(nickname))).made.push(named(String(id), String(nickname)));

		for (const output of this.made.get(subAccount) ?? []) {
			if (!output.existing && !output.recovered) know(output.carrier_id, output.nickname);
		}
		for (const { subject, failure } of this.lost.get(subAccount) ?? []) {
			account.of(asSeen(String(subject.nickname))).lose(failure);
			failure.details.notOwn?.forEach((id) => know(id, subject.nickname));
		}
		return account;
	}

	/**
	 * Finds the one account of that nickname: there was none before, or nothing would have been sent.
	 * While the outcome of another registration is open, it could be the account of that one.
	 *
	 * @throws the failure whose outcome is still unknown
	 */
	private async recover(
		shared: SharedNickname,
		wanted: Wanted,
		lost: Failure,
	): Promise<Registered> {
		const { registration = '', isContested } = lost.details;
		if (isContested) throw lost;
		for (const pause of LOOK_PAUSES) {
			const now = byNickname(await this.list(wanted, pause).catch(() => []));
			const [made, ...others] = (now.get(asSeen(wanted.nickname)) ?? []).filter(
				({ carrier_id }) => !shared.named.includes(carrier_id),
			);
			if (made && others.length === 0 && shared.isOnlyOpen(registration)) {
				shared.settle(registration);
				shared.made.push({ ...made, isNamed: false });
				return { carrier_id: made.carrier_id, recovered: true };
			}
		}
		// A later try of n8n may come when the other runs are over, and what they knew is gone.
		throw new Failure({
			...lost.details,
			notOwn: shared.named,
			isContested: !shared.isOnlyOpen(registration),
		});
	}

	/** The accounts of a sub-account, asked for once a run. */
	private async look(account: SharedAccount, wanted: Wanted): Promise<Map<string, Carrier[]>> {
		const look = this.looks.get(account) ?? this.list(wanted, 0).then(byNickname);
		this.looks.set(account, look);
		// The next item may be luckier.
		look.catch(() => this.looks.delete(account));
		return await look;
	}

	private async list(wanted: Wanted, pause: number): Promise<Carrier[]> {
		const { onBehalfOf, isNewSubAccount, timeout } = wanted;
		await this.run.api.waits.pause(pause);
		return await listCarriers(this.run.api, {
			onBehalfOf,
			isNewSubAccount,
			timeout,
			failed: `${notDone(wanted)}, since its nickname could not be looked up`,
			// Another company's carrier that does not answer says nothing of these.
			accepts: ({ carrierCode = STAMPS_COM }) => carrierCode !== STAMPS_COM,
		});
	}
}

/** The one account of a nickname. Throws a Failure where there are several, or is not to be one. */
function pick(accounts: Carrier[], wanted: Wanted): Registered {
	const { nickname, ifNicknameExists, deed } = wanted;
	const [first, ...others] = accounts;
	const isOne = others.length === 0;
	if (isOne && ifNicknameExists === 'returnExisting' && !first!.isDisabled) {
		return { carrier_id: first!.carrier_id, existing: true };
	}
	const count = isOne
		? `is an account${first!.isDisabled ? ', disabled by the billing plan,' : ''}`
		: `are ${accounts.length} accounts`;
	// Whoever typed a card number into the wrong field must not find it in a message.
	const name = shortened(masked(nickname, []), LONGEST_NAME);
	const message = `${notDone(wanted)}: there ${count} of the nickname '${name}'`;
	throw new Failure({
		message,
		description: [
			`Nothing was ${deed}.`,
			`To go on with it, use ${accounts.map(({ carrier_id }) => carrier_id).join(' or ')}.`,
			...(isOne && !first!.isDisabled
				? [CHOICES[deed]]
				: ['For a new account, choose another nickname.']),
		].join(' '),
		reasons: [{ code: 'identifier_conflict', field: 'nickname', message }],
		carrierId: isOne ? first!.carrier_id : undefined,
	});
}

const CHOICES = {
	registered:
		"Or set 'If Nickname Exists' to 'Return Existing' to have this step give that account, or to 'Register Another' for a second account of the same nickname.",
	connected:
		"Or set 'If Nickname Exists' to 'Return Existing' to have this step give that account, or choose another nickname.",
};
