import { LONGEST_SEALED } from '../ShipEngine/seal/sealedCard';
import { holdsCardNumber } from '../ShipEngine/values/paymentCard';

/** JWE compact serialization with direct key agreement, whose second part is empty (RFC 7516, 7.1). */
const FORM = /^[\w-]+\.\.[\w-]{16}\.[\w-]+\.[\w-]{22}$/;

/** Digits one after another, or in groups, as no sealed card has them by chance. */
const NUMBER = /\d(?:[-_]?\d){11,}/g;

/** Whether a text has the form of a sealed card, and holds no card number that anybody can read. */
export const hasSealedForm = (value: unknown): value is string =>
	typeof value === 'string' &&
	value.length <= LONGEST_SEALED &&
	FORM.test(value) &&
	!(value.match(NUMBER) ?? []).some((found) => holdsCardNumber(found.replace(/\D/g, '')));
