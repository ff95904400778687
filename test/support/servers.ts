import { type Socket, createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { RequestError, Server } from 'proxy-chain';
import { generate } from 'selfsigned';
import { type Recorder, record } from './recorder';

/** An HTTP answer, to be sent as it stands. */
export function httpAnswer(
	status: number,
	body: string,
	headers: Record<string, string | number> = {},
): string {
	const all = { 'Content-Length': Buffer.byteLength(body), Connection: 'close', ...headers };
	const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
	return `HTTP/1.1 ${status} Stand-in\r\n${lines.join('')}\r\n${body}`;
}

/** Answers whatever comes; without an answer, it ends the connection. */
const answering = (answer: string) => (socket: Socket) => {
	socket.once('data', () => (answer === '' ? socket.destroy() : socket.end(answer)));
};

/**
 * A server that gives everybody the same answer, over plain TCP.
 *
 * @param answer - see {@link httpAnswer}; empty to end the connection without a word
 * @param host - an address of the loopback range
 */
export const startServer = async (answer: string, host?: string): Promise<Recorder> =>
	await record(createServer(answering(answer)), 'connection', host);

/** What may be wrong with a certificate, other than that it vouches for itself. */
interface CertificateOptions {
	/** Which host it is for; `localhost` unless said. */
	hostname?: string;
	/** When it ends; in a month unless said. */
	notAfter?: Date;
}

const DAY = 86_400_000;

/**
 * An https server at `localhost` with a certificate that nobody trusts: whoever checks it sends no
 * request, and the server records none. Its certificate can be given to whoever is to trust it.
 */
export async function startUntrusted(
	answer: string,
	{ hostname = 'localhost', notAfter = new Date(Date.now() + 30 * DAY) }: CertificateOptions = {},
): Promise<Recorder & { certificate: string }> {
	const { private: key, cert } = await generate([{ name: 'commonName', value: hostname }], {
		algorithm: 'sha256',
		notBeforeDate: new Date(notAfter.getTime() - 60 * DAY),
		notAfterDate: notAfter,
		extensions: [
			{ name: 'basicConstraints', cA: true },
			{ name: 'subjectAltName', altNames: [{ type: 2, value: hostname }] },
		],
	});
	const recorder = await record(
		createTlsServer({ key, cert }, answering(answer)),
		'secureConnection',
	);
	return Object.assign(recorder, { certificate: cert });
}

/**
 * A proxy that lets nobody through.
 *
 * @param status - what it answers to `CONNECT` and to every other request, such as 403, 407 or 502
 */
export async function startRefusingProxy(status: number): Promise<Recorder> {
	const proxy = new Server({
		host: '127.0.0.1',
		port: 0,
		prepareRequestFunction() {
			throw new RequestError('Not through here', status);
		},
	});
	return await record(proxy.server);
}
