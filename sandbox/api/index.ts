import fastify from 'fastify';
import { guardAccess } from './access';
import { carrierRoutes } from './carriers';
import { connectionRoutes } from './connections';
import { answerError, answerUnknownPath } from './errors';
import { Faults, faultyRoutes } from './faults';
import { fundsRoutes } from './funds';
import { Ids } from './ids';
import { labelRoutes } from './labels';
import type { Label } from './labelStore';
import { RateLimit } from './rateLimit';
import { rateRoutes } from './rates';
import { registrationRoutes } from './registration';
import { recordRequests, type SeenRequest } from './requests';
import { DEFAULTS, type Settings } from './settings';
import type { Carrier } from './carrier';
import { type NewCarrier, Store } from './store';
import type { SubAccount, SubAccountFields } from './subAccountStore';
import { subAccountRoutes } from './subAccounts';
import { verificationRoutes } from './verification';

export { DECLINED_CARD } from './cards';
export { WRONG_PASSWORD } from './connections';
export { SANDBOX_KEY, type Settings, type Text } from './settings';
export type { FaultOptions } from './faultKinds';
export type { Fault, FaultKind, Operation } from './faults';
export type { SeenRequest } from './requests';
export type { Carrier } from './carrier';
export type { Account, Charge, Login, NewCarrier, Verification } from './store';
export type { SubAccount, SubAccountFields } from './subAccountStore';

/** A running stand-in for api.shipengine.com. */
export interface Api {
	/** Its address, without a slash at the end. */
	url: string;
	/** What it remembers, to be looked at. */
	state: Pick<Store, 'accounts' | 'carriers' | 'charges' | 'logins' | 'verifications'> & {
		/** In the order in which they were made. */
		subAccounts: SubAccount[];
		/** In the order in which they were bought. */
		labels: Label[];
	};
	/** What it answers to, as `GET /v1/carriers/:carrier_id`. */
	routes: string[];
	/** Every request in the order of arrival, the refused ones too. */
	requests: SeenRequest[];
	/** The misbehaviour to come; see `FaultOptions` for the kinds. */
	faults: Pick<Faults, 'add' | 'clear' | 'underWay'>;
	/** Adds a carrier beforehand: a Stamps.com one unless its `carrier_code` says otherwise. */
	addCarrier(carrier: NewCarrier): Carrier;
	/** Adds a sub-account beforehand: one that was made long ago. */
	addSubAccount(fields?: Partial<SubAccountFields>): SubAccount;
	/** The code last texted to a phone (ten digits). Throws if there was none. */
	codeFor(phone: string): string;
	/** Lets every code texted so far expire. */
	expireCodes(): void;
	/** Forgets everything, and behaves as at its start but for the settings given here. */
	reset(settings?: Partial<Settings>): void;
	/** Stops, ending open connections. */
	close(): Promise<void>;
}

/** When sub-accounts were made that are there beforehand. */
const LONG_AGO = Date.UTC(2024, 0, 2);

/**
 * Starts a stand-in for the parts of the vendor's API that have to do with Stamps.com accounts, and with
 * a partner's sub-accounts.
 * It keeps state, refuses what the real API refuses, and can be told to misbehave.
 * @param options settings, and the port: a free one unless said
 */
export async function startApi({
	port = 0,
	...given
}: Partial<Settings> & { port?: number } = {}): Promise<Api> {
	const settings: Settings = { ...DEFAULTS, ...given };
	const ids = new Ids();
	const store = new Store(ids);
	const rateLimit = new RateLimit(settings);
	const faults = new Faults();
	const requests: SeenRequest[] = [];

	const app = fastify({
		forceCloseConnections: true,
		genReqId: () => ids.request(),
		frameworkErrors: (_error, request, reply) => answerUnknownPath(request, reply),
		exposeHeadRoutes: false,
	});
	app.setErrorHandler(answerError);
	app.setNotFoundHandler(answerUnknownPath);
	const routes: string[] = [];
	app.addHook('onRoute', ({ method, url }) => void routes.push(`${String(method)} ${url}`));
	recordRequests(app, requests);
	guardAccess(app, settings, rateLimit, store);
	faultyRoutes(app, faults, store);
	registrationRoutes(app, store, settings);
	verificationRoutes(app, store, settings);
	carrierRoutes(app, store);
	connectionRoutes(app, store);
	fundsRoutes(app, store, settings);
	rateRoutes(app, store);
	subAccountRoutes(app, store, settings);
	labelRoutes(app, store, settings);

	return {
		url: await app.listen({ host: '127.0.0.1', port }),
		state: {
			accounts: store.accounts,
			verifications: store.verifications,
			charges: store.charges,
			logins: store.logins,
			subAccounts: store.subAccounts.all,
			labels: store.labelStore.labels,
			carriers: (onBehalfOf) => store.carriers(onBehalfOf),
		},
		routes,
		requests,
		faults,
		addCarrier: (carrier) => store.addCarrier(carrier),
		addSubAccount: (fields) =>
			store.subAccounts.add({ origin_country_code: 'US', ...fields }, LONG_AGO),
		codeFor(phone) {
			const texted = store.verifications.findLast((verification) => verification.phone === phone);
			if (!texted) throw new Error(`No code was texted to ${phone}`);
			return texted.code;
		},
		expireCodes() {
			for (const verification of store.verifications) verification.expired = true;
		},
		reset(changed = {}) {
			store.reset();
			rateLimit.reset();
			faults.clear();
			requests.length = 0;
			Object.assign(settings, DEFAULTS, given, changed);
		},
		async close() {
			await app.close();
			faults.clear();
		},
	};
}
