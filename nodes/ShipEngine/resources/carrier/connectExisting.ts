import { AtMostOnce } from '../../accounts/atMostOnce';
import { parseCarrierId } from '../../accounts/carriers';
import { IF_NICKNAME_IS_CONNECTED } from '../../accounts/ifNicknameExists';
import { chainField } from '../../input/chainFields';
import { writing } from '../../step/declare';
import { requiredText } from '../../values/validation';
import { STAMPS_LOGIN } from './stampsLogin';

const NICKNAME = chainField({
	property: {
		displayName: 'Nickname',
		name: 'nickname',
		type: 'string',
		default: '',
		placeholder: 'e.g. Austin store',
		description: 'The name of the account in lists of carriers. It tells accounts apart.',
	},
	check: requiredText,
	providedBy: 'your own data',
	isOfItem: true,
});

/**
 * Connects a Stamps.com account that exists (documented: `POST /v1/connections/carriers/stamps_com`).
 * Needs a higher plan of ShipStation, except for sellers in the US; partners cannot (documented).
 */
export const connectExisting = writing({
	name: 'Connect Existing',
	value: 'connectExisting',
	action: 'Connect existing carrier',
	description:
		'Connect a Stamps.com account that you already have, with its user name and password',
	does: 'opensAccount',
	makes: ['carrier_id'],
	words: {
		failed: 'The Stamps account was not connected',
		unknown: 'The Stamps account may or may not have been connected',
		ifUnknown:
			"Look for its nickname first, for example in the list of a 'Carrier' field or in ShipStation. Run this item again only if it is not there.",
	},
	fields: { nickname: NICKNAME, ifNicknameExists: IF_NICKNAME_IS_CONNECTED, login: STAMPS_LOGIN },
	output: {
		...{ carrier_id: 'string', nickname: 'string' },
		...{ 'existing?': 'boolean', 'recovered?': 'boolean' },
	},
	subject: ({ nickname }) => ({ nickname }),
	settles: true,

	async act({ nickname, ifNicknameExists, login }, { api, run, subject, lost, item }) {
		const path = '/v1/connections/carriers/stamps_com';
		const body = { nickname, ...login };
		const connect = async () =>
			await api.write({ method: 'POST', path, body, parse: parseCarrierId });
		const claim = { ...run.memory.placeOf(item), person: {} };
		const wanted = { nickname, ifNicknameExists, claim };
		const { carrier_id, ...how } = await run.share(AtMostOnce).have(wanted, api, connect, lost);
		return { carrier_id, ...subject, ...how };
	},
});
