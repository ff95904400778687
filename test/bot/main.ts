import type { InstalledN8n } from '../../sandbox/n8n/install.cjs';
import { type Row, attackAll } from './run';

/** In minutes: four parts, so ten in all. */
const A_PART = 2.5;

const HEAD = [
	...['page', 'addresses of the bot', 'minutes', 'tries', 'cards tried', 'verdicts told'],
	...[
		'texts',
		'of them to one phone',
		'codes tried',
		'runs',
		'merchants: through',
		'seconds that they took',
	],
];

function cellsOf({ merchants, ...row }: Row): unknown[] {
	const through = merchants.filter((seconds) => seconds !== undefined);
	return [
		...[row.page, row.addresses, row.minutes, row.tries, row.cards, row.verdicts],
		...[row.texts, row.textsToOne, row.codes, row.runs, `${through.length} of ${merchants.length}`],
		through.join(', ') || '–',
	];
}

/**
 * `npm run bot`: a bot at the registration page of a real n8n for ten minutes, and a merchant a minute
 * beside it; prints what came of it as Markdown. `npm run bot -- 0.5` gives each part half a minute.
 *
 * @returns the exit code: 0
 */
export async function main(
	[minutes = String(A_PART)]: string[],
	n8n: Promise<InstalledN8n>,
	signal: AbortSignal,
): Promise<number> {
	const rows = await attackAll(await n8n, Number(minutes), signal);
	for (const cells of [HEAD, HEAD.map(() => '---'), ...rows.map(cellsOf)]) {
		console.log(`| ${cells.join(' | ')} |`);
	}
	return 0;
}
