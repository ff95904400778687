import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fastify, { type FastifyRequest } from 'fastify';
import { RequestError, Server } from 'proxy-chain';
import { generate } from 'selfsigned';
import type { NewCredential } from '../n8n/api';
import { Account } from './account';
import { Events, type Sink, type Subscription } from './events';
import { type Message, messageRoutes } from './messages';
import { Refusal, answerError } from './refusal';

export type { Message } from './messages';

const HOSTS = ['api.twilio.com', 'events.twilio.com'];

/** A running stand-in for api.twilio.com and events.twilio.com. */
export interface Twilio {
	/** What n8n has to be told so that it takes the stand-in for Twilio. */
	environment: Record<string, string>;
	/** The credential that n8n's Twilio nodes need. */
	credential: NewCredential;
	/** The text messages that were sent, the newest last. */
	messages: Message[];
	/** Where events go, and which. */
	sinks: readonly Sink[];
	subscriptions: readonly Subscription[];
	/** Every request that was refused, as `status: what was wrong`. */
	refused: string[];
	/** Somebody texts one of our numbers: the event goes to its sinks, whose statuses come back. */
	receive(message: Message): Promise<number[]>;
	/** Lets every text message fail from now on, or no longer. */
	setDown(isDown: boolean): void;
	close(): Promise<void>;
}

/** A certificate for Twilio's hosts that vouches for itself. */
async function certificate() {
	return await generate([{ name: 'commonName', value: 'Stand-in for Twilio' }], {
		algorithm: 'sha256',
		extensions: [
			{ name: 'basicConstraints', cA: true },
			{ name: 'subjectAltName', altNames: HOSTS.map((value) => ({ type: 2 as const, value })) },
		],
	});
}

/**
 * Starts a stand-in for the parts of Twilio that n8n's own Twilio nodes use. It speaks TLS under
 * Twilio's names, and is reached through a proxy: n8n's nodes know no other address.
 * @param options.onMessage is told of each text message that is sent
 */
export async function startTwilio({
	onMessage,
}: { onMessage?: (message: Message) => void } = {}): Promise<Twilio> {
	const account = new Account();
	const events = new Events(account);
	const messages: Message[] = [];
	const refused: string[] = [];
	const { private: key, cert } = await certificate();

	const app = fastify({ https: { key, cert }, forceCloseConnections: true });
	app.removeAllContentTypeParsers();
	app.addContentTypeParser(
		'application/x-www-form-urlencoded',
		{ parseAs: 'string' },
		async (_request: FastifyRequest, body: string) => new URLSearchParams(body),
	);
	app.setErrorHandler(answerError);
	app.setNotFoundHandler(() => {
		throw new Refusal(404, 20404, 'The requested resource was not found.');
	});
	app.addHook('onRequest', async ({ headers }) => {
		if (!account.mayEnter(headers.authorization)) throw new Refusal(401, 20003, 'Authenticate');
	});
	app.addHook('onError', async ({ method, url }, _reply, error) => {
		refused.push(`${method} ${url}: ${error.message}`);
	});
	messageRoutes(app, account, (message) => {
		messages.push(message);
		onMessage?.(message);
	});
	events.addRoutes(app);

	await app.ready();
	const proxy = new Server({
		host: '127.0.0.1',
		port: 0,
		prepareRequestFunction({ hostname, port }) {
			if (!HOSTS.includes(hostname) || port !== 443) throw new RequestError('Not Twilio', 403);
			return { customConnectServer: app.server };
		},
	});
	await proxy.listen();
	const folder = await mkdtemp(path.join(tmpdir(), 'twilio-sandbox-'));
	const certificateFile = path.join(folder, 'certificate.pem');
	await writeFile(certificateFile, cert);

	return {
		environment: {
			HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
			NO_PROXY: '127.0.0.1,localhost',
			NODE_EXTRA_CA_CERTS: certificateFile,
		},
		credential: {
			name: 'Twilio account',
			type: 'twilioApi',
			data: { authType: 'authToken', accountSid: account.sid, authToken: account.authToken },
		},
		messages,
		sinks: events.sinks,
		subscriptions: events.subscriptions,
		refused,
		receive: async (message) => await events.tell(message),
		setDown(isDown) {
			account.isDown = isDown;
		},
		async close() {
			await proxy.close(true);
			await app.close();
			await rm(folder, { recursive: true });
		},
	};
}
