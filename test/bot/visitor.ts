import { randomInt } from 'node:crypto';
import axios from 'axios';
import { CompactEncrypt, type JWK, importJWK } from 'jose';
import { parse } from 'node-html-parser';
import { REGISTRANT } from '../../sandbox/examples/person';

/** What came of a registration, as whoever sent it is told. */
export interface Outcome {
	/** `good` and `declined` are verdicts on the card. */
	kind: 'good' | 'declined' | 'wait' | 'refused' | 'no page' | 'other';
	/** How long they are told to wait, in seconds. */
	seconds?: number;
	/** What the page goes on to the code with. */
	code?: { link: string; pass?: string };
}

export interface Registration {
	page: string;
	/** The address that the sender has, as the proxy in front of n8n tells it. */
	address: string;
	auth?: { username: string; password: string };
	email: string;
	phone: string;
	card: string;
}

/** What a page tells its script; the pass is of those that have one. */
interface Settings {
	publicJwk: JWK & { kid: string };
	now: number;
	pass?: string;
	passId?: string;
}

interface Answer {
	stage?: string;
	link?: string;
	error?: { retry_after?: number; errors?: Array<{ code: string }> };
}

const unsure = { validateStatus: () => true, timeout: 120_000 };

async function sealed(card: object, { publicJwk: { kid, ...jwk } }: Settings): Promise<string> {
	return await new CompactEncrypt(new TextEncoder().encode(JSON.stringify(card)))
		.setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid })
		.encrypt(await importJWK(jwk, 'ECDH-ES'));
}

function outcomeOf(status: number, { stage, link = '', error }: Answer, pass?: string): Outcome {
	if (stage === 'code') return { kind: 'good', code: { link, pass } };
	if (status === 429) return { kind: 'wait', seconds: error?.retry_after };
	if (error?.errors?.some(({ code }) => code === 'funding_source_error')) {
		return { kind: 'declined' };
	}
	return { kind: status >= 400 ? 'refused' : 'other' };
}

/** Loads the page and sends it once, as its script does, but without a browser. */
export async function register(sender: Registration): Promise<Outcome> {
	const { page, address, auth, email, phone, card: number } = sender;
	const headers = { 'X-Forwarded-For': address };
	const loaded = await axios.get<string>(page, { ...unsure, headers, auth });
	const found = loaded.status === 200 ? parse(loaded.data).querySelector('#settings') : undefined;
	// Without the page, a bot makes up what it can.
	if (!found) return { kind: 'no page' };
	const settings = JSON.parse(found.rawText) as Settings;
	const card = {
		name: REGISTRANT.name,
		number,
		expiration_year: String(new Date().getFullYear() + 2),
		expiration_month: '07',
		...{ email, phone, pass: settings.passId, iat: settings.now },
	};
	const { status, data } = await axios.post<Answer>(
		page,
		JSON.stringify({
			...{ ...REGISTRANT, email, phone, pass: settings.pass },
			sealed_card: await sealed(card, settings),
		}),
		{ ...unsure, headers: { ...headers, 'Content-Type': 'text/plain' } },
	);
	return outcomeOf(status, typeof data === 'object' ? data : {}, settings.pass);
}

/** Sends a code, or asks for a new one; whether a run has started for it. */
export async function sendCode(
	{ page, address }: Pick<Registration, 'page' | 'address'>,
	{ link, pass }: NonNullable<Outcome['code']>,
	more: { verification_code: string } | { new_code: true },
): Promise<boolean> {
	const headers = { 'X-Forwarded-For': address, 'Content-Type': 'text/plain' };
	const body = JSON.stringify({ pass, link, ...more });
	const { data } = await axios.post<Answer>(page, body, { ...unsure, headers });
	// What the door refuses has nothing that a step would say.
	return data.error?.errors?.some(({ code }) => code === 'verification_failure') ?? false;
}

/** An address of nobody (RFC 5737 has too few of them; these are of RFC 2544). */
export const anyAddress = () => `198.18.${randomInt(256)}.${randomInt(256)}`;
