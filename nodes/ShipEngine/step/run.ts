import type { IExecuteFunctions, INodeParameters } from 'n8n-workflow';
import { Transport } from '../api/transport';
import { EarlierSteps, type StepOutput } from '../input/earlierSteps';
import { maxWait } from '../input/runOptions';
import { Memory } from './memory';

/** Something that an operation lets the items of a run share. */
interface Shared {
	/** Ends it, when the run has ended. */
	close(): void;
}

/** What the items of one run of the node share. */
export class Run {
	readonly api: Transport;

	readonly earlierSteps: EarlierSteps;

	readonly memory: Memory;

	private readonly shared = new Map<unknown, Shared>();

	/** @param outputOf - what a step of such parameters puts out */
	constructor(
		readonly context: IExecuteFunctions,
		outputOf: (parameters: INodeParameters) => StepOutput | undefined,
	) {
		this.api = new Transport(context, maxWait(context));
		this.earlierSteps = new EarlierSteps(context, outputOf);
		this.memory = new Memory(context);
	}

	/** The one of its kind that all items of the run share, made for the first that asks. */
	share<T extends Shared>(kind: new (run: Run) => T): T {
		const shared = (this.shared.get(kind) as T | undefined) ?? new kind(this);
		this.shared.set(kind, shared);
		return shared;
	}

	/** Stops sending; requests in flight are still awaited. */
	stop(): void {
		this.api.waits.stop();
	}

	/** Ends what its items share. */
	close(): void {
		this.shared.forEach((shared) => shared.close());
	}
}
