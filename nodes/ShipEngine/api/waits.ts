import { sleep } from 'n8n-workflow';
import { Failure } from '../failures/failure';

/**
 * All waiting of a run. A cancelled execution, or a run that stops at a failed item, leaves every
 * wait at once, and nothing more is sent.
 *
 * @param cancelled - n8n's signal that the execution was cancelled
 */
export class Waits {
	private hasStopped = false;

	/** Of each wait, what ends it. */
	private readonly waiting = new Set<() => void>();

	/** One listener for all of them: Node warns of a leak where a signal has more than ten. */
	private readonly wakeAll = () => this.waiting.forEach((wake) => wake());

	constructor(private readonly cancelled: AbortSignal | undefined) {}

	/** Ends the run's waits, those to come too. */
	stop(): void {
		this.hasStopped = true;
		this.wakeAll();
	}

	/** Waits for so many milliseconds. Throws a {@link Failure} where nothing more is to be sent. */
	async pause(duration: number): Promise<void> {
		await this.unlessOver(() => sleep(duration));
	}

	/**
	 * Waits for something to come about, at most for so many milliseconds.
	 *
	 * @returns whether it came about
	 * @throws {@link Failure} where nothing more is to be sent
	 */
	async until(event: Promise<unknown>, duration: number): Promise<boolean> {
		const first = () => Promise.race([event.then(() => true), timeUp(duration)]);
		return (await this.unlessOver(first)) === true;
	}

	private async unlessOver<T>(begin: () => Promise<T>): Promise<T | void> {
		this.refuseIfOver();
		let wake = () => {};
		const woken = new Promise<void>((resolve) => (wake = resolve));
		this.waiting.add(wake);
		this.cancelled?.addEventListener('abort', this.wakeAll);
		try {
			return await Promise.race([begin(), woken]);
		} finally {
			this.waiting.delete(wake);
			if (this.waiting.size === 0) this.cancelled?.removeEventListener('abort', this.wakeAll);
			this.refuseIfOver();
		}
	}

	/** Throws a {@link Failure} where nothing more is to be sent. */
	refuseIfOver(): void {
		if (this.cancelled?.aborted)
			throw notSent('The execution was canceled before this item was sent');
		if (this.hasStopped) throw notSent('Another item failed before this item was sent');
	}
}

/** Unlike n8n's `sleep`, it leaves no timer behind that would keep n8n from ending. */
async function timeUp(duration: number): Promise<boolean> {
	const late = AbortSignal.timeout(Math.ceil(duration));
	return await new Promise((resolve) => {
		late.addEventListener('abort', () => resolve(false));
	});
}

/** n8n takes an execution for canceled where the error has this very word. */
function notSent(message: string): Failure {
	return new Failure({
		message,
		description: 'Nothing was sent for this item. Run it again when you are ready.',
		reasons: [{ code: 'canceled', field: null, message }],
	});
}
