import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installNode } from '../../sandbox/n8n/packedNode';
import { workflow } from '../e2e/support/workflows';
import { begin, chainWithPause, typeCode } from './support/pause';
import { type QueueSandbox, startQueueSandbox, step } from './support/sandbox';

/** A rolling update: the main and one worker have the new version of the package, one worker the old. */

jest.setTimeout(120_000);

/** The old version, which knows no carriers yet. */
async function olderPackage(folder: string): Promise<string> {
	execFileSync('tar', ['-xzf', process.env.PACKED_NODE!, '-C', folder]);
	const inPackage = (file: string) => path.join(folder, 'package', file);
	const edit = async (file: string, from: string, to: string) => {
		const text = await readFile(inPackage(file), 'utf8');
		if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
		await writeFile(inPackage(file), text.replace(from, to));
	};
	await edit('dist/nodes/ShipEngine/resources/index.js', '    carrier_1.carrier,\n', '');
	await edit('package.json', '"version": "', '"version": "0.0.1-before-');
	const tarball = path.join(folder, 'older.tgz');
	execFileSync('tar', ['-czf', tarball, '-C', folder, 'package']);
	return tarball;
}

let folder: string;
let older: string;
let sandbox: QueueSandbox;

beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'older-'));
	older = await olderPackage(folder);
	const getAll = step('Get Many', 'getAll', { resource: 'carrier' });
	sandbox = await startQueueSandbox([chainWithPause(), workflow('carriers', [getAll])], {
		tarballOf: (worker) => (worker === 1 ? older : undefined),
	});
}, 600_000);

afterAll(async () => {
	await sandbox?.stop();
	await rm(folder, { recursive: true, force: true });
}, 60_000);

beforeEach(() => sandbox.api.reset());

test.each([
	['new', 'old', 0, 1],
	['old', 'new', 1, 0],
])('a chain that began on the %s version ends on the %s one', async (_from, _to, from, to) => {
	const [first, then] = [sandbox.n8n.workers[from]!, sandbox.n8n.workers[to]!];
	await then.kill();
	const address = await begin(sandbox, 'Shop');
	await then.start();
	await first.kill();
	expect(await typeCode(sandbox, address)).toMatchObject({ status: 'verified' });
	expect(sandbox.api.state.accounts).toHaveLength(1);
	await first.start();
});

test('an operation that the old version lacks is not done, and the step says why', async () => {
	const [current, old] = sandbox.n8n.workers;
	await current!.kill();
	const before = await sandbox.newest('carriers');
	expect((await sandbox.call('carriers', {})).status).toBe(500);
	expect(sandbox.api.requests).toEqual([]);
	const { data } = await sandbox.ended('carriers', before);
	expect(data.resultData.error).toMatchObject({
		message: 'This step has no such operation',
		description: expect.stringContaining('same version of n8n-nodes-shipengine') as string,
	});

	await old!.kill();
	await old!.install(process.env.PACKED_NODE!);
	await old!.start();
	sandbox.api.addCarrier({ nickname: 'Shop' });
	expect(await sandbox.call('carriers', {})).toMatchObject({
		status: 200,
		data: [{ nickname: 'Shop' }],
	});
	await current!.start();
});

/** Gives main and workers each a version, and starts them again. */
async function installEverywhere(ofMain: string, ...ofWorkers: string[]): Promise<void> {
	const { main, workers } = sandbox.n8n;
	await installNode(ofMain, main.folder);
	await main.restart();
	for (const [index, worker] of workers.entries()) {
		await worker.kill();
		await worker.install(ofWorkers[index]!);
		await worker.start();
	}
}

test('going back: with the old file on every machine, what waits goes on, and what begins ends', async () => {
	const address = await begin(sandbox, 'Before');
	await installEverywhere(older, older, older);
	expect(await typeCode(sandbox, address)).toMatchObject({ status: 'verified' });
	expect(await typeCode(sandbox, await begin(sandbox, 'After'))).toMatchObject({
		status: 'verified',
	});
	expect(sandbox.api.state.accounts).toHaveLength(2);
	const current = process.env.PACKED_NODE!;
	await installEverywhere(current, current, older);
});
