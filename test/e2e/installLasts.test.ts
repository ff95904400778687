import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { asVisitor } from '../../sandbox/examples/callers';
import { HttpFormDriver } from '../../sandbox/forms/http';
import { REGISTRATION, codeAnswer } from '../../sandbox/forms/registration';
import { npm } from '../../sandbox/n8n/npm.cjs';
import { tarballCommands } from '../support/readme';
import { type Sandbox, startSandbox } from './support/sandbox';

/** The README's way to install the file, beside other nodes: with both npms that n8n comes with, and from n8n's screen. */

jest.setTimeout(300_000);

/** Community nodes that need nothing but n8n's own packages, and are as good as any. */
const BY_NPM = { '10.9.4': 'n8n-nodes-deepseek@1.0.6', '11.19.1': 'n8n-nodes-evolution-api@1.0.4' };
const BY_SCREEN = { name: '@blotato/n8n-nodes-blotato', version: '1.0.10' };

const OWN = 'n8n-nodes-shipengine';

/** Without what the npm that runs the tests has said to them. */
const ENVIRONMENT = Object.fromEntries(
	Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')),
);

let sandbox: Sandbox;
let nodes: string;

beforeAll(async () => {
	sandbox = await startSandbox(['onboarding']);
	nodes = path.join(sandbox.n8n.folder, '.n8n/nodes');
}, 600_000);

afterAll(async () => await sandbox?.stop(), 60_000);

/** Runs an npm of a version in the folder where n8n's documentation says to install nodes. */
async function withNpm(version: string, ...parameters: string[]): Promise<void> {
	const place = path.join(sandbox.n8n.folder, `npm-${version}`);
	await npm(['install', '--prefix', place, `npm@${version}`], { cwd: sandbox.n8n.folder });
	execFileSync(
		process.execPath,
		[path.join(place, 'node_modules/npm/bin/npm-cli.js'), ...parameters],
		{
			cwd: nodes,
			stdio: 'pipe',
			// Nothing that comes along is compiled: n8n has its own.
			env: { ...ENVIRONMENT, npm_config_ignore_scripts: 'true' },
		},
	);
}

const noted = () =>
	Object.keys(
		(JSON.parse(readFileSync(path.join(nodes, 'package.json'), 'utf8')) as { dependencies: object })
			.dependencies,
	);

const bare = (spec: string) => spec.replace(/(?<=.)@.*/, '');

test('it stays when others are installed, and works beside them', async () => {
	for (const [version, spec] of Object.entries(BY_NPM)) await withNpm(version, 'install', spec);
	await sandbox.n8n.api.installNode(BY_SCREEN);
	const all = [...Object.values(BY_NPM).map(bare), BY_SCREEN.name, OWN].sort();
	expect(noted().sort()).toEqual(all);

	await sandbox.n8n.restart();
	const names = await sandbox.n8n.api.loadedPackages();
	expect(all.filter((name) => !names.has(name))).toEqual([]);

	const form = new HttpFormDriver();
	await form.open(asVisitor(`${sandbox.n8n.url}/webhook/open-stamps-account`));
	expect(await form.submit(REGISTRATION)).toMatchObject({ title: 'Confirm your phone number' });
	const code = sandbox.api.codeFor(String(REGISTRATION['Mobile phone']).replace(/\D/g, ''));
	expect(await form.submit(codeAnswer(code))).toMatchObject({ title: 'Your account is ready' });
});

test('installed once more, and removed, it takes none of the others away', async () => {
	const commands = tarballCommands().filter((command) => /^npm (install|uninstall) /.test(command));
	expect(commands).toHaveLength(2);
	for (const command of commands) {
		const words = command.split(' ').slice(1);
		await withNpm('11.19.1', ...words.map((word) => word.replace(/^~(?=\/)/, sandbox.n8n.folder)));
	}
	expect(noted()).not.toContain(OWN);
	expect(noted()).toHaveLength(3);
	const there = readdirSync(path.join(nodes, 'node_modules'));
	expect(there).toEqual(expect.arrayContaining([...Object.values(BY_NPM).map(bare), '@blotato']));
	expect(there).not.toContain(OWN);
});
