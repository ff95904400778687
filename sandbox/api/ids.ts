import { createHash } from 'node:crypto';

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const FIRST_CARRIER = 1_238_900;
const FIRST_SUB_ACCOUNT = 200_089;
const FIRST_OF_KIND = { label: 799_373_100, rate: 784_300, shipment: 140_794_000 };

/**
 * The ids and codes of one stand-in: of the real ones' form, and the same in every run.
 * All but the carrier's number are digests of a counter, so none follows from the one before.
 */
export class Ids {
	private readonly given = new Map<string, number>();

	/** `se-` and digits (documented). */
	carrier(): string {
		return `se-${FIRST_CARRIER + this.count('carrier')}`;
	}

	/** `vfn_` and a base58 GUID (documented). */
	verification(): string {
		return `vfn_${base58(this.digest('verification'))}`;
	}

	/** Six digits, at times with a leading zero (the length is documented, by example). */
	code(): string {
		return String(this.digest('code').readUInt32BE() % 1_000_000).padStart(6, '0');
	}

	/** An integer (documented). */
	subAccount(): number {
		return FIRST_SUB_ACCOUNT + this.count('sub-account');
	}

	/** The key of a new sub-account, which opens nothing here. */
	subAccountKey(): string {
		return `subkey_${this.digest('key').toString('hex')}`;
	}

	/** `se-` and digits, apart for each kind. */
	numbered(kind: 'label' | 'rate' | 'shipment'): string {
		return `se-${FIRST_OF_KIND[kind] + this.count(kind)}`;
	}

	/** Twenty-two digits, as USPS has them. */
	trackingNumber(): string {
		return `9400${String(10n ** 17n + BigInt(this.count('tracking number')))}`;
	}

	/** What a link to a file has, as one that the vendor's pages show. */
	fileToken(): string {
		return base58(this.digest('file'));
	}

	/** A UUID (documented). */
	request(): string {
		const hex = this.digest('request').toString('hex');
		return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
	}

	/** Starts over, but for carriers: whoever remembers one from before must not take another for it. */
	reset(): void {
		const carriers = this.given.get('carrier') ?? 0;
		this.given.clear();
		this.given.set('carrier', carriers);
	}

	private count(kind: string): number {
		const next = (this.given.get(kind) ?? 0) + 1;
		this.given.set(kind, next);
		return next;
	}

	private digest(kind: string): Buffer {
		return createHash('sha256')
			.update(`${kind} ${this.count(kind)}`)
			.digest()
			.subarray(0, 16);
	}
}

function base58(bytes: Buffer): string {
	let digits = '';
	for (let rest = BigInt(`0x${bytes.toString('hex')}`); rest > 0n; rest /= 58n) {
		digits = BASE58.charAt(Number(rest % 58n)) + digits;
	}
	return digits;
}
