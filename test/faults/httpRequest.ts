import type { IDataObject } from 'n8n-workflow';
import { type Api, type Fault as ApiFault, startApi } from '../../sandbox/api';
import type { NewCredential, WorkflowFile } from '../../sandbox/n8n/api';
import { FAULTS, type Fault } from './cases';
import { beyondInput } from './beyondInput';
import type { WatchedN8n } from './n8n';
import { type Found, SecretCounter } from './secrets';
import { BODY } from './steps';
import { workflowOf } from './workflows';

/** The faults that n8n's own HTTP Request node meets for comparison: answers lost after the API acted. */
const COMPARED = FAULTS.filter(({ name }) =>
	['delay past the timeout, after acting', 'drop after acting', '500 after acting'].includes(name),
);

/** What the HTTP Request node came to, run twice: at the fault, and again after it. */
export interface Compared {
	fault: Fault;
	accounts: number;
	card: Found;
	key: Found;
}

/** A published test number that no other row has. */
const CARD_NUMBER = '4012888888881881';

const SECONDS = 1000;

/**
 * The same registration without this package, as n8n's HTTP Request node would do it: the key in a
 * Header Auth credential, the body an expression of the item. Nothing is asked of it.
 */
export class Comparison {
	readonly credentials: NewCredential[];
	readonly workflows: WorkflowFile[];

	private constructor(private readonly apis: Api[]) {
		this.credentials = apis.map((_api, index) => ({
			name: `Header ${index}`,
			type: 'httpHeaderAuth',
			data: { name: 'API-Key', value: keyOf(index) },
		}));
		this.workflows = apis.map(({ url }, index) =>
			workflowOf(`HTTP Request ${index}`, `http-request-${index}`, {
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.2,
				parameters: {
					method: 'POST',
					url: `${url}/v1/registration/stamps_com`,
					authentication: 'genericCredentialType',
					genericAuthType: 'httpHeaderAuth',
					sendBody: true,
					specifyBody: 'json',
					jsonBody: '={{ JSON.stringify($json) }}',
					options: { timeout: (COMPARED[index]?.timeout ?? 30) * SECONDS },
				},
				credentials: { httpHeaderAuth: { id: null, name: `Header ${index}` } },
			}),
		);
	}

	static async open(): Promise<Comparison> {
		const opening = COMPARED.map(async (_fault, index) => startApi({ apiKeys: [keyOf(index)] }));
		return new Comparison(await Promise.all(opening));
	}

	/** Runs the workflows, one after another, each twice. */
	async run(n8n: WatchedN8n): Promise<Compared[]> {
		const compared: Compared[] = [];
		for (const [index, fault] of COMPARED.entries()) {
			const api = this.apis[index]!;
			api.faults.add({ operation: 'register', ...(fault.does as object) } as ApiFault);
			const logged = (await n8n.log()).length;
			const item: IDataObject = {
				...BODY,
				credit_card: { ...BODY.credit_card, number: CARD_NUMBER, type: 'Visa' },
			};
			const first = await n8n.run(this.workflows[index]!, item);
			const second = await n8n.run(this.workflows[index]!, item);
			const database = new SecretCounter(beyondInput(first) + beyondInput(second));
			const log = new SecretCounter((await n8n.log()).slice(logged));
			const found = (secret: string) => ({
				database: database.count(secret),
				log: log.count(secret),
			});
			compared.push({
				fault,
				accounts: api.state.accounts.length,
				card: found(CARD_NUMBER),
				key: found(keyOf(index)),
			});
		}
		return compared;
	}

	async close(): Promise<void> {
		await Promise.all(this.apis.map(async (api) => await api.close()));
	}
}

const keyOf = (index: number) => `key-http-request-${index}`;
