import { AtMostOnce } from '../../accounts/atMostOnce';
import { parseCarrierId } from '../../accounts/carriers';
import { IF_NICKNAME_EXISTS } from '../../accounts/ifNicknameExists';
import { NEWEST_TEXT, OPENED_BY } from '../../onboarding/remembered';
import { isSame } from '../../values/names';
import type { PageItem } from '../../onboarding/pageItem';
import { writing } from '../../step/declare';
import { CARD_SOURCE } from './cardSource';
import { OF_PAGE } from './ofPage';
import { DATA_MODE, REGISTRATION } from './registrationBody';
import { CARDS_WITHOUT_PERSON, SEALED_CARD_MAX_AGE } from './sealedCardField';

/** Whether a page, or another one of the same invitation, has opened an account. */
function isOpener({ page_pass, page_invitation }: PageItem, carrierId: string): boolean {
	const opener = OPENED_BY.of(carrierId);
	if (!opener) return false;
	const isInvited = page_invitation !== undefined && opener.invitation === page_invitation;
	return opener.pass === page_pass || isInvited;
}

/**
 * Whether an account that is there is that of whoever has sent the page: by its nickname, which the page
 * makes of email and phone, or because the page has opened it. Any other nickname is the owner's word, and
 * may be that of somebody else's account.
 */
const ownOf = (page: PageItem, nickname: string) =>
	isSame('nickname', nickname, page.nickname) && page.page_invitation === undefined
		? undefined
		: (carrierId: string) => isOpener(page, carrierId);

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
		page: OF_PAGE,
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

	async act({ registration: body, ifNicknameExists, page }, { api, run, subject, lost, item }) {
		const path = '/v1/registration/stamps_com';
		const register = async () =>
			await api.write({ method: 'POST', path, body, parse: parseCarrierId });
		const { nickname, email, ...others } = subject;
		const claim = { ...run.memory.placeOf(item), person: subject };
		const wanted = { nickname, ifNicknameExists, claim, isOwn: page && ownOf(page, nickname) };
		const { carrier_id, ...how } = await run.share(AtMostOnce).have(wanted, api, register, lost);
		if (page && !how.existing) {
			const { page_pass: pass, page_invitation: invitation } = page;
			OPENED_BY.note(carrier_id, { pass, invitation });
		}
		// Of an account that was there, nobody here knows whose email it has.
		const account = { carrier_id, nickname, ...(!how.existing && { email }), ...others, ...how };
		const known = page && how.existing ? NEWEST_TEXT.of(carrier_id)?.phone : undefined;
		// It may have been corrected since: then the other phone is nobody's, or somebody else's.
		return known === undefined ? account : { ...account, phone: known };
	},
});
