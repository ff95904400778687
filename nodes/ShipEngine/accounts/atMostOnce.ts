import type { IDataObject } from 'n8n-workflow';
import { type Carrier, STAMPS_COM, listCarriers } from './carriers';
import { LOOK_PAUSES } from '../api/policy';
import type { Reads } from '../api/requests';
import { Failure, asFailure } from '../failures/failure';
import type { Run } from '../step/run';
import { inTurn } from '../step/turns';
import { type WantedAccount, existingAccount } from './existingAccount';
import { type Made, SharedAccount, type SharedNickname } from './sharedAccounts';

/** The account that an item ends up with: just made, found beforehand, or found after a lost answer. */
export interface Registered {
	carrier_id: string;
	existing?: true;
	recovered?: true;
}

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

	/** The accounts that were there when this run first looked, by nickname. */
	private readonly looks = new Map<SharedAccount, Promise<Map<string, Carrier[]>>>();

	/**
	 * What earlier attempts of n8n made, and what they lost, by sub-account. Nothing of this run is missing
	 * in it when an account is joined: before that, this run has done nothing for it.
	 */
	private readonly earlierOutputs: Map<string | undefined, IDataObject[]>;

	private readonly earlierLosses: Map<string | undefined, Run['memory']['losses']>;

	constructor(run: Pick<Run, 'memory'>) {
		this.earlierOutputs = grouped(run.memory.outputs, accountOf);
		this.earlierLosses = grouped(run.memory.losses, ({ subject }) => accountOf(subject));
	}

	/** Ends what this run shares with others. */
	close(): void {
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
		const shared = account.of(nickname);
		if (wanted.ifNicknameExists === 'registerAnother') {
			if (lost) throw lost;
			return await this.make(shared, wanted, send);
		}
		const busy = { on: 'the same nickname', code: 'nickname_in_use', field: 'nickname' };
		return await inTurn(`${account.key} ${nickname}`, api, busy, async () => {
			const recover = async (open: Failure) => await this.recover(shared, nickname, api, open);
			if (lost && !lost.details.isOfOther) return await recover(lost);
			const lostByOther = lost ?? shared.lost;
			if (lostByOther) await recover(ofOther(lostByOther));

			const before = (await this.look(account, api)).get(nickname) ?? [];
			const existing = new Map(
				[...before, ...shared.made].map((carrier) => [carrier.carrier_id, carrier]),
			);
			if (existing.size > 0) {
				return existingAccount([...existing.values()], wanted, api.common.words.failed);
			}

			const result = await this.make(shared, wanted, send).catch(asFailure);
			if (!(result instanceof Failure)) return result;
			if (!result.details.isUnknown) throw result;
			return await recover(result);
		});
	}

	/** Registers an account, known to all until its outcome is. */
	private async make(
		shared: SharedNickname,
		{ nickname }: WantedAccount,
		send: () => Promise<string>,
	): Promise<Registered> {
		const registration = shared.begin();
		const result = await send().catch(asFailure);
		if (result instanceof Failure && result.details.isUnknown) {
			const lost = new Failure({ ...result.details, registration });
			shared.lose(lost);
			throw lost;
		}
		shared.close(registration);
		if (result instanceof Failure) throw result;
		shared.made.push(madeAs(result, nickname));
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
		const know = (id: unknown, nickname: unknown) =>
			account.of(asSeen(String(nickname))).made.push(madeAs(String(id), String(nickname)));

		for (const output of this.earlierOutputs.get(subAccount) ?? []) {
			if (!output.existing && !output.recovered) know(output.carrier_id, output.nickname);
		}
		for (const { subject, failure } of this.earlierLosses.get(subAccount) ?? []) {
			account.of(asSeen(String(subject.nickname))).lose(failure);
			failure.details.notOwn?.forEach((id) => know(id, subject.nickname));
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
				shared.made.push({ ...made, isNamed: false });
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

	/** The accounts of a sub-account, asked for once a run. */
	private async look(account: SharedAccount, api: Reads): Promise<Map<string, Carrier[]>> {
		const look = this.looks.get(account) ?? list(api, 0).then(byNickname);
		this.looks.set(account, look);
		// The next item may be luckier.
		look.catch(() => this.looks.delete(account));
		return await look;
	}
}

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
