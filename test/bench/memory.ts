import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Api } from '../../sandbox/api';
import type { InstalledN8n } from '../../sandbox/n8n/install.cjs';
import { httpSend, send } from './contenders';
import { Engine } from './engine';
import { table } from './figures';
import { SEND } from './jobs';

const COUNTS = [1_000, 10_000];

/** Long enough for a sample of the heap at rest, in milliseconds. */
const REST = 15_000;

/** What n8n's heap held between two times, in bytes; see sampleHeap.cjs. */
async function samples(file: string, from: number, to: number): Promise<number[]> {
	return (await readFile(file, 'utf8'))
		.trimEnd()
		.split('\n')
		.map((line) => line.split(' ').map(Number) as [number, number])
		.filter(([time]) => time >= from && time <= to)
		.map(([, bytes]) => bytes);
}

/** Prints what n8n's heap holds during a run, over what it held before, for each item. */
export async function measureMemory(
	installed: InstalledN8n,
	api: Api,
	signal: AbortSignal,
): Promise<void> {
	const folder = await mkdtemp(path.join(tmpdir(), 'heap-'));
	const file = path.join(folder, 'samples');
	const steps = [send(), httpSend(api.url)];
	const engine = await Engine.start(installed, api.url, steps, signal, {
		HEAP_SAMPLES: file,
		NODE_OPTIONS: `--require ${path.join(__dirname, 'sampleHeap.cjs')}`,
	});
	try {
		await writeFile(file, '');
		const rows: string[][] = [];
		for (const step of steps) {
			api.reset();
			await engine.run(step, await SEND.items(api, 100));
			const cells = [step.name];
			for (const count of COUNTS) {
				api.reset();
				const items = await SEND.items(api, count);
				await pause(REST);
				const { began, milliseconds } = await engine.run(step, items);
				const before = (await samples(file, 0, began)).at(-1)!;
				const held = Math.max(...(await samples(file, began, began + milliseconds))) - before;
				cells.push(`${(held / 2 ** 20).toFixed(0)} MB`, `${(held / count / 1024).toFixed(1)} kB`);
			}
			rows.push(cells);
		}
		const head = [
			'',
			...COUNTS.flatMap((count) => [`${count.toLocaleString('en')} items`, 'each']),
		];
		console.log(`\n### Memory that n8n holds at most during a run\n\n${table(head, rows)}`);
	} finally {
		await engine.stop();
		await rm(folder, { recursive: true });
	}
}
