import type { FastifyInstance } from 'fastify';
import { type CreditCard, chargeable, creditCard } from './cards';
import { type Check, accepted, checked, object, oneOf, optional, text } from './check';
import type { Settings } from './settings';
import type { Store } from './store';

/** What the route reads of the body it has checked. */
interface Registration {
	nickname: string;
	credit_card?: CreditCard;
}

const STATES = (
	'AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ ' +
	'NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY AS GU MP PR VI FM MH PW AA AE AP'
).split(' ');

const PO_BOX = /\b(p\.?\s*o\.?|post\s+office)\s*box\b/i;

const street = text(
	{ test: (line) => !PO_BOX.test(line) },
	'must not be a PO box',
	'invalid_address',
);

/**
 * The fields of a registration. All but `company_name` and `address_line2` are required
 * (documented); a partner registering for a sub-account was seen to leave out the card and the
 * residential indicator. The forms of phone, state, ZIP and street are seen or inferred.
 */
function registration(forSubAccount: boolean, now: () => number): Check {
	const requiredOfOwn = forSubAccount ? optional : (check: Check) => check;
	return object({
		nickname: text(),
		email: text(/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/, 'must be an e-mail address'),
		agree_to_carrier_terms: accepted,
		address: object({
			name: text(),
			phone: text(/^\d{3}-\d{3}-\d{4}$/, 'must be a phone number like 512-485-4282'),
			company_name: optional(text()),
			address_line1: street,
			address_line2: optional(street),
			city_locality: text(),
			state_province: text(
				{ test: (state) => STATES.includes(state) },
				'must be the two-letter code of a state',
			),
			postal_code: text(/^\d{5}$/, 'must be a ZIP code of five digits'),
			country_code: oneOf('US'),
			address_residential_indicator: requiredOfOwn(oneOf('unknown', 'yes', 'no')),
		}),
		credit_card: requiredOfOwn(creditCard(now)),
	});
}

/** `POST /v1/registration/stamps_com` (documented). The same body twice makes two accounts. */
export function registrationRoutes(app: FastifyInstance, store: Store, settings: Settings): void {
	app.post(
		'/v1/registration/stamps_com',
		{ config: { operation: 'register' } },
		async (request) => {
			const fields = registration(request.onBehalfOf !== undefined, settings.now);
			const body = checked<Registration>(request.body, fields);
			chargeable(body.credit_card);
			const { carrier_id } = store.register(body, request.onBehalfOf, settings.listedAfter);
			return { carrier_id };
		},
	);
}
