import {
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { checkCardSeal } from '../ShipEngine/credentialTests/checkCardSeal';
import { PANEL } from './pageParameters';
import { checkPageLogin } from './access';
import { answerRequest, refuseIfNotReady } from './webhooks';

export class StampsOnboardingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Stamps Onboarding Trigger',
		name: 'stampsOnboardingTrigger',
		icon: {
			light: 'file:../ShipEngine/shipEngine.svg',
			dark: 'file:../ShipEngine/shipEngine.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["path"] }}',
		description:
			'Serves a page on which people register for a Stamps.com (USPS) account. The card is sealed in their browser.',
		defaults: { name: 'Stamps Onboarding' },
		eventTriggerDescription: 'Open the page and submit it',
		activationMessage: 'People can now open the page at its production URL.',
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'shipEngineCardSealApi', required: true, testedBy: 'checkCardSeal' },
			{
				name: 'shipEnginePageLoginApi',
				required: true,
				testedBy: 'checkPageLogin',
				displayOptions: { show: { access: ['basicAuth'] } },
			},
		],
		webhooks: [
			{
				name: 'setup',
				httpMethod: 'GET',
				responseMode: 'onReceived',
				isFullPath: true,
				path: '={{ $parameter["path"] }}',
				ndvHideMethod: true,
			},
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: '={{ $parameter["responseMode"] }}',
				// Of the other two, n8n would answer with this very word.
				responseData:
					'={{ $parameter["responseMode"] === "lastNode" ? "firstEntryJson" : undefined }}',
				isFullPath: true,
				path: '={{ $parameter["path"] }}',
				ndvHideUrl: true,
			},
		],
		properties: PANEL,
	};

	methods = { credentialTest: { checkCardSeal, checkPageLogin } };

	/** Nothing is registered anywhere: the page is served by n8n itself. But what it lacks is told at once. */
	webhookMethods = {
		default: {
			checkExists: async (): Promise<boolean> => false,
			async create(this: IHookFunctions): Promise<boolean> {
				await refuseIfNotReady(this);
				return true;
			},
			delete: async (): Promise<boolean> => true,
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await answerRequest(this);
	}
}
