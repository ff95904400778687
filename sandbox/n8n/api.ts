import { until } from '../support/poll';
import { randomBytes } from 'node:crypto';
import axios, { type AxiosInstance, isAxiosError } from 'axios';
import type { INodeCredentialTestResult, IRunExecutionData, IWorkflowBase } from 'n8n-workflow';

/** Whoever may sign in to the editor. */
export interface Owner {
	email: string;
	password: string;
}

/** A credential as it is entered in the editor. */
export interface NewCredential {
	name: string;
	type: string;
	data: Record<string, string | number | boolean>;
}

/** A workflow as its exported file holds it. */
export type WorkflowFile = Pick<
	IWorkflowBase,
	'name' | 'nodes' | 'connections' | 'settings' | 'pinData'
>;

/** One run of a workflow. */
export interface Execution {
	id: string;
	status: string;
	data: IRunExecutionData;
}

/** A Data Table as n8n lists it. */
interface DataTable {
	id: string;
	name: string;
	projectId: string;
}

/** A row of a Data Table: its columns, and n8n's own `id`, `createdAt` and `updatedAt`. */
export type DataTableRow = Record<string, unknown>;

/** Says what n8n answered: axios's own message has only the status. */
function explain(error: unknown): never {
	if (!isAxiosError(error) || !error.response) throw error;
	const { config, data, status } = error.response;
	const request = `${config.method?.toUpperCase()} ${config.url}`;
	throw new Error(`n8n answered ${status} to ${request}: ${JSON.stringify(data)}`);
}

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

/**
 * n8n over HTTP, as its owner. What the editor does goes the editor's way (`/rest`); runs are read
 * from the public API, which gives their data as plain JSON.
 */
export class N8nApi {
	/** The ids of the credentials that were saved, by their names. */
	private readonly credentialIds = new Map<string, string>();

	private constructor(
		private readonly http: AxiosInstance,
		readonly owner: Owner,
	) {}

	/** Sets up a new n8n: its owner, and a key to its public API. Undefined while n8n isn't ready. */
	static async setUp(url: string): Promise<N8nApi | undefined> {
		const made = await makeOwner(url);
		if (!made) return undefined;
		const http = axios.create({ baseURL: url, headers: { cookie: made.cookie } });
		http.interceptors.response.use(undefined, explain);
		const { data } = await http.post<{ data: { rawApiKey: string } }>('/rest/api-keys', {
			label: 'sandbox',
			scopes: ['execution:list', 'execution:read', 'execution:delete'],
			expiresAt: null,
		});
		const apiKey = data.data.rawApiKey;
		http.defaults.headers.common['X-N8N-API-KEY'] = apiKey;
		const api = new N8nApi(http, made.owner);
		// With it, a workflow may look after the runs of its own n8n.
		await api.addCredential({
			name: 'n8n account',
			type: 'n8nApi',
			data: { apiKey, baseUrl: `${url}/api/v1` },
		});
		return api;
	}

	/** Saves a credential; its id is returned. */
	async addCredential(credential: NewCredential): Promise<string> {
		const { data } = await this.http.post<{ data: { id: string } }>(
			'/rest/credentials',
			credential,
		);
		this.credentialIds.set(credential.name, data.data.id);
		return data.data.id;
	}

	/** Installs a community node, as n8n's screen for them does. */
	async installNode(node: { name: string; version: string }): Promise<void> {
		await this.http.post('/rest/community-packages', { ...node, verify: false });
	}

	/** The packages whose nodes n8n has loaded. */
	async loadedPackages(): Promise<Set<string>> {
		const { data } = await this.http.get<Array<{ name: string }>>('/types/nodes.json');
		return new Set(data.map(({ name }) => name.replace(/\.[^.]*$/, '')));
	}

	/** Saves a credential anew that was saved under its name, with what it holds now. */
	async changeCredential(credential: NewCredential): Promise<void> {
		const id = this.credentialIds.get(credential.name);
		await this.http.patch(`/rest/credentials/${id}`, credential);
	}

	/** Saves a credential and has it tested, as the editor does when it is saved there. */
	async testCredential(credential: NewCredential): Promise<INodeCredentialTestResult> {
		const id = await this.addCredential(credential);
		const { data } = await this.http.post<{ data: INodeCredentialTestResult }>(
			'/rest/credentials/test',
			{ credentials: { id, ...credential } },
		);
		return data.data;
	}

	/** Imports a workflow, and publishes it unless told not to; its id is returned. */
	async addWorkflow(workflow: WorkflowFile, { publish = true } = {}): Promise<string> {
		const { data } = await this.http.post<{ data: { id: string; versionId: string } }>(
			'/rest/workflows',
			workflow,
		);
		const { id, versionId } = data.data;
		if (publish) await this.http.post(`/rest/workflows/${id}/activate`, { versionId });
		return id;
	}

	/** Saves a workflow anew, and publishes it, as the editor does. */
	async changeWorkflow(id: string, workflow: WorkflowFile): Promise<void> {
		const { data: now } = await this.http.get<{ data: { versionId: string } }>(
			`/rest/workflows/${id}`,
		);
		const { data } = await this.http.patch<{ data: { versionId: string } }>(
			`/rest/workflows/${id}`,
			{ ...workflow, versionId: now.data.versionId },
		);
		const { versionId } = data.data;
		await this.http.post(`/rest/workflows/${id}/activate`, { versionId });
	}

	/** Deletes a workflow: the editor puts it into the archive first. */
	async deleteWorkflow(id: string): Promise<void> {
		await this.http.post(`/rest/workflows/${id}/archive`);
		// While its triggers end in the background, n8n refuses it.
		await until(
			'n8n to delete the workflow',
			async () =>
				await this.http.delete(`/rest/workflows/${id}`).then(
					() => true,
					(error: Error) => {
						if (error.message.includes('409')) return undefined;
						throw error;
					},
				),
			30,
		);
	}

	/** Deletes all runs of a workflow, as the editor's list of executions does. */
	async deleteExecutions(workflowId: string): Promise<void> {
		await this.http.post('/rest/executions/delete', {
			deleteBefore: new Date(),
			filters: { workflowId },
		});
	}

	/** What n8n tells the editor of a workflow's publication, which it goes on with by itself. */
	async publicationOf(id: string): Promise<unknown> {
		return (await this.http.get<unknown>(`/rest/workflows/${id}/publication-status`)).data;
	}

	/** Takes a workflow back: its triggers end. */
	async unpublishWorkflow(id: string): Promise<void> {
		await this.http.post(`/rest/workflows/${id}/deactivate`);
	}

	/** Whether n8n answers for good: while it starts, each address gives a text, then none is found. */
	async isReady(): Promise<boolean> {
		return await this.http.get<unknown>('/rest/workflows').then(
			({ data }) => typeof data === 'object',
			() => false,
		);
	}

	/** The newest runs of a workflow with their data, the newest first: 100 at most. */
	async executions(workflowId: string, limit = 100): Promise<Execution[]> {
		const { data } = await this.http.get<{ data: Execution[] }>('/api/v1/executions', {
			params: { workflowId, includeData: true, limit },
		});
		return data.data;
	}

	/** The newest run of a workflow with its data, if there is one. */
	async latestExecution(workflowId: string): Promise<Execution | undefined> {
		return (await this.executions(workflowId, 1))[0];
	}

	/** A workflow's newest run, ended or not, without its data; undefined where there is none. */
	async newest(workflowId: string): Promise<{ id: string; status: string } | undefined> {
		const { data } = await this.http.get<{
			data: { results: Array<{ id: string; status: string }> };
		}>('/rest/executions', { params: { filter: JSON.stringify({ workflowId }) } });
		return data.data.results.sort((one, other) => Number(other.id) - Number(one.id))[0];
	}

	/** The id of a workflow's newest run, ended or not; undefined where there is none. */
	async newestId(workflowId: string): Promise<string | undefined> {
		return (await this.newest(workflowId))?.id;
	}

	/** The id of the oldest run that has not ended. Throws if there is none. */
	async oldestRunning(): Promise<string> {
		const { data } = await this.http.get<{ data: { results: Array<{ id: string }> } }>(
			'/rest/executions',
			{ params: { filter: JSON.stringify({ status: ['running'] }) } },
		);
		const ids = data.data.results.map(({ id }) => Number(id));
		if (ids.length === 0) throw new Error('No run is under way');
		return String(Math.min(...ids));
	}

	/** Runs an execution again from the step that failed, with what it had before. */
	async retryExecution(id: string): Promise<void> {
		await this.http.post(`/rest/executions/${id}/retry`, { loadWorkflow: false });
	}

	/** Cancels a run, as the editor's Stop does. */
	async stopExecution(id: string): Promise<void> {
		await this.http.post(`/rest/executions/${id}/stop`);
	}

	/** Where the rows of a Data Table of the owner's are; undefined where there is none of that name. */
	private async rowsOf(name: string): Promise<string | undefined> {
		const { data: found } = await this.http.get<{ data: { data: DataTable[] } }>(
			'/rest/data-tables-global',
			{ params: { filter: JSON.stringify({ name }) } },
		);
		const table = found.data.data.find((each) => each.name === name);
		return table && `/rest/projects/${table.projectId}/data-tables/${table.id}/rows`;
	}

	/** Makes a Data Table of the owner's with rows of text. */
	async addTable(name: string, rows: Array<Record<string, string>>): Promise<void> {
		const { data: project } = await this.http.get<{ data: { id: string } }>(
			'/rest/projects/personal',
		);
		const tables = `/rest/projects/${project.data.id}/data-tables`;
		const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
		const columns = names.map((each) => ({ name: each, type: 'string' }));
		const { data: made } = await this.http.post<{ data: DataTable }>(tables, { name, columns });
		await this.http.post(`${tables}/${made.data.id}/insert`, { data: rows, returnType: 'count' });
	}

	/** Deletes the rows of a Data Table in which a column has a value; all of them without. */
	async deleteRows(name: string, column = 'id', value?: string): Promise<void> {
		const path = await this.rowsOf(name);
		if (!path) return;
		const where =
			value === undefined
				? { columnName: column, condition: 'gte', value: 0 }
				: { columnName: column, condition: 'eq', value };
		const filter = JSON.stringify({ type: 'and', filters: [where] });
		await this.http.delete(path, { params: { filter } });
	}

	/** Changes the rows of a Data Table in which a column has a value. */
	async changeRows(
		name: string,
		[columnName, value]: [string, string],
		data: DataTableRow,
	): Promise<void> {
		const path = await this.rowsOf(name);
		const filters = [{ columnName, condition: 'eq', value }];
		await this.http.patch(path!, { filter: { type: 'and', filters }, data });
	}

	/**
	 * The rows of a Data Table of the owner's, the oldest first.
	 * @returns undefined where there is no table of that name
	 */
	async dataTable(name: string): Promise<DataTableRow[] | undefined> {
		const path = await this.rowsOf(name);
		if (!path) return undefined;
		const rows: DataTableRow[] = [];
		for (let count = -1; rows.length > count; ) {
			count = rows.length;
			const params = { take: LONGEST_PAGE, skip: count, sortBy: 'id:asc' };
			const { data } = await this.http.get<{ data: { data: DataTableRow[] } }>(path, { params });
			rows.push(...data.data.data);
		}
		return rows;
	}
}

/** How many rows n8n gives at a time. */
const LONGEST_PAGE = 250;
