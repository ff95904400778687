import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

/** How often a card number stands in what n8n keeps. */
export interface Traces {
	/** SQLite's files: the database, its write-ahead log and its index. */
	database: number;
	debugLog: number;
	eventLog: number;
	/** Whatever else there is. */
	elsewhere: number;
}

export const NO_TRACES: Traces = { database: 0, debugLog: 0, eventLog: 0, elsewhere: 0 };

/** The files in which n8n could have left something. */
async function keptFiles(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => path.join(entry.parentPath, entry.name))
		.filter((file) => !file.includes(`${path.sep}node_modules${path.sep}`));
}

function kindOf(file: string): keyof Traces {
	const name = path.basename(file);
	if (name.startsWith('database.sqlite')) return 'database';
	if (name === 'n8n.log') return 'debugLog';
	return name.startsWith('n8nEventLog') ? 'eventLog' : 'elsewhere';
}

/** How often a card number stands in a text, its digits together or up to two characters apart. */
export const countIn = (text: string, cardNumber: string): number =>
	text.match(new RegExp([...cardNumber].join('[^0-9]{0,2}'), 'g'))?.length ?? 0;

/**
 * How often a card number stands in the raw bytes of what n8n keeps.
 *
 * @param folder n8n's user folder
 */
export async function tracesOf(cardNumber: string, folder: string): Promise<Traces> {
	const traces = { ...NO_TRACES };
	for (const file of await keptFiles(folder)) {
		traces[kindOf(file)] += countIn(await readFile(file, 'latin1'), cardNumber);
	}
	return traces;
}
