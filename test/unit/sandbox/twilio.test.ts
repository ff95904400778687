import { readFileSync } from 'node:fs';
import { type IncomingMessage, type RequestOptions, request } from 'node:http';
import { type Server, createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { connect } from 'node:tls';
import { type Twilio, startTwilio } from '../../../sandbox/twilio';

let twilio: Twilio;
let sink: Server;
let sinkUrl: string;
const received: Array<{ url: string; signature: unknown; body: string }> = [];

beforeAll(async () => {
	twilio = await startTwilio();
	sink = createServer((message, response) => {
		void text(message).then((body) => {
			received.push({ url: message.url!, signature: message.headers['x-twilio-signature'], body });
			response.end();
		});
	});
	await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve));
	sinkUrl = `http://127.0.0.1:${(sink.address() as AddressInfo).port}/webhook`;
});

afterAll(async () => {
	await twilio.close();
	await new Promise((resolve) => sink.close(resolve));
});

beforeEach(() => {
	twilio.messages.length = 0;
	twilio.refused.length = 0;
	received.length = 0;
});

/** What the proxy answers to a wish for a host. */
const tunnel = async (host: string) =>
	await new Promise<{ status?: number; socket: Socket }>((resolve, reject) => {
		request(twilio.environment.HTTPS_PROXY!, { method: 'CONNECT', path: `${host}:443` })
			.on('connect', ({ statusCode }, socket: Socket) => resolve({ status: statusCode, socket }))
			.on('error', reject)
			.end();
	});

/** Sends a request to a host as n8n does: through the proxy, trusting the certificate. */
async function send(host: string, options: RequestOptions, form: Record<string, string> = {}) {
	const { socket } = await tunnel(host);
	const ca = readFileSync(twilio.environment.NODE_EXTRA_CA_CERTS!);
	const secure = connect({ socket, servername: host, ca });
	const { accountSid, authToken } = twilio.credential.data;
	const answer = await new Promise<IncomingMessage>((resolve, reject) => {
		request({
			createConnection: () => secure,
			auth: `${accountSid}:${authToken}`,
			...options,
			headers: {
				Host: host,
				'Content-Type': 'application/x-www-form-urlencoded',
				...options.headers,
			},
		})
			.on('response', resolve)
			.on('error', reject)
			.end(new URLSearchParams(form).toString());
	});
	const body = await text(answer);
	secure.destroy();
	return { status: answer.statusCode, body: body === '' ? {} : (JSON.parse(body) as object) };
}

const MESSAGES = `/2010-04-01/Accounts/AC${'0'.repeat(32)}/Messages.json`;

const SMS = { From: '+15005550006', To: '+15124854282', Body: 'Hello' };

const sms = async (form: Record<string, string>, options: RequestOptions = {}) =>
	await send('api.twilio.com', { method: 'POST', path: MESSAGES, ...options }, form);

const events = async (method: string, path: string, form?: Record<string, string>) =>
	await send('events.twilio.com', { method, path: `/v1/${path}` }, form);

test('a text message is taken', async () => {
	expect(await sms(SMS)).toMatchObject({
		status: 201,
		body: { sid: expect.stringMatching(/^SM[0-9a-f]{32}$/) as string, status: 'queued' },
	});
	expect(twilio.messages).toEqual([{ from: SMS.From, to: SMS.To, body: SMS.Body }]);
	expect(twilio.refused).toEqual([]);
});

test.each([
	['no sign-in', SMS, { auth: undefined }, 401, 20003],
	['a wrong sign-in', SMS, { auth: 'AC:wrong' }, 401, 20003],
	['another account', SMS, { path: MESSAGES.replace('00', '01') }, 404, 20404],
	['a path that is none', SMS, { path: '/2010-04-01/Messages.json' }, 404, 20404],
	['ten digits', { ...SMS, To: '5124854282' }, {}, 400, 21211],
	['a sender that is no number', { ...SMS, From: 'Us' }, {}, 400, 21212],
	['no receiver', { ...SMS, To: '' }, {}, 400, 21604],
	['no text', { ...SMS, Body: '' }, {}, 400, 21602],
	['too long a text', { ...SMS, Body: 'x'.repeat(1601) }, {}, 400, 21617],
])('%s is refused', async (_what, form, options, status, code) => {
	expect(await sms(form, options)).toMatchObject({ status, body: { code, status } });
	expect(twilio.messages).toEqual([]);
	expect(twilio.refused).toHaveLength(1);
});

test('JSON is no form', async () => {
	const { status } = await sms(SMS, { headers: { 'Content-Type': 'application/json' } });
	expect(status).toBe(415);
	expect(twilio.messages).toEqual([]);
});

test('each host has its own paths', async () => {
	const path = MESSAGES;
	expect((await send('events.twilio.com', { method: 'POST', path }, SMS)).status).toBe(404);
});

test('the proxy leads nowhere else', async () => {
	const { status, socket } = await tunnel('api.n8n.io');
	socket.destroy();
	expect(status).toBe(403);
});

test('down, it takes no message', async () => {
	twilio.setDown(true);
	expect((await sms(SMS)).status).toBe(503);
	twilio.setDown(false);
	expect((await sms(SMS)).status).toBe(201);
});

const SINK = () => ({
	Description: 'A sink',
	SinkConfiguration: JSON.stringify({ destination: sinkUrl, method: 'POST' }),
	SinkType: 'webhook',
});

test('a sink that is subscribed is told of messages, signed, until it is removed', async () => {
	const { body: made } = (await events('POST', 'Sinks', SINK())) as { body: { sid: string } };
	const message = { from: '+15124854282', to: '+15005550006', body: '123456' };
	expect(await twilio.receive(message)).toEqual([]);

	const { body: subscribed } = (await events('POST', 'Subscriptions', {
		Description: 'A subscription',
		Types: '{ "type": "com.twilio.messaging.inbound-message.received" }',
		SinkSid: made.sid,
	})) as { body: { sid: string } };
	expect((await events('GET', 'Sinks')).body).toMatchObject({
		sinks: [{ sid: made.sid, sink_configuration: { destination: sinkUrl } }],
	});
	expect((await events('GET', 'Subscriptions')).body).toEqual({
		subscriptions: [{ sid: subscribed.sid, sink_sid: made.sid }],
	});
	expect((await events('GET', `Subscriptions/${subscribed.sid}/SubscribedEvents`)).body).toEqual({
		types: [{ type: 'com.twilio.messaging.inbound-message.received' }],
	});

	expect(await twilio.receive(message)).toEqual([200]);
	expect(received).toEqual([
		{
			url: expect.stringMatching(/^\/webhook\?bodySHA256=[0-9a-f]{64}$/) as string,
			signature: expect.stringMatching(/^[A-Za-z0-9+/]{27}=$/) as string,
			body: expect.stringContaining('"body":"123456"') as string,
		},
	]);
	expect(JSON.parse(received[0]!.body)).toEqual([
		expect.objectContaining({
			specversion: '1.0',
			data: expect.objectContaining(message) as object,
		}),
	]);

	expect((await events('DELETE', `Subscriptions/${subscribed.sid}`)).status).toBe(204);
	expect((await events('DELETE', `Sinks/${made.sid}`)).status).toBe(204);
	expect(await twilio.receive(message)).toEqual([]);
	expect((await events('DELETE', `Sinks/${made.sid}`)).status).toBe(404);
	expect([twilio.sinks, twilio.subscriptions]).toEqual([[], []]);
});

test.each([
	['a sink of another type', 'Sinks', () => ({ ...SINK(), SinkType: 'kinesis' })],
	['a sink without an address', 'Sinks', () => ({ ...SINK(), SinkConfiguration: '{}' })],
	['a sink whose configuration is no JSON', 'Sinks', () => ({ ...SINK(), SinkConfiguration: 'x' })],
	[
		'a subscription of no sink',
		'Subscriptions',
		() => ({
			Description: 'None',
			Types: '{"type":"com.twilio.messaging.inbound-message.received"}',
		}),
	],
])('%s is refused', async (_what, path, form) => {
	expect((await events('POST', path, form())).status).toBe(400);
	expect([twilio.sinks, twilio.subscriptions]).toEqual([[], []]);
});
