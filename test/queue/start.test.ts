import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** `npm start -- --queue`: the first impression, on one main and two workers. */

const ROOT = path.resolve(__dirname, '../..');

test('one account is registered and verified, by the workers, and all of it ends', () => {
	const { status, stdout } = spawnSync(
		process.execPath,
		['sandbox/bootstrap.mjs', 'sandbox/start.ts', '--queue', '--once'],
		{ cwd: ROOT, encoding: 'utf8', timeout: 300_000 },
	);
	expect(stdout).toMatch(/Confirm Verification .*"status":"verified"/);
	const runs = [...stdout.matchAll(/Worker \d +(\d+) of the runs/g)].map(([, count]) =>
		Number(count),
	);
	expect(runs).toHaveLength(2);
	// One for the registration, one for the code.
	expect(runs[0]! + runs[1]!).toBe(2);
	expect(status).toBe(0);
}, 300_000);
