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
	/** What was texted to the phone. */
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

/** What a step came to: what the node, or whoever sent it, makes of the answers. */
export type Result = { done: true } | { failed: string };

const TOO_MANY = 429;

/** How long is waited for the API's limit at a time, in seconds. */
const LONGEST_WAIT = 60;

/** A walk through the chain at one API. The steps themselves stand in `steps.ts`. */
export class Walk {
	readonly known: Known = {};
	/** How often the API's limit of requests was reached. */
	limited = 0;

	private constructor(
		readonly place: Place,
		readonly person: Person,
		/** Under which the account is registered. */
		readonly nickname: string,
		private readonly between: Between,
	) {}

	static async begin(place: Place, person: Person, nickname: string): Promise<Walk> {
		return new Walk(place, person, nickname, await standBetween(place.url));
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
		const { json, error } = await runWorkflow(
			{
				nodes: [items('Items', { ...this.known.subAccount, ...item }), { ...node, ...going }],
				connections: chain('Items', node.name),
			},
			{ shipEngineApi: { apiKey, keyType: this.place.keyType, baseUrl: this.between.url } },
		);
		if (error) return { outputs: [], result: { failed: 'the step stopped' } };
		const outputs = json(node.name);
		const failure = outputs[0]?.error as { errors: Array<{ code: string }> } | undefined;
		return failure
			? { outputs: [], result: { failed: failure.errors.map(({ code }) => code).join(', ') } }
			: { outputs, result: { done: true } };
	}

	/** Sends what n8n's HTTP Request sends in the workflow of the first label. */
	async send(
		method: string,
		path: string,
		body?: object,
	): Promise<{ answer: IDataObject; result: Result }> {
		const onBehalfOf = this.known.subAccount?.on_behalf_of;
		const { status, data, headers } = await axios.request<IDataObject>({
			method,
			url: this.between.url + path,
			headers: {
				'API-Key': this.place.apiKey,
				...(onBehalfOf !== undefined && { 'On-Behalf-Of': String(onBehalfOf) }),
			},
			data: body,
			validateStatus: () => true,
		});
		if (status === TOO_MANY) {
			await sleep(Math.min(Number(headers['retry-after']) || 5, LONGEST_WAIT) * 1_000);
			return await this.send(method, path, body);
		}
		const result: Result = status < 300 ? { done: true } : { failed: `status ${status}` };
		return { answer: typeof data === 'object' && data !== null ? data : {}, result };
	}

	async end(): Promise<void> {
		await this.between.close();
	}
}
