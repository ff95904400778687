import type { CheckedField } from '../ShipEngine/input/checklist';
import { ACCOUNT_FIELDS, ADDRESS_FIELDS } from '../ShipEngine/input/registrationFields';
import { isUsPhone } from '../ShipEngine/values/areaCodes';
import { Mistake } from '../ShipEngine/values/mistakes';
import { tenDigits } from '../ShipEngine/values/phone';
import { type Check, plainEmail } from '../ShipEngine/values/validation';

/** What the page is stricter with than Register, since strangers fill it in. */
const STRICTER: Record<string, (value: string) => string | Mistake> = {
	email: plainEmail,
	phone: (value) => (isUsPhone(String(tenDigits(value))) ? value : new Mistake('not_us_phone')),
};

const stricter = (field: CheckedField): CheckedField => ({
	...field,
	check(value, before) {
		const checked = field.check(value, before);
		return typeof checked === 'string' ? (STRICTER[field.key]?.(checked) ?? checked) : checked;
	},
});

/** The account, without its nickname: who could choose that would be given somebody else's account. */
export const PAGE_ACCOUNT = ACCOUNT_FIELDS.filter(({ key }) => key !== 'nickname').map(stricter);

export const PAGE_ADDRESS = ADDRESS_FIELDS.map(stricter);

const PHONE = PAGE_ADDRESS.find(({ key }) => key === 'phone')!;

/** A phone that people enter by itself, as ten digits. */
export const pagePhone: Check<string> = (value) => {
	const checked = PHONE.check(value, {});
	return checked instanceof Mistake ? checked : tenDigits(checked);
};

/** The nickname of a person: so Register finds the account of an earlier registration. */
export const nicknameOf = (email: string, phone: string) =>
	`${email.toLowerCase()} ${String(tenDigits(phone))}`;
