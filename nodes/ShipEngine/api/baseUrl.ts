import type { INodeProperties } from 'n8n-workflow';
import { Failure } from '../failures/failure';

/** To which API what a credential holds may be sent. */
export interface OnlyTo {
	/** The credential, as n8n's editor names its type. */
	credential: string;
	/** Its *Base URL*. */
	baseUrl: unknown;
}

/** The address of the API (reference pages). */
const OFFICIAL = 'https://api.shipengine.com';

/** The field of a credential that says to which address its secret goes, and to no other. */
export const baseUrlField = (description: string): INodeProperties => ({
	displayName: 'Base URL',
	name: 'baseUrl',
	type: 'string',
	default: OFFICIAL,
	description,
});

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

function isSafe(url: string): boolean {
	// A user name, a password or a query in the address is never legitimate here.
	if (!URL.canParse(url) || /[?#@]/.test(url)) return false;
	const { protocol, hostname } = new URL(url);
	return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname));
}

/**
 * The API's address from a credential, without a slash at the end.
 *
 * @param credential - the credential, as n8n's editor names its type
 * @throws {@link Failure} unless it is https, or http on this machine: it carries the key and the card
 */
export function baseUrlOf(value: unknown, credential = 'ShipEngine API'): string {
	const url = String(value ?? '').trim();
	if (isSafe(url)) return url.replace(/\/+$/, '');
	const message = `The 'Base URL' of the '${credential}' credential cannot be used`;
	throw new Failure({
		message,
		description: `Nothing was sent. Set it to '${OFFICIAL}', or for tests to another https address without a name, a password or a query.`,
		reasons: [{ code: 'base_url_unusable', field: null, message }],
	});
}

/**
 * Whoever may use the credential of a card can make a credential for an API of their own, but cannot
 * change where the card may go.
 *
 * @param baseUrl - that of the API to which it would be sent
 * @throws {@link Failure} where it may go to another one only
 */
export function checkOnlyTo(onlyTo: OnlyTo, baseUrl: string): void {
	const { credential } = onlyTo;
	if (new URL(baseUrlOf(onlyTo.baseUrl, credential)).href === new URL(baseUrl).href) return;
	const message = `The '${credential}' credential is for another 'Base URL' than the 'ShipEngine API' credential has`;
	throw new Failure({
		message,
		description: `Nothing was sent. Check the 'Base URL' of the 'ShipEngine API' credential first: what you use here would go to that address. If it is right, ask the owner of the '${credential}' credential to set the same 'Base URL' there.`,
		reasons: [{ code: 'base_url_differs', field: null, message }],
	});
}
