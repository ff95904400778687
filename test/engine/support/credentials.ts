import {
	type ICredentialDataDecryptedObject,
	type IHttpRequestOptions,
	type INodeCredentialsDetails,
	ICredentialsHelper,
} from 'n8n-workflow';
import { ShipEngineApi } from '../../../credentials/ShipEngineApi.credentials';

export type Credentials = Record<string, ICredentialDataDecryptedObject>;

/** What n8n does with credentials, for credentials held in memory. */
export class TestCredentials extends ICredentialsHelper {
	constructor(private readonly credentials: Credentials) {
		super();
	}

	async getDecrypted(_data: unknown, _details: INodeCredentialsDetails, type: string) {
		const credential = this.credentials[type];
		if (!credential) throw new Error(`No credential of type ${type}`);
		return { ...credential };
	}

	/** Applies the credential's own `authenticate`, resolving expressions of `$credentials` only. */
	async authenticate(
		data: ICredentialDataDecryptedObject,
		_type: string,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const { headers = {} } = new ShipEngineApi().authenticate.properties;
		for (const [name, expression] of Object.entries(headers)) {
			const field = /^={{ \$credentials\.(\w+) }}$/.exec(String(expression))?.[1] ?? '';
			options.headers = { ...options.headers, [name]: data[field] };
		}
		return options;
	}

	getParentTypes() {
		return [];
	}

	async preAuthentication() {
		return undefined;
	}

	getCredentialsProperties() {
		return [];
	}

	async getCredentials(): Promise<never> {
		throw new Error('Not needed to run a workflow');
	}

	async updateCredentials(): Promise<never> {
		throw new Error('Not needed to run a workflow');
	}

	async updateCredentialsOauthTokenData(): Promise<never> {
		throw new Error('Not needed to run a workflow');
	}
}
