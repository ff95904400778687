import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';
import type { IDataObject } from 'n8n-workflow';
import type { KeyType } from '../../nodes/ShipEngine/values/keyType';
import { chain, going, items, type NodeJson, runWorkflow } from '../engine/support/engine';
import { type Between, type Exchange, standBetween } from '../vendor/exchanges';

/** Whose data a walk uses: the API's names, flat. */
export interface Person {
	email: string;
	name: string;
	phone: string;
	address_line1: string;
	city_locality: string;
	state_province: string;
	postal_code: string;
}

/** An API, and how it lets itself be asked. */
export interface Place {
	/** Without a slash at the end. */
	url: string;
	apiKey: string;
	keyType: KeyType;
	/** What was texted to the phone; empty if it is to be left out. */
	code(phone: string): Promise<string>;
}

/** What the steps have found out so far. */
export interface Known {
	/** The output of Create. */
	subAccount?: IDataObject;
	carrierId?: string;
	verification?: IDataObject;
	rateId?: string;
	labelId?: string;
}

/** What a step came to: done, refused with these codes, failed in words of our own, or left out. */
export type Result =
	| { is: 'done' }
	| { is: 'refused'; codes: string[] }
	| { is: 'failed'; because: string }
	| { is: 'left' };

export const DONE: Result = { is: 'done' };

export const failed = (because: string): Result => ({ is: 'failed', because });

const TOO_MANY = 429;

/** How often, and how long at a time in seconds, the API's limit is waited for. */
const MOST_WAITS = 5;
const LONGEST_WAIT = 60;
const SHORTEST_WAIT = 1;

/** How long an answer is waited for, in milliseconds. */
const TIMEOUT = 60_000;

/** A walk through the chain at one API. The steps themselves stand in `steps.ts`. */
export class Walk {
	readonly known: Known = {};
	/** How often the API's limit of requests was reached. */
	limited = 0;
	/** Settles when the walk is to end; one for all steps, since whoever waits for a signal stays with it. */
	private readonly cancelled: Promise<void>;

	private constructor(
		readonly place: Place,
		readonly person: Person,
		/** Under which the account is registered. */
		readonly nickname: string,
		private readonly between: Between,
		private readonly signal: AbortSignal,
	) {
		this.cancelled = new Promise((resolve) => {
			if (signal.aborted) resolve();
			else signal.addEventListener('abort', () => resolve(), { once: true });
		});
	}

	/** @param signal - ends what is under way */
	static async begin(
		place: Place,
		person: Person,
		nickname: string,
		signal: AbortSignal,
	): Promise<Walk> {
		return new Walk(place, person, nickname, await standBetween(place.url), signal);
	}

	/**
	 * The requests and answers since the last time that this was asked, but for those by which the API
	 * only said that there were too many.
	 */
	taken(): Exchange[] {
		const all = this.between.exchanges.splice(0);
		const taken = all.filter(({ status }) => status !== TOO_MANY);
		this.limited += all.length - taken.length;
		return taken;
	}

	/** Runs a step of the node on one item, in n8n's own engine. */
	async run(
		node: NodeJson,
		item: IDataObject = {},
		apiKey = this.place.apiKey,
	): Promise<{ outputs: IDataObject[]; result: Result }> {
		const running = runWorkflow(
			{
				nodes: [items('Items', { ...this.known.subAccount, ...item }), { ...node, ...going }],
				connections: chain('Items', node.name),
			},
			{ shipEngineApi: { apiKey, keyType: this.place.keyType, baseUrl: this.between.url } },
			this.cancelled,
		);
		const outcome = await Promise.race([running, this.cancelled]);
		if (!outcome || outcome.error) return { outputs: [], result: failed('the step was stopped') };
		const outputs = outcome.json(node.name);
		const failure = outputs[0]?.error as { errors: Array<{ code: string }> } | undefined;
		return failure
			? { outputs: [], result: { is: 'refused', codes: failure.errors.map(({ code }) => code) } }
			: { outputs, result: DONE };
	}

	/** Sends what n8n's HTTP Request sends in the workflow of the first label; follows nothing. */
	async send(
		method: string,
		path: string,
		body?: object,
		waits = 0,
	): Promise<{ answer: IDataObject; result: Result }> {
		const onBehalfOf = this.known.subAccount?.on_behalf_of;
		const { status, data, headers } = await axios.request<unknown>({
			method,
			url: this.between.url + path,
			headers: {
				'API-Key': this.place.apiKey,
				...(onBehalfOf !== undefined && { 'On-Behalf-Of': String(onBehalfOf) }),
			},
			data: body,
			maxRedirects: 0,
			validateStatus: () => true,
			timeout: TIMEOUT,
			signal: this.signal,
		});
		if (status === TOO_MANY && waits < MOST_WAITS) {
			const asked = Number(headers['retry-after']) || SHORTEST_WAIT;
			const seconds = Math.min(Math.max(asked, SHORTEST_WAIT), LONGEST_WAIT);
			await sleep(seconds * 1_000, undefined, { signal: this.signal });
			return await this.send(method, path, body, waits + 1);
		}
		const answer = typeof data === 'object' && data !== null ? (data as IDataObject) : {};
		return { answer, result: status < 300 ? DONE : failed(`status ${status}`) };
	}

	async end(): Promise<void> {
		await this.between.close();
	}
}
