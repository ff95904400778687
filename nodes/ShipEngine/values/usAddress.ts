import { Mistake } from './mistakes';
import { type Check, lettersOf, optionalText, requiredText, textOfForm } from './validation';

/** USPS Publication 28, appendix B: the states, possessions and military "states". */
export const STATES: Record<string, string> = {
	AL: 'Alabama',
	AK: 'Alaska',
	AS: 'American Samoa',
	AZ: 'Arizona',
	AR: 'Arkansas',
	CA: 'California',
	CO: 'Colorado',
	CT: 'Connecticut',
	DE: 'Delaware',
	DC: 'District of Columbia',
	FM: 'Federated States of Micronesia',
	FL: 'Florida',
	GA: 'Georgia',
	GU: 'Guam',
	HI: 'Hawaii',
	ID: 'Idaho',
	IL: 'Illinois',
	IN: 'Indiana',
	IA: 'Iowa',
	KS: 'Kansas',
	KY: 'Kentucky',
	LA: 'Louisiana',
	ME: 'Maine',
	MH: 'Marshall Islands',
	MD: 'Maryland',
	MA: 'Massachusetts',
	MI: 'Michigan',
	MN: 'Minnesota',
	MS: 'Mississippi',
	MO: 'Missouri',
	MT: 'Montana',
	NE: 'Nebraska',
	NV: 'Nevada',
	NH: 'New Hampshire',
	NJ: 'New Jersey',
	NM: 'New Mexico',
	NY: 'New York',
	NC: 'North Carolina',
	ND: 'North Dakota',
	MP: 'Northern Mariana Islands',
	OH: 'Ohio',
	OK: 'Oklahoma',
	OR: 'Oregon',
	PW: 'Palau',
	PA: 'Pennsylvania',
	PR: 'Puerto Rico',
	RI: 'Rhode Island',
	SC: 'South Carolina',
	SD: 'South Dakota',
	TN: 'Tennessee',
	TX: 'Texas',
	UT: 'Utah',
	VT: 'Vermont',
	VI: 'Virgin Islands',
	VA: 'Virginia',
	WA: 'Washington',
	WV: 'West Virginia',
	WI: 'Wisconsin',
	WY: 'Wyoming',
	AA: 'Armed Forces Americas',
	AE: 'Armed Forces Europe',
	AP: 'Armed Forces Pacific',
};

/** Names that people, shops and forms use besides those of the table. */
const OTHER_NAMES: Record<string, string[]> = {
	AA: ['Armed Forces Americas (except Canada)'],
	AE: [
		'Armed Forces Africa',
		'Armed Forces Canada',
		'Armed Forces Middle East',
		'Armed Forces Europe, the Middle East, and Canada',
	],
	DC: ['Washington DC'],
	FM: ['Micronesia'],
	MP: ['N. Mariana Islands'],
	NC: ['N. Carolina'],
	ND: ['N. Dakota'],
	SC: ['S. Carolina'],
	SD: ['S. Dakota'],
	VI: ['US Virgin Islands', 'Virgin Islands, US', 'United States Virgin Islands'],
	WA: ['Washington State'],
	WV: ['W. Virginia'],
};

const STATE_CODES = new Map(
	Object.entries(STATES).flatMap(([code, name]) =>
		// As lists to choose from have them: "US-TX", "TX - Texas" and "Texas (TX)".
		[
			code,
			name,
			`US ${code}`,
			`${code} ${name}`,
			`${name} ${code}`,
			...(OTHER_NAMES[code] ?? []),
		].map((spelling) => [lettersOf(spelling), code]),
	),
);

/** The two-letter code of a state, from the code or a usual name in any case and punctuation. */
export const state = textOfForm((text) => STATE_CODES.get(lettersOf(text)), 'not_state');

const UNITED_STATES = new Set(
	[
		...['US', 'USA', 'America', 'United States', 'United States of America'],
		...['The United States', 'The United States of America', 'United States of America (the)'],
		...['United States (US)', 'United States (USA)'],
	].map(lettersOf),
);

/** What ISO 3166 lists as countries, and USPS as states (Publication 28, appendix B). */
const TERRITORIES = ['AS', 'GU', 'MP', 'PR', 'VI'];

/**
 * `US`: Stamps.com accounts are for US addresses (documented: `country_code`). A territory of the US
 * counts, since its mail is domestic and its code is the address's state (USPS Publication 28; that
 * the API wants `US` for it is inferred).
 */
export const country = textOfForm((text) => {
	const name = lettersOf(text);
	const isUs = UNITED_STATES.has(name) || TERRITORIES.includes(STATE_CODES.get(name) ?? '');
	return isUs ? 'US' : undefined;
}, 'not_us');

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
		const entered = text.normalize('NFKC');
		const hasLostZeros = /^\d{3,4}$/.test(entered) && ZERO_STATES.includes(state ?? '');
		const [, five] =
			/^(\d{5})\s*\p{Dash}?\s*(?:\d{4})?$/u.exec(
				hasLostZeros ? entered.padStart(5, '0') : entered,
			) ?? [];
		return Number(five) >= FIRST_ZIP ? five : undefined;
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
