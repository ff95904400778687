import { Failure, asFailure } from '../failures/failure';
import { LOOK_PAUSES } from './policy';
import type { ApiRequest, FailureWords } from './request';
import type { Transport } from './transport';
import type { Waits } from './waits';

/** What all requests of an item have in common: the words of its failures, what it is about, for whom. */
export interface Common<W>
	extends Pick<
		ApiRequest<unknown>,
		'carrierId' | 'onBehalfOf' | 'isNewSubAccount' | 'timeout' | 'secrets' | 'tellsWordsOnly'
	> {
	words: W;
}

type Asked<T> = Pick<ApiRequest<T>, 'path' | 'body' | 'parse' | 'ifNotFound'>;

/** A request that changes nothing. */
interface Read<T> extends Asked<T>, Pick<ApiRequest<T>, 'accepts'> {
	/** `GET` if it is not said. */
	method?: 'GET' | 'POST';
	/** Why the item fails if this does: "the balance could not be read". */
	since?: string;
}

/** A request that makes, sends or uses up something at the API. */
interface Write<T> extends Asked<T> {
	method: 'POST' | 'PUT' | 'DELETE';
}

/** What a request changed, and whether that was found only afterwards, since its answer was lost. */
interface Written<T> {
	value: T;
	recovered?: true;
}

/** The requests of an item whose operation changes nothing. */
export class Reads<W extends Pick<FailureWords, 'failed'> = Pick<FailureWords, 'failed'>> {
	constructor(
		protected readonly transport: Transport,
		readonly common: Common<W>,
	) {}

	/** The waits of the run, which end with it. */
	get waits(): Waits {
		return this.transport.waits;
	}

	/** The address of the API. */
	async server(): Promise<string> {
		return await this.transport.server(this.common.words.failed);
	}

	/** What the API said, as an output may repeat it: without the key, and of a bounded length. */
	async repeated(text: string): Promise<string> {
		return await this.transport.repeated(text, this.common.words.failed);
	}

	/** Tells the account of the API key from others, without holding the key. */
	async account(): Promise<string> {
		return await this.transport.account(this.common.words.failed);
	}

	/**
	 * Reads something, again if no answer came.
	 *
	 * @throws {@link Failure} in words for the user
	 */
	async read<T>({ method = 'GET', since, ...request }: Read<T>): Promise<T> {
		const { words, ...common } = this.common;
		const failed = since === undefined ? words.failed : `${words.failed}, since ${since}`;
		return await this.transport.send({
			...common,
			...request,
			kind: 'read',
			method,
			words: { failed },
		});
	}
}

/** The requests of an item whose operation changes something; it may read as well. */
export class Requests extends Reads<FailureWords> {
	/** The same requests, whose failures are told in other words. */
	telling(words: Partial<FailureWords>): Requests {
		const told = { ...this.common.words, ...words };
		return new Requests(this.transport, { ...this.common, words: told });
	}

	/**
	 * Changes something, once: what may have arrived is not sent again.
	 *
	 * @throws {@link Failure} in words for the user; `isUnknown` if it may have been carried out
	 */
	async write<T>(request: Write<T>): Promise<T> {
		return await this.transport.send({ ...this.common, ...request, kind: 'write' });
	}

	/**
	 * Like {@link write}, and looks what became of it if the answer was lost.
	 *
	 * @param look - gives what shows that it was carried out; undefined if nothing does yet
	 */
	async writeOrFind<T>(request: Write<T>, look: () => Promise<T | undefined>): Promise<Written<T>> {
		const written = await this.write(request).catch(asFailure);
		if (!(written instanceof Failure)) return { value: written };
		if (!written.details.isUnknown) throw written;
		const found = await this.find(look);
		if (found === undefined) throw written;
		return { value: found, recovered: true };
	}

	/** What a look shows. Undefined also if no look is possible: then the outcome stays unknown. */
	private async find<T>(look: () => Promise<T | undefined>): Promise<T | undefined> {
		for (const pause of LOOK_PAUSES) {
			const found = await this.waits
				.pause(pause)
				.then(look)
				.catch(() => undefined);
			if (found !== undefined) return found;
		}
		return undefined;
	}
}
