/** Shorter secrets can be guessed, by trying them against the public key. */
const SHORTEST = 32;

/** So many characters that nobody can tell beforehand; a random hexadecimal text of 32 has more. */
const FEWEST_UNFORESEEN = 20;

/** What follows one another on a keyboard and in the alphabet, read in both directions. */
const ROWS = [
	'abcdefghijklmnopqrstuvwxyz',
	'01234567890',
	'qwertyuiop',
	'asdfghjkl',
	'zxcvbnm',
	'qwertzuiop',
	'!@#$%^&*()',
].flatMap((row) => [row, [...row].reverse().join('')]);

/** Of these there are so few that one says no more than a character by chance. */
const LONGEST_SHORT_WORD = 3;

/** People choose a word as a whole: one of a list of some thousands says as much as three characters. */
const OF_A_WORD = 3;

/** Shorter repetitions happen by chance. */
const SHORTEST_REPEAT = 3;

/** How many characters from a place on were to be expected, from what stands before it and from keyboards. */
function foreseenAt(text: string, place: number): number {
	const rest = text.slice(place);
	const held = /^(.)\1+/.exec(rest)?.[0].length ?? 0;
	let longest = held;
	for (let length = SHORTEST_REPEAT; length <= rest.length; length += 1) {
		const part = rest.slice(0, length);
		const isKnown =
			text.slice(0, place + length - 1).includes(part) ||
			ROWS.some((row) => row.includes(part.toLowerCase()));
		if (!isKnown) break;
		longest = Math.max(longest, length);
	}
	return longest;
}

/** A word that stands alone, with the spaces, hyphens or the like behind it. No usual one is longer. */
const WORD = /(?<![^\s.,;:!?_-])(\p{Lu}?\p{Ll}{1,12}|\p{Lu}{1,12})(?:[\s.,;:!?_-]+|$)/uy;

/** The word that begins at a place of a text: how long it is, and what it counts for. */
function wordAt(text: string, place: number): { length: number; counts: number } {
	WORD.lastIndex = place;
	const [word = '', letters = ''] = WORD.exec(text) ?? [];
	return { length: word.length, counts: letters.length > LONGEST_SHORT_WORD ? OF_A_WORD : 1 };
}

/** How many characters of a text nobody could tell beforehand: each run, repetition and word counts less. */
function unforeseen(text: string): number {
	let count = 0;
	for (let place = 0; place < text.length; ) {
		const foreseen = Math.max(foreseenAt(text, place), 1);
		const word = wordAt(text, place);
		count += word.length > foreseen ? word.counts : 1;
		place += Math.max(word.length, foreseen);
	}
	return count;
}

/**
 * What is wrong with a secret that somebody may try to guess, as the rest of a sentence; '' for nothing.
 * Only texts without rhyme or reason pass for certain: no list of known passwords is held here.
 */
export function weaknessOf(secret: string): string {
	if (secret.length < SHORTEST) return `needs at least ${SHORTEST} characters`;
	if (unforeseen(secret) < FEWEST_UNFORESEEN) return 'could be guessed';
	return '';
}
