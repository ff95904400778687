import { type Api, SANDBOX_KEY, startApi } from '../../../sandbox/api';
import {
	apiCredential,
	cardCredential,
	exampleWorkflow,
	partnerCredential,
	pointedAt,
	sealCredential,
} from '../../../sandbox/examples/contents';
import { TEST_CARD_NUMBER } from '../../../sandbox/examples/person';
import { startClock } from './clock';
import { installN8n } from '../../../sandbox/n8n/install.cjs';
import { type N8n, type N8nContents, startN8n } from '../../../sandbox/n8n/instance';
import type { NewCredential } from '../../../sandbox/n8n/api';
import { visitorCredential } from '../../../sandbox/examples/callers';

/** A real n8n with example workflows in it, and the stand-in that their credential points to. */
export interface Sandbox {
	api: Api;
	n8n: N8n;
	/** The id of a workflow, by the name of its file. */
	idOf(file: string): string;
	/** Lets so many seconds pass for n8n at once. */
	letPass(seconds: number): Promise<void>;
	stop(): Promise<void>;
}

/** What else n8n is given. */
type More = Partial<Omit<N8nContents, 'credentials'>> & {
	/** Or what makes them, where they name the stand-in's address. */
	credentials?: NewCredential[] | ((api: Api) => NewCredential[]);
};

/**
 * @param files which example workflows, by the names of their files
 * @param more what else n8n is given; its workflows come after the examples
 */
export async function startSandbox(
	files: string[],
	{ credentials = [], ...more }: More = {},
): Promise<Sandbox> {
	const api = await startApi();
	const clock = startClock();
	try {
		const n8n = await startN8n(await installN8n('2.41.1'), {
			...more,
			environment: { ...clock.environment, ...more.environment },
			credentials: [
				apiCredential({ apiKey: SANDBOX_KEY, baseUrl: api.url }),
				partnerCredential({ apiKey: SANDBOX_KEY, baseUrl: api.url }),
				cardCredential(api.url, TEST_CARD_NUMBER),
				sealCredential(api.url),
				visitorCredential,
				...(typeof credentials === 'function' ? credentials(api) : credentials),
			],
			workflows: [
				...files.map((file) => pointedAt(exampleWorkflow(file), api.url)),
				...(more.workflows ?? []),
			],
		});
		return {
			api,
			n8n,
			idOf: (file) => n8n.workflowIds[files.indexOf(file)]!,
			letPass: clock.letPass,
			async stop() {
				await n8n.stop();
				await api.close();
				clock.remove();
			},
		};
	} catch (error) {
		await api.close();
		clock.remove();
		throw error;
	}
}
