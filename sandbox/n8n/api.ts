import { randomBytes } from 'node:crypto';
import axios, { type AxiosInstance, isAxiosError } from 'axios';
import type { IRunExecutionData, IWorkflowBase } from 'n8n-workflow';

/** Whoever may sign in to the editor. */
export interface Owner {
	email: string;
	password: string;
}

/** A credential as it is entered in the editor. */
export interface NewCredential {
	name: string;
	type: string;
	data: Record<string, string>;
}

/** A workflow as its exported file holds it. */
export type WorkflowFile = Pick<IWorkflowBase, 'name' | 'nodes' | 'connections' | 'settings'>;

/** One run of a workflow. */
export interface Execution {
	id: string;
	status: string;
	data: IRunExecutionData;
}

/** Says what n8n answered: axios's own message has only the status. */
function explain(error: unknown): never {
	if (!isAxiosError(error) || !error.response) throw error;
	const { config, data, status } = error.response;
	const request = `${config.method?.toUpperCase()} ${config.url}`;
	throw new Error(`n8n answered ${status} to ${request}: ${JSON.stringify(data)}`);
}

const SCOPES = ['credential:create', 'workflow:create', 'workflow:activate', 'execution:list'];

/**
 * Makes the owner of a new n8n, with a password made now.
 * @returns the owner and the session's cookie; undefined while n8n isn't ready yet
 */
async function makeOwner(url: string): Promise<{ owner: Owner; cookie: string } | undefined> {
	const owner = {
		email: 'owner@sandbox.example',
		password: `Aa1-${randomBytes(9).toString('hex')}`,
	};
	const answer = await axios.post(
		`${url}/rest/owner/setup`,
		{ ...owner, firstName: 'Sandbox', lastName: 'Owner' },
		{ validateStatus: (status) => status === 200 || status === 404 },
	);
	const cookies = answer.headers['set-cookie'] ?? [];
	if (answer.status === 404) return undefined;
	return { owner, cookie: cookies.map((cookie) => cookie.split(';')[0]).join('; ') };
}

/** n8n's public API, used as the owner. */
export class N8nApi {
	private constructor(
		private readonly http: AxiosInstance,
		readonly owner: Owner,
	) {}

	/** Sets up a new n8n: its owner, and a key to its API. Undefined while n8n isn't ready yet. */
	static async setUp(url: string): Promise<N8nApi | undefined> {
		const made = await makeOwner(url);
		if (!made) return undefined;
		const { data } = await axios.post<{ data: { rawApiKey: string } }>(
			`${url}/rest/api-keys`,
			{ label: 'sandbox', scopes: SCOPES, expiresAt: null },
			{ headers: { cookie: made.cookie } },
		);
		const headers = { 'X-N8N-API-KEY': data.data.rawApiKey };
		const http = axios.create({ baseURL: `${url}/api/v1`, headers });
		http.interceptors.response.use(undefined, explain);
		return new N8nApi(http, made.owner);
	}

	/** Saves a credential; its id is returned. */
	async addCredential(credential: NewCredential): Promise<string> {
		const { data } = await this.http.post<{ id: string }>('/credentials', credential);
		return data.id;
	}

	/** Imports a workflow and publishes it; its id is returned. */
	async addWorkflow({ name, nodes, connections, settings }: WorkflowFile): Promise<string> {
		const { data } = await this.http.post<{ id: string }>('/workflows', {
			name,
			nodes,
			connections,
			settings,
		});
		await this.http.post(`/workflows/${data.id}/activate`, {});
		return data.id;
	}

	/** The newest run of a workflow with its data, if there is one. */
	async latestExecution(workflowId: string): Promise<Execution | undefined> {
		const { data } = await this.http.get<{ data: Execution[] }>('/executions', {
			params: { workflowId, includeData: true, limit: 1 },
		});
		return data.data[0];
	}
}
