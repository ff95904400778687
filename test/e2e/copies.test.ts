import { installN8n } from '../../sandbox/n8n/install.cjs';
import { type Row, countCopies } from '../copies/run';
import { NO_TRACES } from '../support/traces';

/** The copies of a card that n8n keeps, as `npm run copies` counts them. */

let rows: Row[];

beforeAll(async () => {
	rows = await countCopies(await installN8n('2.41.1'));
}, 600_000);

test('of a sealed card there is none, whatever happens', () => {
	expect(rows.slice(0, -1).map(({ accounts, traces }) => ({ accounts, traces }))).toEqual(
		[1, 0, 1, 1, 0].map((accounts) => ({ accounts, traces: NO_TRACES })),
	);
});

test('of a card that a form of n8n takes there are copies, which shows that they are found', () => {
	expect(rows.at(-1)!.accounts).toBe(1);
	expect(rows.at(-1)!.traces.database).toBeGreaterThan(0);
});
