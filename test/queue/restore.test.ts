import { rm } from 'node:fs/promises';
import path from 'node:path';
import { installNode } from '../../sandbox/n8n/packedNode';
import { workflow } from '../e2e/support/workflows';
import { begin, chainWithPause, typeCode } from './support/pause';
import { ACCOUNT, type QueueSandbox, register, startQueueSandbox } from './support/sandbox';

/** A backup that is restored: the database of an earlier hour and the encryption key, and nothing else. */

jest.setTimeout(240_000);

let sandbox: QueueSandbox;

beforeAll(async () => {
	sandbox = await startQueueSandbox([
		chainWithPause(),
		workflow('register', [register({ ifNicknameExists: 'returnExisting' })]),
	]);
}, 600_000);

afterAll(async () => {
	await sandbox?.stop();
}, 60_000);

/** Every machine is new: Redis is empty, and the user folders have the package and no more. */
async function restoreOnNewMachines(dump: string): Promise<void> {
	const { main, workers, redis, postgres } = sandbox.n8n;
	process.kill(main.pid(), 'SIGKILL');
	for (const worker of workers) await worker.kill();
	await redis.stop('SIGKILL');
	await rm(path.join(redis.folder, 'appendonlydir'), { recursive: true });
	await redis.start();
	postgres.restore(dump);
	await rm(path.join(main.folder, '.n8n'), { recursive: true });
	await installNode(process.env.PACKED_NODE!, main.folder);
	await main.restart();
	for (const worker of workers) {
		await worker.reset();
		await worker.install(process.env.PACKED_NODE!);
		await worker.start();
	}
}

test('runs go on, credentials can be read, and what was done since is found', async () => {
	const { api, n8n } = sandbox;
	const address = await begin(sandbox, 'Before');
	const dump = n8n.postgres.dump();
	const later = { ...ACCOUNT, nickname: 'After' };
	expect(await sandbox.call('register', later)).toMatchObject({ status: 200 });

	await restoreOnNewMachines(dump);
	expect(await sandbox.newest('register')).toBeUndefined();

	expect(await typeCode(sandbox, address)).toMatchObject({ status: 'verified' });
	expect(await sandbox.call('register', later)).toMatchObject({
		status: 200,
		data: [{ existing: true }],
	});
	expect(api.state.accounts).toHaveLength(2);
});
