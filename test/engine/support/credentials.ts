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

	async authenticate(
		data: ICredentialDataDecryptedObject,
		_type: string,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return await new ShipEngineApi().authenticate(data, options);
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
