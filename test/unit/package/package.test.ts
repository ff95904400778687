import { execFileSync, spawnSync } from 'node:child_process';
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	readdirSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { readPage } from '../../../sandbox/support/docs';
import { INSTALLED, Machine, tarballCommands } from '../../support/readme';

const ROOT = resolve(__dirname, '../../..');

const NAME = 'n8n-nodes-shipengine';

const npm = (...parameters: string[]) =>
	execFileSync('npm', parameters, {
		cwd: ROOT,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});

const scan = (folder: string, kind: 'source' | 'packed') =>
	spawnSync(process.execPath, [join(__dirname, 'scan.mjs'), folder, kind], {
		cwd: ROOT,
		encoding: 'utf8',
		// Jest's NODE_ENV tells n8n's linter that its own tests are running.
		env: { ...process.env, NODE_ENV: '' },
	});

/** Loads the node from where it is installed; n8n too makes its own modules known by NODE_PATH. */
const loads = (installed: string) =>
	spawnSync(
		process.execPath,
		['-e', `new (require('${installed}/dist/nodes/ShipEngine/ShipEngine.node.js').ShipEngine)()`],
		{ encoding: 'utf8', env: { NODE_PATH: join(ROOT, 'node_modules') } },
	);

let folder: string;
let packed: { size: number; filename: string; files: Array<{ path: string }> };
let manifest: Record<string, unknown>;

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'packed-'));
	npm('run', 'build');
	[packed] = JSON.parse(npm('pack', '--json', '--pack-destination', folder)) as [typeof packed];
	execFileSync('tar', ['-xzf', join(folder, packed.filename), '-C', folder]);
	manifest = JSON.parse(readFileSync(join(folder, 'package/package.json'), 'utf8')) as never;
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true }));

test('the package holds what n8n loads, README, changelog and licence, and nothing else', () => {
	const paths = packed.files.map(({ path }) => path);
	const others = paths.filter(
		(path) => !/^dist\/(nodes|credentials)\/.+\.(js|svg|json)$/.test(path),
	);
	expect(others.sort()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json']);
	expect(paths).toEqual(
		expect.arrayContaining([
			'dist/nodes/ShipEngine/ShipEngine.node.js',
			'dist/nodes/ShipEngine/ShipEngine.node.json',
			'dist/nodes/ShipEngine/__schema__/v1.0.0/stampsAccount/register.json',
			'dist/nodes/ShipEngine/shipEngine.svg',
			'dist/nodes/ShipEngine/shipEngine.dark.svg',
			'dist/credentials/ShipEngineApi.credentials.js',
			'dist/credentials/ShipEnginePaymentCardApi.credentials.js',
			'dist/credentials/ShipEngineStampsLoginApi.credentials.js',
		]),
	);
});

test('README and CONTRIBUTING name the lowest Node that the package names', () => {
	const oldest = (manifest.engines as { node: string }).node.replace('>=', '');
	for (const page of ['README.md', 'CONTRIBUTING.md']) {
		const named = readFileSync(join(ROOT, page), 'utf8').match(/(?<=Node )\d+\.\d+/g);
		expect(new Set(named)).toEqual(new Set([oldest]));
	}
});

test('the package is under 150 kB', () => {
	expect(packed.size).toBeLessThan(150_000);
});

test('the package brings nothing of its own into n8n', () => {
	expect(manifest).not.toHaveProperty('dependencies');
	expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	const scripts = Object.keys(manifest.scripts as object);
	expect(scripts.filter((name) => /^(pre|post)?(install|prepare)/.test(name))).toEqual([]);
});

test('what the package names for n8n is there, and loads', () => {
	const { nodes, credentials } = manifest.n8n as { nodes: string[]; credentials: string[] };
	for (const path of [...nodes, ...credentials]) {
		const name = /([^/]+)\.(node|credentials)\.js$/.exec(path)?.[1] ?? '';
		// In a process of its own, in which no TypeScript is understood.
		const load = `const {${name}} = require(${JSON.stringify(join(ROOT, path))}); new ${name}();`;
		expect(spawnSync(process.execPath, ['-e', load], { encoding: 'utf8' })).toMatchObject({
			status: 0,
			stderr: '',
		});
	}
});

test('the built code needs nothing but n8n-workflow, and of Node what n8n’s rules let through', () => {
	const imported = readdirSync(join(folder, 'package/dist'), { recursive: true, encoding: 'utf8' })
		.map((name) => join(folder, 'package/dist', name))
		.filter((path) => path.endsWith('.js') && statSync(path).isFile())
		.flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/require\("([^"]+)"\)/g)])
		.map(([, name]) => name)
		.filter((name) => !name?.startsWith('.'));
	expect([...new Set(imported)].sort()).toEqual(['crypto', 'n8n-workflow']);
});

test.each(['source', 'packed'] as const)(
	'n8n’s check of community packages finds nothing (%s)',
	(kind) => {
		const { status, stdout } = scan(kind === 'source' ? ROOT : join(folder, 'package'), kind);
		expect({ status, stdout }).toEqual({ status: 0, stdout: 'no violation \n' });
	},
	120_000,
);

test('n8n’s own tool calls it eligible for n8n Cloud', () => {
	const tool = join(ROOT, 'node_modules/@n8n/node-cli/bin/n8n-node.mjs');
	const { stdout } = spawnSync(process.execPath, [tool, 'cloud-support'], {
		cwd: ROOT,
		encoding: 'utf8',
		env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
	});
	expect(stdout).toContain('Status: eligible for n8n Cloud');
});

describe('the README’s commands for a tarball, without a registry', () => {
	const commands = tarballCommands();
	const isDocker = (command: string) => command.startsWith('docker ');
	const isRemoval = (command: string) => /uninstall|rm ~/.test(command);

	test('name this version’s file, and how it is made', () => {
		expect(readPage('README.md')).toContain('`npm run release:files`');
		const named = commands.flatMap((command) => /[^/ '*]+\.tgz/.exec(command) ?? []);
		expect(new Set(named)).toEqual(new Set([packed.filename]));
	});

	test.each(['self-hosted', 'Docker'])('install, update and remove it: %s', (where) => {
		const own = commands.filter((command) => isDocker(command) === (where === 'Docker'));
		const installing = own.filter((command) => !isRemoval(command));
		const removing = own.filter(isRemoval);
		expect([installing.length, removing.length]).toEqual([3, 2]);

		const machine = new Machine(
			mkdtempSync(join(folder, 'machine-')),
			join(folder, packed.filename),
		);
		const home = where === 'Docker' ? machine.containerHome : machine.home;
		const installed = join(home, INSTALLED);
		const nodes = join(home, '.n8n/nodes');
		// n8n's screen puts a package there by itself, and notes it.
		const ledger = join(nodes, 'package.json');
		const noted = { name: 'installed-nodes', private: true, dependencies: { other: '1.2.3' } };
		writeFileSync(ledger, JSON.stringify(noted));
		const other = join(nodes, 'node_modules/other');
		mkdirSync(join(other, 'node_modules/own'), { recursive: true });
		const manifestOf = (name: string, more = {}) =>
			JSON.stringify({ name, version: '1.2.3', ...more });
		writeFileSync(join(other, 'package.json'), manifestOf('other', { dependencies: { own: '1' } }));
		writeFileSync(join(other, 'node_modules/own/package.json'), manifestOf('own'));

		for (const command of [...installing, ...installing]) machine.run(command);
		expect(JSON.parse(readFileSync(ledger, 'utf8'))).toEqual({
			...noted,
			dependencies: { ...noted.dependencies, [NAME]: `file:${packed.filename}` },
		});
		const files = readdirSync(installed, { recursive: true, encoding: 'utf8' });
		expect(files).toEqual(expect.arrayContaining(packed.files.map(({ path }) => path)));
		expect(readdirSync(dirname(installed)).filter((name) => !name.startsWith('.'))).toEqual([
			NAME,
			'other',
		]);
		expect(loads(installed)).toMatchObject({ status: 0, stderr: '' });

		for (const command of removing) machine.run(command);
		expect(existsSync(installed)).toBe(false);
		expect(JSON.parse(readFileSync(ledger, 'utf8'))).toEqual(noted);
		expect(readdirSync(nodes).sort()).toEqual(['node_modules', 'package.json']);
		expect(readdirSync(join(nodes, 'node_modules'))).toContain('other');
	});
});
