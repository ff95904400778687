import {
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { checkCardSeal } from '../ShipEngine/credentialTests/checkCardSeal';
import type { SearchHint } from '../ShipEngine/values/searchHint';
import { PANEL } from './pageParameters';
import { checkPageLogin } from './access';
import { answerRequest, refuseIfNotReady } from './webhooks';

export class StampsOnboardingTrigger implements INodeType {
	description: INodeTypeDescription & SearchHint = {
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
		eventTriggerDescription: 'Open the page and send it: n8n listens for one call',
		hints: [
			{
				message:
					"While you test, n8n listens for one call: click 'Execute workflow' again before each further click on the page.",
				location: 'outputPane',
				whenToDisplay: 'beforeExecution',
			},
			{
				message:
					"Lead all three outputs to a ShipEngine step with the operation 'Answer Page', and set 'On Error' of the ShipEngine steps before it to 'Continue'. Else the page cannot say what came of it.",
				location: 'outputPane',
				whenToDisplay: 'beforeExecution',
			},
		],
		builderHint: {
			searchHint:
				'Serves a page that registers people for Stamps.com and confirms their phone. Connect Registration to ShipEngine Register Stamps Account, then Send Verification; New Code to Send Verification; Code to Confirm Verification; all of them to ShipEngine Onboarding Page: Answer Page.',
		},
		activationMessage: 'People can now open the page at its production URL.',
		inputs: [],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Registration', 'New Code', 'Code'],
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
				// By the step *Answer Page*.
				responseMode: 'responseNode',
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
