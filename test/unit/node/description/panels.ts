import {
	type INode,
	type INodeParameters,
	type INodeProperties,
	type INodeTypeDescription,
	NodeHelpers,
} from 'n8n-workflow';
import { ShipEngineApi } from '../../../../credentials/ShipEngineApi.credentials';
import { ShipEngineCardSealApi } from '../../../../credentials/ShipEngineCardSealApi.credentials';
import { ShipEnginePageLoginApi } from '../../../../credentials/ShipEnginePageLoginApi.credentials';
import { ShipEnginePaymentCardApi } from '../../../../credentials/ShipEnginePaymentCardApi.credentials';
import { ShipEngineStampsLoginApi } from '../../../../credentials/ShipEngineStampsLoginApi.credentials';
import { ShipEngine } from '../../../../nodes/ShipEngine/ShipEngine.node';
import { resources } from '../../../../nodes/ShipEngine/resources';
import { StampsOnboardingTrigger } from '../../../../nodes/StampsOnboardingTrigger/StampsOnboardingTrigger.node';

export const node = new ShipEngine();

export const trigger = new StampsOnboardingTrigger();

/** The credentials that the package has; a test holds that package.json names the same. */
export const credentials = [
	new ShipEngineApi(),
	new ShipEngineCardSealApi(),
	new ShipEnginePageLoginApi(),
	new ShipEnginePaymentCardApi(),
	new ShipEngineStampsLoginApi(),
];

/** A step as it stands in a workflow. */
export const NODE: INode = {
	id: '1',
	name: 'ShipEngine',
	type: 'n8n-nodes-shipengine.shipEngine',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** Every operation, with its resource: what a step of it has set. */
export const STEPS = resources.flatMap((resource) =>
	resource.operations.map((operation) => ({
		title: `${resource.name} → ${operation.name}`,
		resource,
		operation,
		set: { resource: resource.value, operation: operation.value },
	})),
);

/** The parameters that n8n has for a step of which these are set. */
export const parametersOf = (
	{ properties, ...description }: INodeTypeDescription,
	set: INodeParameters,
	returnHidden = false,
) =>
	NodeHelpers.getNodeParameters(properties, set, true, returnHidden, NODE, {
		...description,
		properties,
	}) ?? {};

/** The fields that n8n shows for a step of which these are set. */
export function shownBy(
	description: INodeTypeDescription,
	set: INodeParameters,
): INodeProperties[] {
	const all = parametersOf(description, set, true);
	return description.properties.filter((property) =>
		NodeHelpers.displayParameter({ ...all, ...set }, property, NODE, description),
	);
}

/** The credentials that n8n asks for in a step of which these are set. */
export const credentialsFor = (description: INodeTypeDescription, set: INodeParameters) =>
	(description.credentials ?? [])
		.filter((credential) =>
			NodeHelpers.displayParameter(parametersOf(description, set), credential, NODE, description),
		)
		.map(({ name }) => name);
