import { type Api, startApi } from '../../../../sandbox/api';
import type { Credentials } from '../credentials';
import { CARD } from '../fixtures';
import { expectNoneLate } from './observer';

/** A stand-in for one case, with a key of its own: what an earlier case sends late has another key. */
export interface StandIn {
	api: Api;
	key: string;
	credentials: Credentials;
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
		api.reset({ apiKeys: [key] });
		try {
			const result = await use({
				api,
				key,
				credentials: {
					shipEngineApi: { apiKey: key, baseUrl: api.url },
					shipEnginePaymentCardApi: CARD as Credentials[string],
				},
			});
			expectNoneLate();
			return result;
		} finally {
			free.push(api);
		}
	};
}
