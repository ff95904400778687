import { AtMostOnce } from '../../accounts/atMostOnce';
import { parseCarrierId } from '../../accounts/carriers';
import { IF_NICKNAME_EXISTS } from '../../accounts/ifNicknameExists';
import { noteOpened } from '../../onboarding/remembered';
import { writing } from '../../step/declare';
import { CARD_SOURCE } from './cardSource';
import { DATA_MODE, REGISTRATION } from './registrationBody';
import { CARDS_WITHOUT_PERSON, SEALED_CARD_MAX_AGE } from './sealedCardField';

/**
 * Registers a Stamps.com account, which stores a payment card there.
 *
 * Source: reference page "Register Free Stamps Account". The API has no idempotency key: the same
 * body sent twice makes two accounts.
 */
export const register = writing({
	name: 'Register Stamps Account',
	value: 'register',
	action: 'Register stamps account with payment card',
	description: 'Open a free Stamps.com account for USPS postage and connect it as a carrier',
	does: 'opensAccount',
	makes: ['carrier_id', 'phone'],
	words: {
		failed: 'The Stamps account was not registered',
		unknown: 'The Stamps account may or may not have been registered',
		ifUnknown:
			"Look for its nickname first, for example in the list of a 'Carrier' field or in ShipStation. Run this item again only if it is not there: a second run would register a second account.",
	},
	fields: {
		// The first four only check what is set: the registration reads it by itself.
		cardSource: CARD_SOURCE,
		dataMode: DATA_MODE,
		sealedCardMaxAge: SEALED_CARD_MAX_AGE,
		cardsWithoutPerson: CARDS_WITHOUT_PERSON,
		ifNicknameExists: IF_NICKNAME_EXISTS,
		registration: REGISTRATION,
	},
	output: {
		...{ carrier_id: 'string', nickname: 'string', 'email?': 'string', phone: 'string' },
		...{ 'existing?': 'boolean', 'recovered?': 'boolean' },
	},
	subject: ({ registration: { nickname, email, address } }) => ({
		nickname,
		email,
		phone: address.phone.replace(/-/g, ''),
	}),
	madeAnew: 'nickname',
	settles: true,

	async act({ registration: body, ifNicknameExists }, { api, run, subject, lost, item }) {
		const path = '/v1/registration/stamps_com';
		const register = async () =>
			await api.write({ method: 'POST', path, body, parse: parseCarrierId });
		const { nickname, email, ...others } = subject;
		const claim = { ...run.memory.placeOf(item), person: subject };
		const wanted = { nickname, ifNicknameExists, claim };
		const { carrier_id, ...how } = await run.share(AtMostOnce).have(wanted, api, register, lost);
		noteOpened(run.context.getInputData()[item]!.json, carrier_id, how.existing);
		// Of an account that was there, nobody here knows whose email it has.
		return { carrier_id, nickname, ...(!how.existing && { email }), ...others, ...how };
	},
});
