import axios, { type AxiosResponse } from 'axios';
import type { OfferedTool } from '../../../sandbox/model';

interface Reply<T> {
	result?: T;
	error?: { message: string };
}

/** The answer to a call, which may come as an event (Model Context Protocol, "Streamable HTTP"). */
function replyIn<T>({ data, headers }: AxiosResponse<string>): T {
	const isEvent = String(headers['content-type']).startsWith('text/event-stream');
	const text = isEvent ? (/^data: (.*)$/m.exec(data)?.[1] ?? '') : data;
	const { result, error } = JSON.parse(text) as Reply<T>;
	if (!result) throw new Error(error?.message ?? text);
	return result;
}

/** A client of an MCP Server Trigger, as a model elsewhere has it. */
export class McpClient {
	private session?: string;
	private count = 0;

	private constructor(private readonly url: string) {}

	static async connect(url: string): Promise<McpClient> {
		const client = new McpClient(url);
		await client.call('initialize', {
			protocolVersion: '2025-03-26',
			capabilities: {},
			clientInfo: { name: 'test', version: '1' },
		});
		await client.post({ jsonrpc: '2.0', method: 'notifications/initialized' });
		return client;
	}

	async tools(): Promise<OfferedTool[]> {
		type Listed = { name: string; description: string; inputSchema: object };
		const { tools } = await this.call<{ tools: Listed[] }>('tools/list', {});
		return tools.map(({ name, description, inputSchema }) => ({
			...{ name, description },
			parameters: inputSchema,
		}));
	}

	/** Calls a tool; what it answers, as the model reads it. */
	async use(name: string, given: object): Promise<string> {
		type Used = { content: Array<{ text: string }> };
		const { content } = await this.call<Used>('tools/call', { name, arguments: given });
		return content.map(({ text }) => text).join('\n');
	}

	private async call<T>(method: string, params: object): Promise<T> {
		return replyIn<T>(await this.post({ jsonrpc: '2.0', id: (this.count += 1), method, params }));
	}

	private async post(body: object): Promise<AxiosResponse<string>> {
		const response = await axios.post<string>(this.url, body, {
			headers: {
				Accept: 'application/json, text/event-stream',
				...(this.session && { 'Mcp-Session-Id': this.session }),
			},
			responseType: 'text',
			transformResponse: (data: string) => data,
		});
		this.session ??= response.headers['mcp-session-id'] as string | undefined;
		return response;
	}
}
