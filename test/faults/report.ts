import { FAULTS, type Row, WAYS } from './cases';
import { type Result } from './said';
import type { Outcome, Report } from './run';
import type { Found } from './secrets';

/** The table and its summary as Markdown. */

const table = (head: string[], rows: string[][]): string =>
	[head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** One value where all agree, else each. */
const together = (values: Array<string | number>): string =>
	new Set(values).size === 1 ? String(values[0]) : values.join(' / ');

const sum = (found: Array<Found | undefined>): string => {
	const all = found.filter((each) => each !== undefined);
	if (all.length === 0) return '–';
	const of = (where: keyof Found) => all.reduce((total, each) => total + each[where], 0);
	return `${of('database')}, ${of('log')}`;
};

/** The steps that differ only in the way they go on, in words. */
function groupOf({ step: { operation, card, returnsExisting } }: Row): string {
	if (returnsExisting) return 'Register, Return Existing, run three times';
	return {
		register: card === 'sealed' ? 'Register, sealed card' : `Register, card in the ${card}`,
		send: 'Send Verification',
		confirm: 'Confirm Verification',
		createSubAccount: 'Create Sub-Account',
		addFunds: 'Add Funds',
		connect: 'Connect Existing',
		disconnect: 'Disconnect',
	}[operation];
}

function grouped<T>(values: T[], keyOf: (value: T) => string): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const value of values) {
		groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value]);
	}
	return groups;
}

/** The head of a column. */
const OWN = 'password, sub-account key';

const saysOf = ({ runs }: Result) => runs.map(({ code }) => code).join(', ');

function fullTable(outcomes: Outcome[]): string {
	const rows = FAULTS.flatMap(({ name }) => {
		const met = outcomes.filter(({ row }) => row.fault.name === name);
		return [...grouped(met, ({ row }) => groupOf(row))].map(([group, outcomes]) => [
			name,
			group,
			together(outcomes.map(({ result }) => result.acted)),
			together(outcomes.map(({ result }) => result.requests)),
			together(outcomes.map(({ result }) => saysOf(result))),
			sum(outcomes.map(({ card }) => card)),
			sum(outcomes.map(({ code }) => code)),
			sum(outcomes.map(({ own }) => own)),
			sum(outcomes.map(({ key }) => key)),
			outcomes.every(({ problems }) => problems.length === 0) ? 'yes' : '**no**',
		]);
	});
	const head = ['fault', 'step', 'API acted', 'requests', 'says', 'card', 'code', OWN, 'key'];
	return table([...head, 'as it has to be'], rows);
}

/** How often any secret was found: in the database, and in the log. */
function secretsIn(found: Array<Found | undefined>): string[] {
	const all = found.filter((each) => each !== undefined);
	const of = (where: keyof Found) => all.reduce((total, each) => total + each[where], 0);
	return [String(of('database')), String(of('log'))];
}

/** The table in a handful of rows, as docs/measured.md has it. */
export function summary({ outcomes, comparison }: Report): string {
	const own = [...grouped(outcomes, ({ row }) => groupOf(row))].map(([group, outcomes]) => [
		group,
		String(outcomes.length),
		String(outcomes.filter(({ result }) => result.acted > 1).length),
		...secretsIn(outcomes.flatMap(({ card, code, own, key }) => [card, code, own, key])),
	]);
	const others = [
		'*HTTP Request node, card in the item, run twice*',
		String(comparison.length),
		String(comparison.filter(({ accounts }) => accounts > 1).length),
		...secretsIn(comparison.flatMap(({ card, key }) => [card, key])),
	];
	const head = ['step', 'rows', 'acted twice', 'secrets in the database', 'secrets in the log'];
	return table(head, [...own, others]);
}

/** The whole report. */
export function markdown(report: Report): string {
	const { stored } = report;
	const compared = table(
		['fault', 'accounts', 'card', 'key'],
		report.comparison.map(({ fault, accounts, card, key }) => [
			fault.name,
			String(accounts),
			sum([card]),
			sum([key]),
		]),
	);
	return [
		'## Faults',
		`In the columns with several values: ${WAYS.join(' / ')}. Card, code, password and keys: how often they stand in ` +
			'the database, and in the log, beyond what n8n itself stores (input items and parameters).',
		fullTable(report.outcomes),
		`Of what n8n itself stores, the bytes of the database hold the card of the item ${stored.item} times ` +
			`and that of the parameters ${stored.parameters} times.`,
		'## The same by the HTTP Request node, run twice',
		compared,
		'## Summary',
		summary(report),
	].join('\n\n');
}
