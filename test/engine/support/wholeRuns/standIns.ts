import { type Api, type Settings, startApi } from '../../../../sandbox/api';
import { SEAL_SECRET } from '../../../support/sealing';
import type { Credentials } from '../credentials';
import { CARD, LOGIN } from '../fixtures';
import { expectNoneLate } from './observer';

/** A stand-in for one case, with a key of its own: what an earlier case sends late has another key. */
export interface StandIn {
	api: Api;
	key: string;
	credentials: Credentials;
	/** Has the credential say that its key is a partner's. */
	asPartner(): void;
	/** Empties it, with other settings. */
	reset(settings: Partial<Settings>): void;
}

/** Stand-ins for the cases of a file: each is used by one at a time, and then by another. */
export function useStandIns() {
	const free: Api[] = [];
	const all: Api[] = [];
	let count = 0;
	afterAll(async () => {
		await Promise.all(all.map(async (api) => await api.close()));
		expectNoneLate();
	});

	return async <T>(use: (standIn: StandIn) => Promise<T>): Promise<T> => {
		const api = free.pop() ?? (await startApi());
		if (!all.includes(api)) all.push(api);
		const key = `key-of-case-${(count += 1)}`;
		const reset = (settings?: Partial<Settings>) => api.reset({ apiKeys: [key], ...settings });
		reset();
		const credentials: Credentials = {
			shipEngineApi: { apiKey: key, baseUrl: api.url },
			shipEnginePaymentCardApi: { ...(CARD as Credentials[string]), baseUrl: api.url },
			shipEngineCardSealApi: { secret: SEAL_SECRET, baseUrl: api.url },
			shipEngineStampsLoginApi: { ...LOGIN, baseUrl: api.url },
		};
		const asPartner = () => {
			credentials.shipEngineApi = { ...credentials.shipEngineApi!, keyType: 'partner' };
		};
		try {
			return await use({ api, key, reset, credentials, asPartner });
		} finally {
			free.push(api);
		}
	};
}
