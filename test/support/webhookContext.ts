import type { ServerResponse } from 'node:http';
import type {
	IDataObject,
	IWebhookFunctions,
	NodeTypeAndVersion,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { SEAL_SECRET } from './sealing';

/** What a trigger is set to, where a test says nothing else. */
export const PAGE_PARAMETERS: IDataObject = {
	path: 'open-account',
	access: 'anyone',
	formTitle: 'Open a Stamps.com account',
	formDescription: 'A free account for USPS postage.',
	termsText: 'I accept the terms of Stamps.com and USPS.',
	termsUrl: 'https://www.example.com/terms',
	options: {},
};

/** A request to a trigger, and what it is answered into. */
export interface WebhookCall {
	method: 'GET' | 'POST';
	parameters?: IDataObject;
	credentials?: Record<string, IDataObject>;
	headers?: IDataObject;
	/** As Express tells them. */
	originalUrl?: string;
	sender?: { ip: string; ips: string[] };
	mode?: WorkflowExecuteMode;
	body?: unknown;
	response: Pick<ServerResponse, 'writeHead' | 'end' | 'setHeader' | 'removeHeader'>;
	/** The steps behind the trigger; *Answer Page* where it is not said. */
	behind?: NodeTypeAndVersion[];
	/** What the trigger writes into n8n's log. */
	log?: (line: string) => void;
}

/** As n8n tells a step of its parameters: what is the default is left out. */
export const ANSWER_PAGE: NodeTypeAndVersion = {
	name: 'Answer Page',
	type: 'n8n-nodes-shipengine.shipEngine',
	typeVersion: 1,
	disabled: false,
	parameters: { resource: 'onboardingPage' },
};

/** Without slashes around, as n8n makes addresses of it. */
const pathOf = ({ path }: IDataObject) => String(path).replace(/^\/|\/$/g, '');

/** What n8n gives a trigger with a request: all that this trigger asks for, and nothing else. */
export function webhookContext(call: WebhookCall): IWebhookFunctions {
	const parameters: IDataObject = { ...PAGE_PARAMETERS, ...call.parameters };
	const credentials: Record<string, IDataObject> = {
		shipEngineCardSealApi: { secret: SEAL_SECRET, previousSecret: '' },
		...call.credentials,
	};
	const context = {
		getWebhookName: () => (call.method === 'GET' ? 'setup' : 'default'),
		getNode: () => ({
			name: 'Page',
			type: 'n8n-nodes-shipengine.stampsOnboardingTrigger',
			typeVersion: 1,
			parameters,
		}),
		getChildNodes: (name: string) => (name === 'Page' ? (call.behind ?? [ANSWER_PAGE]) : []),
		getNodeParameter: (name: string, fallback: unknown) => parameters[name] ?? fallback,
		getHeaderData: () => call.headers ?? {},
		getRequestObject: () => ({
			originalUrl: call.originalUrl ?? `/webhook/${pathOf(parameters)}`,
			...(call.sender ?? { ip: '127.0.0.1', ips: [] }),
		}),
		getMode: () => call.mode ?? 'webhook',
		getNodeWebhookUrl: () => `https://n8n.example/webhook/${pathOf(parameters)}`,
		logger: { error: call.log ?? (() => {}) },
		getBodyData: () => call.body,
		getResponseObject: () => call.response,
		async getCredentials(name: string) {
			const credential = credentials[name];
			if (!credential) throw new Error(`The node has no credential '${name}'`);
			return credential;
		},
	};
	return context as unknown as IWebhookFunctions;
}
