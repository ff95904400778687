import { createServer } from 'node:net';

function isFree(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const server = createServer()
			.once('error', () => resolve(false))
			.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
	});
}

/**
 * The first port from `wanted` upwards that nothing on this machine listens on.
 * @param taken ports to step past too
 */
export async function freePort(wanted: number, ...taken: number[]): Promise<number> {
	let port = wanted;
	while (taken.includes(port) || !(await isFree(port))) port += 1;
	return port;
}
