import httpProxy from '@fastify/http-proxy';
import fastify, { type FastifyInstance } from 'fastify';
import { generate } from 'selfsigned';

/** Small proxies in front of n8n, as people have them. */

/** What a proxy does besides passing on. */
export interface FrontOptions {
	/** The host that n8n is told; that of the request unless said. */
	host?: string;
	/** Whether people reach it by https, and n8n by http. */
	endsTls?: boolean;
	/** The beginning of the path, which n8n is not told; none unless said. */
	path?: string;
	/** Whether n8n's `Access-Control-Allow-Origin` is taken out. */
	stripsCors?: boolean;
}

export interface Front {
	/** Its address, with its path, without a slash at the end. */
	url: string;
	/** How many POSTs came to it. */
	readonly posts: number;
	/** Lets the next POST get to n8n, and its answer to nobody. */
	loseNext(): void;
	close(): Promise<void>;
}

async function serverOf(endsTls: boolean): Promise<FastifyInstance> {
	const options = { forceCloseConnections: true };
	if (!endsTls) return fastify(options);
	const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
		extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
	});
	return fastify({ ...options, https: { key, cert } }) as unknown as FastifyInstance;
}

/** Starts a proxy on this machine in front of an address. */
export async function startFront(
	upstream: string,
	{ host, endsTls = false, path = '', stripsCors = false }: FrontOptions = {},
): Promise<Front> {
	const server = await serverOf(endsTls);
	let [posts, losesNext] = [0, false];
	await server.register(httpProxy, {
		upstream,
		prefix: path,
		rewritePrefix: '',
		http: { requestOptions: { timeout: 120_000 } },
		async preHandler({ method }) {
			if (method === 'POST') posts += 1;
		},
		replyOptions: {
			rewriteRequestHeaders: (_request, headers) => ({ ...headers, ...(host && { host }) }),
			rewriteHeaders: ({ 'access-control-allow-origin': allowed, ...headers }) => ({
				...headers,
				...(!stripsCors && allowed && { 'access-control-allow-origin': allowed }),
			}),
			onResponse(request, reply, response) {
				if (!losesNext || request.method !== 'POST') return reply.send(response.stream);
				losesNext = false;
				return reply.hijack().raw.destroy();
			},
		},
	});
	const address = new URL(await server.listen({ host: '127.0.0.1', port: 0 }));
	return {
		url: `${endsTls ? 'https://localhost' : 'http://127.0.0.1'}:${address.port}${path}`,
		get posts() {
			return posts;
		},
		loseNext: () => (losesNext = true),
		close: async () => await server.close(),
	};
}
