import { createHash } from 'node:crypto';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { writeFile } from 'node:fs/promises';
import { startApi } from '../../sandbox/api';
import { type Sources, findings } from './findings';
import { tour } from './tour';

/** How long a document may take, in milliseconds. */
const LONGEST_WAIT = 60_000;

/** Statuses by which a server says that there is nothing. */
const NOT_THERE = [404, 410];

/** The vendor's own servers, and the npm registry as npm knows it. */
const sources = (signal: AbortSignal): Sources => ({
	async read(address) {
		const answer = await fetch(address, {
			signal: AbortSignal.any([signal, AbortSignal.timeout(LONGEST_WAIT)]),
		}).catch((error: Error) => {
			throw new Error(`${address} was not reached: ${error.message}. Try again later.`);
		});
		if (NOT_THERE.includes(answer.status)) return undefined;
		if (!answer.ok) throw new Error(`${address} answered ${answer.status}. Try again later.`);
		return await answer.text();
	},
	async newest(name) {
		const { stdout } = await promisify(execFile)('npm', ['view', name, 'version'], { signal });
		return stdout.trim();
	},
});

/** So many findings, and so much of each, are told: GitHub takes no longer texts. */
const MOST_FINDINGS = 60;
const LONGEST_FINDING = 400;

/** Somebody else's words, which must do nothing in an issue. */
const safe = (finding: string) =>
	finding
		.replace(/[\p{C}\p{Z}]+/gu, ' ')
		.replace(/[`<>@#]/g, "'")
		.slice(0, LONGEST_FINDING);

/** What the watch says, as the text of an issue. */
export function report(found: string[]): string {
	if (found.length === 0) return 'The vendor’s documents say what the code takes for a fact.\n';
	const more = found.length - MOST_FINDINGS;
	return [
		'The vendor’s documents say something else than our code takes for a fact:',
		'',
		...found.slice(0, MOST_FINDINGS).map((finding) => `- \`${safe(finding)}\``),
		...(more > 0 ? [`- and ${more} more`] : []),
		'',
		'Look at each: does the node, or the stand-in, have to change? Then change the lists in `test/vendor`.',
		'',
	].join('\n');
}

/** A title that is the same as long as the findings are, whatever the version, so that nobody is told twice. */
export function titleOf(found: string[]): string {
	const all = found.map((finding) => finding.replace(/^OpenAPI [^:]*: /, '')).join('\n');
	const hash = createHash('sha256').update(all).digest('hex').slice(0, 8);
	return `The vendor's documents have changed (${hash})`;
}

/**
 * `npm run watch [file]`: holds the vendor's newest documents against what the code takes for a fact, and
 * prints what has changed as Markdown.
 *
 * @param args a file into which the title and the text of an issue are written, where there is one to open
 * @returns the exit code: 0 when nothing has changed, 2 when something has
 */
export async function main([file]: string[], _n8n: unknown, signal: AbortSignal): Promise<number> {
	const api = await startApi();
	try {
		const exchanges = await tour(api);
		const found = await findings(sources(signal), exchanges, api.routes);
		console.log(report(found));
		if (found.length === 0) return 0;
		if (file !== undefined) await writeFile(file, `${titleOf(found)}\n${report(found)}`);
		return 2;
	} finally {
		await api.close();
	}
}
