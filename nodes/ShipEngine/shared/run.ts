import type { IExecuteFunctions } from 'n8n-workflow';
import { EarlierSteps } from './earlierSteps';
import { Memory } from './memory';
import { maxWait } from './options';
import { Registrations } from './registrations';
import { Transport } from './transport';

/** What the items of one run of the node share. */
export class Run {
	readonly api: Transport;

	readonly earlierSteps: EarlierSteps;

	readonly registrations: Registrations;

	readonly memory: Memory;

	constructor(context: IExecuteFunctions) {
		this.api = new Transport(context, maxWait(context));
		this.earlierSteps = new EarlierSteps(context);
		this.registrations = new Registrations(this.api);
		this.memory = new Memory(context);
	}
}
