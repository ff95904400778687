import { type Carrier, carrierOf } from './carrier';
import { Ids } from './ids';
import { LabelStore } from './labelStore';
import { SubAccounts } from './subAccountStore';

/** What a carrier is made of: a nickname, the sub-account it belongs to, and any field's value. */
export interface NewCarrier extends Partial<Carrier> {
	nickname: string;
	onBehalfOf?: string;
}

/** A registration that was accepted, with the body exactly as it came. */
export interface Account {
	carrierId: string;
	/** In the spelling `se-123456`, whichever was sent. */
	onBehalfOf?: string;
	body: unknown;
}

/** A charge of the card of an account, in dollars. */
export interface Charge {
	carrierId: string;
	amount: number;
}

/** A login by which an account was connected, or that it was given later. */
export interface Login {
	carrierId: string;
	username: string;
	password: string;
}

/** A code that was texted. */
export interface Verification {
	id: string;
	carrierId: string;
	phone: string;
	code: string;
	attemptsLeft: number;
	expired: boolean;
	status: 'unverified' | 'verified';
}

/** A carrier, and how many looks at the list it is still missing from. */
interface Owned {
	carrier: Carrier;
	looksLeft: number;
}

/** A sub-account in one spelling of the two: `242822` is the same as `se-242822`. */
const subAccount = (id: string | undefined) => id?.replace(/^(?=\d+$)/, 'se-');

/**
 * All that the stand-in remembers. One API account, whatever the key; its carriers are apart by
 * sub-account (documented), `undefined` being the account itself.
 */
export class Store {
	readonly accounts: Account[] = [];
	readonly verifications: Verification[] = [];
	readonly charges: Charge[] = [];
	readonly logins: Login[] = [];
	readonly subAccounts: SubAccounts;
	readonly labelStore: LabelStore;
	/** By sub-account; those of the account itself under `undefined`. */
	private readonly owned = new Map<string | undefined, Owned[]>();

	constructor(private readonly ids: Ids) {
		this.subAccounts = new SubAccounts(ids);
		this.labelStore = new LabelStore(ids);
	}

	/** The carriers of one sub-account, or of the account itself, those not listed yet as well. */
	carriers(onBehalfOf?: string): Carrier[] {
		return this.ownedBy(onBehalfOf).map(({ carrier }) => carrier);
	}

	/** A carrier of one sub-account, or of the account itself. */
	carrier(id: string, onBehalfOf?: string): Carrier | undefined {
		return this.carriers(onBehalfOf).find(({ carrier_id }) => carrier_id === id);
	}

	/** Takes a carrier out. */
	removeCarrier(id: string): void {
		for (const owned of this.owned.values()) {
			const at = owned.findIndex(({ carrier }) => carrier.carrier_id === id);
			if (at >= 0) owned.splice(at, 1);
		}
	}

	/** The carriers as somebody sees them who looks at the list: a new one may not be in it yet. */
	look(onBehalfOf?: string): Carrier[] {
		const owned = this.ownedBy(onBehalfOf);
		const listed = owned.filter(({ looksLeft }) => looksLeft === 0);
		for (const each of owned) each.looksLeft = Math.max(0, each.looksLeft - 1);
		return listed.map(({ carrier }) => carrier);
	}

	/**
	 * Adds a carrier, a Stamps.com one unless its `carrier_code` says otherwise.
	 * @param looksLeft how many looks at the list it is missing from
	 */
	addCarrier({ onBehalfOf, ...given }: NewCarrier, looksLeft = 0): Carrier {
		const carrier: Carrier = {
			...carrierOf(given.carrier_id ?? this.ids.carrier(), given.carrier_code),
			primary: this.carriers(onBehalfOf).length === 0,
			...given,
		};
		this.owned.set(subAccount(onBehalfOf), [...this.ownedBy(onBehalfOf), { carrier, looksLeft }]);
		return carrier;
	}

	/** Remembers a registration as an account with its carrier, which is listed after so many looks. */
	register(
		body: { nickname: string },
		onBehalfOf: string | undefined,
		listedAfter: number,
	): Carrier {
		const carrier = this.addCarrier({ nickname: body.nickname, onBehalfOf }, listedAfter);
		const { carrier_id: carrierId } = carrier;
		this.accounts.push({ carrierId, onBehalfOf: subAccount(onBehalfOf), body });
		return carrier;
	}

	/** Makes a code for a phone, to be told to whoever owns it. */
	startVerification(carrierId: string, phone: string, attempts: number): Verification {
		const verification: Verification = {
			id: this.ids.verification(),
			carrierId,
			phone,
			code: this.ids.code(),
			attemptsLeft: attempts,
			expired: false,
			status: 'unverified',
		};
		this.verifications.push(verification);
		return verification;
	}

	/** Whether labels can be bought: the phone was confirmed, or the account was there beforehand. */
	isVerified(carrierId: string): boolean {
		const isNew = this.accounts.some((account) => account.carrierId === carrierId);
		return (
			!isNew ||
			this.verifications.some((each) => each.carrierId === carrierId && each.status === 'verified')
		);
	}

	private ownedBy(onBehalfOf: string | undefined): Owned[] {
		return this.owned.get(subAccount(onBehalfOf)) ?? [];
	}

	/** Forgets everything. */
	reset(): void {
		this.ids.reset();
		const { accounts, verifications, charges, logins } = this;
		for (const list of [accounts, verifications, charges, logins]) list.length = 0;
		this.owned.clear();
		this.subAccounts.reset();
		this.labelStore.reset();
	}
}
