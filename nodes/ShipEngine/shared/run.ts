import type { IExecuteFunctions } from 'n8n-workflow';
import { EarlierSteps } from './earlierSteps';
import { Transport } from './transport';

/** What the items of one run of the node share. */
export class Run {
	readonly api: Transport;

	readonly earlierSteps: EarlierSteps;

	constructor(context: IExecuteFunctions) {
		this.api = new Transport(context);
		this.earlierSteps = new EarlierSteps(context);
	}
}
