import type { InstalledN8n } from '../../sandbox/n8n/install.cjs';
import { markdown } from './report';
import { runFaults } from './run';

/**
 * `npm run faults`: runs the table of faults in a real n8n, and prints what came of it as Markdown.
 * @returns the exit code: 0 when every row came to what it has to
 */
export async function main(
	_args: string[],
	n8n: Promise<InstalledN8n>,
	signal: AbortSignal,
): Promise<number> {
	const onFault = (name: string) => process.stderr.write(`${name}\n`);
	const report = await runFaults(await n8n, onFault, signal);
	console.log(markdown(report));
	for (const problem of report.problems) console.log(`\n- ${problem}`);
	return report.problems.length === 0 ? 0 : 1;
}
