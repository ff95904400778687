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

/** How ZIP codes with a leading zero begin, by state (USPS Publication 65; the two of New York are towns). */
const WITH_ZERO: Record<string, RegExp> = {
	AE: /^09/,
	CT: /^06/,
	MA: /^0(?:1|2[0-7]|55)/,
	ME: /^0(?:39|4)/,
	NH: /^03[0-8]/,
	NJ: /^0[78]/,
	NY: /^0(?:0501|0544|6390)/,
	PR: /^00[679]/,
	RI: /^02[89]/,
	VI: /^008/,
	VT: /^05/,
};

/**
 * Five digits, from five or nine. Four more are left out, since the vendor's own UI trims them and
 * ZIP+4 may be refused (inferred). Three or four digits have lost zeros in a spreadsheet where that makes
 * one of the state's codes: 2134 in MA is 02134. Elsewhere one was not typed, as may be with eight.
 *
 * @param state - the two letters of the state, or undefined where it is wrong already
 */
export const zip = (state: string | undefined): Check<string> =>
	textOfForm((text) => {
		const inFront = state === undefined ? '' : `${state} `;
		const entered = plainDigits(text).replace(ZIP_LABEL, '').replace(inFront, '');
		const [, digits = ''] =
			/^(\d{3,5})(?:\s*\p{Dash}\s*(?:\d{4})?|(?<=\d{5})\s*\d{4})?$/u.exec(entered) ?? [];
		const five = digits.padStart(5, '0');
		const isWhole =
			digits.length === 5 || (!digits.startsWith('0') && WITH_ZERO[state ?? '']?.test(five));
		return isWhole && Number(five) >= FIRST_ZIP ? five : undefined;
	}, 'not_zip');

/** "PO Box", "P.O.B. 12", "Post Office Box" and the like, also with a zero or without the o of box. */
const PO_BOX =
	/\b(p[\s\p{Dash}./]*([o0][\s\p{Dash}./]*bo?x(?!\p{L})|o\.?[\s\p{Dash}]*b\.?\s*(?=#?\d))|post[\s\p{Dash}]*office[\s\p{Dash}]*bo?x(?!\p{L}))/iu;

const notPoBox = (text: string | Mistake) =>
	typeof text === 'string' && PO_BOX.test(text) ? new Mistake('invalid_address') : text;

/** No street begins so: a spreadsheet kept it as text. */
const APOSTROPHE = /^['\u2018\u2019](?=\d)/;

/** The street line of an address; Stamps.com refuses PO boxes (seen on a carrier help page). */
export const street: Check<string> = (value) => {
	const text = notPoBox(requiredText(value));
	if (text instanceof Mistake) return text;
	// Digits alone are no street, but perhaps a date as a spreadsheet counts it.
	return /^\d+$/.test(text) ? new Mistake('not_a_value') : text.replace(APOSTROPHE, '');
};

/** What people and exports write where there is nothing. */
const NOTHING_SAID = /^\s*(?:n\/?a|none|null|nil|-+|\\n)\s*$/i;

/** Text that people may leave out, also in words. */
export const leftOut: Check<string> = (value) =>
	typeof value === 'string' && NOTHING_SAID.test(value) ? '' : optionalText(value);

/** The second line of an address, which may be left out. */
export const secondLine: Check<string> = (value) => notPoBox(leftOut(value));

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
