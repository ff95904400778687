import { textOfForm } from './validation';

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

/**
 * Names that people, shops and forms use besides those of the table, and abbreviations (GPO Style
 * Manual, 9.14; Associated Press Stylebook).
 */
const OTHER_NAMES: Record<string, string[]> = {
	AA: ['Armed Forces Americas (except Canada)', 'Armed Forces the Americas'],
	AE: [
		'Armed Forces Africa',
		'Armed Forces Canada',
		'Armed Forces Middle East',
		'Armed Forces Europe, the Middle East, and Canada',
		'Armed Forces Europe, Canada, Africa and Middle East',
	],
	AL: ['Ala'],
	AR: ['Ark'],
	AZ: ['Ariz'],
	CA: ['Calif'],
	CO: ['Colo'],
	CT: ['Conn'],
	DC: ['Washington DC'],
	DE: ['Del'],
	FL: ['Fla'],
	FM: ['Micronesia', 'Micronesia, Federated States of'],
	IL: ['Ill'],
	IN: ['Ind'],
	KS: ['Kan', 'Kans'],
	MA: ['Mass'],
	MI: ['Mich'],
	MN: ['Minn'],
	MH: ['Republic of the Marshall Islands'],
	MP: ['N. Mariana Islands', 'CNMI'],
	MS: ['Miss'],
	MT: ['Mont'],
	NC: ['N. Carolina'],
	ND: ['N. Dakota', 'N. Dak'],
	NE: ['Neb', 'Nebr'],
	NM: ['N. Mexico', 'N. Mex'],
	NV: ['Nev'],
	OK: ['Okla'],
	OR: ['Ore', 'Oreg'],
	PA: ['Penn', 'Penna'],
	PW: ['Republic of Palau'],
	SC: ['S. Carolina'],
	SD: ['S. Dakota', 'S. Dak'],
	TN: ['Tenn'],
	TX: ['Tex'],
	VI: ['USVI'],
	WA: ['Wash', 'Washington State'],
	WI: ['Wis', 'Wisc'],
	WV: ['W. Virginia', 'W. Va'],
	WY: ['Wyo'],
};

/** What stands beside a state's name and says nothing about which it is. */
const BESIDE = new Set([
	...['US', 'USA', 'UNITED', 'STATES', 'AMERICA', 'STATE', 'TERRITORY', 'COMMONWEALTH'],
	...['OF', 'THE', 'ARMED', 'FORCES', 'MILITARY'],
]);

/** A name in words of plain capital letters: `U.S. Virgin Islands` is US, VIRGIN and ISLANDS. */
const wordsOf = (text: string) =>
	text
		.normalize('NFKD')
		.replace(/[\p{M}\p{Lm}.'\u2018\u2019`]/gu, '')
		.toUpperCase()
		.match(/[\p{L}\p{N}]+/gu) ?? [];

const NAMES = new Map(
	Object.entries(STATES).flatMap(([code, name]) =>
		[code, name, ...(OTHER_NAMES[code] ?? [])].map((each) => [wordsOf(each).join(''), code]),
	),
);

/** The most words of a name. */
const LONGEST = 8;

/**
 * Which states are named in words, the longest name first; undefined if a word is of none.
 *
 * `Washington DC` is one name, not two; `TX - Texas` names one state twice.
 */
function namedIn(words: string[]): Set<string> | undefined {
	const found = new Set<string>();
	for (let at = 0; at < words.length; ) {
		const lengths = Array.from(
			{ length: Math.min(LONGEST, words.length - at) },
			(_, less) => less + 1,
		);
		const length = lengths.reverse().find((each) => NAMES.has(words.slice(at, at + each).join('')));
		if (length !== undefined) found.add(NAMES.get(words.slice(at, at + length).join(''))!);
		else if (!BESIDE.has(words[at]!)) return undefined;
		at += length ?? 1;
	}
	return found;
}

/** The two-letter code of the one state that a text can mean; undefined if it names none, or several. */
export function stateIn(text: string): string | undefined {
	const [code, ...others] = namedIn(wordsOf(text)) ?? [];
	return others.length === 0 ? code : undefined;
}

/** The two-letter code of a state, from whatever names one state and nothing else. */
export const state = textOfForm(stateIn, 'not_state');
