import { type Server, createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import axios from 'axios';
import type { ExecutionError, IDataObject, IRunExecutionData } from 'n8n-workflow';
import { type Api, type Fault as ApiFault, startApi } from '../../sandbox/api';
import { until } from '../../sandbox/poll';
import {
	type Fault,
	type Operation,
	type Result,
	type Row,
	type Said,
	type Step,
	expected,
} from './cases';
import { PHONE, codeOf, itemOf, keyOf } from './steps';

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
};

/** Runs the step's workflow on one item, in whichever n8n, and gives what n8n keeps of the run. */
export type RunWorkflow = (item: IDataObject) => Promise<IRunExecutionData>;

/** A step's own API to meet faults at, and another host that must never hear of it. */
export class Stand {
	private asked = 0;

	private constructor(
		readonly step: Step,
		readonly api: Api,
		private readonly elsewhere: Server,
	) {
		elsewhere.on('request', (_request, response) => {
			this.asked += 1;
			response.end('{}');
		});
	}

	static async open(step: Step): Promise<Stand> {
		const elsewhere = createServer().listen(0, '127.0.0.1');
		await once(elsewhere, 'listening');
		return new Stand(step, await startApi({ apiKeys: [keyOf(step)] }), elsewhere);
	}

	/** Lets the step meet the fault, and says what it came to. */
	async meet(fault: Fault, run: RunWorkflow): Promise<Result> {
		const { api, step } = this;
		api.reset();
		this.asked = 0;
		const item = { ...itemOf(step, fault), ...(await this.fromEarlierSteps(fault)) };
		const before = this.acts();
		api.requests.length = 0;
		const does = typeof fault.does === 'function' ? fault.does(this.elsewhereUrl) : fault.does;
		api.faults.add({ operation: step.operation, ...does } as ApiFault);

		const runs: Said[] = [];
		for (let count = step.returnsExisting ? 3 : 1; count > 0; count -= 1) {
			runs.push(this.saidBy(await run(item)));
		}
		await this.settled({ fault, step }, before);
		return {
			acted: this.acts() - before,
			requests: api.requests.length,
			elsewhere: this.asked,
			runs,
		};
	}

	async close(): Promise<void> {
		this.elsewhere.close();
		this.elsewhere.closeAllConnections();
		await this.api.close();
	}

	private get elsewhereUrl(): string {
		return `http://127.0.0.1:${(this.elsewhere.address() as AddressInfo).port}/`;
	}

	/** How often the API has done what the operation is for. */
	private acts(): number {
		const { accounts, verifications } = this.api.state;
		if (this.step.operation === 'register') return accounts.length;
		if (this.step.operation === 'send') return verifications.length;
		return verifications.filter(({ status }) => status === 'verified').length;
	}

	/** What Register and Send would have put out. */
	private async fromEarlierSteps(fault: Fault): Promise<IDataObject> {
		const { api, step } = this;
		// To Register it is somebody else's, and no account that was just made.
		const { carrier_id } = api.addCarrier({ nickname: 'Other shop' });
		if (step.operation === 'register') return {};
		if (step.operation === 'send') return { carrier_id };

		await axios.post(
			`${api.url}/v1/connections/carriers/stamps_com/${carrier_id}/verification`,
			{ phone: PHONE, verification_type: 'sms' },
			{ headers: { 'API-Key': keyOf(step) } },
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
		await until('the API to act', hasActed, 5).catch(() => {});
	}

	private saidBy({ resultData }: IRunExecutionData): Said {
		const task = resultData.runData[STEP]?.at(-1);
		const outputs = task?.data?.main ?? [];
		const items = outputs.flatMap((output, index) =>
			(output ?? []).map(({ json }) => ({ json, at: OUTPUTS[index]! })),
		);
		if (task?.error) return this.failed(bodyOf(task.error), 'thrown');
		const [item] = items;
		if (!item || items.length > 1) return { code: `${items.length} items`, at: 'output' };
		const { json, at } = item;
		if (json.error) return this.failed(json.error as unknown as ErrorBody, at);

		const { carrier_id: id, recovered, existing } = json;
		const [account] = this.api.state.accounts;
		const isOwn = this.step.operation !== 'register' || id === account?.carrierId;
		const how = recovered ? 'recovered' : existing ? 'existing' : 'done';
		return { code: isOwn ? how : 'foreign carrier', at };
	}

	private failed({ message, errors, http_status: status }: ErrorBody, at: Said['at']): Said {
		const { failed, unknown } = WORDS[this.step.operation];
		const begins = message.startsWith(`${failed}: `)
			? 'not done'
			: message.startsWith(`${unknown}: `)
				? 'may be done'
				: 'otherwise';
		return { code: errors[0]?.code ?? 'none', status, begins, at };
	}
}

const OUTPUTS = ['output', 'branch'] as const;

/** The failure as data, in an error item or in the error that stops a run. */
interface ErrorBody {
	message: string;
	http_status: number | null;
	errors: Array<{ code: string }>;
}

/** An error of n8n itself has none. */
const bodyOf = (error: ExecutionError): ErrorBody =>
	(error as { context?: { data?: ErrorBody } }).context?.data ?? {
		message: error.message,
		http_status: null,
		errors: [],
	};
