import axios, { type AxiosInstance } from 'axios';
import { type Api, SANDBOX_KEY } from '../../../sandbox/api';

/**
 * A registration that the stand-in accepts.
 * @param changes other values by field, named as refusals name them, like `credit_card.number`
 */
export function registration(changes: Record<string, unknown> = {}) {
	const address: Record<string, unknown> = {
		name: 'John Doe',
		phone: '512-485-4282',
		company_name: 'Example Corp.',
		address_line1: '4009 Marathon Blvd',
		address_line2: 'Suite 300',
		city_locality: 'Austin',
		state_province: 'TX',
		postal_code: '78756',
		country_code: 'US',
		address_residential_indicator: 'no',
	};
	const credit_card: Record<string, unknown> = {
		name: 'my credit card',
		number: '4111111111111111',
		type: 'Visa',
		expiration_year: '2099',
		expiration_month: '07',
	};
	const body: Record<string, unknown> = {
		nickname: 'Shop',
		email: 'john.doe@example.com',
		agree_to_carrier_terms: true,
		address,
		credit_card,
	};
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
