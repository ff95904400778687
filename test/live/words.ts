import { told } from '../../nodes/ShipEngine/failures/masking';
import { STATES } from '../../nodes/ShipEngine/values/usStates';
import { vocabulary } from './vocabulary';
import type { Person } from './walk';

/**
 * What a report may tell of an answer. Everything that comes from the API goes through here, in pieces,
 * before it stands in a sentence of ours; nothing else is changed.
 */

/** How much of a message is told. */
const LONGEST_MESSAGE = 300;

/** Words from this length on are also known by a part of them. */
const LONG = 4;

/** Without marks: whoever types an accent may be answered without it. */
const lettersOf = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

const wordsOf = (text: string) =>
	lettersOf(text)
		.split(/[^\p{L}\p{N}]+/u)
		.filter(Boolean);

/** What was typed, in the spellings in which an answer may repeat it. */
export class Typed {
	private readonly secrets: string[] = [];
	private readonly words = new Set<string>();

	constructor(key: string, person: Person) {
		for (const secret of [key, ...(Object.values(person) as string[])]) this.add(secret);
		const state = lettersOf(person.state_province.trim());
		for (const [code, name] of Object.entries(STATES)) {
			if ([lettersOf(code), lettersOf(name)].includes(state)) this.add(`${code} ${name}`);
		}
	}

	/** Remembers what was typed later, such as a code. */
	add(secret: string): void {
		this.secrets.push(secret);
		for (const word of wordsOf(secret)) {
			this.words.add(word);
			this.words.add([...word].reverse().join(''));
		}
	}

	/** Whether a word is one of those that were typed, or a part of one. */
	private has(word: string): boolean {
		if (this.words.has(word)) return true;
		if (word.length < LONG) return false;
		return [...this.words].some(
			(one) => one.length >= LONG && (one.includes(word) || word.includes(one)),
		);
	}

	/** Whether a word may be told: one of the documents, and none of those that were typed. */
	private isTold(word: string): boolean {
		const letters = lettersOf(word);
		return vocabulary().has(letters) && !this.has(letters);
	}

	/** A name, a code or a word as a program writes it; `(another word)` where it could be anything else. */
	word(text: string): string {
		const isPlain = /^[a-z][a-z_./[\]-]{0,59}$/.test(text);
		const words = wordsOf(text.replaceAll('_', ' '));
		return isPlain && words.every((word) => this.isTold(word)) ? text : '(another word)';
	}

	/**
	 * A sentence of the API: of its words those that the documents know and nobody typed, no digit, and
	 * in a form in which Markdown does nothing with it.
	 */
	sentence(text: string): string {
		const plain = told(text.replace(/[\p{C}\p{Z}]+/gu, ' '), this.secrets, LONGEST_MESSAGE)
			.replace(/\S+@\S+/g, '(email)')
			.replace(/[\p{L}\p{N}\p{M}]+/gu, (word) => {
				if (/^\p{N}+$/u.test(word))
					return this.has(lettersOf(word)) ? '…' : '#'.repeat(word.length);
				return this.isTold(word) ? word : '…';
			})
			.replaceAll('`', "'");
		return `\`${plain.trim()}\``;
	}
}
