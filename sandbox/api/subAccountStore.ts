import type { Ids } from './ids';

/** What a sub-account is made of, but for what the API itself gives it (documented). */
export interface SubAccountFields {
	external_account_id?: string;
	email?: string;
	company_name?: string;
	first_name?: string;
	last_name?: string;
	origin_country_code: string;
}

/** A sub-account. */
export interface SubAccount {
	account_id: number;
	fields: SubAccountFields;
	created_at: string;
	modified_at: string;
	active: boolean;
	/** How many requests on its behalf it still refuses. */
	refusesLeft: number;
	/** The key that the answer to its making holds. */
	key: string;
}

/** The sub-accounts of the one partner, whichever the key. */
export class SubAccounts {
	readonly all: SubAccount[] = [];

	private readonly byId = new Map<string, SubAccount>();

	constructor(private readonly ids: Ids) {}

	/** @param now milliseconds since 1970 */
	add(fields: SubAccountFields, now: number, refusesLeft = 0): SubAccount {
		const time = new Date(now).toISOString();
		const subAccount: SubAccount = {
			account_id: this.ids.subAccount(),
			fields,
			created_at: time,
			modified_at: time,
			active: true,
			refusesLeft,
			key: this.ids.subAccountKey(),
		};
		this.all.push(subAccount);
		this.byId.set(String(subAccount.account_id), subAccount);
		return subAccount;
	}

	/** By its ID, in either spelling: `242822` is the same as `se-242822`. */
	find(id: string): SubAccount | undefined {
		return this.byId.get(id.replace(/^se-/, ''));
	}

	/** Forgets all of them. */
	reset(): void {
		this.all.length = 0;
		this.byId.clear();
	}
}
