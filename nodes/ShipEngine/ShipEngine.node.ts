import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { searchStampsCarriers } from './accounts/searchStampsCarriers';
import { checkCardSeal } from './credentialTests/checkCardSeal';
import { checkPaymentCard } from './credentialTests/checkPaymentCard';
import { checkShipEngineApi } from './credentialTests/checkShipEngineApi';
import { checkStampsLogin } from './credentialTests/checkStampsLogin';
import { resources } from './resources';
import { searchSubAccounts } from './resources/subAccount/searchSubAccounts';
import { runItems } from './step/itemRunner';
import type { SearchHint } from './values/searchHint';
import { panelOf, subtitleOf } from './step/panel';

export class ShipEngine implements INodeType {
	description: INodeTypeDescription & SearchHint = {
		displayName: 'ShipEngine',
		name: 'shipEngine',
		icon: { light: 'file:shipEngine.svg', dark: 'file:shipEngine.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: subtitleOf(resources),
		description:
			'Register Stamps.com (USPS) accounts, verify them by text message, and manage them',
		defaults: { name: 'ShipEngine' },
		usableAsTool: true,
		builderHint: {
			searchHint:
				'Registers free Stamps.com (USPS) accounts by the ShipStation API, texts and confirms codes, and manages carriers, funds and sub-accounts. To onboard people on a page, begin with Stamps Onboarding Trigger and end with Onboarding Page: Answer Page.',
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'shipEngineApi',
				required: true,
				testedBy: 'checkShipEngineApi',
				displayOptions: { hide: { resource: ['cardSeal', 'onboardingPage'] } },
			},
			{
				name: 'shipEnginePaymentCardApi',
				required: true,
				testedBy: 'checkPaymentCard',
				// Not by operation too: n8n would then show the credentials between resource and operation.
				displayOptions: { show: { cardSource: ['credential'] } },
			},
			{
				name: 'shipEngineCardSealApi',
				required: true,
				testedBy: 'checkCardSeal',
				displayOptions: { show: { cardSource: ['sealed'] } },
			},
			{
				name: 'shipEngineStampsLoginApi',
				required: true,
				testedBy: 'checkStampsLogin',
				displayOptions: { show: { stampsLogin: ['credential'] } },
			},
		],
		properties: panelOf(resources),
	};

	methods = {
		credentialTest: { checkShipEngineApi, checkPaymentCard, checkCardSeal, checkStampsLogin },
		listSearch: { searchStampsCarriers, searchSubAccounts },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runItems(this, resources);
	}
}
