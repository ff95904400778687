import type { Ids } from './ids';

/** What is sent, as `POST /v1/rates` takes it. */
export interface Shipment {
	ship_from: object;
	ship_to: object;
	packages: Array<{ weight: { value: number; unit: string }; package_code?: string }>;
}

/** A price for a shipment, for which a label can be bought. */
export interface Rate {
	id: string;
	shipmentId: string;
	shipment: Shipment;
	carrierId: string;
	onBehalfOf?: string;
	serviceCode: string;
	packageCode: string;
	/** In dollars. */
	cost: number;
}

/** A label that was bought. */
export interface Label {
	id: string;
	rate: Rate;
	trackingNumber: string;
	/** The part of the link to its file that nobody can guess. */
	token: string;
	created_at: string;
	voided_at: string | null;
}

/** The rates that were told, and the labels that were bought for them. */
export class LabelStore {
	readonly labels: Label[] = [];
	private readonly rates = new Map<string, Rate>();

	constructor(private readonly ids: Ids) {}

	newShipment(): string {
		return this.ids.numbered('shipment');
	}

	/** Remembers a price. */
	offer(price: Omit<Rate, 'id'>): Rate {
		const rate = { id: this.ids.numbered('rate'), ...price };
		this.rates.set(rate.id, rate);
		return rate;
	}

	rate(id: string): Rate | undefined {
		return this.rates.get(id);
	}

	/** @param now milliseconds since 1970 */
	buy(rate: Rate, now: number): Label {
		const label = {
			id: this.ids.numbered('label'),
			rate,
			trackingNumber: this.ids.trackingNumber(),
			token: this.ids.fileToken(),
			created_at: new Date(now).toISOString(),
			voided_at: null,
		};
		this.labels.push(label);
		return label;
	}

	/** Forgets everything. */
	reset(): void {
		this.labels.length = 0;
		this.rates.clear();
	}
}
