import { type IncomingMessage, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { IDataObject } from 'n8n-workflow';
import { answerRequest as answer } from '../../nodes/StampsOnboardingTrigger/webhooks';
import { A_DAY, letPass } from './clock';
import { webhookContext } from './webhookContext';

/** What a workflow answers to a registration; nothing to end the connection without a word. */
export interface WorkflowAnswer {
	status?: number;
	body?: unknown;
	/** Awaited before the answer is sent. */
	after?: Promise<unknown>;
	location?: string;
	lost?: boolean;
}

/** A server with the trigger in it, which stands in for n8n and the workflow. */
export interface PageServer {
	url: string;
	/** The items that the trigger has put out. */
	readonly items: IDataObject[];
	/** How many registrations were sent, whatever became of them. */
	readonly posts: number;
	/** What is answered to those that come next; the last one from then on. */
	answers: WorkflowAnswer[];
	parameters: IDataObject;
	credentials: Record<string, IDataObject>;
	/** Forgets what came, and is set as at first. */
	reset(): void;
	close(): Promise<void>;
}

/** In seconds. */
const AFTER_A_RUN = 20 * 60;

/** Serves the trigger's page at a free port of this machine. */
export async function startPageServer(host = '127.0.0.1'): Promise<PageServer> {
	const items: IDataObject[] = [];
	let posts = 0;

	const server: Server = createServer((request, response) => {
		void (async () => {
			if (request.headers.origin) {
				// As n8n does, of which any page may ask.
				response.setHeader('Access-Control-Allow-Origin', request.headers.origin);
			}
			const { method } = request;
			if (method !== 'GET' && method !== 'POST') return response.writeHead(405).end();
			if (method === 'POST') posts += 1;
			const { parameters, credentials } = state;
			const body = await bodyOf(request);
			const context = webhookContext({
				method,
				parameters,
				credentials,
				headers: { ...request.headers },
				originalUrl: request.url!,
				body,
				response,
			});
			const { workflowData } = await answer(context);
			if (!workflowData) return;
			items.push(...workflowData.flat().map(({ json }) => json));
			// So that nobody has to wait who sends again.
			letPass(AFTER_A_RUN);
			const next = state.answers.length > 1 ? state.answers.shift()! : state.answers[0]!;
			await next.after;
			if (next.lost) return request.socket.destroy();
			if (next.location) response.setHeader('Location', next.location);
			response.writeHead(next.status ?? 200, { 'Content-Type': 'application/json' });
			const { body: said = { stage: 'received' } } = next;
			response.end(typeof said === 'string' ? said : JSON.stringify(said));
		})().catch((error: Error) => response.destroy(error));
	});
	await new Promise<void>((resolve) => server.listen(0, host, resolve));

	const state: PageServer = {
		url: `http://${host}:${(server.address() as AddressInfo).port}/webhook/open-account`,
		items,
		get posts() {
			return posts;
		},
		answers: [{}],
		parameters: {},
		credentials: {},
		reset() {
			items.length = posts = 0;
			letPass(A_DAY);
			Object.assign(state, { answers: [{}], parameters: {}, credentials: {} });
		},
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
	return state;
}

/** As n8n gives it to a trigger: plain text as it is, JSON parsed. */
async function bodyOf(request: IncomingMessage): Promise<unknown> {
	const body = await text(request);
	return request.headers['content-type'] === 'application/json' ? JSON.parse(body) : body;
}
