import { type Check, Mistake, optionalText, requiredText, textOfForm } from './validation';

/** USPS Publication 28, appendix B: the states, possessions and military "states". */
const STATES: Record<string, string> = {
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

const STATE_CODES = new Map(
	Object.entries(STATES).flatMap(([code, name]) => [
		[code, code],
		[name.toUpperCase(), code],
	]),
);

/** The two-letter code of a state, from the code or the full name in any case. */
export const state = textOfForm(
	(text) => STATE_CODES.get(text.toUpperCase().replace(/\s+/g, ' ')),
	"needs a US state, territory or military region, such as 'TX' or 'Texas'",
);

const UNITED_STATES = ['US', 'USA', 'UNITED STATES', 'UNITED STATES OF AMERICA'];

/** `US`: Stamps.com accounts are for US addresses (documented: `country_code`). */
export const country = textOfForm(
	(text) => (UNITED_STATES.includes(text.toUpperCase()) ? 'US' : undefined),
	"needs to be 'US': Stamps.com accounts are for US addresses only",
);

/** The smallest ZIP code, 00501, as a number. */
const FIRST_ZIP = 501;

/**
 * Five digits, from five or nine. Four more are left out, since the vendor's own UI trims them and
 * ZIP+4 may be refused (inferred). A spreadsheet's number has lost its leading zeros: 2134 is 02134.
 */
export const zip: Check<string> = (value) =>
	textOfForm(
		(text) => /^(\d{5})(-?\d{4})?$/.exec(text)?.[1],
		"needs five or nine digits, such as '78756' or '78756-1234'",
	)(typeof value === 'number' && value >= FIRST_ZIP ? String(value).padStart(5, '0') : value);

const PO_BOX =
	/\b(p\.?[\s-]*o\.?[\s-]*b(ox(?![a-z])|\.?\s*(?=#?\d))|post\s*office\s+box(?![a-z]))/i;

const notPoBox = (text: string | Mistake) =>
	typeof text === 'string' && PO_BOX.test(text)
		? new Mistake('invalid_address', 'needs a street address: Stamps.com refuses PO boxes')
		: text;

/** The street line of an address; Stamps.com refuses PO boxes (seen on a carrier help page). */
export const street: Check<string> = (value) => notPoBox(requiredText(value));

/** The second line of an address, which may be left out. */
export const secondLine: Check<string> = (value) => notPoBox(optionalText(value));

const RESIDENTIAL = ['unknown', 'yes', 'no'];

/** `unknown`, `yes` or `no` (OpenAPI document), in any case. */
export const residential = textOfForm((text) => {
	const word = text.toLowerCase();
	return RESIDENTIAL.includes(word) ? word : undefined;
}, "needs to be 'unknown', 'yes' or 'no'");
