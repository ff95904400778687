import { CARRIER } from '../../accounts/carrierField';
import { getCarrier } from '../../accounts/carriers';
import { noteGone } from '../../accounts/sharedAccounts';
import { parseNoBody } from '../../api/answer';
import type { Requests } from '../../api/requests';
import { Failure, asFailure } from '../../failures/failure';
import { writing } from '../../step/declare';

/** Whether a carrier is gone; undefined if it is not. A mistyped ID is no success: asked only afterwards. */
async function isGone(api: Requests, carrierId: string): Promise<true | undefined> {
	const there = await getCarrier(api, carrierId).catch(asFailure);
	return (there instanceof Failure && there.isNotFound) || undefined;
}

/** Disconnects a carrier (documented: `DELETE /v1/connections/carriers/stamps_com/{carrier_id}`, 204). */
export const disconnect = writing({
	name: 'Disconnect',
	value: 'disconnect',
	action: 'Disconnect carrier',
	description: 'Remove a Stamps.com account from ShipStation, without closing it',
	does: 'takesAway',
	words: {
		failed: 'The carrier was not disconnected',
		unknown: 'The carrier may or may not have been disconnected',
		ifUnknown: 'Run this item again: doing it twice does no harm.',
	},
	fields: { carrierId: CARRIER },
	output: { deleted: 'boolean' },
	subject: ({ carrierId }) => ({ carrier_id: carrierId }),
	settles: true,

	async act({ carrierId }, { api, lost }) {
		const look = async () => await isGone(api, carrierId);
		if (!lost || !(await look())) {
			const path = `/v1/connections/carriers/stamps_com/${carrierId}`;
			await api.writeOrFind({ method: 'DELETE', path, parse: parseNoBody }, look);
		}
		noteGone(carrierId);
		return { deleted: true };
	},
});
