import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** The clock of an n8n, which a test puts forward. */
export interface Clock {
	/** What n8n is started with. */
	environment: Record<string, string>;
	/** Lets so many seconds pass at once. */
	letPass(seconds: number): Promise<void>;
	/** Removes its file. */
	remove(): void;
}

/** Longer than n8n takes to look at it, in milliseconds. */
const UNTIL_SEEN = 60;

export function startClock(): Clock {
	const folder = mkdtempSync(path.join(tmpdir(), 'clock-'));
	const file = path.join(folder, 'ahead');
	let ahead = 0;
	writeFileSync(file, '0');
	return {
		environment: {
			NODE_OPTIONS: `--require "${path.join(__dirname, 'shiftedClock.cjs')}"`,
			CLOCK_FILE: file,
		},
		async letPass(seconds) {
			ahead += seconds * 1000;
			writeFileSync(file, String(ahead));
			await pause(UNTIL_SEEN);
		},
		remove: () => rmSync(folder, { recursive: true }),
	};
}
