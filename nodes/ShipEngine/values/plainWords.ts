import { Mistake } from './mistakes';
import { type Check, requiredText } from './validation';

/** Names of people and places: no question is asked in them, but lost letters are shown as one. */
export const plainWords: Check<string> = (value) => {
	const text = requiredText(value);
	return typeof text === 'string' && text.includes('?') ? new Mistake('damaged_text') : text;
};

/** Two words that have letters. */
const TWO_WORDS = /\p{L}.*\s.*\p{L}/u;

/** The first and the last name of a person, which Stamps.com expects (seen on a carrier help page). */
export const fullName: Check<string> = (value) => {
	const text = plainWords(value);
	return text instanceof Mistake || TWO_WORDS.test(text) ? text : new Mistake('not_full_name');
};
