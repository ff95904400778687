import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Api, startApi } from '../../sandbox/api';
import { until } from '../../sandbox/support/poll';

/** `npm run live` as somebody runs it, in a terminal. */

const KEY = 'TEST_abcdefgh12345678';
const ROOT = path.resolve(__dirname, '../..');

let api: Api;
let folder: string;
let child: ChildProcess;
let shown = '';
beforeAll(async () => {
	api = await startApi({ apiKeys: [KEY] });
	folder = mkdtempSync(path.join(tmpdir(), 'live-'));
});
afterAll(async () => {
	child.kill();
	await api.close();
	rmSync(folder, { recursive: true });
});

/** Starts the command with a terminal of its own, which util-linux gives. */
function start(): void {
	const command = [
		process.execPath,
		path.join(ROOT, 'sandbox/bootstrap.mjs'),
		'--without-n8n',
		path.join(ROOT, 'test/live/main.ts'),
		api.url,
	];
	child = spawn('script', ['--quiet', '--return', '--command', command.join(' '), '/dev/null'], {
		cwd: folder,
		env: { ...process.env, TERM: 'xterm', npm_lifecycle_event: '' },
	});
	child.stdout!.on('data', (data) => (shown += String(data)));
}

/** Waits for a question, and types an answer. */
async function answer(question: string, typed: string): Promise<void> {
	await until(question, async () => shown.includes(question) || undefined, 60);
	shown = '';
	child.stdin!.write(`${typed}\r`);
}

test('asks in the terminal without showing the key, and leaves the report when it is ended', async () => {
	start();
	await answer('API key', KEY);
	await until('the next question', async () => shown.includes('partner') || undefined, 30);
	expect(shown).toContain('****');
	expect(shown).not.toContain('TEST_');
	for (const [question, typed] of [
		['partner', ''],
		['First and last name', 'Ann Lee'],
		['Email', 'ann@example.com'],
		['Mobile phone', '512-555-0147'],
		['Street', '4009 Marathon Blvd'],
		['City', 'Austin'],
		['State', 'TX'],
		['ZIP code', '78756'],
		['Register an account: opens', 'y'],
	] as const) {
		await answer(question, typed);
	}
	const next = 'Send a text message: texts';
	await until(next, async () => shown.includes(next) || undefined, 30);
	const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
	child.stdin!.write('\x03');
	expect(await ended).toBe(0);
	expect(api.state.accounts).toHaveLength(1);
	expect(api.state.verifications).toEqual([]);
	expect(shown).toContain('This is in live-report.md');
	const report = readFileSync(path.join(folder, 'live-report.md'), 'utf8');
	expect(report).toContain('All 7 steps came to the same.');
	expect(existsSync(path.join(ROOT, 'live-report.md'))).toBe(false);
}, 120_000);
