import { createHash, createHmac } from 'node:crypto';
import axios from 'axios';
import type { FastifyInstance } from 'fastify';
import type { Account } from './account';
import { Refusal } from './refusal';

/** Where Twilio sends what happens. */
export interface Sink {
	sid: string;
	destination: string;
}

/** What a sink is told of. */
export interface Subscription {
	sid: string;
	sinkSid: string;
	types: string[];
}

/** The type of the event that somebody has sent a text message (documented). */
export const INBOUND_MESSAGE = 'com.twilio.messaging.inbound-message.received';

const HOST = { constraints: { host: 'events.twilio.com' } };

function formOf(body: unknown): URLSearchParams {
	if (body instanceof URLSearchParams) return body;
	throw new Refusal(400, 20001, 'The body has to be form-encoded.');
}

/** A form-encoded parameter that holds JSON. */
function jsonOf(form: URLSearchParams, name: string): Record<string, unknown> {
	try {
		return JSON.parse(form.get(name) ?? '') as Record<string, unknown>;
	} catch {
		throw new Refusal(400, 20001, `'${name}' has to be JSON.`);
	}
}

/** Takes an entry with an identifier out of a list. */
function remove(list: Array<{ sid: string }>, sid: string): void {
	const index = list.findIndex((entry) => entry.sid === sid);
	if (index < 0) throw new Refusal(404, 20404, `${sid} was not found.`);
	list.splice(index, 1);
}

/** The sinks and subscriptions of events.twilio.com (documented), as far as n8n asks for them. */
export class Events {
	readonly sinks: Sink[] = [];
	readonly subscriptions: Subscription[] = [];

	constructor(private readonly account: Account) {}

	/** Sends an inbound message to every sink that is subscribed; the statuses of the answers. */
	async tell(message: { from: string; to: string; body: string }): Promise<number[]> {
		const told = this.sinks.filter(({ sid }) =>
			this.subscriptions.some(
				({ sinkSid, types }) => sinkSid === sid && types.includes(INBOUND_MESSAGE),
			),
		);
		const events = JSON.stringify([this.inbound(message)]);
		return await Promise.all(
			told.map(async ({ destination }) => await this.post(destination, events)),
		);
	}

	addRoutes(app: FastifyInstance): void {
		app.get('/v1/Sinks', HOST, async () => ({
			sinks: this.sinks.map((sink) => this.shown(sink)),
		}));
		app.post('/v1/Sinks', HOST, async ({ body }, reply) => {
			const form = formOf(body);
			const { destination, method } = jsonOf(form, 'SinkConfiguration');
			const isSound =
				form.get('SinkType') === 'webhook' &&
				Boolean(form.get('Description')) &&
				typeof destination === 'string' &&
				URL.canParse(destination) &&
				method === 'POST';
			if (!isSound) throw new Refusal(400, 20001, 'That is no sink.');
			const sink = { sid: this.account.newSid('DG'), destination };
			this.sinks.push(sink);
			return reply.code(201).send(this.shown(sink));
		});
		app.delete<{ Params: { sid: string } }>('/v1/Sinks/:sid', HOST, async ({ params }, reply) => {
			remove(this.sinks, params.sid);
			return reply.code(204).send();
		});

		app.get('/v1/Subscriptions', HOST, async () => ({
			subscriptions: this.subscriptions.map(({ sid, sinkSid }) => ({ sid, sink_sid: sinkSid })),
		}));
		app.post('/v1/Subscriptions', HOST, async ({ body }, reply) => {
			const form = formOf(body);
			const { type } = jsonOf(form, 'Types');
			const sinkSid = form.get('SinkSid');
			const sink = this.sinks.find(({ sid }) => sid === sinkSid);
			if (!sink || type !== INBOUND_MESSAGE || !form.get('Description')) {
				throw new Refusal(400, 20001, 'That is no subscription.');
			}
			const subscription = { sid: this.account.newSid('DF'), sinkSid: sink.sid, types: [type] };
			this.subscriptions.push(subscription);
			return reply.code(201).send({ sid: subscription.sid, sink_sid: sink.sid });
		});
		app.get<{ Params: { sid: string } }>(
			'/v1/Subscriptions/:sid/SubscribedEvents',
			HOST,
			async ({ params }) => {
				const found = this.subscriptions.find(({ sid }) => sid === params.sid);
				if (!found) throw new Refusal(404, 20404, 'There is no such subscription.');
				return { types: found.types.map((type) => ({ type })) };
			},
		);
		app.delete<{ Params: { sid: string } }>(
			'/v1/Subscriptions/:sid',
			HOST,
			async ({ params }, reply) => {
				remove(this.subscriptions, params.sid);
				return reply.code(204).send();
			},
		);
	}

	private shown({ sid, destination }: Sink) {
		return {
			sid,
			sink_type: 'webhook',
			sink_configuration: { destination, method: 'post', batch_events: true },
			status: 'active',
		};
	}

	/** An event as Event Streams sends it: CloudEvents 1.0, schema InboundMessageV1 (documented). */
	private inbound({ from, to, body }: { from: string; to: string; body: string }) {
		const now = new Date().toISOString();
		const messageSid = this.account.newSid('SM');
		return {
			specversion: '1.0',
			type: INBOUND_MESSAGE,
			source: `/2010-04-01/Accounts/${this.account.sid}/Messages/${messageSid}.json`,
			id: this.account.newSid('EZ'),
			dataschema: 'https://events-schemas.twilio.com/Messaging.InboundMessageV1/6',
			datacontenttype: 'application/json',
			time: now,
			data: {
				messageSid,
				timestamp: now,
				accountSid: this.account.sid,
				eventName: INBOUND_MESSAGE,
				from,
				to,
				numMedia: 0,
				numSegments: 1,
				body,
				recipients: [],
			},
		};
	}

	/** Posts to a sink, signed as Twilio signs JSON (documented under "Validating requests"). */
	private async post(destination: string, body: string): Promise<number> {
		const hash = createHash('sha256').update(body).digest('hex');
		const url = `${destination}?bodySHA256=${hash}`;
		const signature = createHmac('sha1', this.account.authToken).update(url).digest('base64');
		const { status } = await axios.post(url, body, {
			headers: { 'Content-Type': 'application/json', 'X-Twilio-Signature': signature },
			validateStatus: () => true,
		});
		return status;
	}
}
