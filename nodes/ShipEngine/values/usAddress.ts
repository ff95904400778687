import { Mistake } from './mistakes';
import { stateIn } from './usStates';
import {
	type Check,
	lettersOf,
	optionalText,
	plainDigits,
	requiredText,
	textOfForm,
} from './validation';

/** What ISO 3166 lists as countries, and USPS as states (Publication 28, appendix B). */
const TERRITORIES = ['AS', 'GU', 'MP', 'PR', 'VI'];

/** The name of the country in any of its lengths, once or twice, as `United States (US)`. */
const UNITED_STATES =
	/^(?:(?:THE)?(?:USA?|UNITEDSTATES(?:OFAMERICA)?|AMERICA|ESTADOSUNIDOS(?:DEAMERICA)?|EEUU)(?:THE)?)+$/;

/**
 * `US`: Stamps.com accounts are for US addresses (documented: `country_code`). A territory of the US
 * counts, since its mail is domestic and its code is the address's state (USPS Publication 28; that
 * the API wants `US` for it is inferred).
 */
export const country = textOfForm((text) => {
	const isUs = UNITED_STATES.test(lettersOf(text)) || TERRITORIES.includes(stateIn(text) ?? '');
	return isUs ? 'US' : undefined;
}, 'not_us');

/** As people and advertisers' forms write it in front: `ZIP 78756`, `z:78756`. */
const ZIP_LABEL = /^z(?:ip(?: ?code)?)?[:.\s]+/i;

/** The smallest ZIP code, 00501, as a number. */
const FIRST_ZIP = 501;

/** The states whose ZIP codes begin with zero (USPS Publication 65); in New York it is one town of thousands. */
const ZERO_STATES = ['AE', 'CT', 'MA', 'ME', 'NH', 'NJ', 'PR', 'RI', 'VI', 'VT'];

/**
 * Five digits, from five or nine. Four more are left out, since the vendor's own UI trims them and
 * ZIP+4 may be refused (inferred). Three or four digits have lost zeros in a spreadsheet where the
 * state's codes begin with them: 2134 in MA is 02134. Elsewhere one was not typed, as may be with eight.
 *
 * @param state - the two letters of the state, or undefined where it is wrong already
 */
export const zip = (state: string | undefined): Check<string> =>
	textOfForm((text) => {
		const entered = plainDigits(text).replace(ZIP_LABEL, '').replace(`${state} `, '');
		const [, digits] =
			/^(\d{3,5})(?:\s*\p{Dash}\s*(?:\d{4})?|(?<=\d{5})\s*\d{4})?$/u.exec(entered) ?? [];
		const hasLostZeros = ZERO_STATES.includes(state ?? '');
		const five = hasLostZeros ? digits?.padStart(5, '0') : digits;
		return five?.length === 5 && Number(five) >= FIRST_ZIP ? five : undefined;
	}, 'not_zip');

/** "PO Box", "P.O.B. 12", "Post Office Box" and the like, also with a zero or without the o of box. */
const PO_BOX =
	/\b(p[\s\p{Dash}./]*([o0][\s\p{Dash}./]*bo?x(?!\p{L})|o\.?[\s\p{Dash}]*b\.?\s*(?=#?\d))|post[\s\p{Dash}]*office[\s\p{Dash}]*bo?x(?!\p{L}))/iu;

const notPoBox = (text: string | Mistake) =>
	typeof text === 'string' && PO_BOX.test(text) ? new Mistake('invalid_address') : text;

/** The street line of an address; Stamps.com refuses PO boxes (seen on a carrier help page). */
export const street: Check<string> = (value) => notPoBox(requiredText(value));

/** The second line of an address, which may be left out. */
export const secondLine: Check<string> = (value) => notPoBox(optionalText(value));

/** The documented words (OpenAPI document) and what stands for them on forms. */
const RESIDENTIAL_WORDS: Record<string, string[]> = {
	unknown: ['unknown'],
	yes: ['yes', 'y', 'true', 'residential'],
	no: ['no', 'n', 'false', 'commercial'],
};

const residentialWord = textOfForm((text) => {
	const entered = text.toLowerCase();
	return Object.keys(RESIDENTIAL_WORDS).find((word) => RESIDENTIAL_WORDS[word]?.includes(entered));
}, 'not_residential');

/** `unknown`, `yes` or `no`; true is yes, and a residential address is one as well. */
export const residential: Check<string> = (value) =>
	residentialWord(typeof value === 'boolean' ? String(value) : value);
