import axios, { type AxiosInstance } from 'axios';
import { type Api, SANDBOX_KEY } from '../../../sandbox/api';
import { registrationOf } from '../../../sandbox/examples/person';

type Body = Record<string, unknown>;

/**
 * A registration that the stand-in accepts.
 * @param changes other values by field, named as refusals name them, like `credit_card.number`
 */
export function registration(changes: Record<string, unknown> = {}) {
	const body: Body = registrationOf('Shop');
	const [address, credit_card] = [body.address, body.credit_card] as [Body, Body];
	for (const [path, value] of Object.entries(changes)) {
		const name = path.split('.').at(-1) ?? path;
		const part = path.startsWith('address.') ? address : credit_card;
		(path.includes('.') ? part : body)[name] = value;
	}
	return body;
}

/** A client with the right key, for which no status is an error and no redirect is followed. */
export function client(api: Api, headers: Record<string, string> = {}): AxiosInstance {
	return axios.create({
		baseURL: api.url,
		headers: { 'API-Key': SANDBOX_KEY, ...headers },
		validateStatus: () => true,
		maxRedirects: 0,
	});
}

export const REGISTER = '/v1/registration/stamps_com';

/** The path of Send, and with a verification that of Confirm. */
export function verificationPath(carrierId: string, verificationId?: string): string {
	const path = `/v1/connections/carriers/stamps_com/${carrierId}/verification`;
	return verificationId === undefined ? path : `${path}/${verificationId}`;
}
