import type { IDataObject } from 'n8n-workflow';
import { tenDigits } from '../values/phone';

/** The person whose account a card pays for. */
export interface Person {
	email: unknown;
	phone: unknown;
}

/** Of plain letters only: others, such as the sign of Kelvin, would become plain ones. */
const lowerCase = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** Email without its case, and phone without its punctuation: people write both in several ways. */
const known = ({ email, phone }: Person) => ({
	email: typeof email === 'string' ? lowerCase(email.trim()) : undefined,
	phone: tenDigits(phone),
});

/**
 * Whose card it is, by what was sealed together with it: it pays for nobody else, whoever has a copy
 * of the sealed text.
 *
 * @param card - as it was opened
 */
export function ownerOf(card: IDataObject, person: Person): 'person' | 'other' | 'nobody' {
	if (card.email === undefined && card.phone === undefined) return 'nobody';
	const [named, wanted] = [known({ email: card.email, phone: card.phone }), known(person)];
	const isSame =
		named.email !== undefined &&
		typeof named.phone === 'string' &&
		named.email === wanted.email &&
		named.phone === wanted.phone;
	return isSame ? 'person' : 'other';
}
