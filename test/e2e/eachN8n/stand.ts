import { type Api, SANDBOX_KEY, startApi } from '../../../sandbox/api';
import { CARD, inPanel } from '../../../sandbox/examples/person';
import type { NewCredential, WorkflowFile } from '../../../sandbox/n8n/api';
import { startClock } from '../support/clock';
import { credentialsFor } from './onboardingByPage';
import { installN8n } from '../../../sandbox/n8n/install.cjs';
import { type N8n, startN8n } from '../../../sandbox/n8n/instance';
import { triggerUrls, untilServed } from '../../../sandbox/n8n/triggers';

/** A real n8n and the stand-in, which the tests of several files share. */
export interface Stand {
	api: Api;
	n8n: N8n;
	/** Lets so many seconds pass for n8n at once. */
	letPass(seconds: number): Promise<void>;
	/** The id of a workflow, by its name. */
	idOf(name: string): string;
}

/** The login of a Stamps.com account, which opens nothing. */
export const LOGIN = { username: 'austin-store', password: 'not a password: example' };

/**
 * Starts them before the tests of a block, and stops them after. The stand-in is empty before each.
 *
 * @param workflows - what starts them is served where each says
 */
export function useStand(
	version: Parameters<typeof installN8n>[0],
	workflows: WorkflowFile[],
): Stand {
	const clock = startClock();
	const stand = {
		letPass: clock.letPass,
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
				data: { ...inPanel(CARD), cardType: 'detect', baseUrl: stand.api.url },
			},
			{
				name: 'Stamps Login',
				type: 'shipEngineStampsLoginApi',
				data: { ...LOGIN, baseUrl: stand.api.url },
			},
			...credentialsFor(stand.api.url),
		];
		const { environment } = clock;
		const contents = { credentials, workflows, environment };
		stand.n8n = await startN8n(await installN8n(version), contents);
		const urls = workflows.flatMap((workflow) => triggerUrls(stand.n8n.url, workflow));
		for (const url of urls) await untilServed(url);
	}, 600_000);

	beforeEach(() => stand.api.reset());

	afterAll(async () => {
		await stand.n8n?.stop();
		await stand.api?.close();
		clock.remove();
	}, 60_000);

	return stand;
}
