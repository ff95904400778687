import type { NewCredential } from '../n8n/api';

/** Who may start the example workflows that are not for everybody. None of it opens anything else. */

/** The header that another system sends to workflows/json-api.json. */
export const CALLER_HEADER = { name: 'X-Onboarding-Key', value: 'sandbox-caller' };

/** Whoever may open the form of workflows/many-merchants.json. */
export const STAFF = { user: 'staff', password: 'sandbox-staff' };

/** The credentials that those workflows name. */
export const callerCredentials: NewCredential[] = [
	{ name: 'Header Auth account', type: 'httpHeaderAuth', data: CALLER_HEADER },
	{ name: 'Basic Auth account', type: 'httpBasicAuth', data: STAFF },
];
