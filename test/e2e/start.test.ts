import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { until } from '../../sandbox/support/poll';

/** `npm start`, as it stays until Ctrl-C. */

const ROOT = path.resolve(__dirname, '../..');

let child: ChildProcess;
let said = '';
afterAll(() => child?.kill());

/** The processes that another one has started, on Linux. */
const childrenOf = (parent: number) =>
	readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.filter((name) => {
			try {
				const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
				return Number(stat.slice(stat.lastIndexOf(')')).split(' ')[2]) === parent;
			} catch {
				// It has ended meanwhile.
				return false;
			}
		})
		.map(Number);

test('says so and ends when its n8n has ended', async () => {
	child = spawn(process.execPath, ['sandbox/bootstrap.mjs', 'sandbox/start.ts'], {
		cwd: ROOT,
		env: { ...process.env, npm_lifecycle_event: '' },
	});
	for (const output of [child.stdout!, child.stderr!]) {
		output.on('data', (data) => (said += String(data)));
	}
	const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
	await until(
		'it to be ready',
		async () => said.includes('Running until Ctrl-C') || undefined,
		240,
	);
	expect(said).toMatch(/Confirm Verification .*"status":"verified"/);

	const n8n = childrenOf(child.pid!).find((pid) =>
		readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('endWithParent'),
	)!;
	process.kill(n8n, 'SIGKILL');
	expect(await ended).toBe(1);
	expect(said).toContain('n8n has ended. Run the same command again. Its log ends with:');
}, 300_000);
