import type { AddressInfo, Server, Socket } from 'node:net';

/** A server of this machine that keeps what it is sent. */
export interface Recorder {
	host: string;
	port: number;
	/** How many connections came about; of TLS, those whose handshake both sides finished. */
	readonly connections: number;
	/** How many requests of HTTP were begun, `CONNECT` included. */
	readonly requests: number;
	/** All bytes that came, as Latin-1; of TLS, what was encrypted. */
	readonly received: string;
	close(): Promise<void>;
}

const REQUEST = /^[A-Z]+ \S+ HTTP\/1\.[01]\r$/gm;

/**
 * Lets a server listen at a free port, and records what comes.
 *
 * @param event - the server's name for a new connection: `secureConnection` for TLS
 * @param host - an address of the loopback range
 */
export async function record(
	server: Server,
	event: 'connection' | 'secureConnection' = 'connection',
	host = '127.0.0.1',
): Promise<Recorder> {
	const open = new Set<Socket>();
	let connections = 0;
	let received = '';
	server.on('connection', (socket: Socket) => {
		open.add(socket);
		socket.on('close', () => open.delete(socket)).on('error', () => socket.destroy());
	});
	server.on(event, (socket: Socket) => {
		connections += 1;
		socket.on('data', (data) => (received += data.toString('latin1')));
		socket.on('error', () => socket.destroy());
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject).listen(0, host, resolve);
	});
	return {
		host,
		port: (server.address() as AddressInfo).port,
		get connections() {
			return connections;
		},
		get requests() {
			return received.match(REQUEST)?.length ?? 0;
		},
		get received() {
			return received;
		},
		async close() {
			await new Promise<void>((resolve) => {
				server.close(() => resolve());
				for (const socket of open) socket.destroy();
			});
		},
	};
}
