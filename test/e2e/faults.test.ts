import { installN8n } from '../../sandbox/n8n/install.cjs';
import { ROWS, type Row, nameOf } from '../faults/cases';
import { type Report, runFaults } from '../faults/run';

/** The table of faults in a real n8n, as `npm run faults` prints it. */

let report: Report;

beforeAll(async () => {
	report = await runFaults(await installN8n('2.41.1'));
}, 900_000);

test.each(ROWS.map((row): [string, string, Row] => [row.fault.name, nameOf(row.step), row]))(
	'%s: %s',
	(_fault, _step, row) => {
		expect(report.outcomes.find((outcome) => outcome.row === row)?.problems).toEqual([]);
	},
);

test('no secret stands apart from the executions, nor in the log of the whole run', () => {
	expect(report.problems).toEqual([]);
});
