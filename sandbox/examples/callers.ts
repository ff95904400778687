import type { NewCredential } from '../n8n/api';

/** Who may start the example workflows that are not for everybody. None of it opens anything else. */

/** The header that another system sends to workflows/json-api.json. */
export const CALLER_HEADER = { name: 'X-Onboarding-Key', value: 'sandbox-caller' };

/** Whoever may open the form of workflows/many-merchants.json. */
export const STAFF = { user: 'staff', password: 'sandbox-staff' };

/** The monitor that calls workflows/watch.json. */
export const MONITOR = { user: 'monitor', password: 'sandbox-monitor' };

/** Whoever may open the registration pages. */
export const VISITOR = { user: 'visitor', password: 'sandbox-visitor' };

/** An address with the user name and the password that open it. */
export function asVisitor(url: string): string {
	const { user: username, password } = VISITOR;
	return Object.assign(new URL(url), { username, password }).href;
}

/** The credential that the registration pages name. */
export const visitorCredential: NewCredential = {
	name: 'ShipEngine Page Login account',
	type: 'shipEnginePageLoginApi',
	data: VISITOR,
};

/** The credentials that those workflows name. */
export const callerCredentials: NewCredential[] = [
	{ name: 'Header Auth account', type: 'httpHeaderAuth', data: CALLER_HEADER },
	{ name: 'Basic Auth account', type: 'httpBasicAuth', data: STAFF },
	{ name: 'Stamps page account', type: 'httpBasicAuth', data: VISITOR },
	{ name: 'Stamps monitor account', type: 'httpBasicAuth', data: MONITOR },
];
