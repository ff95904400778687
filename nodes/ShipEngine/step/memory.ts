import { randomUUID } from 'crypto';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { Failure, type FailureDetails, asFailure } from '../failures/failure';
import { fingerprint } from '../values/fingerprint';
import { isToolType } from '../values/tool';

/** What an item wants done, as far as has to be known to tell it from what another item wants. */
export interface Wish {
	/** For whom and what it is, as outputs name it. */
	subject: IDataObject;
	/** The part of the subject that an expression may make anew each time that n8n runs the node again. */
	madeAnew?: string;
	/** Tells one attempt from another, and must not be kept: a code. */
	secret?: string;
	/** Whether the same may be wanted again in the same execution, as another text message is. */
	isRepeatable: boolean;
	/** Whether a refusal uses something up, so that the same is not to be tried again. */
	isRefusalFinal?: boolean;
}

/** An item that was done. */
interface Done extends IDataObject {
	subject: IDataObject;
	output: IDataObject;
}

/** An item of a run of the node, in one execution. */
export interface Place {
	executionId: string;
	run: number;
	item: number;
}

/** What was done, and where. */
export interface Deed extends Place {
	subject: IDataObject;
	output: IDataObject;
}

/** An attempt after which nothing more may be sent for the item. */
interface Lost extends IDataObject {
	place: string;
	executionId: string;
	subject: IDataObject;
	secret?: string;
	failure: FailureDetails & IDataObject;
	/** How often n8n has come back with it. */
	tries: number;
}

/** What was done in an execution, in order: what its runs add is not looked through again by each. */
const HISTORY = new WeakMap<Kept, Deed[]>();

/** What n8n keeps of a node in plain text with the execution: no card, no key, no code. */
interface Kept {
	done?: Record<string, Done>;
	lost?: Lost[];
}

/** What n8n keeps for all of its steps. */
interface KeptOfAll {
	shipEngineExecution?: string;
}

/**
 * The outcomes of items. n8n's Retry On Fail runs the whole node again with the same items: what was
 * done, or may have been, is not done again.
 */
export class Memory {
	/**
	 * What was done in this execution, in order. It is the same list for all runs of an execution, as long
	 * as the process lives.
	 */
	readonly deeds: Deed[];

	private readonly done: Record<string, Done>;

	private readonly lost: Lost[];

	/** Which run of the node it is, in this execution. */
	readonly run: number;

	/** Names the execution: the same for all of its steps and in all of its retries. */
	readonly lineage: string;

	private readonly executionId: string;

	/** n8n takes each call of an agent's tool for a run of its own, each retry of a call too. */
	private readonly isTool: boolean;

	/** How often n8n tries a call of a tool. */
	private readonly toolTries: number;

	constructor(context: IExecuteFunctions) {
		const kept = context.getContext('node') as Kept;
		this.done = kept.done ??= {};
		this.lost = kept.lost ??= [];
		const ofAll = context.getContext('flow') as KeptOfAll;
		this.lineage = ofAll.shipEngineExecution ??= randomUUID();
		this.run = Number(context.getWorkflowDataProxy(0).$runIndex);
		this.executionId = context.getExecutionId();
		this.deeds = HISTORY.get(kept) ?? Object.entries(this.done).map((each) => this.deedOf(...each));
		HISTORY.set(kept, this.deeds);
		const { type, retryOnFail, maxTries = 3 } = context.getNode();
		this.isTool = isToolType(type);
		this.toolTries = retryOnFail ? Math.min(5, Math.max(2, maxTries)) : 1;
	}

	/**
	 * Does something for an item, once: what was done gives the same output, and what may have been
	 * done fails as before. A person who retries the whole execution has looked, and may send the
	 * latter again.
	 *
	 * @param act - does it, and gives the output
	 * @param settle - finds out the outcome of an attempt that may have been done, and gives its output
	 * @throws {@link Failure} if they do
	 */
	async once(
		itemIndex: number,
		wish: Wish,
		act: () => Promise<IDataObject>,
		settle: (lost: Failure, subject: IDataObject) => Promise<IDataObject> = rethrow,
	): Promise<IDataObject> {
		const place = `${this.run}:${itemIndex}`;
		const done = this.isTool ? this.doneByTool(wish) : this.done[place];
		if (done && this.isSame(done.subject, wish, true)) return done.output;

		const lost = this.lost.find((each) => this.isAgain(each, place, wish));
		if (lost) lost.tries += 1;
		const output = await (lost ? settle(new Failure(lost.failure), lost.subject) : act()).catch(
			asFailure,
		);
		if (!(output instanceof Failure)) {
			if (lost) this.forget(lost);
			this.done[place] = { subject: wish.subject, output };
			this.deeds.push({ ...this.placeOf(itemIndex), subject: wish.subject, output });
			return output;
		}
		if (lost && !lost.failure.isOfOther) {
			// That it could not be settled now, as in a canceled execution, makes it no less open.
			if (output.details.isUnknown) lost.failure = { ...output.details };
			throw new Failure(lost.failure);
		}
		if (!lost && isFinal(output, wish)) {
			const { executionId } = this;
			const secret = wish.secret && fingerprint(wish.secret);
			const failure = { ...output.details };
			this.lost.push({ place, executionId, subject: wish.subject, secret, failure, tries: 1 });
		}
		throw output;
	}

	/**
	 * What a call of a tool did. Calls that an agent makes in parallel share a place; and where the agent
	 * itself is tried again, it makes them anew.
	 */
	private doneByTool(wish: Wish): Pick<Deed, 'subject' | 'output'> | undefined {
		if (wish.isRepeatable) return undefined;
		return this.deeds.find(({ subject }) => this.isSame(subject, wish, false));
	}

	/** What may have been done in this execution: for whom, and what was told of it. */
	get losses(): Array<Place & { subject: IDataObject; failure: Failure }> {
		return this.lost
			.filter(({ executionId }) => executionId === this.executionId)
			.map(({ place, subject, failure }) => ({
				...this.parsed(place),
				...{ subject, failure: new Failure(failure) },
			}));
	}

	/** An item of this run. */
	placeOf(item: number): Place {
		return { executionId: this.executionId, run: this.run, item };
	}

	/** A place as it is kept: "0:3" is the fourth item of the first run. */
	private parsed(place: string): Place {
		const [run = 0, item = 0] = place.split(':').map(Number);
		return { executionId: this.executionId, run, item };
	}

	private deedOf(place: string, { subject, output }: Done): Deed {
		return { ...this.parsed(place), subject, output };
	}

	/** Another item may have found it out meanwhile. */
	private forget(lost: Lost): void {
		const at = this.lost.indexOf(lost);
		if (at >= 0) this.lost.splice(at, 1);
	}

	/** Whether an item comes again with what may have been done for it. */
	private isAgain(lost: Lost, place: string, wish: Wish): boolean {
		if (lost.executionId !== this.executionId) return false;
		const isHere = lost.place === place;
		// First, since to compare what is wanted takes long where much was lost.
		if (!isHere && !this.mayBeAgainElsewhere(lost, wish)) return false;
		if (wish.secret !== undefined && lost.secret !== fingerprint(wish.secret)) return false;
		return this.isSame(lost.subject, wish, isHere);
	}

	/** A loop, or an agent, that comes back with it; another item of this run may be meant as another. */
	private mayBeAgainElsewhere(lost: Lost, { isRepeatable }: Wish): boolean {
		if (!isRepeatable) return !lost.place.startsWith(`${this.run}:`);
		return this.isTool && lost.tries < this.toolTries;
	}

	private isSame(subject: IDataObject, { subject: wanted, madeAnew }: Wish, isHere: boolean) {
		const ignored = isHere && !this.isTool && madeAnew ? { [madeAnew]: undefined } : {};
		return JSON.stringify({ ...subject, ...ignored }) === JSON.stringify({ ...wanted, ...ignored });
	}
}

const rethrow = async (lost: Failure): Promise<never> => {
	throw lost;
};

function isFinal({ details }: Failure, { isRefusalFinal }: Wish): boolean {
	return details.isUnknown === true || (isRefusalFinal === true && details.isRefused === true);
}
