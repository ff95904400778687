import type { IDataObject } from 'n8n-workflow';
import { REGISTRANT } from '../../../../sandbox/examples/person';
import { parse } from 'node-html-parser';
import { answerRequest as answer } from '../../../../nodes/StampsOnboardingTrigger/webhooks';
import type { PageSettings } from '../../../../nodes/StampsOnboardingTrigger/pageSettings';
import type { PageItem } from '../../../../nodes/ShipEngine/onboarding/pageItem';
import { sealRefusal } from '../../../../nodes/ShipEngine/onboarding/refusedSend';
import { A_DAY, stopAfter } from '../../../support/clock';
import { linkKey } from '../../../support/links';
import { CARD, SEAL_SECRET, keyOf, now, sealedCard } from '../../../support/sealing';
import { type WebhookCall, webhookContext } from '../../../support/webhookContext';

/** What a request was answered, and what the trigger put out. */
export interface Answered {
	status?: number;
	headers: Record<string, string>;
	/** The headers of n8n's own that are taken back. */
	removed: string[];
	body: string;
	/** What stands in n8n's log. */
	log: string[];
	/** The items of the run that starts; undefined where none does. */
	items?: IDataObject[];
	/** The output on which they are; undefined where no run starts. */
	output?: number;
}

/** Sends a request to the trigger. */
export async function call(request: Omit<WebhookCall, 'response'>): Promise<Answered> {
	const answered: Answered = { headers: {}, removed: [], body: '', log: [] };
	const response = {
		setHeader(name: string, value: string) {
			answered.headers[name] = value;
			return response;
		},
		removeHeader(name: string) {
			answered.removed.push(name);
		},
		writeHead(status: number, headers: Record<string, string>) {
			answered.status = status;
			Object.assign(answered.headers, headers);
			return response;
		},
		end(body: string) {
			answered.body = body;
			return response;
		},
	};
	const log = (line: string) => answered.log.push(line);
	const context = webhookContext({ ...request, response: response as never, log });
	const { workflowData, noWebhookResponse } = await answer(context);
	// Whoever is answered here, n8n does not answer.
	expect(noWebhookResponse === true).toBe(answered.status !== undefined);
	if (!workflowData) return { ...answered, items: undefined };
	expect(workflowData).toHaveLength(3);
	const output = workflowData.findIndex((items) => items.length > 0);
	return { ...answered, output, items: workflowData.flat().map(({ json }) => json) };
}

export const get = async (request: Partial<WebhookCall> = {}) =>
	await call({ ...request, method: 'GET' });

/** Posts a body as the page does, as plain text. */
export const post = async (body: unknown, request: Partial<WebhookCall> = {}) =>
	await call({ ...request, method: 'POST', body: JSON.stringify(body) });

/** What the page tells its script. */
export const settingsOf = ({ body }: Answered) =>
	JSON.parse(parse(body).querySelector('#settings')!.text) as PageSettings;

export const SEAL_KEY = keyOf(SEAL_SECRET);

/** What shows the page's door that a registration opened no account. */
export const refusalOf = async ({ items: [item] = [] }: Answered) =>
	sealRefusal(item as PageItem, await linkKey());

/** The code of the one thing that is wrong, as the page is told. */
export function codeOf({ body }: Answered): string {
	const { error } = JSON.parse(body) as { error: { errors: Array<{ code: string }> } };
	expect(error.errors).toHaveLength(1);
	return error.errors[0]!.code;
}

// What was counted for one test is forgotten for the next.
beforeEach(() => stopAfter(2 * A_DAY));

/** What the page of an address sends, with its pass. */
export async function registration(
	more: IDataObject = {},
	page: Partial<WebhookCall> = {},
): Promise<IDataObject> {
	const settings = settingsOf(await get(page));
	return await registrationWith(settings, more);
}

/** What a page with these settings sends. */
export async function registrationWith(
	{ publicJwk, pass, passId }: PageSettings,
	more: IDataObject = {},
): Promise<IDataObject> {
	const typed = {
		...REGISTRANT,
		email: 'Nathan@Example.com',
		phone: '(512) 485-4282',
		postal_code: '78756-1234',
		...more,
	};
	const person = { email: typed.email, phone: typed.phone, pass: passId };
	const sealed_card = await sealedCard(publicJwk, { card: CARD, person, iat: now() });
	return { ...typed, sealed_card, pass, ...more };
}
