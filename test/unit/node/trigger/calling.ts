import type { IDataObject } from 'n8n-workflow';
import { REGISTRANT } from '../../../../sandbox/examples/person';
import { parse } from 'node-html-parser';
import { answerRequest as answer } from '../../../../nodes/StampsOnboardingTrigger/webhooks';
import { sealKeysOf } from '../../../../nodes/ShipEngine/seal/sealKeys';
import { SEAL_SECRET, sealedCard } from '../../../support/sealing';
import { type WebhookCall, webhookContext } from '../../../support/webhookContext';

/** What a request was answered, and what the trigger put out. */
export interface Answered {
	status?: number;
	headers: Record<string, string>;
	body: string;
	/** The items of the run that starts; undefined where none does. */
	items?: IDataObject[];
}

/** Sends a request to the trigger. */
export async function call(request: Omit<WebhookCall, 'response'>): Promise<Answered> {
	const answered: Answered = { headers: {}, body: '' };
	const response = {
		writeHead(status: number, headers: Record<string, string>) {
			answered.status = status;
			answered.headers = headers;
			return response;
		},
		end(body: string) {
			answered.body = body;
			return response;
		},
	};
	const context = webhookContext({ ...request, response: response as never });
	const { workflowData, noWebhookResponse } = await answer(context);
	// One of the two: n8n answers itself where a run starts.
	expect(noWebhookResponse === true).toBe(workflowData === undefined);
	return { ...answered, items: workflowData?.[0]?.map(({ json }) => json) };
}

export const get = async (request: Partial<WebhookCall> = {}) =>
	await call({ ...request, method: 'GET' });

/** Posts a body as the page does, as plain text. */
export const post = async (body: unknown, request: Partial<WebhookCall> = {}) =>
	await call({ ...request, method: 'POST', body: JSON.stringify(body) });

/** What the page tells its script. */
export const settingsOf = ({ body }: Answered) =>
	JSON.parse(parse(body).querySelector('#settings')!.text) as Record<string, unknown>;

export const [SEAL_KEY] = sealKeysOf({ secret: SEAL_SECRET });

/** What the page sends. */
export async function registration(more: IDataObject = {}): Promise<IDataObject> {
	return {
		...REGISTRANT,
		email: 'Nathan@Example.com',
		phone: '(512) 485-4282',
		postal_code: '78756-1234',
		sealed_card: await sealedCard(SEAL_KEY.publicJwk),
		...more,
	};
}
