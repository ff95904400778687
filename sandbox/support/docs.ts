import { readFileSync } from 'node:fs';
import path from 'node:path';

/** What the documentation says is what is tried. */

/**
 * @param page from the repository's root, such as `README.md`
 * @returns its Markdown
 */
export const readPage = (page: string): string =>
	readFileSync(path.join(__dirname, '../..', page), 'utf8');

/** The lines of a shell, where a long one may go on in the next. */
export const shellLines = (commands: string): string[] =>
	commands.replaceAll(/ \\\n\s*/g, ' ').split('\n');
