import { type Carrier, STAMPS_COM, listCarriers } from './carriers';
import { LOOK_PAUSES } from '../api/policy';
import type { Reads } from '../api/requests';
import { Failure, asFailure } from '../failures/failure';
import type { Memory } from '../step/memory';
import type { Run } from '../step/run';
import { inTurn } from '../step/turns';
import { asSeen, bareId } from '../values/names';
import { isNothing } from '../values/validation';
import { type Claim, refuseOther } from './claims';
import { EarlierDeeds } from './earlierDeeds';
import { type WantedAccount, existingAccount } from './existingAccount';
import {
	type Held,
	LOOK_LASTS,
	type Made,
	SharedAccount,
	type SharedNickname,
} from './sharedAccounts';

/** The account that an item ends up with: just made, found beforehand, or found after a lost answer. */
export interface Registered {
	carrier_id: string;
	existing?: true;
	recovered?: true;
}

/** Carriers by their nickname as people see it. */
type ByNickname = Map<string, Carrier[]>;

function byNickname(carriers: Carrier[]): ByNickname {
	const groups: ByNickname = new Map();
	for (const carrier of carriers) {
		const nickname = asSeen(carrier.nickname);
		groups.set(nickname, [...(groups.get(nickname) ?? []), carrier]);
	}
	return groups;
}

/** What was there when, by monotonic time, and the run of the execution that looked. */
interface Look {
	at: number;
	run: number;
	carriers: ByNickname;
}

/** Either spelling of a sub-account's ID names the same one. */
const spelled = (id: unknown) => (isNothing(id) ? undefined : bareId(String(id)));

const madeAs = (carrier_id: string, nickname: string): Made => ({
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

	/** What was asked of the API in this run: the accounts that were there, by nickname. */
	private readonly looks = new Map<SharedAccount, Promise<Look>>();

	/** The claims of this run. */
	private readonly claims: Held[] = [];

	private readonly began = performance.now();

	private readonly memory: Memory;

	constructor(run: Pick<Run, 'memory'>) {
		this.memory = run.memory;
	}

	/** Ends what this run shares with others. */
	close(): void {
		const ended = performance.now();
		this.claims.forEach((held) => Object.assign(held, { ended }));
		this.joined.forEach((account) => account.leave());
		this.joined.clear();
	}

	/**
	 * Registers or connects an account, unless there is one of that nickname which is not to be doubled.
	 * If the outcome is lost, looks for the account of that nickname that was not there before.
	 *
	 * @param api - the item's requests
	 * @param send - sends the request for it, and gives the carrier's ID
	 * @param lost - an earlier attempt of the same that may have been carried out, so that nothing is sent
	 * @throws {@link Failure} if `send` does, if the nickname is taken and is not to be, and if it
	 * cannot be looked up
	 */
	async have(
		wanted: WantedAccount,
		api: Reads,
		send: () => Promise<string>,
		lost?: Failure,
	): Promise<Registered> {
		const account = await this.account(api).catch((thrown) => {
			// What an earlier attempt sent may have been carried out all the same.
			throw lost ?? asFailure(thrown);
		});
		const nickname = asSeen(wanted.nickname);
		const subAccount = spelled(api.common.onBehalfOf);
		const shared = this.known(account, subAccount, nickname);
		if (wanted.ifNicknameExists === 'registerAnother') {
			if (lost) throw lost;
			return await this.make(shared, wanted, send);
		}
		const busy = { on: 'the same nickname', code: 'nickname_in_use', field: 'nickname' };
		return await inTurn(`${account.key} ${nickname}`, api, busy, async () => {
			const recover = async (open: Failure) => await this.recover(shared, nickname, api, open);
			if (lost && !lost.details.isOfOther) return await recover(lost);
			const { failed } = api.common.words;
			refuseOther(
				wanted.claim,
				this.claimsBeside(wanted.claim, shared, subAccount, nickname),
				failed,
			);
			const lostByOther = lost ?? shared.lost;
			if (lostByOther) await recover(ofOther(lostByOther));

			const { found: before, at } = await this.before(nickname, account, api);
			const existing = new Map(
				[...before, ...shared.madeSince(at)].map((carrier) => [carrier.carrier_id, carrier]),
			);
			if (existing.size > 0) {
				const found = existingAccount([...existing.values()], wanted, failed);
				this.claims.push(shared.claim(wanted.claim));
				return found;
			}

			const result = await this.make(shared, wanted, send).catch(asFailure);
			if (!(result instanceof Failure)) return result;
			if (!result.details.isUnknown) throw result;
			return await recover(result);
		});
	}

	/** For whom others want a nickname, or this execution has had it registered. */
	private claimsBeside(
		{ executionId }: Claim,
		shared: SharedNickname,
		subAccount: string | undefined,
		nickname: string,
	): Claim[] {
		const losses = this.memory.losses.filter(
			({ subject }) =>
				spelled(subject.on_behalf_of) === subAccount &&
				asSeen(String(subject.nickname)) === nickname,
		);
		const earlier = [...EarlierDeeds.of(this.memory.deeds).named(subAccount, nickname), ...losses];
		return [
			...shared.claimsBeside(executionId, this.began),
			...earlier.map((each) => ({ ...each, person: each.subject })),
		];
	}

	/** What is known of a nickname, with what this execution has registered of it. */
	private known(
		account: SharedAccount,
		subAccount: string | undefined,
		nickname: string,
	): SharedNickname {
		const shared = account.of(nickname);
		for (const { output } of EarlierDeeds.of(this.memory.deeds).named(subAccount, nickname)) {
			if (output.existing || output.recovered) continue;
			shared.know(madeAs(String(output.carrier_id), String(output.nickname)));
		}
		return shared;
	}

	/** Registers an account, known to all until its outcome is, and claimed for its person unless refused. */
	private async make(
		shared: SharedNickname,
		{ nickname, claim }: WantedAccount,
		send: () => Promise<string>,
	): Promise<Registered> {
		const registration = shared.begin();
		const held = shared.claim(claim);
		this.claims.push(held);
		const result = await send().catch(asFailure);
		if (result instanceof Failure && result.details.isUnknown) {
			const lost = new Failure({ ...result.details, registration });
			shared.lose(lost);
			throw lost;
		}
		shared.close(registration);
		if (result instanceof Failure) {
			shared.unclaim(held);
			throw result;
		}
		shared.know(madeAs(result, nickname));
		return { carrier_id: result };
	}

	/** What this run shares with others about an account; they are joined when it first needs it. */
	private async account(api: Reads): Promise<SharedAccount> {
		const subAccount = spelled(api.common.onBehalfOf);
		const joined = this.joined.get(subAccount);
		if (joined) return joined;
		const key = `${await api.account()} ${subAccount ?? ''}`;
		// Another item may have joined meanwhile.
		return this.joined.get(subAccount) ?? this.join(key, subAccount);
	}

	/** Joins the runs that are at work on an account, and tells them what is known of it here. */
	private join(key: string, subAccount: string | undefined): SharedAccount {
		const account = SharedAccount.join(key);
		this.joined.set(subAccount, account);
		for (const { subject, failure } of this.memory.losses) {
			if (spelled(subject.on_behalf_of) !== subAccount) continue;
			const nickname = account.of(asSeen(String(subject.nickname)));
			nickname.lose(failure);
			const known = failure.details.notOwn ?? [];
			known.forEach((id) => nickname.know(madeAs(id, String(subject.nickname))));
		}
		return account;
	}

	/**
	 * Finds the one account of that nickname: there was none before, or nothing would have been sent.
	 * While the outcome of another registration is open, it could be the account of that one.
	 *
	 * @param nickname - as people see it
	 * @throws the failure whose outcome is still unknown
	 */
	private async recover(
		shared: SharedNickname,
		nickname: string,
		api: Reads,
		lost: Failure,
	): Promise<Registered> {
		const { registration = '', isContested } = lost.details;
		if (isContested) throw lost;
		for (const pause of LOOK_PAUSES) {
			const now = byNickname(await list(api, pause).catch(() => []));
			const [made, ...others] = (now.get(nickname) ?? []).filter(
				({ carrier_id }) => !shared.named.includes(carrier_id),
			);
			if (made && others.length === 0 && shared.isOnlyOpen(registration)) {
				shared.close(registration);
				shared.know({ ...made, isNamed: false });
				return { carrier_id: made.carrier_id, recovered: true };
			}
		}
		// A later attempt of n8n may come when the other runs are over, and what they knew is gone.
		throw new Failure({
			...lost.details,
			notOwn: shared.named,
			isContested: !shared.isOnlyOpen(registration),
		});
	}

	/**
	 * The accounts of a nickname that were there, and when that was. In a loop, the look of an earlier round
	 * will do for a minute, unless the nickname was there: this process knows what it registered since.
	 */
	private async before(nickname: string, account: SharedAccount, api: Reads) {
		const last = this.lastLooks.get(account.key);
		const isOfRound = last !== undefined && last.run !== this.memory.run;
		const isRecent = isOfRound && performance.now() - last.at < LOOK_LASTS;
		const isEnough = isRecent && !this.looks.has(account) && !last.carriers.has(nickname);
		const { at, carriers } = isEnough ? last : await this.look(account, api);
		return { at, found: carriers.get(nickname) ?? [] };
	}

	/** The accounts of a sub-account, asked for once a run. */
	private async look(account: SharedAccount, api: Reads): Promise<Look> {
		const known = this.looks.get(account);
		if (known) return await known;
		const [at, { run }] = [performance.now(), this.memory];
		const look = list(api, 0).then((all) => ({ at, run, carriers: byNickname(all) }));
		this.looks.set(account, look);
		look.then(
			(found) => this.lastLooks.set(account.key, found),
			// The next item may be luckier.
			() => this.looks.delete(account),
		);
		return await look;
	}

	/** The last look of this execution at each account. */
	private get lastLooks(): Map<string, Look> {
		const { deeds } = this.memory;
		const known = LAST_LOOKS.get(deeds) ?? new Map<string, Look>();
		LAST_LOOKS.set(deeds, known);
		return known;
	}
}

/** By execution, of which each has its own list of what it did. */
const LAST_LOOKS = new WeakMap<Memory['deeds'], Map<string, Look>>();

/** The accounts that the item's requests act for, after a pause in milliseconds. */
async function list(api: Reads, pause: number): Promise<Carrier[]> {
	await api.waits.pause(pause);
	return await listCarriers(
		api,
		// Another company's carrier that does not answer says nothing of these.
		({ carrierCode = STAMPS_COM }) => carrierCode !== STAMPS_COM,
		'its nickname could not be looked up',
	);
}
