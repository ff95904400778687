/**
 * The least that requests cost in n8n: its own request helper in a bare loop, some at a time. No checks,
 * no links, no masking, no retries. Each item is a request: `path` and `body`.
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
		const { apiKey, baseUrl } = await this.getCredentials('shipEngineApi');
		const items = this.getInputData();
		const output = [];
		const indexes = items.keys();
		const worker = async () => {
			for (const index of indexes) {
				const { path, body } = items[index].json;
				const json = await this.helpers.httpRequest({
					method: 'POST',
					url: baseUrl + path,
					headers: { 'API-Key': apiKey },
					body,
					json: true,
				});
				output[index] = { json, pairedItem: { item: index } };
			}
		};
		const concurrency = this.getNodeParameter('concurrency', 0);
		await Promise.all(Array.from({ length: concurrency }, worker));
		return [output];
	}
}

module.exports = { Floor };
