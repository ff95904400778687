import { createServer } from 'node:http';
import { type Recorder, record } from '../support/recorder';
import { httpAnswer, startUntrusted } from '../support/servers';
import type { Hindrance } from './cases';

/** What the credential of the API holds. */
export interface ApiCredential {
	apiKey: string;
	keyType: string;
	baseUrl: string;
}

/** What stands between all steps and their APIs: nothing that is sent may get through to it. */
export class Between {
	/** What n8n has to be started with: the proxy is asked for every https host but this machine. */
	readonly environment: Record<string, string>;

	private constructor(
		private readonly untrusted: Recorder,
		private readonly proxy: Recorder,
	) {
		this.environment = {
			HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
			NO_PROXY: 'localhost,127.0.0.1',
		};
	}

	static async open(): Promise<Between> {
		return new Between(await startUntrusted(httpAnswer(200, '{}')), await startProxy());
	}

	/** A credential that works, as it is while something is in the way. */
	hindered(working: ApiCredential, by: Hindrance): ApiCredential {
		switch (by) {
			case 'untrusted':
				return { ...working, baseUrl: `https://localhost:${this.untrusted.port}` };
			case 'refusingProxy':
				return { ...working, baseUrl: `https://${REFUSED}` };
			case 'closingProxy':
				return { ...working, baseUrl: `https://${CLOSED}` };
			case 'badKey':
				// As a web page gives it along when a key is copied: a space of no width.
				return { ...working, apiKey: `${working.apiKey}\u200b` };
		}
	}

	/** All that got this far, with what only a proxy is told: where to go. */
	get received(): string {
		return this.untrusted.received + this.proxy.received;
	}

	/** Requests for the API that got this far. */
	get requests(): number {
		return this.received.match(/^(?!CONNECT )[A-Z]+ \S+ HTTP\//gm)?.length ?? 0;
	}

	async close(): Promise<void> {
		await Promise.all([this.untrusted.close(), this.proxy.close()]);
	}
}

/** Hosts that are reached by a proxy, so that their names are looked up nowhere. */
const REFUSED = 'refused.invalid';
const CLOSED = 'closed.invalid';

/** A proxy that lets nobody through: it wants a password, or hangs up. */
async function startProxy(): Promise<Recorder> {
	const server = createServer().on('connect', ({ url }, socket) => {
		socket.end(url?.startsWith(CLOSED) ? undefined : httpAnswer(407, ''));
	});
	return await record(server);
}
