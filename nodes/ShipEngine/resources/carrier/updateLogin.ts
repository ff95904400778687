import { CARRIER } from '../../accounts/carrierField';
import { getCarrier, parseCarrierId } from '../../accounts/carriers';
import { writing } from '../../step/declare';
import { STAMPS_LOGIN } from './stampsLogin';

/**
 * Gives a carrier the new login of its Stamps.com account (documented, but not in the OpenAPI document:
 * `PUT /v1/connections/carriers/stamps_com/{carrier_id}`). The API wants the nickname as well, which
 * stays as it is.
 */
export const updateLogin = writing({
	name: 'Update Login',
	value: 'updateLogin',
	action: 'Update login of carrier',
	description: 'Give a carrier the new user name and password of its Stamps.com account',
	does: 'changesAccess',
	words: {
		failed: 'The login was not updated',
		unknown: 'The login may or may not have been updated',
		ifUnknown: 'Run this item again: doing it twice does no harm.',
	},
	fields: { carrierId: CARRIER, login: STAMPS_LOGIN },
	output: { carrier_id: 'string' },

	async act({ carrierId, login }, { api }) {
		const { nickname } = await getCarrier(api, carrierId);
		await api.write({
			method: 'PUT',
			path: `/v1/connections/carriers/stamps_com/${carrierId}`,
			body: { nickname, ...login },
			parse: parseCarrierId,
		});
		return { carrier_id: carrierId };
	},
});
