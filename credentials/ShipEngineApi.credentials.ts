import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { baseUrlField } from '../nodes/ShipEngine/api/baseUrl';

export class ShipEngineApi implements ICredentialType {
	name = 'shipEngineApi';

	displayName = 'ShipEngine API';

	icon = {
		light: 'file:../nodes/ShipEngine/shipEngine.svg',
		dark: 'file:../nodes/ShipEngine/shipEngine.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-shipengine/n8n-nodes-shipengine/blob/main/docs/operations.md#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'From the ShipStation API dashboard, under API management. Use your own key, not the public test key.',
		},
		{
			displayName: 'Key Type',
			name: 'keyType',
			type: 'options',
			options: [
				{
					name: 'Own',
					value: 'own',
					description: 'The key of your own account: each step acts for it',
				},
				{
					name: 'Partner',
					value: 'partner',
					description:
						"A partner's key: each step acts for the sub-account of a merchant, which has to be named",
				},
			],
			default: 'own',
			description:
				"Whose accounts the key opens. Choose Partner if ShipStation gave you a partner's key.",
		},
		baseUrlField('Change it only for a test server: https, or http on this machine'),
		{
			displayName:
				"Set 'Allowed HTTP Request Domains' below to 'None', unless an HTTP Request step of yours needs this key. Otherwise everybody who can use the credential can send the key to any address.",
			name: 'domainsNotice',
			type: 'notice',
			default: '',
		},
	];

	/** A function, since an expression takes n8n a millisecond for each request. */
	authenticate = async (
		{ apiKey }: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => ({
		...request,
		headers: { ...request.headers, 'API-Key': String(apiKey).trim() },
	});
}
