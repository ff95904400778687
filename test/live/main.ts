import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { converse } from './conversation';
import { inTerminal } from './terminal';

/** Where the report is written, in the folder in which the command runs. */
const REPORT = 'live-report.md';

const PACKAGE = path.resolve(__dirname, '../../package.json');

/**
 * `npm run live`: goes the chain with the real API, and reports what differs from the stand-in.
 *
 * @param args another address of the API, for tests
 * @returns the exit code: 0
 */
export async function main(
	[url = 'https://api.shipengine.com']: string[],
	_n8n: unknown,
	signal: AbortSignal,
): Promise<number> {
	const { version } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as { version: string };
	const text = await converse(await inTerminal(signal), url, version, signal);
	console.log(`\n${text}`);
	await writeFile(REPORT, text);
	console.log(`This is in ${REPORT}. Read it, then attach it to an issue if you like.`);
	return 0;
}
