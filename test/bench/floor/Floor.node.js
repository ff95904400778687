/**
 * The least that requests with a credential cost in n8n: its own request helper in a bare loop, some at a
 * time, the credential decrypted once. No checks, no links, no masking, no retries. Each item is a
 * request: `path` and `body`.
 */
class Floor {
	constructor() {
		this.description = {
			displayName: 'Floor',
			name: 'floor',
			group: ['output'],
			version: 1,
			description: 'Sends each item as a request',
			defaults: { name: 'Floor' },
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: 'shipEngineApi', required: true }],
			properties: [{ displayName: 'Concurrency', name: 'concurrency', type: 'number', default: 5 }],
		};
	}

	async execute() {
		const data = await this.getCredentials('shipEngineApi');
		const { id, name } = this.getNode().credentials.shipEngineApi;
		const credentialsDecrypted = { id, name, type: 'shipEngineApi', data };
		const items = this.getInputData();
		const output = [];
		const indexes = items.keys();
		const worker = async () => {
			for (const index of indexes) {
				const { path, body } = items[index].json;
				const json = await this.helpers.httpRequestWithAuthentication.call(
					this,
					'shipEngineApi',
					{ method: 'POST', url: data.baseUrl + path, body, json: true },
					{ credentialsDecrypted },
				);
				output[index] = { json, pairedItem: { item: index } };
			}
		};
		const concurrency = this.getNodeParameter('concurrency', 0);
		await Promise.all(Array.from({ length: concurrency }, worker));
		return [output];
	}
}

module.exports = { Floor };
