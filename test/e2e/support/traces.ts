import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

/** The files in which n8n could have left something: its database and its logs. */
async function keptFiles(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => path.join(entry.parentPath, entry.name))
		.filter((file) => !file.includes(`${path.sep}node_modules${path.sep}`));
}

/**
 * How often a card number stands in the raw bytes of what n8n keeps, with or without spaces or
 * dashes between its digits: in its database, and in logs and whatever else there is.
 * @param folder n8n's user folder
 */
export async function tracesOf(
	cardNumber: string,
	folder: string,
): Promise<{ database: number; elsewhere: number }> {
	const spelling = new RegExp([...cardNumber].join('[ -]?'), 'g');
	const traces = { database: 0, elsewhere: 0 };
	for (const file of await keptFiles(folder)) {
		const found = (await readFile(file, 'latin1')).match(spelling)?.length ?? 0;
		traces[path.basename(file).startsWith('database.sqlite') ? 'database' : 'elsewhere'] += found;
	}
	return traces;
}
