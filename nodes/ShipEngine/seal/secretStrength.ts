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

/** What many people take for a long random text, or for a sentence that nobody knows. */
const FAMOUS = [
	'1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/',
	'qazwsxedcrfvtgbyhnujmikolp',
	'a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6q7r8s9t0',
	'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
	'31415926535897932384626433832795028841971693993751',
	'27182818284590452353602874713526624977572470936999',
	// Of no text, and of "password", by SHA-256.
	'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
	'5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8',
	'password',
	'change-this-to-a-random-string-of-32-characters',
	'your-secret-key-must-be-at-least-32-characters-long',
	'thequickbrownfoxjumpsoverthelazydog',
	'the-quick-brown-fox-jumps-over-the-lazy-dog',
];

/** Shorter repetitions, and shorter parts of rows, happen by chance. */
const SHORTEST_REPEAT = 3;

/** So long a part of what is famous does not happen by chance. */
const SHORTEST_FAMOUS = 8;

/** How many characters from a place on were to be expected, from what stands before it and from keyboards. */
function foreseenAt(text: string, place: number): number {
	const rest = text.slice(place);
	const plain = rest.toLowerCase().replace(/\s/g, '-');
	let longest = /^(.)\1+/.exec(rest)?.[0].length ?? 0;
	const isKnown = (length: number) => {
		const part = plain.slice(0, length);
		if (length >= SHORTEST_FAMOUS && FAMOUS.some((one) => one.includes(part))) return true;
		if (text.slice(0, place + length - 1).includes(rest.slice(0, length))) return true;
		return ROWS.some((row) => row.includes(part));
	};
	for (let length = SHORTEST_REPEAT; length <= rest.length; length += 1) {
		if (isKnown(length)) longest = Math.max(longest, length);
		else if (length >= SHORTEST_FAMOUS) break;
	}
	return longest;
}

/** A word that stands alone, with the spaces, hyphens or the like behind it. No usual one is longer. */
const WORD = /(?<![^\s.,;:!?_-])(\p{Lu}?\p{Ll}{1,12}|\p{Lu}{1,12})(?:[\s.,;:!?_-]+|$)/uy;

/** A word within others, as in `MyOwnWord`. */
const JOINED = /([A-Z][a-z]{3,11})(?![a-z])/y;

/** Whether letters can be spoken: of four of them one is a vowel, and no five others stand in a row. */
const isSpoken = (letters: string) =>
	(letters.match(/[aeiouy]/gi) ?? []).length * 4 >= letters.length &&
	!/[^aeiouy]{5}/i.test(letters);

/** Of these there are so few that one says no more than a character by chance. */
const LONGEST_SHORT_WORD = 3;

/** People choose a word as a whole: one of a list of some thousands says as much as so many characters. */
const OF_A_WORD = 3.4;

/** The word that begins at a place of a text: how long it is, and what it counts for. */
function wordAt(text: string, place: number): { length: number; counts: number } {
	for (const kind of [WORD, JOINED]) {
		kind.lastIndex = place;
		const [word = '', letters = ''] = kind.exec(text) ?? [];
		if (word === '' || !isSpoken(letters)) continue;
		return { length: word.length, counts: letters.length > LONGEST_SHORT_WORD ? OF_A_WORD : 1 };
	}
	return { length: 0, counts: 0 };
}

/** How many characters of a text nobody could tell beforehand: each run, repetition and word counts less. */
export function unforeseen(text: string): number {
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
 * A random text of letters and digits passes. Of sentences and the like, some that could be guessed pass too.
 */
export function weaknessOf(secret: string): string {
	if (secret.length < SHORTEST) return `needs at least ${SHORTEST} characters`;
	if (unforeseen(secret) < FEWEST_UNFORESEEN) return 'could be guessed';
	return '';
}
