import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { type Token, type Tokens, marked } from 'marked';
import { syllable } from 'syllable';

/**
 * `npm run grade [page …]`: the reading grade of the documentation, by Flesch and Kincaid: the years of
 * school in the USA after which its sentences are understood. It counts paragraphs and list items.
 * Tables are left out: what stands in a cell is often no sentence, and would make a page look easier.
 * Code counts as one short word, since it is copied, not read.
 */

const ROOT = path.dirname(import.meta.dirname);

/** The text of a piece of Markdown, as one reads it. */
function textOf(tokens: Token[]): string {
	return tokens
		.map((token) => {
			if (token.type === 'codespan') return 'it';
			if (token.type === 'image' || token.type === 'html') return ' ';
			if (token.type === 'br') return ' ';
			if ('tokens' in token && token.tokens) return textOf(token.tokens);
			return 'text' in token ? String(token.text) : '';
		})
		.join('');
}

/** Each block of a page that is read as sentences. */
function blocksOf(tokens: Token[]): string[] {
	return tokens.flatMap((token) => {
		if (token.type === 'paragraph' || token.type === 'text') return textOf([token]);
		if (token.type === 'list') {
			return (token as Tokens.List).items.flatMap((item) => blocksOf(item.tokens));
		}
		return token.type === 'blockquote' ? blocksOf(token.tokens ?? []) : [];
	});
}

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });
const words = new Intl.Segmenter('en', { granularity: 'word' });

const wordsOf = (text: string) =>
	[...words.segment(text)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);

/**
 * @param markdown a page
 * @returns its grade, and how many words were counted
 */
export function gradeOf(markdown: string): { grade: number; words: number } {
	const all = blocksOf(marked.lexer(markdown))
		.flatMap((block) => [...sentences.segment(block)].map(({ segment }) => wordsOf(segment)))
		.filter((sentence) => sentence.length > 0);
	const count = all.flat().length;
	const syllables = syllable(all.flat().join(' '));
	const grade = 0.39 * (count / all.length) + 11.8 * (syllables / count) - 15.59;
	return { grade, words: count };
}

/** The pages that people read: those of the repository's root, of `docs` and of the workflows. */
async function pages(): Promise<string[]> {
	const named = async (folder: string) =>
		(await readdir(path.join(ROOT, folder)))
			.filter((name) => name.endsWith('.md'))
			.sort()
			.map((name) => path.join(folder, name));
	return [...(await named('.')), ...(await named('docs')), ...(await named('workflows'))];
}

/**
 * @param args the pages; all where none is named
 * @returns the exit code: 0
 */
export async function main(args: string[]): Promise<number> {
	console.log('grade  words  page');
	for (const page of args.length > 0 ? args : await pages()) {
		const { grade, words } = gradeOf(await readFile(path.resolve(ROOT, page), 'utf8'));
		console.log(`${grade.toFixed(1).padStart(5)}  ${String(words).padStart(5)}  ${page}`);
	}
	return 0;
}
