import type { InstalledN8n } from '../../sandbox/n8n/install.cjs';
import { type Row, countCopies } from './run';

const HEAD = ['what happened', 'accounts', 'database', 'debug log', 'event log', 'elsewhere'];

const cellsOf = ({ what, accounts, traces }: Row) =>
	[what, accounts, traces.database, traces.debugLog, traces.eventLog, traces.elsewhere].join(' | ');

/**
 * `npm run copies`: counts the copies of a card that n8n keeps, and prints them as Markdown.
 *
 * @returns the exit code: 0
 */
export async function main(
	_args: string[],
	n8n: Promise<InstalledN8n>,
	signal: AbortSignal,
): Promise<number> {
	const rows = await countCopies(await n8n, signal);
	const lines = [HEAD.join(' | '), '--- | ---: | ---: | ---: | ---: | ---:', ...rows.map(cellsOf)];
	for (const line of lines) console.log(`| ${line} |`);
	return 0;
}
