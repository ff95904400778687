import type { IDataObject } from 'n8n-workflow';
import { Checklist } from '../ShipEngine/input/checklist';
import { cardsInText } from '../ShipEngine/failures/cardsInText';
import { ACCOUNT_FIELDS, ADDRESS_FIELDS } from '../ShipEngine/input/registrationFields';
import { tenDigits } from '../ShipEngine/values/phone';
import { Refusal, tooLarge, unknownShape } from './refusals';
import { hasSealedForm } from './sealedForm';

/** In characters; a registration with the longest fields has half of them. */
const LARGEST = 32_768;

/** The nickname is made here: a stranger who could choose it would be given somebody else's account. */
const ACCOUNT = ACCOUNT_FIELDS.filter(({ key }) => key !== 'nickname');

const KNOWN = new Set([...ACCOUNT, ...ADDRESS_FIELDS].map(({ key }) => key));

const RESIDENTIAL = 'address_residential_indicator';

const ADDRESS_KEYS = new Set(ADDRESS_FIELDS.map(({ key }) => key));

/** What a page has sent: text in fields that are known, the sealed card and the token. */
export interface Sent {
	fields: Record<string, string | boolean>;
	sealedCard: string;
	token: unknown;
}

function bodyObject(body: unknown): object {
	let value = body;
	if (typeof body === 'string') {
		try {
			value = JSON.parse(body);
		} catch {
			throw unknownShape();
		}
	}
	if (value === null || typeof value !== 'object' || Array.isArray(value)) throw unknownShape();
	return value;
}

/**
 * @param body - of the request: the page's JSON as text, or what n8n has parsed of it
 * @throws {@link Refusal} unless it is of the page's form, and holds nothing else
 */
export function readSent(body: unknown): Sent {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	if (text !== undefined && text.length > LARGEST) throw tooLarge();
	const { sealed_card: sealedCard, token, ...others } = bodyObject(body) as IDataObject;
	const fields: Sent['fields'] = {};
	for (const [key, value] of Object.entries(others)) {
		if (!KNOWN.has(key)) throw unknownShape();
		if (typeof value !== 'string' && typeof value !== 'boolean') throw unknownShape();
		fields[key] = value;
	}
	if (!hasSealedForm(sealedCard)) throw unknownShape();
	return { fields, sealedCard, token };
}

const apiNameOf = (key: string) => (ADDRESS_KEYS.has(key) ? `address.${key}` : key);

/** @throws {@link Refusal} where a card number can be read in any of the fields */
function refuseCards({ fields }: Sent): void {
	const reasons = Object.entries(fields)
		.filter(([, value]) => typeof value === 'string' && cardsInText(value).length > 0)
		.map(([key]) => ({
			code: 'card_number_in_text',
			field: apiNameOf(key),
			message: 'This looks like a card number, which belongs in the field for it only',
		}));
	if (reasons.length > 0) {
		throw new Refusal(400, reasons, 'Nothing was kept. Correct it and send it again.');
	}
}

/**
 * The registration as Register takes it, by the API's names, with `sealed_card` in place of the card.
 *
 * @throws {@link Refusal} with every mistake in it, by the node's own checks
 */
export function registrationOf(sent: Sent): IDataObject {
	refuseCards(sent);
	const entered: IDataObject = { country_code: 'US', ...sent.fields };
	// What a page does not ask for, Register has its own word for.
	const asked = ADDRESS_FIELDS.filter(({ key }) => key !== RESIDENTIAL || key in entered);
	const checklist = new Checklist();
	const account = checklist.checkObject('', ACCOUNT, ({ key }) => entered[key]);
	const address = checklist.checkObject('address.', asked, ({ key }) => entered[key]);
	if (checklist.mistakes.length > 0) {
		throw new Refusal(400, checklist.mistakes, 'Correct it and send it again.');
	}
	// One person's registrations have one nickname, so that Register finds the account of the first.
	const nickname = `${String(account.email).toLowerCase()} ${String(tenDigits(address.phone))}`;
	return { nickname, ...account, ...address, sealed_card: sent.sealedCard };
}
