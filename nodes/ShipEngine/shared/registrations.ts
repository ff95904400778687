import { type Carrier, listCarriers } from './carriers';
import { Failure, asFailure } from './failure';
import { masked, shortened } from './masking';
import type { Transport } from './transport';

/** The account that a registration came to: just made, found beforehand, or found after a lost answer. */
export interface Registered {
	carrier_id: string;
	existing?: true;
	recovered?: true;
}

/** A wish for an account. */
export interface Wanted {
	nickname: string;
	/** The sub-account that it is for. */
	onBehalfOf?: string;
	/** Seconds until an answer counts as lost. */
	timeout: number;
	/** What to do where an account of the nickname exists. */
	ifNicknameExists: unknown;
}

/** After a lost answer the API may still be at work: the pauses before each look, in milliseconds. */
const PAUSES = [0, 2_000];

/** How much of a nickname a message repeats. */
const LONGEST_NAME = 100;

const NOT_LOOKED_UP =
	'The Stamps account was not registered, since its nickname could not be looked up';

/** Keeps a run from registering an account that is there already. */
export class Registrations {
	/** The accounts of each sub-account: looked up once, and those of this run. */
	private readonly known = new Map<string | undefined, Promise<Carrier[]>>();

	/** Of each nickname, the registration under way, which the next one of that nickname awaits. */
	private readonly turns = new Map<string, Promise<unknown>>();

	/** The nicknames that may or may not have been registered. */
	private readonly lost = new Map<string, Failure>();

	constructor(private readonly api: Transport) {}

	/**
	 * Registers an account, unless there is one of that nickname which is not to be doubled. Where the
	 * outcome is lost, looks for the account of that nickname that was not there before.
	 *
	 * @param register - sends the registration, and gives the carrier's ID
	 * @throws {@link Failure} where `register` does, where the nickname is taken and is not to be, and
	 * where it cannot be looked up
	 */
	async once(wanted: Wanted, register: () => Promise<string>): Promise<Registered> {
		if (wanted.ifNicknameExists === 'registerAnother') return { carrier_id: await register() };
		const { nickname } = wanted;
		const key = `${wanted.onBehalfOf} ${nickname}`;
		return await this.inTurn(key, async () => {
			const known = await this.accounts(wanted);
			const lost = this.lost.get(key);
			if (lost) await this.recover(key, wanted, known, lost);

			const existing = known.filter((carrier) => carrier.nickname === nickname);
			if (existing.length > 0) return pick(existing, wanted);

			const made = await register().catch(asFailure);
			if (!(made instanceof Failure)) {
				known.push({ carrier_id: made, nickname, account_number: '' });
				return { carrier_id: made };
			}
			if (!made.details.isUnknown) throw made;
			this.lost.set(key, made);
			return { carrier_id: await this.recover(key, wanted, known, made), recovered: true };
		});
	}

	/**
	 * The ID of the one account of that nickname: there was none before, or nothing would have been sent.
	 *
	 * @throws the failure whose outcome is still unknown
	 */
	private async recover(key: string, wanted: Wanted, known: Carrier[], lost: Failure) {
		for (const pause of PAUSES) {
			const now = await this.look(wanted, pause).catch(() => []);
			const [made, ...others] = now.filter((carrier) => carrier.nickname === wanted.nickname);
			if (made && others.length === 0) {
				this.lost.delete(key);
				known.push(made);
				return made.carrier_id;
			}
		}
		throw lost;
	}

	private async accounts(wanted: Wanted): Promise<Carrier[]> {
		const { known } = this;
		const { onBehalfOf } = wanted;
		if (!known.has(onBehalfOf)) known.set(onBehalfOf, this.look(wanted, 0));
		return await known.get(onBehalfOf)!;
	}

	private async look({ onBehalfOf, timeout }: Wanted, pause: number): Promise<Carrier[]> {
		await this.api.pause(pause);
		return await listCarriers(this.api, { onBehalfOf, timeout, failed: NOT_LOOKED_UP });
	}

	private async inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
		const turn = (this.turns.get(key) ?? Promise.resolve()).then(work, work);
		this.turns.set(key, turn);
		try {
			return await turn;
		} finally {
			if (this.turns.get(key) === turn) this.turns.delete(key);
		}
	}
}

/** The one account of a nickname. Throws a Failure where there are several, or is not to be one. */
function pick([first, ...others]: Carrier[], { nickname, ifNicknameExists }: Wanted): Registered {
	if (ifNicknameExists === 'returnExisting' && others.length === 0) {
		return { carrier_id: first!.carrier_id, existing: true };
	}
	const count = others.length === 0 ? 'an account' : `${others.length + 1} accounts`;
	// Whoever typed a card number into the wrong field must not find it in a message.
	const name = shortened(masked(nickname, []), LONGEST_NAME);
	const message = `The Stamps account was not registered: there is ${count} of the nickname '${name}'`;
	throw new Failure({
		message,
		description: `Nothing was registered. Choose another nickname, or go on with ${[
			first!,
			...others,
		]
			.map(({ carrier_id }) => carrier_id)
			.join(' or ')}.`,
		reasons: [{ code: 'identifier_conflict', field: 'nickname', message }],
		carrierId: others.length === 0 ? first!.carrier_id : undefined,
	});
}
