import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installN8n } from './n8n/install.cjs';
import { npm } from './n8n/npm.cjs';
import { withProgress } from './support/progress.cjs';

/**
 * Runs a TypeScript program of the sandbox on a checkout where nothing is installed yet:
 * `node sandbox/bootstrap.mjs sandbox/start.ts --once`. Until the project's own dependencies are
 * there, only Node's built-ins are used. n8n is installed meanwhile, since that takes longest.
 *
 * The program exports `main(args, n8n, signal)` and returns its exit code. `n8n` is the promise of
 * the installed n8n, or undefined with `--without-n8n` before the program's name; `signal` says that it
 * is to end, and end what it started, at once.
 */

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** @throws {Error} when this Node is older than package.json allows */
async function checkNode() {
	const { engines } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8'));
	const oldest = engines.node.replace('>=', '');
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	const [oldestMajor = 0, oldestMinor = 0] = oldest.split('.').map(Number);
	if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
	throw new Error(
		`This needs Node ${oldest} or newer, and this is Node ${process.versions.node}. ` +
			'Install Node 20, 22 or 24 and run the same command again.',
	);
}

/** @typedef {Record<string, { version?: string, optional?: boolean }>} Packages */

/**
 * @param {string} file
 * @returns {Promise<Packages>} the packages a lock names, by their folders; none without the file
 */
async function packagesOf(file) {
	const text = await readFile(path.join(ROOT, file), 'utf8').catch(() => '{ "packages": {} }');
	return JSON.parse(text).packages;
}

/** @returns {Promise<boolean>} whether node_modules holds just what the lock asks for */
async function dependenciesMatch() {
	const wanted = await packagesOf('package-lock.json');
	const installed = await packagesOf('node_modules/.package-lock.json');
	return Object.entries(wanted).every(
		([place, { version, optional }]) =>
			place === '' || installed[place]?.version === version || (optional && !installed[place]),
	);
}

/**
 * Installs the project's dependencies, unless they are there.
 * @param {AbortSignal} signal
 */
async function installDependencies(signal) {
	if (await dependenciesMatch()) return;
	await withProgress("Installing this project's dependencies", async () => {
		await npm(['ci', '--ignore-scripts'], { cwd: ROOT, signal });
	});
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {boolean} needsN8n
 * @param {AbortSignal} signal
 * @returns {Promise<number>} the program's exit code
 */
async function run(program, args, needsN8n, signal) {
	await checkNode();
	const n8n = needsN8n ? installN8n('2.41.1', signal) : undefined;
	// Whoever needs n8n awaits it; until then its failure is no unhandled one.
	n8n?.catch(() => {});
	await installDependencies(signal);
	const { buildPage } = await import('../page/build.cjs');
	await buildPage();
	const tsx = await import('tsx/cjs/api');
	const { main } = tsx.require(path.resolve(program), import.meta.url);
	return await main(args, n8n, signal);
}

const controller = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(name, () => controller.abort());
if (process.env.npm_lifecycle_event) {
	// npm passes a signal on to the shell between it and us, and that dies without a word to us.
	const shell = process.ppid;
	setInterval(() => process.ppid !== shell && controller.abort(), 500).unref();
}

const given = process.argv.slice(2);
const needsN8n = given[0] !== '--without-n8n';
const [program = '', ...args] = needsN8n ? given : given.slice(1);
try {
	process.exitCode = await run(program, args, needsN8n, controller.signal);
} catch (error) {
	process.exitCode = 1;
	if (!controller.signal.aborted) console.error(error instanceof Error ? error.message : error);
} finally {
	// What was under way beside the program, such as an install, is not wanted any more.
	controller.abort();
}
