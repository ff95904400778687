import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

/** Whatever asks for a page: a request, or n8n when the workflow is published. */
export type PageContext = IWebhookFunctions | IHookFunctions;
