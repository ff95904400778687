import { type Api, SANDBOX_KEY, startApi } from '../../sandbox/api';
import type { InstalledN8n } from '../../sandbox/n8n/install.cjs';
import { withProgress } from '../../sandbox/support/progress.cjs';
import { AxiosLoop } from './axiosLoop';
import type { Contender, Step } from './contenders';
import { Engine } from './engine';
import { type Measured, median, table } from './figures';
import { measureLoading } from './loading';
import { measureMemory } from './memory';
import { type Aim, type Row, comparisons } from './rows';

/**
 * `npm run bench`: the node, n8n's own HTTP Request node and a bare loop of axios at the same jobs,
 * in turn, against the stand-in API. What is printed is Markdown.
 */

/** Enough for the compiler, in items. */
const WARM_UP = 50;

const isStep = (contender: Contender): contender is Step => 'node' in contender;

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(2)} s`;

/** Does a row's job once, by one contender, against an API that has forgotten what was before. */
async function measure(
	{ job, latency, rateLimit }: Pick<Row, 'job' | 'latency' | 'rateLimit'>,
	count: number,
	contender: Contender,
	{ api, engine, axiosLoop }: Machines,
): Promise<Measured> {
	api.reset({ rateLimit });
	if (latency) {
		const { operation } = job;
		api.faults.add({ operation, kind: 'delayBefore', ms: latency, times: Infinity });
	}
	const items = await job.items(api, count);
	if (isStep(contender)) {
		const { takesRequests } = contender;
		return await engine.run(contender, takesRequests ? items.map(job.request) : items);
	}
	return await axiosLoop.run({
		url: api.url,
		headers: { 'API-Key': SANDBOX_KEY },
		requests: items.map((item) => job.request(item)),
		concurrency: contender.concurrency,
	});
}

interface Machines {
	api: Api;
	engine: Engine;
	axiosLoop: AxiosLoop;
}

/** Does a row's job by each contender in turn, as often as it says. */
async function compare(row: Row, machines: Machines): Promise<Map<Contender, Measured[]>> {
	const runs = new Map(row.contenders.map((contender) => [contender, [] as Measured[]]));
	for (const contender of row.contenders) {
		await measure({ job: row.job }, WARM_UP, contender, machines);
	}
	for (let round = 0; round < row.rounds; round += 1) {
		for (const [contender, results] of runs) {
			const measured = await measure(row, row.items, contender, machines);
			// What fails takes no time that tells anything.
			if (!row.rateLimit && measured.failed > 0) {
				throw new Error(`${contender.name}: ${measured.failed} items failed`);
			}
			results.push(measured);
		}
	}
	return runs;
}

const medianTime = (runs: Measured[]) => median(runs.map(({ milliseconds }) => milliseconds));

/** The row as Markdown: each contender's median, and how it compares with HTTP Request as it is. */
function printRow(row: Row, runs: Map<Contender, Measured[]>): void {
	const standard = row.contenders.find(({ name }) => name === 'HTTP Request, as it is');
	const standardTime = standard && medianTime(runs.get(standard)!);
	const rows = [...runs].map(([{ name }, results]) => {
		const time = medianTime(results);
		return [
			name,
			seconds(time),
			standardTime ? (time / standardTime).toFixed(2) : '',
			String(median(results.map(({ succeeded }) => succeeded))),
			String(median(results.map(({ failed }) => failed))),
		];
	});
	const rounds = row.rounds === 1 ? 'one run' : `median of ${row.rounds} runs`;
	const head = [rounds, 'time', '÷ HTTP Request', 'succeeded', 'failed'];
	console.log(`\n### ${row.title}\n\n${table(head, rows)}`);
}

function printAims(aims: Aim[], medians: Map<Contender, number>): void {
	const rows = aims.map(({ what, atMost, ratio }) => [
		what,
		ratio((contender) => medians.get(contender)!).toFixed(2),
		atMost.toFixed(2),
	]);
	console.log(`\n### Ratios\n\n${table(['', 'measured', 'at most'], rows)}`);
}

/**
 * @param n8n the installed n8n
 * @param signal says that it is to end
 * @returns the exit code: 0 when everything was measured, whatever the figures
 */
export async function main(
	_args: string[],
	n8n: Promise<InstalledN8n>,
	signal: AbortSignal,
): Promise<number> {
	const installed = await n8n;
	const api = await startApi();
	const { rows, aims } = comparisons(api.url);
	const steps = rows.flatMap(({ contenders }) => contenders.filter(isStep));
	const axiosLoop = AxiosLoop.start(installed.node);
	try {
		const engine = await Engine.start(installed, api.url, steps, signal);
		try {
			signal.addEventListener('abort', () => void engine.stop());
			console.log(`n8n ${installed.version}, ${process.arch}`);
			const medians = new Map<Contender, number>();
			for (const row of rows) {
				const machines = { api, engine, axiosLoop };
				const runs = await withProgress(row.title, async () => await compare(row, machines));
				for (const [contender, results] of runs) medians.set(contender, medianTime(results));
				printRow(row, runs);
			}
			printAims(aims, medians);
			await measureLoading(installed, engine.packageFolder);
		} finally {
			await engine.stop();
		}
		await withProgress('Memory', async () => await measureMemory(installed, api, signal));
		return 0;
	} finally {
		axiosLoop.stop();
		await api.close();
	}
}
