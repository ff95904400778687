import { type Api, SANDBOX_KEY, startApi } from '../../../sandbox/api';
import { CARD, inPanel } from '../../../sandbox/examples/person';
import type { NewCredential, WorkflowFile } from '../../../sandbox/n8n/api';
import { installN8n } from '../../../sandbox/n8n/install.cjs';
import { type N8n, startN8n } from '../../../sandbox/n8n/instance';
import { untilServed } from '../../../sandbox/n8n/triggers';

/** A real n8n and the stand-in, which the tests of several files share. */
export interface Stand {
	api: Api;
	n8n: N8n;
	/** The id of a workflow, by its name. */
	idOf(name: string): string;
}

/** The login of a Stamps.com account, which opens nothing. */
export const LOGIN = { username: 'austin-store', password: 'not a password: example' };

/**
 * Starts them before the tests of a block, and stops them after. The stand-in is empty before each.
 *
 * @param workflows - each is served at its name
 */
export function useStand(
	version: Parameters<typeof installN8n>[0],
	workflows: WorkflowFile[],
): Stand {
	const stand = {
		idOf: (name: string) =>
			stand.n8n.workflowIds[workflows.findIndex((each) => each.name === name)]!,
	} as Stand;

	beforeAll(async () => {
		stand.api = await startApi();
		const credentials: NewCredential[] = [
			{
				name: 'ShipEngine API',
				type: 'shipEngineApi',
				data: { apiKey: SANDBOX_KEY, baseUrl: stand.api.url },
			},
			{
				name: 'Partner',
				type: 'shipEngineApi',
				data: { apiKey: SANDBOX_KEY, keyType: 'partner', baseUrl: stand.api.url },
			},
			{
				name: 'ShipEngine Payment Card',
				type: 'shipEnginePaymentCardApi',
				data: { ...inPanel(CARD), cardType: 'detect' },
			},
			{ name: 'Stamps Login', type: 'shipEngineStampsLoginApi', data: LOGIN },
		];
		stand.n8n = await startN8n(await installN8n(version), { credentials, workflows });
		for (const { name } of workflows) await untilServed(`${stand.n8n.url}/webhook/${name}`);
	}, 600_000);

	beforeEach(() => stand.api.reset());

	afterAll(async () => {
		await stand.n8n?.stop();
		await stand.api?.close();
	}, 60_000);

	return stand;
}
