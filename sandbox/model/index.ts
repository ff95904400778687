import type { AddressInfo } from 'node:net';
import fastify from 'fastify';
import type { NewCredential } from '../n8n/api';

/** A tool as the model is offered it. */
export interface OfferedTool {
	name: string;
	description: string;
	/** JSON Schema. */
	parameters: object;
}

/** A call of a tool that the model wants made. */
export interface Call {
	/** As in the offer. */
	name: string;
	arguments: object;
}

/** What the model says: words, which end its turn, or tools that it wants called. */
export type Says = string | Call[];

/** What it is asked: what was said so far, the newest last, and the tools that it is offered. */
export interface Asked {
	messages: Array<{ role: string; content: string }>;
	tools: OfferedTool[];
}

/** A running stand-in for a chat model with OpenAI's interface. */
export interface Model {
	/** The credential that n8n's OpenAI Chat Model needs. */
	credential: NewCredential;
	/** All that it was asked, the newest last. */
	asked: Asked[];
	/** What the tools of its last turn answered, in the order of its calls. */
	answers(): string[];
	/** Has it say these things, one each time that it is asked; an Error is a 500. After that it is done. */
	says(...turns: Array<Says | Error>): void;
	close(): Promise<void>;
}

interface CompletionRequest {
	stream?: boolean;
	messages: Array<{ role: string; content: string | Array<{ text?: string }> | null }>;
	tools?: Array<{ function: OfferedTool }>;
}

const textOf = (content: CompletionRequest['messages'][number]['content']): string =>
	typeof content === 'string' ? content : (content ?? []).map(({ text }) => text ?? '').join('');

let calls = 0;

function messageOf(says: Says): object {
	if (typeof says === 'string') return { role: 'assistant', content: says };
	return {
		role: 'assistant',
		content: null,
		tool_calls: says.map(({ name, arguments: given }, index) => ({
			index,
			id: `call_${(calls += 1)}`,
			type: 'function',
			function: { name, arguments: JSON.stringify(given) },
		})),
	};
}

/**
 * Starts a stand-in for a chat model (OpenAI's API reference, "Create chat completion"). It says what it
 * is told to, so that a test can have a model want anything.
 */
export async function startModel(): Promise<Model> {
	const asked: Asked[] = [];
	let turns: Array<Says | Error> = [];
	const app = fastify({ forceCloseConnections: true });
	app.get('/v1/models', async () => ({
		object: 'list',
		data: [{ id: 'stand-in', object: 'model' }],
	}));
	app.post<{ Body: CompletionRequest }>('/v1/chat/completions', async ({ body }, reply) => {
		asked.push({
			messages: body.messages.map(({ role, content }) => ({ role, content: textOf(content) })),
			tools: (body.tools ?? []).map((tool) => tool.function),
		});
		const says = turns.shift() ?? 'Done.';
		if (says instanceof Error) {
			return await reply.code(500).send({ error: { message: says.message, type: 'server_error' } });
		}
		const finish_reason = typeof says === 'string' ? 'stop' : 'tool_calls';
		const head = { id: 'chatcmpl-1', created: 0, model: 'stand-in' };
		const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
		if (!body.stream) {
			const choices = [{ index: 0, message: messageOf(says), finish_reason }];
			return { ...head, object: 'chat.completion', choices, usage };
		}
		const chunk = (choice: object) => ({
			...head,
			object: 'chat.completion.chunk',
			choices: [{ index: 0, ...choice }],
		});
		const chunks = [
			chunk({ delta: messageOf(says), finish_reason: null }),
			{ ...chunk({ delta: {}, finish_reason }), usage },
		];
		const lines = [...chunks.map((each) => JSON.stringify(each)), '[DONE]'];
		return await reply
			.type('text/event-stream')
			.send(lines.map((line) => `data: ${line}\n\n`).join(''));
	});
	await app.listen({ host: '127.0.0.1', port: 0 });
	const { port } = app.server.address() as AddressInfo;

	return {
		credential: {
			name: 'OpenAI account',
			type: 'openAiApi',
			data: { apiKey: 'none', url: `http://127.0.0.1:${port}/v1`, header: false },
		},
		asked,
		answers: () => {
			const { messages = [] } = asked.at(-1) ?? {};
			const from = messages.findLastIndex(({ role }) => role !== 'tool');
			return messages.slice(from + 1).map(({ content }) => content);
		},
		says: (...given) => void (turns = given),
		close: async () => await app.close(),
	};
}
