import axios from 'axios';
import type { INode } from 'n8n-workflow';
import { type Api, SANDBOX_KEY, startApi } from '../../../sandbox/api';
import type { Execution, NewCredential, WorkflowFile } from '../../../sandbox/n8n/api';
import { installN8n } from '../../../sandbox/n8n/install.cjs';
import {
	type QueueN8n,
	type QueueSettings,
	type Worker,
	startQueueN8n,
} from '../../../sandbox/queue';
import { until } from '../../../sandbox/support/poll';
import { PHONE, REGISTRANT, TEST_CARD_NUMBER } from '../../../sandbox/examples/person';
import { node } from '../../e2e/support/workflows';

/** A registration as an item, but for its nickname. */
export const ACCOUNT = REGISTRANT;

export { PHONE };

/** A ShipEngine step; of the resource Stamps Account, unless another is named. */
export const step = (
	name: string,
	operation: string,
	parameters: { resource?: string; [name: string]: unknown } = {},
	more: Partial<INode> = {},
): INode =>
	node(name, 'n8n-nodes-shipengine.shipEngine', 1, {
		...more,
		parameters: { resource: 'stampsAccount', operation, ...parameters } as INode['parameters'],
		credentials: {
			shipEngineApi: {
				id: null,
				name: parameters.resource === 'subAccount' ? 'Partner' : 'ShipEngine API',
			},
			shipEnginePaymentCardApi: { id: null, name: 'Card' },
			shipEngineStampsLoginApi: { id: null, name: 'Stamps Login' },
		},
	});

/** Registers the item, with the card of the credential. */
export const register = (parameters: object = {}, more: Partial<INode> = {}) =>
	step(
		'Register',
		'register',
		{ dataMode: 'autoMapInputData', cardSource: 'credential', ...parameters },
		more,
	);

/** An n8n in queue mode with workflows, and the stand-in that their credential points to. */
export interface QueueSandbox {
	api: Api;
	n8n: QueueN8n;
	/** The id of a workflow, by its name. */
	idOf(name: string): string;
	/** Calls a workflow's webhook with items; the answer, whatever its status. */
	call(name: string, ...items: object[]): Promise<{ status: number; data: unknown }>;
	/** A newer execution of a workflow, once it has ended. */
	ended(name: string, before: string | undefined): Promise<Execution>;
	/** The id of a workflow's newest execution. */
	newest(name: string): Promise<string | undefined>;
	/** The worker that has begun a newer execution of a workflow. */
	workerOf(name: string, before: string | undefined): Promise<Worker>;
	/** Waits until the main answers: it loses its database for a moment, when that is started again. */
	back(): Promise<void>;
	stop(): Promise<void>;
}

const ownCredentials = (api: Api): NewCredential[] => [
	{
		name: 'ShipEngine API',
		type: 'shipEngineApi',
		data: { apiKey: SANDBOX_KEY, baseUrl: api.url },
	},
	{
		name: 'Partner',
		type: 'shipEngineApi',
		data: { apiKey: SANDBOX_KEY, keyType: 'partner', baseUrl: api.url },
	},
	{
		name: 'Card',
		type: 'shipEnginePaymentCardApi',
		data: {
			cardName: 'my credit card',
			cardNumber: TEST_CARD_NUMBER,
			cardType: 'detect',
			cardExpirationYear: String(new Date().getFullYear() + 1),
			cardExpirationMonth: '07',
			baseUrl: api.url,
		},
	},
	{
		name: 'Stamps Login',
		type: 'shipEngineStampsLoginApi',
		data: {
			username: 'austin-store',
			password: 'not a password: example',
			baseUrl: api.url,
		},
	},
];

/**
 * @param workflows each of which a webhook begins; of its name, where it is to be called by `call`
 * @param settings.credentials more of them, for the stand-in
 * @param settings.environment more variables, for main and workers
 */
export async function startQueueSandbox(
	workflows: WorkflowFile[],
	{
		credentials,
		environment,
		...settings
	}: QueueSettings & {
		credentials?: (api: Api) => NewCredential[];
		environment?: Record<string, string>;
	} = {},
): Promise<QueueSandbox> {
	const api = await startApi();
	let n8n: QueueN8n;
	try {
		const contents = {
			credentials: [...ownCredentials(api), ...(credentials?.(api) ?? [])],
			workflows,
			environment,
		};
		n8n = await startQueueN8n(await installN8n('2.41.1'), contents, settings);
	} catch (error) {
		await api.close();
		throw error;
	}
	const { main, workers } = n8n;
	const idOf = (name: string) =>
		main.workflowIds[workflows.findIndex((each) => each.name === name)]!;
	return {
		api,
		n8n,
		idOf,
		async call(name, ...items) {
			const options = { validateStatus: () => true, timeout: 120_000 };
			const { status, data } = await axios.post(`${main.url}/webhook/${name}`, { items }, options);
			return { status, data: data as unknown };
		},
		ended: async (name, before) =>
			await until(
				`${name} to end`,
				async () => {
					const latest = await main.api.latestExecution(idOf(name));
					const isNewer = Number(latest?.id ?? 0) > Number(before ?? 0);
					return latest && isNewer && !['new', 'running', 'waiting'].includes(latest.status)
						? latest
						: undefined;
				},
				60,
			),
		newest: async (name) => await main.api.newestId(idOf(name)),
		workerOf: async (name, before) =>
			await until(
				`a worker to begin ${name}`,
				async () => {
					const newest = await main.api.newestId(idOf(name));
					if (newest === undefined || newest === before) return undefined;
					for (const worker of workers) {
						if ((await worker.executions()).includes(newest)) return worker;
					}
					return undefined;
				},
				30,
			),
		back: async () =>
			await until(
				'n8n to answer',
				async () => (await main.api.isReady().catch(() => false)) || undefined,
				60,
			).then(() => {}),
		async stop() {
			await n8n.stop();
			await api.close();
		},
	};
}
