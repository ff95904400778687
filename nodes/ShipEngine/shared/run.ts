import type { IExecuteFunctions } from 'n8n-workflow';
import { EarlierSteps } from './earlierSteps';
import { Memory } from './memory';
import type { Resource } from './operation';
import { maxWait } from './options';
import { findOperation } from './panel';
import { Registrations } from './registrations';
import { Transport } from './transport';

/** What the items of one run of the node share. */
export class Run {
	readonly api: Transport;

	readonly earlierSteps: EarlierSteps;

	readonly registrations: Registrations;

	readonly memory: Memory;

	constructor(context: IExecuteFunctions, resources: [Resource, ...Resource[]]) {
		this.api = new Transport(context, maxWait(context));
		this.earlierSteps = new EarlierSteps(
			context,
			(parameters) => findOperation(resources, parameters)?.makes ?? [],
		);
		this.memory = new Memory(context);
		this.registrations = new Registrations(this.api, this.memory);
	}

	/** Lets nothing more be sent; what was sent is still waited for. */
	stop(): void {
		this.api.waits.stop();
	}

	/** Ends what it shares with other runs. */
	close(): void {
		this.registrations.close();
	}
}
