import type { IDataObject } from 'n8n-workflow';
import { Checklist } from '../ShipEngine/input/checklist';
import { cardsInText } from '../ShipEngine/failures/cardsInText';
import type { Invitation } from '../ShipEngine/onboarding/invitation';
import { tenDigits } from '../ShipEngine/values/phone';
import { PAGE_ACCOUNT, PAGE_ADDRESS, nicknameOf } from './pageFields';
import { Refusal, notInvited } from './refusals';
import type { Entered } from './sent';

const RESIDENTIAL = 'address_residential_indicator';

const ADDRESS_KEYS = new Set(PAGE_ADDRESS.map(({ key }) => key));

/** The phone that was entered, as ten digits; undefined where it is none. */
export function phoneIn({ phone }: Entered): string | undefined {
	const digits = tenDigits(phone);
	return typeof digits === 'string' ? digits : undefined;
}

const apiNameOf = (key: string) => (ADDRESS_KEYS.has(key) ? `address.${key}` : key);

/** @throws {@link Refusal} where a card number can be read in any of the fields */
function refuseCards(fields: Entered): void {
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

/**
 * @param invitation - by which the page was opened, if it was
 * @throws {@link Refusal} with every mistake in the fields, by the node's own checks, or where somebody
 * else was invited
 */
export function checkedFields(fields: Entered, invitation?: Invitation): Checked {
	refuseCards(fields);
	const entered: IDataObject = { country_code: 'US', ...fields };
	// What a page does not ask for, Register has its own word for.
	const asked = PAGE_ADDRESS.filter(({ key }) => key !== RESIDENTIAL || key in entered);
	const checklist = new Checklist();
	const account = checklist.checkObject('', PAGE_ACCOUNT, ({ key }) => entered[key]);
	const address = checklist.checkObject('address.', asked, ({ key }) => entered[key]);
	if (checklist.mistakes.length > 0) throw new Refusal(400, checklist.mistakes);
	const [email, phone] = [String(account.email), String(address.phone)];
	if (invitation && invitation.email !== email.toLowerCase()) throw notInvited();
	const nickname = invitation?.nickname ?? nicknameOf(email, phone);
	return { nickname, ...account, ...address, email, phone };
}
