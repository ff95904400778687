import { type Server, createServer } from 'node:http';
import { type AddressInfo, type Socket, connect } from 'node:net';

/** A proxy that leads a few hosts to a server on this machine, and all others nowhere. */
export interface Tunnel {
	/** For a client's `HTTPS_PROXY`. */
	url: string;
	close(): Promise<void>;
}

/**
 * Starts a proxy for HTTPS (`CONNECT`, RFC 9110, section 9.3.6).
 * @param hosts the hosts that lead to `port`, each with HTTPS's own port
 * @param port of a server on this machine, which has to speak TLS as those hosts
 */
export async function startTunnel(hosts: string[], port: number): Promise<Tunnel> {
	const open = new Set<Socket>();
	const remember = (socket: Socket) => {
		open.add(socket.on('error', () => socket.destroy()).once('close', () => open.delete(socket)));
	};
	const server: Server = createServer((_request, response) => response.writeHead(403).end());
	server.on('connection', remember).on('connect', ({ url }, client: Socket) => {
		if (!hosts.some((host) => url === `${host}:443`)) {
			client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
			return;
		}
		const there = connect(port, '127.0.0.1', () => {
			client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
			there.pipe(client).pipe(there);
		});
		remember(there);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: async () => {
			for (const socket of open) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
