import { type Server, createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';
import type { ExecutionError, IDataObject, IRunExecutionData } from 'n8n-workflow';
import { type Api, type Fault as ApiFault, startApi } from '../../sandbox/api';
import { until } from '../../sandbox/support/poll';
import type { ApiCredential, Between } from './between';
import { type Fault, type Operation, type Row, type Step, expected } from './cases';
import { type Result, type Said } from './said';
import { PHONE, codeOf, itemOf, keyOf, keyOfRow } from './steps';

/** The name of the step in its workflow. */
export const STEP = 'Step';

/** How each operation speaks of what did not work. */
const WORDS: Record<Operation, { failed: string; unknown: string }> = {
	register: {
		failed: 'The Stamps account was not registered',
		unknown: 'The Stamps account may or may not have been registered',
	},
	send: {
		failed: 'The verification code was not sent',
		unknown: 'The verification code may or may not have been sent',
	},
	confirm: {
		failed: 'The phone number was not verified',
		unknown: 'The phone number may or may not have been verified',
	},
	createSubAccount: {
		failed: 'The sub-account was not created',
		unknown: 'The sub-account may or may not have been created',
	},
	addFunds: {
		failed: 'The funds were not added',
		unknown: 'The funds may or may not have been added',
	},
	connect: {
		failed: 'The Stamps account was not connected',
		unknown: 'The Stamps account may or may not have been connected',
	},
	disconnect: {
		failed: 'The carrier was not disconnected',
		unknown: 'The carrier may or may not have been disconnected',
	},
};

/** A step's workflow, in whichever n8n. */
export interface Runner {
	/** Changes what the step's credential of the API holds. */
	trust(credential: ApiCredential): Promise<void>;
	/**
	 * Runs it on one item, and gives what n8n keeps of the run.
	 *
	 * @param onRetry called once n8n's Retry On Fail begins a second try; the third sees what it changes
	 */
	run(item: IDataObject, onRetry?: () => Promise<void>): Promise<IRunExecutionData>;
}

/** A step's own API to meet faults at, and other hosts that must never hear of it. */
export class Stand {
	private asked = 0;

	private constructor(
		readonly step: Step,
		readonly api: Api,
		private readonly elsewhere: Server,
		private readonly between: Between,
	) {
		elsewhere.on('request', (_request, response) => {
			this.asked += 1;
			response.end('{}');
		});
	}

	static async open(step: Step, between: Between): Promise<Stand> {
		const elsewhere = createServer().listen(0, '127.0.0.1');
		await once(elsewhere, 'listening');
		return new Stand(step, await startApi(), elsewhere, between);
	}

	/** What the step's credential holds before its first fault: a key that the API does not know. */
	get credential(): ApiCredential {
		return { apiKey: keyOf(this.step), keyType: this.keyType, baseUrl: this.api.url };
	}

	/** What it holds where a fault does not change it. */
	private credentialFor(fault: Fault): ApiCredential {
		return { ...this.credential, apiKey: keyOfRow({ fault, step: this.step }) };
	}

	private get keyType(): string {
		return this.step.operation === 'createSubAccount' ? 'partner' : 'own';
	}

	/** Lets the step meet the fault, and says what it came to. */
	async meet(fault: Fault, runner: Runner): Promise<Result> {
		const { api, step } = this;
		const { apiKey } = this.credentialFor(fault);
		api.reset({ apiKeys: [apiKey] });
		this.asked = 0;
		const askedBetween = this.between.requests;
		const item = { ...(await itemOf(step, fault)), ...(await this.fromEarlierSteps(fault)) };
		const before = this.acts();
		api.requests.length = 0;
		const run = new AbortController();
		const isGivenUp = this.givenUp(apiKey, run.signal);
		const meeting = { elsewhere: this.elsewhereUrl, isGivenUp };
		const does = typeof fault.does === 'function' ? fault.does(meeting) : fault.does;
		if (does) api.faults.add({ operation: step.operation, ...does } as ApiFault);

		const first = await this.firstRun(fault, runner, item).finally(() => run.abort());
		const runs = [this.saidBy(first, fault)];
		for (let more = step.returnsExisting ? 2 : 0; more > 0; more -= 1) {
			runs.push(this.saidBy(await runner.run(item), fault));
		}
		await this.settled({ fault, step }, before);
		return {
			acted: this.acts() - before,
			requests: api.requests.filter(({ headers }) => headers['api-key'] === apiKey).length,
			elsewhere: this.asked + this.between.requests - askedBetween,
			runs,
		};
	}

	/** Resolves when the step has looked once what became of the request that it sent, or at the run's end. */
	private async givenUp(apiKey: string, run: AbortSignal): Promise<void> {
		const hasLooked = () => {
			const own = this.api.requests.filter(({ headers }) => headers['api-key'] === apiKey);
			const sent = own.findIndex(({ method }) => method !== 'GET');
			return sent >= 0 && own.slice(sent + 1).some(({ isAnswered }) => isAnswered);
		};
		while (!run.aborted && !hasLooked()) await sleep(10);
	}

	/** The run that meets the fault. What is in the way is put right afterwards, or between the tries. */
	private async firstRun(fault: Fault, runner: Runner, item: IDataObject) {
		const { by } = fault;
		const credential = this.credentialFor(fault);
		await runner.trust(by ? this.between.hindered(credential, by) : credential);
		if (!by) return await runner.run(item);
		const mend = async () => await runner.trust(credential);
		if (this.step.way === 'retry') return await runner.run(item, mend);
		const run = await runner.run(item);
		await mend();
		return run;
	}

	async close(): Promise<void> {
		this.elsewhere.close();
		this.elsewhere.closeAllConnections();
		await this.api.close();
	}

	private get elsewhereUrl(): string {
		return `http://127.0.0.1:${(this.elsewhere.address() as AddressInfo).port}/`;
	}

	/** How often the API has done what the operation is for, but for a number that stays the same. */
	private acts(): number {
		const { accounts, carriers, charges, logins, subAccounts, verifications } = this.api.state;
		switch (this.step.operation) {
			case 'register':
				return accounts.length;
			case 'send':
				return verifications.length;
			case 'confirm':
				return verifications.filter(({ status }) => status === 'verified').length;
			case 'createSubAccount':
				return subAccounts.length;
			case 'addFunds':
				return charges.length;
			case 'connect':
				return logins.length;
			case 'disconnect':
				return -carriers().length;
		}
	}

	/** What earlier steps would have put out. */
	private async fromEarlierSteps(fault: Fault): Promise<IDataObject> {
		const { api, step } = this;
		// To a step that makes one it is somebody else's, and no account that was just made.
		const { carrier_id } = api.addCarrier({ nickname: 'Other shop' });
		if (['register', 'connect', 'createSubAccount'].includes(step.operation)) return {};
		if (step.operation !== 'confirm') return { carrier_id };

		await axios.post(
			`${api.url}/v1/connections/carriers/stamps_com/${carrier_id}/verification`,
			{ phone: PHONE, verification_type: 'sms' },
			{ headers: { 'API-Key': this.credentialFor(fault).apiKey } },
		);
		const verification = api.state.verifications[0]!;
		verification.code = codeOf(step, fault);
		return { carrier_id, verification_id: verification.id, verification_code: verification.code };
	}

	/** Waits for an API that acts after the step has given up. */
	private async settled(row: Row, before: number): Promise<void> {
		if (row.fault.acts !== 'late') return;
		const enough = before + expected(row).acted;
		const hasActed = async () => this.acts() >= enough || undefined;
		// Where it does not, the row says so.
		await until('the API to act', hasActed, 60).catch(() => {});
	}

	private saidBy({ resultData }: IRunExecutionData, fault: Fault): Said {
		const task = resultData.runData[STEP]?.at(-1);
		const outputs = task?.data?.main ?? [];
		const items = outputs.flatMap((output, index) =>
			(output ?? []).map(({ json }) => ({ json, at: OUTPUTS[index]! })),
		);
		if (task?.error) return this.failed(bodyOf(task.error), 'thrown', fault);
		const [item] = items;
		if (!item || items.length > 1) return { code: `${items.length} items`, at: 'output' };
		const { json, at } = item;
		if (json.error) return this.failed(json.error as unknown as ErrorBody, at, fault);

		const { recovered, existing } = json;
		const how = recovered ? 'recovered' : existing ? 'existing' : 'done';
		return { code: this.isOwn(json) ? how : 'foreign', at };
	}

	/** Whether an item names what was made for it, where something was. */
	private isOwn({ carrier_id, account_id }: IDataObject): boolean {
		const { accounts, logins, subAccounts } = this.api.state;
		switch (this.step.operation) {
			case 'register':
				return carrier_id === accounts[0]?.carrierId;
			case 'connect':
				return carrier_id === logins[0]?.carrierId;
			case 'createSubAccount':
				return account_id === subAccounts[0]?.account_id;
			default:
				return true;
		}
	}

	/** The keys of the sub-accounts that there are: they may be nowhere. */
	get subAccountKeys(): string[] {
		return this.api.state.subAccounts.map(({ key }) => key);
	}

	private failed(body: ErrorBody, at: Said['at'], { advice }: Fault): Said {
		const { description, errors, http_status: status } = body;
		const message = body.message.replace(/ \(open charge chg_[a-z]{10}\)/, '');
		const { failed, unknown } = WORDS[this.step.operation];
		// Why stands behind it.
		const says = (words: string) =>
			message.startsWith(words) && /^[:,] /.test(message.slice(words.length));
		const begins = says(failed) ? 'not done' : says(unknown) ? 'may be done' : 'otherwise';
		return {
			code: errors[0]?.code ?? 'none',
			status,
			begins,
			advice: advice !== undefined && description.includes(advice) ? advice : null,
			at,
		};
	}
}

const OUTPUTS = ['output', 'branch'] as const;

/** The failure as data, in an error item or in the error that stops a run. */
interface ErrorBody {
	message: string;
	description: string;
	http_status: number | null;
	errors: Array<{ code: string }>;
}

/** An error of n8n itself has none. */
const bodyOf = (error: ExecutionError): ErrorBody =>
	(error as { context?: { data?: ErrorBody } }).context?.data ?? {
		message: error.message,
		description: '',
		http_status: null,
		errors: [],
	};
