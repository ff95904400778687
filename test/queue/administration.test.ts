import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { INode } from 'n8n-workflow';
import { until } from '../../sandbox/support/poll';
import { workflow } from '../e2e/support/workflows';
import { httpAnswer, startUntrusted } from '../support/servers';
import { type QueueSandbox, startQueueSandbox, step } from './support/sandbox';

/** What docs/administration.md says of certificates and keys, on two workers. */

jest.setTimeout(60_000);

const CARRIER = { carrier_id: 'se-1', carrier_code: 'stamps_com', nickname: 'Shop' };

const COMPANY = 'Company API';

let folder: string;
let company: Awaited<ReturnType<typeof startUntrusted>>;
let sandbox: QueueSandbox;

const getMany = (more: Partial<INode> = {}): INode => ({
	...step('Get Many', 'getAll', { resource: 'carrier' }),
	...more,
});

beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'certificate-'));
	company = await startUntrusted(
		httpAnswer(200, JSON.stringify({ carriers: [CARRIER], errors: [] }), {
			'Content-Type': 'application/json',
		}),
	);
	const certificate = path.join(folder, 'company.pem');
	await writeFile(certificate, company.certificate);
	sandbox = await startQueueSandbox(
		[
			workflow('carriers', [getMany()]),
			workflow('one by one', [
				step('Get', 'get', { resource: 'carrier', options: { maxConcurrency: 1 } }),
			]),
			workflow('company', [
				getMany({ credentials: { shipEngineApi: { id: null, name: COMPANY } } }),
			]),
		],
		{
			credentials: () => [
				{
					name: COMPANY,
					type: 'shipEngineApi',
					data: { apiKey: 'company-key', baseUrl: `https://localhost:${company.port}` },
				},
			],
			environment: { NODE_EXTRA_CA_CERTS: certificate },
		},
	);
}, 600_000);

afterAll(async () => {
	await sandbox?.stop();
	await company?.close();
	await rm(folder, { recursive: true, force: true });
}, 60_000);

/** Puts a key into the credential. */
const enterKey = async (apiKey: string) =>
	await sandbox.n8n.main.api.changeCredential({
		name: 'ShipEngine API',
		type: 'shipEngineApi',
		data: { apiKey, baseUrl: sandbox.api.url },
	});

test('a company’s certificate is trusted where NODE_EXTRA_CA_CERTS names it', async () => {
	const { status, data } = await sandbox.call('company', {});
	expect({ status, data }).toMatchObject({ status: 200, data: [{ nickname: 'Shop' }] });
});

test('a new API key holds for the next run of every worker, without a restart', async () => {
	const { api, n8n } = sandbox;
	api.reset({ apiKeys: ['the-first-key'] });
	await enterKey('the-first-key');
	api.addCarrier({ nickname: 'Shop' });
	expect((await sandbox.call('carriers', {})).status).toBe(200);
	api.reset({ apiKeys: ['the-next-key'] });
	api.addCarrier({ nickname: 'Shop' });
	expect((await sandbox.call('carriers', {})).status).toBe(500);

	await enterKey('the-next-key');
	const counts = async () =>
		await Promise.all(n8n.workers.map(async (worker) => (await worker.executions()).length));
	const before = await counts();
	const answers = await Promise.all(
		Array.from({ length: 20 }, async () => await sandbox.call('carriers', {})),
	);
	expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
	const after = await counts();
	for (const [index, count] of after.entries()) expect(count).toBeGreaterThan(before[index]!);
});

test('a step that runs while the key changes ends with the one that it began with', async () => {
	const { api } = sandbox;
	const [old, next] = ['the-old-key', 'the-new-key'];
	api.reset({ apiKeys: [old, next] });
	await enterKey(old);
	api.faults.add({ operation: 'getCarrier', kind: 'delayBefore', ms: 3_000 });
	const ids = ['a', 'b', 'c'].map((nickname) => api.addCarrier({ nickname }).carrier_id);
	const running = sandbox.call('one by one', ...ids.map((carrier_id) => ({ carrier_id })));
	await until('the first request', async () => api.requests.length === 1 || undefined, 30);
	await enterKey(next);
	expect(api.requests).toHaveLength(1);
	expect((await running).status).toBe(200);
	const keys = () => api.requests.map(({ headers }) => headers['api-key']);
	expect(keys()).toEqual([old, old, old]);
	expect((await sandbox.call('one by one', { carrier_id: ids[0] })).status).toBe(200);
	expect(keys().at(-1)).toBe(next);
});
