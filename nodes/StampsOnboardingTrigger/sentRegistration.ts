import type { IDataObject } from 'n8n-workflow';
import { Checklist } from '../ShipEngine/input/checklist';
import { cardsInText } from '../ShipEngine/failures/cardsInText';
import { tenDigits } from '../ShipEngine/values/phone';
import { PAGE_ACCOUNT, PAGE_ADDRESS, nicknameOf } from './pageFields';
import { Refusal, tooLarge, unknownShape } from './refusals';

/** In characters; a registration with the longest fields has half of them. */
const LARGEST = 32_768;

const KNOWN = new Set([...PAGE_ACCOUNT, ...PAGE_ADDRESS].map(({ key }) => key));

const RESIDENTIAL = 'address_residential_indicator';

const ADDRESS_KEYS = new Set(PAGE_ADDRESS.map(({ key }) => key));

/** What a page has sent. */
export interface Sent {
	pass: string;
	/** Text in fields that are known; undefined where nothing but another pass is asked for. */
	registration?: { fields: Record<string, string | boolean>; sealedCard: string };
}

function parsed(body: string): unknown {
	if (body.length > LARGEST) throw tooLarge();
	try {
		return JSON.parse(body);
	} catch {
		throw unknownShape();
	}
}

/**
 * @param body - of the request: the page sends JSON as plain text, so that no browser asks n8n first
 * @throws {@link Refusal} unless it is of the page's form, and holds nothing else
 */
export function readSent(body: unknown): Sent {
	if (typeof body !== 'string') throw unknownShape();
	const value = parsed(body);
	if (value === null || typeof value !== 'object' || Array.isArray(value)) throw unknownShape();
	const { pass, sealed_card: sealedCard, ...others } = value as IDataObject;
	if (typeof pass !== 'string') throw unknownShape();
	const fields: Record<string, string | boolean> = {};
	for (const [key, entered] of Object.entries(others)) {
		if (!KNOWN.has(key)) throw unknownShape();
		if (typeof entered !== 'string' && typeof entered !== 'boolean') throw unknownShape();
		fields[key] = entered;
	}
	if (sealedCard === undefined && Object.keys(fields).length === 0) return { pass };
	if (typeof sealedCard !== 'string') throw unknownShape();
	return { pass, registration: { fields, sealedCard } };
}

/** The phone that was entered, as ten digits; undefined where it is none. */
export function phoneIn({ phone }: Record<string, string | boolean>): string | undefined {
	const digits = tenDigits(phone);
	return typeof digits === 'string' ? digits : undefined;
}

const apiNameOf = (key: string) => (ADDRESS_KEYS.has(key) ? `address.${key}` : key);

/** @throws {@link Refusal} where a card number can be read in any of the fields */
function refuseCards(fields: Record<string, string | boolean>): void {
	const reasons = Object.entries(fields)
		.filter(([, value]) => typeof value === 'string' && cardsInText(value).length > 0)
		.map(([key]) => ({
			code: 'card_number_in_text',
			field: apiNameOf(key),
			message: 'This looks like a card number, which belongs in the field for it only',
		}));
	if (reasons.length > 0) throw new Refusal(400, reasons);
}

/** A registration as Register takes it, by the API's names, but for the card. */
export interface Checked extends IDataObject {
	nickname: string;
	email: string;
	phone: string;
}

/** @throws {@link Refusal} with every mistake in the fields, by the node's own checks */
export function checkedFields(fields: Record<string, string | boolean>): Checked {
	refuseCards(fields);
	const entered: IDataObject = { country_code: 'US', ...fields };
	// What a page does not ask for, Register has its own word for.
	const asked = PAGE_ADDRESS.filter(({ key }) => key !== RESIDENTIAL || key in entered);
	const checklist = new Checklist();
	const account = checklist.checkObject('', PAGE_ACCOUNT, ({ key }) => entered[key]);
	const address = checklist.checkObject('address.', asked, ({ key }) => entered[key]);
	if (checklist.mistakes.length > 0) throw new Refusal(400, checklist.mistakes);
	const [email, phone] = [String(account.email), String(address.phone)];
	return { nickname: nicknameOf(email, phone), ...account, ...address, email, phone };
}
